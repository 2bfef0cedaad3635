#include <catch2/catch.hpp>

#include "desktop/figures.h"
#include "desktop/movers.h"

using namespace doorstep;
using namespace doorstep::desktop;

namespace {

/// One home at 0; campuses a at 100 m and b at 400 m, straight lines.
session::Outcome town(double at_a, double at_b) {
  session::Outcome o;
  Place& p = o.place;
  Stage stage;
  stage.code = "primary";
  stage.grades = 2;
  p.stages.push_back(stage);
  for (double x : {100.0, 400.0}) {
    Campus c;
    c.code = p.campuses.empty() ? "a" : "b";
    c.at = {x, 0};
    c.stages.resize(1);
    c.stages[StageId(0)] = CampusStage{{{2024, 20.0}}, {}, 0.0, {}};
    p.campuses.push_back(c);
  }
  Home h;
  h.code = "h";
  p.homes.push_back(h);
  p.travel.mode = TravelMode::Straight;
  p.travel.detour = 1.0;
  Progress progress;
  o.travel = compute_travel(p, progress).value;
  YearResult year;
  year.year = 2024;
  StageYear run;
  run.campuses.resize(2);
  for (std::size_t c : {0, 1}) {
    run.campuses[CampusId(c)].open = true;
    run.campuses[CampusId(c)].seats = 20;
    run.campuses[CampusId(c)].by_grade = {c == 0 ? 12.0 : 1.0, 3.0};
  }
  if (at_a > 0) run.flows.push_back({HomeId(0), CampusId(0), at_a});
  if (at_b > 0) run.flows.push_back({HomeId(0), CampusId(1), at_b});
  year.stages.push_back(run);
  o.run.years.push_back(year);
  return o;
}

}  // namespace

TEST_CASE("who must move is counted by the school they leave, with how much farther they go") {
  const auto a = town(30, 10), b = town(12, 28);
  const Movers m = movers(a, 0, b, 0, StageId(0));
  REQUIRE(m.pupils == Approx(18));
  REQUIRE(m.farther == Approx(18));
  REQUIRE(m.nearer == 0);
  REQUIRE(m.change_m == Approx(300).margin(10));
  REQUIRE(m.rows.size() == 1);
  REQUIRE(m.rows[0].campus == "a");
  double sum = 0;
  for (double v : m.by_change) sum += v;
  REQUIRE(sum == Approx(m.pupils));
}

TEST_CASE("nobody moves where nothing changes, and new pupils are no movers") {
  const auto a = town(30, 10), more = town(30, 25);
  REQUIRE(movers(a, 0, a, 0, StageId(0)).pupils == 0);
  REQUIRE(movers(a, 0, more, 0, StageId(0)).pupils == 0);
}

TEST_CASE("the grade strip adds up the grades of all campuses against a grade's seats") {
  const auto o = town(30, 10);
  const GradeStrip all = grade_strip(o, 0, StageId(0), {});
  REQUIRE(all.pupils == std::vector<double>{13, 6});
  REQUIRE(all.seats == 20);
  REQUIRE(grade_strip(o, 0, StageId(0), CampusId(0)).pupils == std::vector<double>{12, 3});
}
