// Edits and figures that would be taken without a word though nothing, or something else than
// meant, comes of them.

#include "town_copy.h"

using namespace doorstep::test;

namespace {

const std::string kRun = "run town plan -o out";
const std::string kHead =
    "format = 1\ncode = \"plan\"\nname = \"Plan\"\nplace = \"town\"\nyears = 2\n";
const std::string kClose = "[[edit]]\ndo = \"close_campus\"\ncampus = \"p2\"\nyear = 2025\n";

void warned(const std::string& edits, const std::vector<std::string>& parts) {
  TownCopy town;
  town.scenario(kHead + edits);
  expect_warning(town, kRun, parts);
}

void refused(const std::string& edits, const std::vector<std::string>& parts) {
  TownCopy town;
  town.scenario(kHead + edits);
  expect_refusal(town, kRun, parts);
}

void place_refused(const std::string& from, const std::string& to,
                   const std::vector<std::string>& parts) {
  TownCopy town;
  town.replace("place.toml", from, to);
  expect_refusal(town, "run town -o out", parts);
}

void place_warned(const std::string& file, const std::string& from, const std::string& to,
                  const std::vector<std::string>& parts) {
  TownCopy town;
  town.replace(file, from, to);
  expect_warning(town, "run town -o out", parts);
}

}  // namespace

TEST_CASE("an edit after the run's last year is a warning") {
  warned(
      "[[edit]]\ndo = \"close_campus\"\ncampus = \"p2\"\nyear = 2050\n",
      {"plan/scenario.toml, edit[1], year", "2050", "last year 2026", "write a year up to 2026"});
}

TEST_CASE("a run shortened on the command line says which edits it does not reach") {
  TownCopy town;
  town.scenario(kHead + "[[edit]]\ndo = \"close_campus\"\ncampus = \"p2\"\nyear = 2026\n");
  CHECK(town.run(kRun).err.find("last year") == std::string::npos);
  expect_warning(town, "run town plan --years 1 -o out2", {"edit[1], year", "last year 2025"});
}

TEST_CASE("more opening grades than the stage has are a warning") {
  warned(
      "[[edit]]\ndo = \"open_campus\"\ncode = \"x\"\nstage = \"primary\"\nseats = 90\nyear = 2025\n"
      "at_xy = [500300, 4140200]\nopening_grades = 9\n",
      {"edit[1], opening_grades", "primary has 6", "write 6 for all at once"});
}

TEST_CASE("seats beyond the classrooms are a warning with the rooms they need") {
  warned(
      "[[edit]]\ndo = \"set_seats\"\ncampus = \"p1\"\nstage = \"primary\"\nseats = 400\n"
      "year = 2025\n",
      {"edit[1], seats", "400 seats stand in 4 rooms", "180", "add rooms = 9"});
}

TEST_CASE("two policies that contradict one another are a warning that names both") {
  warned(
      "[[edit]]\ndo = \"set_policy\"\nrule = \"nearest\"\n"
      "[[edit]]\ndo = \"set_policy\"\nrule = \"choice\"\n",
      {"edit[2], rule", "says choice, but plan/scenario.toml, edit[1] says nearest", "leave one"});
}

TEST_CASE("two settings of the same seats in one year are a warning") {
  const std::string set = "[[edit]]\ndo = \"set_seats\"\ncampus = \"p1\"\nstage = \"primary\"\n";
  warned(set + "seats = 100\nyear = 2025\n" + set + "seats = 150\nyear = 2025\n",
         {"edit[2], seats", "says 150", "edit[1] says 100"});
}

TEST_CASE("a policy with a year is refused, since it holds for the whole run") {
  refused("[[edit]]\ndo = \"set_policy\"\nrule = \"nearest\"\nyear = 2026\n",
          {"edit[1].year", "a policy has no year", "whole run"});
}

TEST_CASE("an unknown key of an edit points to the page of scenarios") {
  warned("[[edit]]\ndo = \"set_policy\"\nrule = \"nearest\"\nzzzzzzzz = 1\n",
         {"edit[1].zzzzzzzz", "no effect", "docs/scenario.md"});
}

TEST_CASE("an empty list of practices is refused") {
  refused(
      "[[edit]]\ndo = \"join_group\"\ngroup = \"g2\"\ncore = \"p1\"\ncampus = \"p2\"\n"
      "form = \"close_knit\"\nyear = 2025\npractices = []\n",
      {"edit[1].practices", "is empty", "leave it out"});
}

