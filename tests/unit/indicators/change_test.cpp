// What a plan changes: disruption, siblings, quality, closures with their procedure.

#include <catch2/catch.hpp>

#include <cmath>

#include "hand_run.h"
#include "indicators/closure_case.h"
#include "indicators/disruption.h"
#include "indicators/review.h"
#include "limits.h"

using namespace doorstep;
using Catch::Matchers::WithinAbs;

namespace {

Standards standards() {
  Standards s = test::limits({{"disruption.sibling_share", 0.3},
                              {"balance.limit.primary", 0.65},
                              {"quality.limit.primary", 0.5},
                              {"quality.met_at_least", 6},
                              {"quality.other_share", 0.85}});
  for (const char* one : {"teachers_higher_degree", "teachers_backbone", "teachers_pe_arts",
                          "teaching_rooms", "sports_area", "equipment", "multimedia_rooms"})
    for (const char* stage : {"primary", "junior"})
      s.all.set(std::string("quality.least.") + one + "." + stage, {1, 1, 1, "test", "F"});
  s.long_time = Minutes(30);
  return s;
}

/// One home 800 m (10 min) from A and 4,000 m (50 min) from B; 60 pupils, 10 of them new.
struct Choice : test::HandRun {
  CampusId a = campus("A", 0, 60), b = campus("B", 4800, 60);
  HomeId h = home("H", 800);
  Choice(double new_at_b, double elder_at_b) {
    standards = ::standards();
    place.campuses[a].urban = UrbanClass::Rural;
    flow(h, a, 60 - new_at_b - elder_at_b);
    if (new_at_b + elder_at_b > 0) flow(h, b, new_at_b + elder_at_b);
    if (new_at_b < 10) year.first_grade.push_back({h, a, 10 - new_at_b});
    if (new_at_b > 0) year.first_grade.push_back({h, b, new_at_b});
    year.unplaced_of = IdVector<HomeId, double>(1, 0.0);
  }
  [[nodiscard]] RunResult run(Year from = 2025) const {
    RunResult r;
    YearResult y;
    y.year = from;
    y.stages.push_back(year);
    r.years.push_back(y);
    return r;
  }
};

Disruption between(const Choice& a, const Choice& b) {
  return disruption(a.place, a.travel(), a.year, b.place, b.travel(), b.year, standards());
}

}  // namespace

TEST_CASE("no change disturbs nobody") {
  Disruption d = between(Choice(0, 0), Choice(0, 0));
  CHECK(d.must_move == 0.0);
  CHECK(d.farther == 0.0);
  CHECK(d.farther_beyond_limit == 0.0);
  CHECK(d.siblings_split == 0.0);
  CHECK(d.seats_gained == 0.0);
}

TEST_CASE("first-graders sent elsewhere while the elder ones stay split siblings") {
  // All ten new ones go to B, the fifty elder stay: three in ten have an elder sibling.
  Disruption d = between(Choice(0, 0), Choice(10, 0));
  CHECK_THAT(d.must_move, WithinAbs(10.0, 1e-12));
  CHECK_THAT(d.farther, WithinAbs(10.0, 1e-12));
  CHECK_THAT(d.farther_beyond_limit, WithinAbs(10.0, 1e-12));
  CHECK_THAT(d.siblings_split, WithinAbs(3.0, 1e-12));
}

TEST_CASE("siblings who move together are not split") {
  CHECK_THAT(between(Choice(0, 0), Choice(10, 50)).siblings_split, WithinAbs(0.0, 1e-12));
  // Half of the elder ones move too: half of the new ones leave nobody behind.
  CHECK_THAT(between(Choice(0, 0), Choice(10, 25)).siblings_split, WithinAbs(1.5, 1e-12));
}

TEST_CASE("quality gained is the mean over pupils, seats gained those of open campuses") {
  Choice before(0, 0), after(10, 0);
  for (Choice* c : {&before, &after}) {
    c->year.campuses[c->a].quality = 0.9;
    c->year.campuses[c->b].quality = 1.5;
  }
  before.year.campuses[before.b].open = false;
  Disruption d = between(before, after);
  CHECK_THAT(d.quality_a, WithinAbs(0.9, 1e-12));
  CHECK_THAT(d.quality_b, WithinAbs((50 * 0.9 + 10 * 1.5) / 60, 1e-12));
  CHECK(d.seats_gained == 60.0);
}

TEST_CASE("a closure lists whom it moves, what stands against it, and steps not yet taken") {
  Choice before(0, 0), after(10, 50);
  after.year.campuses[after.a].open = false;
  Scenario plan;
  plan.edits = {CloseCampus{"A", 2025, {{"appraisal", "2024-11"}, {"notice", ""}}, false}};
  const TravelTable ta = before.travel(), tb = after.travel();
  const RunResult ra = before.run(), rb = after.run();
  auto cases = closure_cases({before.place, ta, ra}, {after.place, tb, rb}, plan, standards());
  REQUIRE(cases.size() == 1);
  const ClosureCase& c = cases[0];
  CHECK(c.pupils_before == 60.0);
  CHECK(c.scale == Scale::FundedUp);
  CHECK_THAT(c.review.moved, WithinAbs(60.0, 1e-12));
  CHECK(c.open_steps == std::vector<std::string>{"notice", "hearing", "approval"});
  REQUIRE(c.review.vetoes.size() == 1);
  CHECK(c.review.vetoes[0].kind == Veto::Kind::LongWay);
  CHECK_FALSE(c.clear());
}

