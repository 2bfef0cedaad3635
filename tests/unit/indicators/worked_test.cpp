// Worked answers and limits that no other test holds: crossings on the way, staff that lacks, seats
// within reach, how far ahead warnings look, beds and closures exactly at half an hour.

#include <catch2/catch.hpp>

#include "hand_run.h"
#include "indicators/access.h"
#include "indicators/closure.h"
#include "indicators/group_figures.h"
#include "indicators/overview.h"
#include "indicators/territory.h"
#include "limits.h"
#include "network/street_travel.h"
#include "unit/network/street_town.h"

using namespace doorstep;
using namespace doorstep::test;
using Catch::Matchers::WithinAbs;

namespace {

Standards with_warnings() {
  return test::limits({{"warning.years_ahead_primary", 3}, {"warning.years_ahead_other", 1}});
}

YearResult result_of(const HandRun& run) {
  YearResult out;
  out.year = 2025;
  out.stages.push_back(run.year);
  out.stages[StageId(0)].unplaced_of.resize(run.place.homes.size(), 0.0);
  return out;
}

}  // namespace

TEST_CASE("five schools' books: a mean of 6.3344 a pupil, a deviation of 3.2639") {
  const std::vector<double> pupils{45, 37, 89, 76, 55}, books{279, 137, 935, 160, 402};
  const double mean = 1913.0 / 302;
  CHECK_THAT(mean, WithinAbs(6.3344, 5e-5));
  CHECK_THAT(balance_coefficient(pupils, books) * mean, WithinAbs(3.2639, 5e-5));
  // Schools of one size: every pupil counts the same, and so does every school.
  std::vector<double> per_pupil;
  for (std::size_t i = 0; i < books.size(); ++i) per_pupil.push_back(books[i] / pupils[i]);
  CHECK_THAT(balance_coefficient({1, 1, 1, 1, 1}, per_pupil), WithinAbs(0.489, 5e-4));
}

TEST_CASE("primary schools are warned three years ahead, others of the coming autumn") {
  CHECK(years_ahead(StageKind::Primary, with_warnings().all) == 3);
  CHECK(years_ahead(StageKind::Junior, with_warnings().all) == 1);
}

TEST_CASE("teachers lack where pupils over the standard are more than it has") {
  HandRun town;
  town.standards = with_warnings();
  const HomeId h = town.home("h", 0);
  const CampusId a = town.campus("A", 0, 400), b = town.campus("B", 0, 400);
  town.flow(h, a, 190);  // ten teachers at 19 a pupil
  town.flow(h, b, 95);   // five
  auto teachers = static_cast<std::size_t>(Resource::Teachers);
  town.place.campuses[a].stages[StageId(0)]->resources.set(teachers, 7);
  const TravelTable travel = town.travel();
  auto f =
      campus_figures({town.place, travel, town.standards, nullptr}, result_of(town), StageId(0));
  CHECK_THAT(f[a].teachers_needed, WithinAbs(10, 1e-12));
  CHECK_THAT(f[a].teachers_short, WithinAbs(3, 1e-12));
  CHECK_THAT(f[b].teachers_needed, WithinAbs(5, 1e-12));
  CHECK(std::isnan(f[b].teachers_short));
}

TEST_CASE("exactly half an hour is no long way: nobody boards, no closure is vetoed") {
  HandRun before, after;
  for (HandRun* run : {&before, &after}) {
    run->standards = with_warnings();
    run->home("at", 2400);      // 30 minutes from B
    run->home("beyond", 2408);  // a tenth of a minute more
    run->campus("A", 2400, 40);
    run->campus("B", 0, 40);
    run->place.stages[StageId(0)].kind = StageKind::Junior;
    run->standards.all.set("staff.pupils_per_teacher.junior", {13.5, 13.5, 13.5, "test", "F"});
  }
  const HomeId at(0), beyond(1);
  const CampusId a(0), b(1);
  before.flow(at, a, 8);
  before.flow(beyond, a, 4);
  after.flow(at, b, 8);
  after.flow(beyond, b, 4);
  const TravelTable travel = after.travel();
  const CampusFigures f = campus_figures({after.place, travel, after.standards, nullptr},
                                         result_of(after), StageId(0))[b];
  CHECK(f.far_pupils == 4);
  CHECK_THAT(f.share_over_30min, WithinAbs(4.0 / 12, 1e-12));
  const ClosureReview review =
      review_closure(before.place, before.travel(), before.year, after.place, travel, after.year,
                     StageId(0), "A", after.standards);
  CHECK(review.moved == 12);
  REQUIRE(review.vetoes.size() == 1);
  CHECK(review.vetoes[0].where == "beyond");
}