TEST_CASE("an unknown practice of a scenario names file, edit, key and the nearest") {
  refused(
      "[[edit]]\ndo = \"join_group\"\ngroup = \"g2\"\ncore = \"p1\"\ncampus = \"p2\"\n"
      "form = \"close_knit\"\nyear = 2025\npractices = [\"mutual_shared.teacher\"]\n",
      {"plan/scenario.toml, edit[1].practices", "mutual_shared.teacher",
       "did you mean \"mutual_shared.teachers\"?"});
}

TEST_CASE("a step of a closure without a date that there is, is refused") {
  for (const char* when : {"2026-02-30", "2026-13", "soon", "20260301", "2026-3-1"})
    refused(kClose + "procedure = { hearing = \"" + when + "\" }\n",
            {"edit[1].procedure.hearing", when, "is no date", "2026-03-01"});
}

TEST_CASE("a document's number takes a step as a date does, and a late one is a warning") {
  TownCopy town;
  town.scenario(kHead + kClose +
                "procedure = { appraisal = \"2024-03\", notice = \"滨教发〔2024〕12号\" }\n");
  Answer answer = town.run(kRun);
  CHECK(answer.status == 0);
  CHECK_THAT(answer.out, Catch::Contains("not yet: hearing, approval"));
  warned(kClose + "procedure = { appraisal = \"2026-03-01\" }\n",
         {"edit[1], procedure", "comes after the closure in 2025"});
}

TEST_CASE("thirty pupils a dwelling are refused, four are a warning") {
  const std::string housing =
      "[[edit]]\ndo = \"add_housing\"\ncode = \"n1\"\nat_xy = [500300, 4140200]\n"
      "dwellings = 10\nyear = 2025\npupils_per_dwelling = ";
  refused(housing + "30\n", {"edit[1].pupils_per_dwelling", "30", "three children in ten"});
  warned(housing + "4\n", {"edit[1], pupils_per_dwelling", "4 pupils a dwelling"});
  refused(
      "[[edit]]\ndo = \"add_housing\"\ncode = \"n1\"\nat_xy = [500300, 4140200]\n"
      "dwellings = -10\nyear = 2025\npupils_per_dwelling = 0.3\n",
      {"edit[1].dwellings", "negative", "number of dwellings"});
}

TEST_CASE("a feeder from primary to primary is a warning") {
  warned("[[edit]]\ndo = \"set_feeder\"\nfrom = \"p1\"\nto = \"p2\"\nyear = 2025\n",
         {"edit[1], to", "p2 teaches no stage that follows one of p1", "primary to junior"});
  place_warned("feeders.csv", "j1", "p2", {"feeders.csv row 1", "p2 teaches no stage"});
}

TEST_CASE("negative rooms and costs are refused with their own remedies") {
  const std::string set =
      "[[edit]]\ndo = \"set_seats\"\ncampus = \"p1\"\nstage = \"primary\"\nyear = 2025\n";
  refused(set + "rooms = -3\n", {"edit[1].rooms", "negative", "number of classrooms"});
  refused(set + "seats = 100\ncost = -1\n", {"edit[1].cost", "negative", "currency"});
}

TEST_CASE("figures of a place that cannot be are refused with what to write") {
  place_refused("tiers = [", "max_minutes = -5\ntiers = [",
                {"policy.max_minutes", "above 0", "leave it out for no limit"});
  place_refused("grades = 6", "grades = 0", {"stage[1].grades", "1 to 12", "6 of a primary"});
  place_refused("entry_age = 6", "entry_age = 99", {"stage[1].entry_age", "0 to 20", "6 at"});
  place_refused("speed_m_per_min = 80", "speed_m_per_min = 0",
                {"travel.speed_m_per_min", "above 0", "80 is a usual pace"});
  place_refused("base_year = 2024", "base_year = 20200", {"base_year", "20200", "first autumn"});
}

TEST_CASE("a coefficient below 0 that would turn its meaning round is refused") {
  place_refused(
      "\"choice.a_quality\" = {",
      "\"choice.b_distance.junior\" = { value = -2.0, source = \"x\" }\n\"choice.a_quality\" = {",
      {"coefficients.choice.b_distance.junior", "-2 is negative", "known from 1 to 3"});
}

TEST_CASE("ratios between grades: without a source, of nobody, twice") {
  const std::string ratios = "[[progression]]\nstage = \"junior\"\nsurvival = [1.0, 0.0]\n";
  place_warned("place.toml", "[travel]", ratios + "[travel]",
               {"progression[1].source", "no source", "write where"});
  place_warned("place.toml", "[travel]", ratios + "[travel]",
               {"progression[1].survival", "from grade 2 to 3 of junior is 0", "1 keeps all"});
  place_refused("[travel]", ratios + "source = \"x\"\n" + ratios + "source = \"x\"\n[travel]",
                {"progression[2].stage", "junior stand twice", "keep one"});
}

