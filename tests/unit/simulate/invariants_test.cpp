// What must hold whatever the figures: no edit no change, parts that do not touch, more seats.
#include <catch2/catch.hpp>

#include "base/random.h"
#include "scenario/scenario.h"
#include "village.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Eight homes and four campuses drawn from a seed along 3 km, from `from_m` on.
void settle(Village& v, StageId primary, const std::string& prefix, double from_m, uint64_t seed) {
  RandomStream draw{RandomKey(seed)};
  for (int i = 0; i < 4; ++i)
    v.campus(prefix + "C" + std::to_string(i), from_m + draw.uniform(0, 3000), primary,
             draw.uniform(20, 60));
  for (int i = 0; i < 8; ++i) {
    std::map<int, double> children;
    for (int age = 0; age < 12; ++age) children[age] = draw.uniform(0, 5);
    v.home(prefix + "h" + std::to_string(i), from_m + draw.uniform(0, 3000), children);
  }
}

RunResult run_on(const Village& v, const Place& place, int years) {
  Village copy = v;
  copy.place = place;
  return copy.run(years);
}

bool same(const StageYear& a, const StageYear& b, std::size_t homes, std::size_t campuses) {
  auto part = [&](const StageYear& s) {
    std::vector<double> out;
    for (const PupilFlow& f : s.flows)
      if (f.home.index < homes) {
        out.push_back(f.home.index);
        out.push_back(f.campus.index);
        out.push_back(f.pupils);
      }
    for (std::size_t h = 0; h < homes; ++h) out.push_back(s.unplaced_of[HomeId(h)]);
    for (std::size_t c = 0; c < campuses; ++c)
      for (double n : s.campuses[CampusId(c)].by_grade) out.push_back(n);
    return out;
  };
  return part(a) == part(b);
}

constexpr Rule kRules[] = {Rule::Nearest, Rule::LeastTravel, Rule::Choice};

}  // namespace

TEST_CASE("a scenario without edits runs to the same figures, bit for bit") {
  for (Rule rule : kRules) {
    Village v;
    v.place.policy.rule = rule;
    auto primary = v.stage("primary", 6, 3);
    settle(v, primary, "", 0, 7);
    RunResult base = v.run(4);
    RunResult again = run_on(v, apply(v.place, Scenario{}).value, 4);
    for (std::size_t y = 0; y < 5; ++y)
      CHECK(same(base.years[y].stages[primary], again.years[y].stages[primary], 8, 4));
  }
}

TEST_CASE("an edit changes nothing before its year") {
  Village v;
  v.place.policy.rule = Rule::Choice;
  auto primary = v.stage("primary", 6, 3);
  settle(v, primary, "", 0, 8);
  Scenario s;
  s.edits = {CloseCampus{"C1", 2028}};
  RunResult base = v.run(5), edited = run_on(v, apply(v.place, s).value, 5);
  for (std::size_t y = 0; y < 3; ++y)
    CHECK(same(base.years[y].stages[primary], edited.years[y].stages[primary], 8, 4));
  CHECK_FALSE(same(base.years[3].stages[primary], edited.years[3].stages[primary], 8, 4));
}

TEST_CASE("an edit in one valley moves no figure in another") {
  for (Rule rule : kRules) {
    Village v;
    v.place.policy.rule = rule;
    v.place.policy.max_minutes = Minutes(60);
    v.place.policy.divert_unplaced = false;
    auto primary = v.stage("primary", 6, 3);
    settle(v, primary, "a", 0, 9);
    settle(v, primary, "b", 900000, 10);
    Scenario s;
    s.edits = {SetSeats{.campus = "bC0", .stage = "primary", .seats = 9, .year = 2026}};
    RunResult base = v.run(3), edited = run_on(v, apply(v.place, s).value, 3);
    for (std::size_t y = 0; y < 4; ++y)
      CHECK(same(base.years[y].stages[primary], edited.years[y].stages[primary], 8, 4));
  }
}

TEST_CASE("more seats never unplace a pupil in one year") {
  for (Rule rule : kRules)
    for (uint64_t seed = 20; seed < 28; ++seed) {
      Village v;
      v.place.policy.rule = rule;
      auto primary = v.stage("primary", 6, 1);
      settle(v, primary, "", 0, seed);
      for (Campus& c : v.place.campuses) c.stages[primary]->seats[0].value /= 10;
      double before = v.run(0).years[0].stages[primary].unplaced;
      v.place.campuses[CampusId(1)].stages[primary]->seats[0].value += 3;
      CHECK(v.run(0).years[0].stages[primary].unplaced <= before + 1e-6);
    }
}

TEST_CASE("one stage run alone has the figures that it has in the whole run") {
  for (bool with_feeder : {false, true}) {
    Village v;
    v.place.policy.rule = Rule::Choice;
    auto kindergarten = v.stage("kindergarten", 3, 3);
    auto primary = v.stage("primary", 6, 3);
    settle(v, kindergarten, "k", 0, 5);
    settle(v, primary, "p", 0, 6);
    if (with_feeder) v.place.feeders.push_back({CampusId(0), CampusId(5)});
    RunResult whole = v.run(2);
    v.options.only = primary;
    RunResult alone = v.run(2);
    REQUIRE(alone.years.size() == 3);
    for (std::size_t y = 0; y < 3; ++y) {
      CHECK(same(alone.years[y].stages[primary], whole.years[y].stages[primary],
                 v.place.homes.size(), v.place.campuses.size()));
      // The stage before is run along only where it hands pupils on.
      CHECK((alone.years[y].stages[kindergarten].pupils > 0) == with_feeder);
    }
  }
}
