#include "session/explain/explain.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "base/error.h"
#include "indicators/territory.h"
#include "io/config.h"
#include "session/explain/ground.h"

using namespace doorstep;
using namespace doorstep::session;
using Catch::Matchers::WithinAbs;

namespace {

std::shared_ptr<const Outcome> outcome(std::vector<Edit> edits = {}) {
  Progress progress;
  static std::shared_ptr<const OpenPlace> opened = open_place(DOORSTEP_TOWN, progress);
  Scenario scenario;
  scenario.years = 2;
  scenario.edits = std::move(edits);
  return run_scenario(opened, scenario, progress);
}

Explanation ask(const Outcome& o, const std::string& campus, const std::string& figure,
                std::size_t rows = 10, const std::string& stage = "") {
  Progress progress;
  return explain_campus(o, {.campus = campus, .stage = stage, .figure = figure, .rows = rows},
                        progress);
}

/// Every campus and stage open in the last year.
template <class Visit>
void each_open(const Outcome& o, Visit visit) {
  for (auto c : o.place.campuses.ids())
    for (auto s : o.place.stages.ids())
      if (o.run.years.back().stages[s].campuses[c].open)
        visit(o.place.campuses[c].code, o.place.stages[s].code);
}

}  // namespace

TEST_CASE("the rows of a figure add up to it, however many are shown") {
  auto o = outcome();
  for (std::size_t limit : {0u, 1u, 1000u})
    each_open(*o, [&](const std::string& campus, const std::string& stage) {
      INFO(campus << " " << stage << ", rows " << limit);
      for (const char* figure : {"enrolment", "entrants", "entitled"}) {
        Explanation e = ask(*o, campus, figure, limit, stage);
        CHECK(e.rows.size() <= limit);
        CHECK_THAT(sum_of_rows(e), WithinAbs(e.value, 1e-9 * std::max(1.0, e.value)));
      }
    });
}

TEST_CASE("the parts make the figure as the formula says") {
  auto o = outcome();
  each_open(*o, [&](const std::string& campus, const std::string& stage) {
    INFO(campus << " " << stage);
    Explanation used = ask(*o, campus, "utilisation", 10, stage);
    CHECK_THAT(used.parts[0].value / used.parts[1].value, WithinAbs(used.value, 1e-12));
    Explanation size = ask(*o, campus, "class_size", 10, stage);
    if (size.value > 0)
      CHECK_THAT(size.parts[0].value / size.parts[1].value, WithinAbs(size.value, 1e-12));
    Explanation entry = ask(*o, campus, "entry_seats", 10, stage);
    double free = std::max(0.0, entry.parts[1].value - entry.parts[2].value);
    CHECK_THAT(std::min(entry.parts[0].value, free), WithinAbs(entry.value, 1e-9));
    Explanation way = ask(*o, campus, "travel_mean_min", 10, stage);
    if (way.parts[1].value > 0) {
      CHECK_THAT(way.parts[0].value / way.parts[1].value, WithinAbs(way.value, 1e-9));
      CHECK_THAT(sum_of_rows(way), WithinAbs(way.parts[0].value, 1e-6));
    }
    double grades = 0.0;
    Explanation enrolled = ask(*o, campus, "enrolment", 10, stage);
    for (const Part& p : enrolled.parts) grades += p.value;
    CHECK_THAT(grades, WithinAbs(enrolled.value, 1e-9));
  });
}

TEST_CASE("rows say in which file and row they stand") {
  auto o = outcome();
  Explanation e = ask(*o, "p1", "enrolment");
  REQUIRE_FALSE(e.rows.empty());
  for (const SourceRow& r : e.rows) {
    CHECK(r.at.file == "homes.csv");
    CHECK(r.at.row > 0);
  }
  CHECK(ask(*o, "p1", "seats").rows.at(0).at.file == "campuses.csv");
}

TEST_CASE("coefficients come with their sources, standards too") {
  auto o = outcome();
  for (const auto& [name, c] : ask(*o, "p1", "enrolment").numbers) {
    CHECK(name.rfind("choice.", 0) == 0);
    CHECK_FALSE(c.source.empty());
  }
  Explanation large = ask(*o, "p1", "large");
  std::map<std::string, double> told;
  for (const auto& [name, c] : large.numbers) told[name] = c.value;
  CHECK(told.at("class.large") == 56);
  CHECK(told.at("class.standard.primary") == 45);
  CHECK(large.rule == rule_name(o->place.policy.rule));
}

TEST_CASE("edits of the campus stand beside its figures, others do not") {
  auto o = outcome({SetSeats{"p1", "primary", 60, -1, 2025}});
  CHECK(ask(*o, "p1", "seats").edits.size() == 1);
  CHECK(ask(*o, "p1", "seats").value == 60);
  CHECK(ask(*o, "p2", "seats").edits.empty());
}