TEST_CASE("wrong usage ends with status 2 before anything is read") {
  TownCopy town;
  expect_refusal(town, "run town --rule nonsense", {"--rule", "nonsense", "least_travel"}, 2);
  expect_refusal(town, "run town --rule chioce", {"--rule", "did you mean choice?"}, 2);
  expect_refusal(town, "explain town --figure seats", {"nothing to explain", "--campus"}, 2);
  expect_refusal(town, "explain town --campus p1", {"--figure", "is missing", "utilisation"}, 2);
  expect_refusal(town, "explain town --campus p1 --figure seatz",
                 {"--figure", "seatz", "did you mean seats?"}, 2);
  expect_refusal(town, "explain town --group g1 --figure children",
                 {"--figure", "no figure \"children\""}, 2);
  expect_refusal(town, "explain town --campus p1 --stage primary --figure seats --year 1999",
                 {"--year", "1999 is not 2024 to 2084", "begins in 2024"}, 2);
  expect_refusal(town, "new", {"needs a name", "doorstep new NAME FILES"}, 2);
  expect_refusal(town, "new x town/homes.csv --confirm crs", {"--confirm", "KEY=VALUE"}, 2);
}

TEST_CASE("a back-test says which years can be held back, and which fields there are") {
  TownCopy town;
  town.write("rolls.csv",
             "School,grade,year,students\nA,1,2010,20\nA,1,2011,21\nA,1,2012,22\n"
             "A,2,2010,18\nA,2,2011,19\nA,2,2012,20\n");
  const std::string test = "backtest town/rolls.csv --fit-until ";
  expect_refusal(town, test + "2012", {"--fit-until", "no year to predict", "write 2011 to 2011"},
                 2);
  expect_refusal(town, test + "2010", {"--fit-until", "before it to fit on", "2010 to 2012"}, 2);
  expect_refusal(town, test + "2011 --until 2011", {"--until", "2011 is not", "write 2012 to 2012"},
                 2);
  expect_refusal(town, test + "2011 --school Schol",
                 {"rolls.csv", "\"Schol\"", "did you mean \"School\"?", "--school"});
}

TEST_CASE("an explanation in Chinese has Chinese words, units and sources") {
  TownCopy town;
  Answer answer = town.run("explain town --campus p1 --stage primary --figure large --lang zh");
  CHECK(answer.status == 0);
  for (const char* part : {"大班额班数：", "个班", "大班额界限", "查得", "每班 56 人及以上"})
    CHECK_THAT(answer.out, Catch::Contains(part));
  for (const char* part : {"class.large", "pupils", "classes", "56 and more"})
    CHECK_THAT(answer.out, !Catch::Contains(part));
  Answer rows = town.run("explain town --campus p1 --stage primary --figure enrolment --lang zh");
  CHECK_THAT(rows.out, Catch::Contains("homes.csv 第 "));
  CHECK_THAT(rows.out, Catch::Contains("规则：学区就读"));
}

TEST_CASE("what a killed run left beside the output is cleared by the next") {
  TownCopy town;
  const auto left = town.work() / ".out.4194305.partial";
  std::filesystem::create_directory(left);
  CHECK(town.run("run town --years 0 -o out").status == 0);
  CHECK_FALSE(std::filesystem::exists(left));
}

TEST_CASE("tables of run, compare and check speak Chinese") {
  TownCopy town;
  town.scenario(kHead + kClose);
  Answer run = town.run("run town plan --years 1 --lang zh");
  CHECK(run.status == 0);
  for (const char* part : {"学段", "小学", "含义，2025 年", "撤并 ", "换校学生", "守恒误差"})
    CHECK_THAT(run.out, Catch::Contains(part));
  for (const char* part : {"unplaced", "Primary", "what it means", "large classes", "veto"})
    CHECK_THAT(run.out, !Catch::Contains(part));
  Answer compare = town.run("compare town plan --years 1 --lang zh");
  CHECK_THAT(compare.out, Catch::Contains("变化"));
  CHECK_THAT(compare.out, !Catch::Contains("utilisation"));
  CHECK_THAT(town.run("check town --lang zh").out, Catch::Contains("10 个居住点"));
  CHECK_THAT(town.run("run town --years 0").out, Catch::Contains("what it means, 2024"));
}
