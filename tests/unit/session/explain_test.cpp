#include "session/explain/explain.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "base/error.h"

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

double sum_of_rows(const Explanation& e) {
  double sum = e.more_amount;
  for (const SourceRow& r : e.rows) sum += r.amount;
  return sum;
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
  REQUIRE(large.numbers.size() == 1);
  CHECK(large.numbers[0].first == "class.large");
  CHECK(large.numbers[0].second.value == 56);
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
