// Figures of campuses, towns and groups on a street of two towns, worked by hand.

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "hand_run.h"
#include "indicators/group_figures.h"
#include "indicators/territory.h"
#include "limits.h"

using namespace doorstep;
using Catch::Matchers::WithinAbs;

namespace {

Standards standards() {
  Standards s = test::limits();
  s.long_time = Minutes(30);
  s.long_way = Metres(1000);
  return s;
}

/// West: home W and school A beside it, 60 seats. East, 4,000 m (50 min) on: home E, school B.
///
///   W,A(190)  ----------- 50 min -----------  E,B(40)
///
/// W sends 100 to A and 10 to B; E sends 38 to B and 2 to A. Migrants: 12 at A, 8 at B.
struct Street : test::HandRun {
  CampusId a = campus("A", 0, 190), b = campus("B", 4000, 40);
  HomeId w = home("W", 0), e = home("E", 4000);
  Street() {
    place.areas.push_back({.code = "east", .urban = UrbanClass::Rural});
    place.areas.push_back({.code = "west", .urban = UrbanClass::City});
    place.homes[w].area = place.campuses[a].area = AreaId(1);
    place.homes[e].area = place.campuses[b].area = AreaId(0);
    place.campuses[b].urban = UrbanClass::Rural;
    place.classes.push_back({"local", {}, false});
    place.classes.push_back({"migrant", {}, true});
    place.schools.push_back({"SA", {}, Ownership::Public});
    place.schools.push_back({"SB", {}, Ownership::Private});
    place.campuses[a].school = SchoolId(0);
    place.campuses[b].school = SchoolId(1);
    flow(w, a, 100);
    flow(w, b, 10);
    flow(e, a, 2);
    flow(e, b, 38);
    year.unplaced_of = IdVector<HomeId, double>(2, 0.0);
    year.unplaced_of[e] = 10;
    year.unplaced = 10;
    year.pupils += 10;
    year.campuses[a].by_class = {90, 12};
    year.campuses[b].by_class = {40, 8};
    year.campuses[b].by_grade = {12, 8, 4, 8, 8, 8};
    standards_ = ::standards();
    HandRun::standards = standards_;
  }
  [[nodiscard]] YearResult result() const {
    YearResult r;
    r.year = 2025;
    r.stages.push_back(year);
    return r;
  }
  [[nodiscard]] IdVector<CampusId, CampusFigures> campuses() const {
    const TravelTable t = travel();
    return campus_figures({place, t, standards_, nullptr}, result(), StageId(0));
  }
  [[nodiscard]] std::vector<TerritoryFigures> ground() const {
    const TravelTable t = travel();
    return territory_figures({place, t, standards_, nullptr}, result(), StageId(0), measured(),
                             campuses());
  }

 private:
  Standards standards_;
};

const TerritoryFigures& named(const std::vector<TerritoryFigures>& all, const std::string& code) {
  for (const TerritoryFigures& t : all)
    if (t.what.code == code) return t;
  throw std::runtime_error("no territory " + code);
}

}  // namespace

TEST_CASE("a campus knows from how far its pupils come") {
  auto f = Street().campuses();
  CHECK(f[CampusId(0)].travel_median_min == 0.0);
  CHECK_THAT(f[CampusId(0)].share_over_30min, WithinAbs(2.0 / 102, 1e-12));
  // 38 of 48 at the door: the median is 0, the 90th per cent 50 minutes.
  CHECK(f[CampusId(1)].travel_median_min == 0.0);
  CHECK_THAT(f[CampusId(1)].travel_p90_min, WithinAbs(50.0, 1e-9));
}

TEST_CASE("a school below 50 in the country is a point, funded as 100, and flagged") {
  auto f = Street().campuses();
  CHECK(f[CampusId(1)].scale == Scale::Point);
  CHECK(f[CampusId(1)].funded_pupils == 100.0);
  CHECK(f[CampusId(1)].below_viable);
  CHECK(f[CampusId(0)].scale == Scale::Usual);
  CHECK(f[CampusId(0)].funded_pupils == 102.0);
  CHECK_FALSE(f[CampusId(0)].below_viable);
}

TEST_CASE("a school of 100 is not below 100, one in town is not funded up") {
  Street s;
  s.year.campuses[s.b].enrolment = 100;
  CHECK(s.campuses()[s.b].scale == Scale::Usual);
  s.year.campuses[s.b].enrolment = 99;
  CHECK(s.campuses()[s.b].scale == Scale::FundedUp);
  s.place.campuses[s.b].urban = UrbanClass::City;
  CHECK(s.campuses()[s.b].funded_pupils == 99.0);
}

