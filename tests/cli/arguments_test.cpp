// Wrong usage, outputs that cannot be written, and the help that every subcommand gives.

#include "town_copy.h"

using namespace doorstep::test;

TEST_CASE("wrong usage exits with 2 and says what was expected") {
  TownCopy town;
  expect_refusal(town, "rnu town",
                 {"unknown subcommand \"rnu\"", "did you mean \"run\"?", "--help"}, 2);
  expect_refusal(town, "run", {"place is required", "doorstep run --help"}, 2);
  expect_refusal(town, "compare town", {"a is required"}, 2);
  expect_refusal(town, "render town", {"--out is required"}, 2);
  expect_refusal(town, "run town --ot out", {"--ot"}, 2);
  expect_refusal(town, "run town --years -1", {"--years", "0 to 60"}, 2);
  expect_refusal(town, "render town -o a.png --year next", {"--year", "next"}, 2);
  expect_refusal(town, "render town -o a.bmp", {"a.bmp", ".png, .svg or .pdf"}, 2);
  expect_refusal(town, "render town -o a.png --layer noise", {"--layer", "noise"}, 2);
}

TEST_CASE("a year outside the run is refused") {
  TownCopy town;
  expect_refusal(town, "render town -o a.png --year 1999", {"--year", "1999 lies before 2024"}, 2);
  expect_refusal(town, "render town -o a.png --year 3000", {"--year", "3000", "60 years"}, 2);
}

TEST_CASE("an unknown stage or rule is refused with those there are") {
  TownCopy town;
  expect_refusal(town, "render town -o a.png --stage primry", {"primry", "primary, junior"}, 2);
  expect_refusal(town, "run town -o out --rule chioce", {"--rule", "did you mean choice?"}, 2);
  expect_refusal(town, "run town -o out --rules choice,luck", {"--rules", "luck", "nearest"}, 2);
}

TEST_CASE("what an option names and is not there is wrong usage, a bad file is a failure") {
  TownCopy town;
  for (const char* of : {"--campus nowhere", "--town nowhere", "--district nowhere",
                         "--group nowhere", "--campus p1 --stage university", "--home nowhere"}) {
    INFO(of);
    expect_refusal(
        town,
        std::string("explain town --figure utilisation ") +
            (std::string(of).find("--stage") == std::string::npos &&
                     std::string(of).find("--campus") == std::string::npos
                 ? "--stage primary "
                 : "") +
            of,
        {std::string(of).find("university") == std::string::npos ? "nowhere" : "university"}, 2);
  }
  expect_refusal(town, "explain town --district city --figure pupils",
                 {"--stage", "several stages", "primary, junior"}, 2);
  expect_refusal(town, "explain town --campus p2 --figure closure", {"--figure", "scenario"}, 2);
  expect_refusal(town, "render town -o a.png --layer before-after", {"--layer", "scenario"}, 2);
  expect_refusal(town, "pack town -o town.zip", {"--out", ".doorstep"}, 2);
  town.scenario("format = 1\ncode = \"plan\"\nplace = \"town\"\nyears = 1\n");
  expect_refusal(town, "carry plan --to town --as foo", {"--as", "OLD=NEW"}, 2);
  expect_refusal(town, "carry plan --to town --as foo=p1", {"--as", "foo"}, 2);
  expect_refusal(town, "explain nothing --campus p1 --figure seats", {"nothing"});
  expect_refusal(town, "check town/homes.csv", {"homes.csv", "no place", "doorstep new"});
}

TEST_CASE("rules to hold against observations need observations") {
  TownCopy town;
  town.scenario("format = 1\ncode = \"plan\"\nyears = 1\n");
  expect_refusal(town, "run town plan -o out --rules choice", {"--rules", "baseline"}, 2);
}

TEST_CASE("an output that cannot be made is refused before the run") {
  TownCopy town;
  expect_refusal(town, "run town -o /proc/no/out", {"/proc/no/out", "cannot be made"});
  expect_refusal(town, "run town -o town/place.toml", {"town/place.toml", "is a file"});
  expect_refusal(town, "run town -o town/place.toml/out",
                 {"town/place.toml/out", "cannot be made"});
  expect_refusal(town, "render town -o /proc/no/a.png", {"/proc/no/a.png", "cannot be written"});
  town.scenario("format = 1\ncode = \"plan\"\nyears = 1\n");
  expect_refusal(town, "compare town plan -o town/place.toml", {"town/place.toml", "is a file"});
}

TEST_CASE("a failure leaves no folder that was made on the way to the output") {
  TownCopy town;
  town.replace("homes.csv", "h02,", "h01,");
  expect_refusal(town, "run town -o new/deep/out", {"homes.csv row 2"});
}

TEST_CASE("a standard output that is full is a failure") {
  TownCopy town;
  for (const char* arguments : {"check town --json", "run town --years 0", "run town --json"})
    expect_refusal(town, arguments, {"space"}, 1, R"(sh -c '"$0" "$@" >/dev/full')");
}

TEST_CASE("every subcommand has help with an example") {
  TownCopy town;
  Answer all = town.run("--help");
  CHECK(all.status == 0);
  CHECK_THAT(all.out, Catch::Contains("doorstep run"));
  for (const std::string name : {"open", "check", "run", "compare", "render", "synth"}) {
    CAPTURE(name);
    CHECK_THAT(all.out, Catch::Contains("\n  " + name + " "));
    Answer help = town.run(name + " --help");
    CHECK(help.status == 0);
    CHECK(help.err.empty());
    CHECK_THAT(help.out, Catch::Contains("Example"));
    CHECK_THAT(help.out, Catch::Contains("doorstep " + name + " "));
  }
}

TEST_CASE("the version is that of the outputs") {
  TownCopy town;
  Answer version = town.run("--version");
  CHECK(version.status == 0);
  std::string text = version.out.substr(0, version.out.find('\n'));
  CHECK_THAT(town.run("run town --json --years 0").out,
             Catch::Contains("\"program\": \"" + text + "\""));
}