TEST_CASE("a closure is clear only with every step, no veto and nobody opposed") {
  Choice before(0, 0), after(10, 50);
  after.year.campuses[after.a].open = false;
  Standards limits = standards();
  limits.long_time = Minutes(60);
  const TravelTable ta = before.travel(), tb = after.travel();
  const RunResult ra = before.run(), rb = after.run();
  auto clear = [&](bool opposed, const std::string& approval) {
    Scenario plan;
    plan.edits = {CloseCampus{"A",
                              2025,
                              {{"appraisal", "2024-03"},
                               {"notice", "2024-04"},
                               {"hearing", "2024-05-10"},
                               {"approval", approval}},
                              opposed}};
    return closure_cases({before.place, ta, ra}, {after.place, tb, rb}, plan, limits).at(0).clear();
  };
  CHECK(clear(false, "2024-06"));
  CHECK_FALSE(clear(true, "2024-06"));
  CHECK_FALSE(clear(false, ""));
  CHECK_FALSE(clear(false, "2024-13"));  // no date: the step is open
}

TEST_CASE("a merger narrows the balance of legal persons, not that of campuses") {
  // Books 100 and 300 of 50 pupils each: mean 4, S = 2, CV = 0.5; one school of both: 0.
  Choice c(0, 0);
  c.year.campuses[c.a].enrolment = c.year.campuses[c.b].enrolment = 50;
  const auto books = static_cast<std::size_t>(Resource::Books);
  c.place.campuses[c.a].stages[StageId(0)]->resources.set(books, 100);
  c.place.campuses[c.b].stages[StageId(0)]->resources.set(books, 300);
  c.place.schools.push_back({"one", {}, Ownership::Public});
  c.place.schools.push_back({"two", {}, Ownership::Public});
  auto coefficient = [&](uint32_t school_of_b, ReviewUnit unit) {
    c.place.campuses[c.a].school = SchoolId(0);
    c.place.campuses[c.b].school = SchoolId(school_of_b);
    for (const ReviewLine& l : review_stage(c.place, StageId(0), c.year, standards().all).lines)
      if (l.set == "eight" && l.indicator == "books" && l.unit == unit) return l.coefficient;
    return -1.0;
  };
  CHECK_THAT(coefficient(1, ReviewUnit::Campus), WithinAbs(0.5, 1e-12));
  CHECK_THAT(coefficient(1, ReviewUnit::LegalPerson), WithinAbs(0.5, 1e-12));
  CHECK_THAT(coefficient(0, ReviewUnit::Campus), WithinAbs(0.5, 1e-12));
  CHECK(std::isnan(coefficient(0, ReviewUnit::LegalPerson)));  // one school has no gap
}

TEST_CASE("teaching points are left out of the reviews") {
  Choice c(0, 0);
  c.year.campuses[c.a].enrolment = 50;
  c.year.campuses[c.b].enrolment = 49;
  auto schools = reported_resources(c.place, StageId(0), c.year, eight_indicators(),
                                    ReviewUnit::Campus, standards().all);
  REQUIRE(schools.size() == 1);
  CHECK(schools[0].code == "A");
}

TEST_CASE(
    "a review among some campuses knows what all eight tell, and nothing where one is silent") {
  // All eight 100 and 300 of 50 pupils each: each coefficient 0.5, and so the composite.
  Choice c(0, 0);
  c.year.campuses[c.a].enrolment = c.year.campuses[c.b].enrolment = 50;
  for (std::size_t k = 0; k < kResourceKinds.size(); ++k) {
    c.place.campuses[c.a].stages[StageId(0)]->resources.set(k, 100);
    c.place.campuses[c.b].stages[StageId(0)]->resources.set(k, 300);
  }
  auto among = [&](const std::vector<CampusId>& campuses) {
    return balance_among(c.place, StageId(0), c.year, standards().all, campuses);
  };
  CHECK_THAT(among({c.a, c.b}).eight, WithinAbs(0.5, 1e-12));
  CHECK_THAT(among({c.a, c.b}).seven, WithinAbs(0.5, 1e-12));
  CHECK(std::isnan(among({c.a}).eight));  // one school has no gap
  c.place.campuses[c.b].stages[StageId(0)]->resources.set(
      static_cast<std::size_t>(Resource::SportsArea), 500);  // mean 6, S = 4: 2/3
  CHECK_THAT(among({c.a, c.b}).seven, WithinAbs(2.0 / 3, 1e-12));
  c.place.campuses[c.b].stages[StageId(0)]->resources.set(static_cast<std::size_t>(Resource::Books),
                                                          std::nan(""));
  CHECK(std::isnan(among({c.a, c.b}).eight));
}