TEST_CASE("who has less than half of the mean seats within reach") {
  // Near A: 60 children share 90 seats, 1.5 each. Near B: 40 share 20, 0.5 each. Far: 20 have none.
  // The mean is (90 + 20) / 120 = 0.92; below half of it are the 20.
  HandRun town;
  const HomeId near_a = town.home("a", 0), near_b = town.home("b", 10000),
               far = town.home("f", 20000);
  town.campus("A", 0, 90);
  town.campus("B", 10000, 20);
  IdVector<HomeId, double> children(3, 0.0);
  children[near_a] = 60;
  children[near_b] = 40;
  children[far] = 20;
  const SeatAccess access = two_step_access(town.travel(), town.year, children, Minutes(30));
  CHECK_THAT(access.seats_per_child[near_a], WithinAbs(1.5, 1e-12));
  CHECK_THAT(access.mean, WithinAbs(110.0 / 120, 1e-12));
  CHECK_THAT(access.share_below_half, WithinAbs(20.0 / 120, 1e-12));
}

namespace {

/// A street of 300 m with a trunk road across it at 100 m; school at its end.
///
///   west(0) ── trunk(100) ── east(160) ── school(300)
struct CrossedStreet {
  Place place;
  std::shared_ptr<Streets> streets;
  CrossedStreet() {
    auto built = StreetTown({{0, 0}, {100, 0}, {200, 0}, {300, 0}})
                     .both_ways(0, 1)
                     .both_ways(1, 2)
                     .both_ways(2, 3)
                     .build();
    streets = std::make_shared<Streets>(*built);
    streets->crossing.assign(streets->edges(), 0);
    for (uint32_t e = 0; e < streets->edges(); ++e)
      if (streets->head[e] == 1) streets->crossing[e] = kCrossesTrunk;
    place.base_year = 2025;
    place.stages.push_back({.code = "primary"});
    place.homes.push_back({.code = "west", .at = {10, 0}});
    place.homes.push_back({.code = "east", .at = {160, 0}});
    Campus c;
    c.code = "school";
    c.at = {300, 0};
    c.stages.resize(1);
    c.stages[StageId(0)] = CampusStage{.seats = {{2025, 100}}};
    place.campuses.push_back(c);
  }
};

}  // namespace

TEST_CASE("the share that crosses a trunk road on its very way to school") {
  CrossedStreet town;
  town.place.travel.mode = TravelMode::Streets;
  town.place.travel.streets = town.streets;
  Progress progress;
  const TravelTable travel = compute_travel(town.place, progress).value;
  RunResult run;
  run.years.resize(1);
  run.years[0].year = 2025;
  run.years[0].stages.resize(1);
  StageYear& year = run.years[0].stages[StageId(0)];
  year.campuses.push_back({.open = true, .enrolment = 40, .seats = 100});
  year.unplaced_of.resize(2, 0.0);
  year.flows = {{HomeId(0), CampusId(0), 30}, {HomeId(1), CampusId(0), 10}};
  const auto crossings = WayCrossings::of(town.place, travel, run, progress);
  REQUIRE(crossings);
  const Standards standards = with_warnings();
  const FiguresInput in{town.place, travel, standards, &*crossings};
  const auto f = campus_figures(in, run.years[0], StageId(0));
  CHECK_THAT(f[CampusId(0)].share_crossing, WithinAbs(0.75, 1e-12));
  const auto meaning = measure(town.place, travel, run, standards);
  const auto ground =
      territory_figures(in, run.years[0], StageId(0), meaning[0].stages[StageId(0)], f);
  CHECK_THAT(ground.front().share_crossing, WithinAbs(0.75, 1e-12));
}

TEST_CASE("a group's crowding, quality and use by hand") {
  HandRun town;
  const HomeId h = town.home("h", 0);
  const CampusId core = town.campus("core", 0, 100), m = town.campus("m", 800, 100),
                 other = town.campus("o", 0, 100);
  town.flow(h, core, 120);
  town.flow(h, m, 40);
  town.flow(h, other, 40);
  town.year.campuses[core].quality = 1.5;
  town.year.campuses[m].quality = 0.9;
  town.place.groups.push_back({.code = "G", .core = core, .ties = {{m, "branch", 2020}}});
  const auto g = group_figures(town.place, result_of(town), StageId(0), town.measured());
  REQUIRE(g.size() == 1);
  CHECK(g[0].campuses == 2);
  CHECK_THAT(g[0].utilisation, WithinAbs(0.8, 1e-12));
  CHECK_THAT(g[0].over_seats, WithinAbs(20, 1e-12));
  CHECK_THAT(g[0].share_of_pupils, WithinAbs(0.8, 1e-12));
  CHECK_THAT(g[0].core_quality - g[0].member_quality, WithinAbs(0.6, 1e-12));
  CHECK_THAT(g[0].travel_mean_min, WithinAbs(40 * 10.0 / 160, 1e-9));
}