TEST_CASE("what is not there is refused with what there is") {
  auto o = outcome();
  try {
    (void)ask(*o, "p1", "utilization");
    FAIL("an unknown figure was explained");
  } catch (const Error& e) {
    CHECK_THAT(e.message(), Catch::Contains("did you mean utilisation?"));
  }
  CHECK_THROWS_AS(ask(*o, "nowhere", "seats"), Error);
  CHECK_THROWS_AS(ask(*o, "p1", "seats", 10, "university"), Error);
  Progress progress;
  CHECK_THROWS_WITH(explain_campus(*o, {.campus = "p1", .year = 2199, .figure = "seats"}, progress),
                    Catch::Contains("2199"));
}

TEST_CASE("who came, left, returned and applied is what the run counted") {
  auto o = outcome({CloseCampus{"p2", 2025}});
  const CampusYear& year = o->run.years[1].stages[StageId(0)].campuses[find_campus(o->place, "p1")];
  REQUIRE(year.came > 0);  // the children of the closed school
  Progress progress;
  auto of = [&](const char* figure) {
    return explain_campus(*o, {.campus = "p1", .stage = "primary", .year = 2025, .figure = figure},
                          progress);
  };
  CHECK(of("came").value == year.came);
  CHECK(of("left").value == year.left);
  CHECK(of("returned").value == year.returned);
  CHECK(of("applied").value == year.applied);
  CHECK_FALSE(of("applied").notes.empty());  // the policy has no private stage
}

TEST_CASE("what a school has is told per pupil with its standard, or refused where not reported") {
  Progress progress;
  auto opened = std::make_shared<OpenPlace>(*outcome()->opened);
  opened->place.campuses[find_campus(opened->place, "p1")].stages[StageId(0)]->resources.set(
      static_cast<std::size_t>(Resource::TeachingRooms), 630);
  Scenario scenario;
  scenario.years = 0;
  auto o = run_scenario(opened, scenario, progress);
  Explanation e = ask(*o, "p1", "teaching_rooms", 10, "primary");
  const double pupils = o->run.years[0].stages[StageId(0)].campuses[CampusId(0)].enrolment;
  CHECK_THAT(e.value, WithinAbs(630 / pupils, 1e-12));
  CHECK(e.unit == "m2 a pupil");
  REQUIRE(e.numbers.size() == 1);
  CHECK(e.numbers[0].first == "quality.least.teaching_rooms.primary");
  CHECK_THROWS_WITH(ask(*o, "p1", "books", 10, "primary"), Catch::Contains("does not report"));
}

TEST_CASE("towns have medians and balances that agree with the figures of outputs") {
  auto o = outcome();
  const std::size_t y = o->run.years.size() - 1;
  const StageId stage(0);
  const FiguresInput input{o->place, o->travel, o->opened->standards, nullptr};
  for (const TerritoryFigures& t :
       territory_figures(input, o->run.years[y], stage, o->indicators[y].stages[stage],
                         campus_figures(input, o->run.years[y], stage))) {
    GroundQuestion q{.of = t.what.kind == Territory::Kind::Town    ? GroundQuestion::Of::Town
                           : t.what.kind == Territory::Kind::Place ? GroundQuestion::Of::Place
                                                                   : GroundQuestion::Of::District,
                     .code = t.what.code,
                     .stage = "primary"};
    INFO(t.what.code);
    auto value = [&](const char* figure) {
      q.figure = figure;
      return explain_ground(*o, q).value;
    };
    CHECK_THAT(value("travel_median_min"), WithinAbs(t.travel_median_min, 1e-9));
    CHECK_THAT(value("travel_p90_min"), WithinAbs(t.travel_p90_min, 1e-9));
    CHECK_THAT(value("travel_mean_min"), WithinAbs(t.travel_mean_min, 1e-9));
    if (!std::isnan(t.balance)) CHECK_THAT(value("balance_seats"), WithinAbs(t.balance, 1e-9));
    CHECK_THAT(value("own_catchment_share"), WithinAbs(t.own_catchment_share, 1e-9));
  }
}

TEST_CASE("every source of config has its Chinese") {
  const std::map<std::string, std::string> words = io::load_source_translations();
  std::vector<Coefficients> all{io::load_coefficients(), io::load_standards().all,
                                io::load_costs()};
  for (const auto& [form, rates] : io::load_group_forms()) all.push_back(rates);
  for (const Coefficients& some : all)
    for (const auto& [name, c] : some.items()) {
      INFO(name << ": " << c.source);
      CHECK(words.contains(c.source));
    }
}
