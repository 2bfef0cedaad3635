// doorstep new on real files, each in one command and untouched: what comes is checked and run.
#include <sys/wait.h>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "real_data.h"

namespace fs = std::filesystem;

namespace {

struct Said {
  int status = 0;
  std::string text;
};

/// A folder to draft in.
class Desk {
 public:
  Desk() {
    std::string pattern = (fs::temp_directory_path() / "doorstep-real-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~Desk() { fs::remove_all(folder_); }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  [[nodiscard]] Said run(const std::string& arguments) const {
    const char* program = std::getenv("DOORSTEP_BIN");
    REQUIRE(program != nullptr);
    fs::path out = folder_ / "out.txt";
    std::string command = "cd '" + folder_.string() + "' && '" + program + "' " + arguments +
                          " >'" + out.string() + "' 2>&1";
    int status = std::system(command.c_str());
    std::ifstream in(out, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128, bytes.str()};
  }
  /// Drafts, checks and runs; returns what new and check said.
  [[nodiscard]] std::string make(const std::string& arguments) const {
    Said drafted = run("new town " + arguments);
    INFO(drafted.text);
    REQUIRE(drafted.status == 0);
    Said checked = run("check town");
    INFO(checked.text);
    REQUIRE(checked.status == 0);
    Said ran = run("run town --years 1 -o results");
    INFO(ran.text);
    CHECK(ran.status == 0);
    return drafted.text + checked.text;
  }

 private:
  fs::path folder_;
};

std::string quoted(const fs::path& path) { return "'" + path.string() + "' "; }

}  // namespace

TEST_CASE("Brighton: zones, schools, minutes and catchments in the British grid") {
  const fs::path data = doorstep::test::real_path("brighton");
  if (data.empty()) return;
  Desk desk;
  std::string said =
      desk.make(quoted(data / "tables/zones.csv") + quoted(data / "tables/schools.csv") +
                quoted(data / "tables/costs_minutes_now.csv") +
                quoted(data / "catchments/bh_catchments_6.geojson"));
  CHECK_THAT(said, Catch::Contains("EPSG:27700"));
  CHECK_THAT(said, Catch::Contains("209 homes"));
  CHECK_THAT(said, Catch::Contains("11 campuses"));
  CHECK_THAT(said, Catch::Contains("68 of 68 homes in it have this code"));  // StringerVarndean
}

TEST_CASE("Shanghai: 931 and 983 schools and districts with Chinese names and no .cpg") {
  const fs::path data = doorstep::test::real_path("shanghai");
  if (data.empty()) return;
  Desk desk;
  std::string said = desk.make(quoted(data / "小学.csv") + quoted(data / "中学.csv") +
                               quoted(data / "区县界_area.shp") + "--name 上海");
  CHECK_THAT(said, Catch::Contains("931 of 931 rows"));
  CHECK_THAT(said, Catch::Contains("983 of 983 rows"));
  // 62 senior schools for 931 primary ones are not all there are.
  CHECK_THAT(said, Catch::Contains("senior is left out: 62 schools"));
  CHECK_THAT(said, Catch::Contains("1852 campuses"));
  CHECK_THAT(said, Catch::Contains("CP936"));
}

TEST_CASE("Xining: counties in CGCS2000 with the census by age and sex") {
  const fs::path data = doorstep::test::real_path("china");
  if (data.empty()) return;
  Desk desk;
  std::string said = desk.make(quoted(data / "630100_xining_counties_cgcs2000.geojson") +
                               quoted(data / "census2020_county_age_sex.csv"));
  CHECK_THAT(said, Catch::Contains("7 of 141 rows"));
  CHECK_THAT(said, Catch::Contains("schools-assumed") || Catch::Contains("no file lists schools"));
}

TEST_CASE("Porto: one extract alone") {
  const fs::path data = doorstep::test::real_path("osm");
  if (data.empty()) return;
  Desk desk;
  std::string said = desk.make(quoted(data / "porto.osm.pbf"));
  CHECK_THAT(said, Catch::Contains("osm"));
}

TEST_CASE("Eau Claire: enrolment by school, grade and year") {
  const fs::path data = doorstep::test::real_path("enrolment");
  if (data.empty()) return;
  Desk desk;
  std::string said = desk.make(quoted(data / "ecasd_school_grade_year_1998_2015.csv"));
  CHECK_THAT(said, Catch::Contains("1422 of 1422 rows"));
  CHECK_THAT(said, Catch::Contains("12 campuses"));
  CHECK_THAT(said, Catch::Contains("Boyd, Cleghorn, Lincoln, Little Red"));
}

TEST_CASE("a county in GCJ-02 is told from its CGCS2000 neighbours and asked about") {
  const fs::path data = doorstep::test::real_path("china");
  if (data.empty()) return;
  Desk desk;
  Said said = desk.run("new town " + quoted(data / "371602_bincheng_gcj02.json") +
                       quoted(data / "371600_binzhou_counties_cgcs2000.geojson") +
                       "--confirm areas=371602_bincheng_gcj02.json");
  INFO(said.text);
  CHECK(said.status == 1);
  CHECK_THAT(said.text, Catch::Contains("371602_bincheng_gcj02.json.datum=gcj02"));
}