TEST_CASE("a nine-year school may have 2,500 over both stages, a primary school 2,000") {
  Street s;
  s.year.campuses[s.a].enrolment = 2400;
  CHECK(s.campuses()[s.a].scale == Scale::TooLarge);
  Street nine;
  nine.place.stages.push_back({.code = "junior", .kind = StageKind::Junior});
  for (Campus& c : nine.place.campuses) c.stages.push_back(CampusStage{});
  nine.year.campuses[nine.a].enrolment = 2400;
  YearResult r = nine.result();
  r.stages.push_back(nine.year);
  r.stages[StageId(1)].campuses[nine.a].enrolment = 100;
  const TravelTable t = nine.travel();
  const Standards limits = ::standards();
  auto f = [&] {
    return campus_figures({nine.place, t, limits, nullptr}, r, StageId(0))[nine.a].scale;
  };
  CHECK(f() == Scale::Usual);
  r.stages[StageId(1)].campuses[nine.a].enrolment = 101;
  CHECK(f() == Scale::TooLarge);
}

TEST_CASE("who comes from afar needs a bed, unless too young to board") {
  // Ten from afar at B; half of its pupils are in grades 1 to 3: five need a bed, it has two.
  Street s;
  s.place.campuses[s.b].stages[StageId(0)]->resources.set(
      static_cast<std::size_t>(Resource::BoardingBeds), 2);
  auto f = s.campuses()[s.b];
  CHECK(f.far_pupils == 10.0);
  CHECK_THAT(f.far_and_young, WithinAbs(5.0, 1e-12));
  CHECK_THAT(f.beds_short, WithinAbs(3.0, 1e-12));
  CHECK(std::isnan(s.campuses()[s.a].beds_short));
}

TEST_CASE("boarders do not travel daily, so no figure of ways counts them") {
  //  near (400 m, 5 min): 6 pupils   far (8,000 m, 100 min): 4 pupils, beds: 3, all old enough
  test::HandRun town;
  town.standards = ::standards();
  town.standards.all.set("staff.pupils_per_teacher.junior", {13.5, 13.5, 13.5, "test", "F"});
  town.place.stages[StageId(0)].kind = StageKind::Junior;
  const HomeId near = town.home("near", 400), far = town.home("far", 8000);
  const CampusId c = town.campus("c", 0, 100);
  town.flow(near, c, 6);
  town.flow(far, c, 4);
  CHECK_THAT(town.measured().travel_mean_min, WithinAbs((6 * 5.0 + 4 * 100.0) / 10, 1e-9));
  CHECK_THAT(town.measured().share_over_30min, WithinAbs(0.4, 1e-12));
  town.place.campuses[c].stages[StageId(0)]->resources.set(
      static_cast<std::size_t>(Resource::BoardingBeds), 3);
  // Three of the four board: one travels 100 minutes a day, six travel 5.
  const StageIndicators s = town.measured();
  CHECK_THAT(s.travel_mean_min, WithinAbs((6 * 5.0 + 1 * 100.0) / 7, 1e-9));
  CHECK_THAT(s.campuses[c].travel_mean_min, WithinAbs((6 * 5.0 + 1 * 100.0) / 7, 1e-9));
  CHECK_THAT(s.share_over_30min, WithinAbs(1.0 / 7, 1e-12));
  CHECK(s.placed == 10.0);
  YearResult year;
  year.year = 2025;
  year.stages.push_back(town.year);
  const TravelTable t = town.travel();
  const CampusFigures f =
      campus_figures({town.place, t, town.standards, nullptr}, year, StageId(0))[c];
  CHECK_THAT(f.share_over_30min, WithinAbs(1.0 / 7, 1e-12));
  CHECK_THAT(f.travel_median_min, WithinAbs(5.0, 1e-9));
  CHECK(f.far_pupils == 4.0);
  CHECK(f.boarders == 3.0);
  CHECK(f.beds_short == 1.0);
}

TEST_CASE("migrants are counted by campus, and in public schools") {
  Street s;
  CHECK_THAT(s.campuses()[s.a].migrant_share, WithinAbs(12.0 / 102, 1e-12));
  auto ground = s.ground();
  CHECK_THAT(ground.front().migrant_share_public, WithinAbs(12.0 / 20, 1e-12));
  // D = (|12/20 - 90/130| + |8/20 - 40/130|) / 2
  CHECK_THAT(ground.front().dissimilarity,
             WithinAbs((90.0 / 130 - 12.0 / 20 + 8.0 / 20 - 40.0 / 130) / 2, 1e-12));
}

