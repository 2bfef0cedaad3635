// doorstep coords, as a planner pipes a table through it.

#include <cmath>

#include "town_copy.h"

using namespace doorstep::test;

namespace {

/// What comes out of a table that goes in.
Answer converted(const std::string& options, const std::string& table) {
  TownCopy town;
  town.write("in.csv", table);
  return town.run("coords " + options + " < town/in.csv");
}

/// The table that comes out, which must do so without complaint.
std::string output_of(const std::string& options, const std::string& table) {
  Answer answer = converted(options, table);
  INFO(answer.err);
  CHECK(answer.status == 0);
  return answer.out;
}

void expect_bad_row(const std::string& options, const std::string& table,
                    const std::vector<std::string>& parts, const std::string& out) {
  Answer answer = converted(options, table);
  INFO(answer.err);
  CHECK(answer.status == 1);
  CHECK(std::ranges::count(answer.err, '\n') == 1);
  for (const std::string& part : parts) CHECK_THAT(answer.err, Catch::Contains(part));
  CHECK(answer.out == out);
}

}  // namespace

TEST_CASE("a web map's position moves to where it is, the header and other columns stay") {
  // Source: the eviltransform project's vector for Shanghai.
  CHECK(
      output_of("--from wgs84 --to gcj02", "lon,lat,name\n121.5272106,31.1774276,\"学校, 东\"\n") ==
      "lon,lat,name\n121.531541859,31.175303984,\"学校, 东\"\n");
}

TEST_CASE("a zone of CGCS2000 becomes degrees, east first") {
  // On the central meridian 117°E: the false easting and the meridian arc to 30°N.
  CHECK(output_of("--from EPSG:4548 --to EPSG:4490", "500000,3320113.3979,a\n") ==
        "117.000000000,30.000000000,a\n");
  CHECK(output_of("--from wgs84 --to EPSG:4548", "117,30\n") == "500000.0000,3320113.3978\n");
  CHECK(output_of("--from '+proj=tmerc +lon_0=117 +x_0=500000 +ellps=GRS80' --to cgcs2000",
                  "500000,3320113.3979\n") == "117.000000000,30.000000000\n");
}

TEST_CASE("all but the position is kept byte for byte") {
  // Brighton does not move, so the bytes must not either: mark, quotes, line ends of all kinds.
  const std::string table =
      "\xEF\xBB\xBF\"lon\",lat,note\r\n"
      "-0.140, 50.83 ,\"two\r\nlines, \"\"quoted\"\"\"\r\n"
      "\"-0.15\",+50.84,5\" pipe\r"
      "\n\n"
      "-1.5e-1,50.8400,\xB5\xDA,,\n"
      "-0.16,50.85";
  Answer answer = converted("--from gcj02 --to wgs84", table);
  CHECK(answer.status == 0);
  CHECK(answer.out == table);
  CHECK_THAT(answer.err, Catch::Contains("4 of 4 positions lie outside China"));
}

TEST_CASE("a moved position leaves its row's other bytes alone") {
  std::string out = output_of("--from EPSG:4548 --to EPSG:4490",
                              "x,y,n\r\n\"500000\", 3320113.3979 ,\" a,\r\nb\"\r\n");
  CHECK(out == "x,y,n\r\n117.000000000,30.000000000,\" a,\r\nb\"\r\n");
  CHECK(output_of("--from EPSG:4548 --to EPSG:4490", "500000;3320113.3979;1,5\n") ==
        "117.000000000;30.000000000;1,5\n");
  CHECK(output_of("--from EPSG:4548 --to EPSG:4490", "500000,3320113.3979\r500000,3320113.3979") ==
        "117.000000000,30.000000000\r117.000000000,30.000000000");
}

TEST_CASE("there and back through every pair of systems is the same place to a millimetre") {
  const std::vector<std::string> systems{"gcj02",     "bd09",      "bd09mc",   "EPSG:4490",
                                         "EPSG:4549", "EPSG:3857", "EPSG:4527"};
  const std::string table = "121.47,31.23\n118.02,37.385\n109.989,39.818\n";
  for (const std::string& system : systems) {
    CAPTURE(system);
    TownCopy town;
    town.write("in.csv", table);
    Answer back =
        town.run("coords --from wgs84 --to " + system + " < town/in.csv | \"$DOORSTEP_BIN\"" +
                 " coords --from " + system + " --to wgs84");
    CHECK(back.status == 0);
    std::istringstream was(table);
    std::istringstream is(back.out);
    for (std::string a, b; std::getline(was, a);) {
      REQUIRE(std::getline(is, b));
      CHECK(std::stod(b) == Approx(std::stod(a)).margin(1e-8));
      CHECK(std::stod(b.substr(b.find(',') + 1)) ==
            Approx(std::stod(a.substr(a.find(',') + 1))).margin(9e-9));
    }
  }
}