TEST_CASE("a town has the children who live there and the schools that stand there") {
  auto ground = Street().ground();
  const TerritoryFigures& east = named(ground, "east");
  CHECK(east.children == 50.0);
  CHECK(east.placed == 40.0);
  CHECK(east.unplaced == 10.0);
  CHECK(east.pupils == 48.0);
  CHECK(east.seats == 40.0);
  CHECK(east.over_seats == 8.0);
  CHECK_THAT(east.schooled_elsewhere, WithinAbs(2.0 / 40, 1e-12));
  CHECK_THAT(east.share_over_30min, WithinAbs(2.0 / 40, 1e-12));
  CHECK(east.covered == 1.0);
  // B's 40 seats for the 50 children within half an hour.
  CHECK_THAT(east.access, WithinAbs(0.8, 1e-12));
  CHECK(named(ground, "west").children == 110.0);
}

TEST_CASE("towns, and city and country, add up to the place") {
  auto ground = Street().ground();
  for (Territory::Kind kind : {Territory::Kind::Urban, Territory::Kind::Town}) {
    double children = 0, pupils = 0, seats = 0;
    int campuses = 0;
    for (const TerritoryFigures& t : ground)
      if (t.what.kind == kind) {
        children += t.children;
        pupils += t.pupils;
        seats += t.seats;
        campuses += t.campuses;
      }
    CHECK(children == ground.front().children);
    CHECK(pupils == ground.front().pupils);
    CHECK(seats == ground.front().seats);
    CHECK(campuses == ground.front().campuses);
  }
}

TEST_CASE("the whole place says what the stage says") {
  Street s;
  const StageIndicators stage = s.measured();
  const TerritoryFigures all = s.ground().front();
  CHECK(all.placed == stage.placed);
  CHECK(all.unplaced == stage.unplaced);
  CHECK(all.large == stage.large);
  CHECK(all.bands == stage.bands);
  CHECK_THAT(all.travel_mean_min, WithinAbs(stage.travel_mean_min, 1e-9));
  CHECK_THAT(all.travel_p90_min, WithinAbs(stage.travel_p90_min, 1e-9));
  CHECK_THAT(all.share_over_30min, WithinAbs(stage.share_over_30min, 1e-12));
}

TEST_CASE("a group is judged by the gap between its core and its members") {
  Street s;
  Group g{"g", {}, s.a, {}};
  g.ties.push_back({.member = s.b, .form = "paired", .since = 2020});
  s.place.groups.push_back(g);
  s.year.campuses[s.a].quality = 1.2;
  s.year.campuses[s.b].quality = 0.9;
  auto f = group_figures(s.place, s.result(), StageId(0), s.measured());
  REQUIRE(f.size() == 1);
  CHECK(f[0].campuses == 2);
  CHECK(f[0].pupils == 150.0);
  CHECK(f[0].core_quality == 1.2);
  CHECK(f[0].member_quality == 0.9);
  CHECK(f[0].share_of_pupils == 1.0);
}

TEST_CASE("a tie counts in its years only") {
  Street s;
  Group g{"g", {}, s.a, {}};
  g.ties.push_back({.member = s.b, .form = "paired", .since = 2026});
  s.place.groups.push_back(g);
  auto f = group_figures(s.place, s.result(), StageId(0), s.measured());
  REQUIRE(f.size() == 1);
  CHECK(f[0].campuses == 1);
  CHECK(std::isnan(f[0].member_quality));
}

TEST_CASE("the order of homes and campuses changes no figure of towns") {
  Street s;
  Street back;
  // The same street, its rows the other way round: ids swap, codes stay.
  std::swap(back.place.homes[back.w], back.place.homes[back.e]);
  std::swap(back.place.campuses[back.a], back.place.campuses[back.b]);
  std::swap(back.year.campuses[back.a], back.year.campuses[back.b]);
  std::swap(back.year.unplaced_of[back.w], back.year.unplaced_of[back.e]);
  back.year.flows.clear();
  for (const PupilFlow& f : s.year.flows)
    back.year.flows.push_back({HomeId(1 - f.home.index), CampusId(1 - f.campus.index), f.pupils});
  back.year.flows = back.year.flows.listed();  // in order again
  const auto one = s.ground(), other = back.ground();
  REQUIRE(one.size() == other.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK(one[i].what.code == other[i].what.code);
    CHECK(one[i].children == other[i].children);
    CHECK(one[i].pupils == other[i].pupils);
    CHECK(one[i].access == other[i].access);
    CHECK(one[i].travel_p90_min == other[i].travel_p90_min);
    CHECK_THAT(one[i].dissimilarity, WithinAbs(other[i].dissimilarity, 1e-12) ||
                                         Catch::Matchers::Predicate<double>([&](double d) {
                                           return std::isnan(d) &&
                                                  std::isnan(other[i].dissimilarity);
                                         }));
  }
}