TEST_CASE("a bad row is named, and the good ones before it are written") {
  const std::string good = "lon,lat\n-0.14,50.83\n";
  const std::string options = "--from gcj02 --to wgs84";
  expect_bad_row(options, good + "-0.14,east\n",
                 {"standard input row 2 (line 3)", "\"east\" is not a number"}, good);
  expect_bad_row(options, good + ",\n", {"row 2 (line 3)", "has no position"}, good);
  expect_bad_row(options, good + "12\n", {"row 2 (line 3)", "only one column"}, good);
  expect_bad_row(options, good + "nan,inf\n", {"row 2 (line 3)", "\"nan\""}, good);
  expect_bad_row(options, good + "31.2,121.5\n", {"row 2", "swap the two columns"}, good);
  expect_bad_row(options, good + "500000,3320113\n", {"row 2", "look like metres"}, good);
  expect_bad_row("--from wgs84 --to EPSG:32650", "117,-90.5\n", {"row 1 (line 1)"}, "");
  expect_bad_row(options, good + "-0.1,50,\"open\n-0.1,50\n", {"line 3", "never closed"}, good);
  expect_bad_row(options, "\xFF\xFEl\0", {"UTF-16", "save it as CSV UTF-8"}, "");
}

TEST_CASE("an unknown system is wrong usage with the nearest") {
  TownCopy town;
  expect_refusal(town, "coords --from gcj2 --to wgs84 < /dev/null",
                 {"--from", "did you mean gcj02?"}, 2);
  expect_refusal(town, "coords --from 4547 --to wgs84 < /dev/null", {"write EPSG:4547"}, 2);
  expect_refusal(town, "coords --from gcj02 < /dev/null", {"--to is required"}, 2);
  CHECK_THAT(town.run("coords --help").out, Catch::Contains("doorstep coords --from gcj02"));
}

TEST_CASE("a local grid is tied to a known system by control points") {
  TownCopy town;
  // The local grid lies 500 km west and 3,320 km south of the zone's, and is not turned.
  town.write("points.csv",
             "name,lx,ly,x,y\nA,0,0,500000,3320000\nB,2000,0,502000,3320000\n"
             "C,0,3000,500000,3323000\n");
  town.write("in.csv", "x,y,name\n0,113.3978,here\n");
  Answer tied =
      town.run("coords --control town/points.csv --from EPSG:4548 --to EPSG:4490 < town/in.csv");
  CHECK(tied.status == 0);
  CHECK(tied.out == "x,y,name\n117.000000000,30.000000000,here\n");
  CHECK_THAT(tied.err, Catch::Contains("similarity fit of 3 points: scale 1.0000000"));
  town.write("points.csv",
             "A,0,0,500000,3320000\nB,2000,0,502000,3320000\nC,1000,0,501001,3320000\n");
  Answer off =
      town.run("coords --control town/points.csv --from EPSG:4548 --to EPSG:4490 < town/in.csv");
  CHECK_THAT(off.err, Catch::Contains("points.csv row 3: control point \"C\" is 0.67 m off"));
  expect_refusal(town,
                 "coords --control town/points.csv --fit affine --from EPSG:4548 --to wgs84 "
                 "< town/in.csv",
                 {"town/points.csv", "lie in line"});
  expect_refusal(town, "coords --control town/none.csv --from EPSG:4548 --to wgs84 < town/in.csv",
                 {"none.csv", "cannot be opened"});
}

TEST_CASE("numbers without a system are matched with those that fit, for a person to confirm") {
  Answer guess = converted("--guess --near 118,37.4", "y,x\n4139000,587000\n4141000,589000\n");
  INFO(guess.out);
  CHECK(guess.status == 0);
  CHECK_THAT(guess.out, Catch::Contains("EPSG:4548") && Catch::Contains("swapped") &&
                            Catch::Contains("confirm EPSG:4548 with axes swapped") &&
                            Catch::Contains("Xian 1980"));
  CHECK_THAT(converted("--guess", "y,x\n4139000,587000\n").out,
             Catch::Contains("which central meridian?"));
}

TEST_CASE("a table of 200 MB takes a few of them") {
  TownCopy town;
  std::string feed =
      "python3 -c \"import sys\nrow = '118.02,37.385,' + 'x' * 980 + '\\n'\n"
      "for i in range(200): sys.stdout.write(row * 1000)\"";
  // 200 MB of address space is what the program and its libraries take, without the table.
  Answer answer =
      town.run("coords --from gcj02 --to wgs84 | wc -l", "ulimit -v 600000; " + feed + " |");
  INFO(answer.err);
  CHECK(std::stol(answer.out) == 200000);
}
