#include <catch2/catch.hpp>

#include "base/random.h"
#include "village.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Two towns of three stages with groups, feeders and full campuses, where campuses open, close
/// and grow while the run goes on.
struct BusyVillage : Village {
  StageId nursery = stage("nursery", 3, 2);
  StageId primary = stage("primary", 5, 3);
  StageId junior = stage("junior", 8, 2);

  explicit BusyVillage(uint64_t seed, std::size_t classes) {
    RandomStream random{RandomKey(seed)};
    place.policy.rule = Rule::Choice;
    place.policy.max_minutes = Minutes(30);
    place.policy.through_schools = seed % 2 == 1;
    if (classes > 1) place.classes.push_back({.code = "other"});
    place.children.classes = classes;
    for (double town : {0.0, 4000.0})
      for (int i = 0; i < 6; ++i) {
        const double at = town + 900.0 * random.uniform();
        const CampusId c = campus("c" + std::to_string(place.campuses.size()), at, primary,
                                  30.0 + 60.0 * random.uniform());
        if (i % 2 == 0) place.campuses[c].stages[nursery] = CampusStage{.seats = {{2025, 60}}};
        if (i % 3 == 0) place.campuses[c].stages[junior] = CampusStage{.seats = {{2025, 90}}};
        place.campuses[c].quality = 0.7 + random.uniform();
      }
    place.campuses[CampusId(1)].closes = 2027;
    place.campuses[CampusId(8)].opens = 2026;
    place.campuses[CampusId(4)].stages[primary]->seats.push_back({2028, 10});
    for (int i = 0; i < 60; ++i)
      home("h" + std::to_string(i), (i % 2) * 4000.0 + 900.0 * random.uniform(), {});
    place.children.count.assign(place.homes.size() * classes * 19, 0.0);
    for (auto h : place.homes.ids())
      for (std::size_t k = 0; k < classes; ++k)
        for (int age = 0; age < 12; ++age)
          place.children.at(h, ClassId(k), age) =
              random.uniform() < 0.1 ? 0.0 : 4.0 * random.uniform();
    form("close", 0.4).set("quality_rate", {0.1, 0.1, 0.1, "test", "assumed"});
    Group group;
    group.code = "g";
    group.core = CampusId(0);
    group.ties.push_back({.member = CampusId(2), .form = "close", .since = 2025});
    group.ties.push_back({.member = CampusId(3), .form = "close", .since = 2026});
    place.groups.push_back(group);
    place.feeders.push_back({.from = CampusId(2), .to = CampusId(0), .since = 2025});
    std::vector<HomeId> served;
    for (auto h : place.homes.ids()) served.push_back(h);
    catchment("own", primary, served, {CampusId(0), CampusId(6)});
  }
};

void check_alike(const RunResult& a, const RunResult& b, const BusyVillage& v) {
  for (std::size_t y = 0; y < a.years.size(); ++y)
    for (auto s : v.place.stages.ids()) {
      const StageYear& one = a.years[y].stages[s];
      const StageYear& other = b.years[y].stages[s];
      INFO("year " << y << ", stage " << s.index);
      REQUIRE(one.unplaced == Approx(other.unplaced).margin(1e-9));
      REQUIRE(one.flows.size() == other.flows.size());
      for (std::size_t i = 0; i < one.flows.size(); ++i) {
        REQUIRE(one.flows[i].home == other.flows[i].home);
        REQUIRE(one.flows[i].campus == other.flows[i].campus);
        REQUIRE(one.flows[i].pupils == Approx(other.flows[i].pupils).epsilon(1e-9).margin(1e-9));
      }
      REQUIRE(one.first_grade.size() == other.first_grade.size());
      for (auto c : v.place.campuses.ids()) {
        const CampusYear& x = one.campuses[c];
        const CampusYear& z = other.campuses[c];
        REQUIRE(x.enrolment == Approx(z.enrolment).margin(1e-9));
        REQUIRE(x.entrants == Approx(z.entrants).margin(1e-9));
        REQUIRE(x.entitled == Approx(z.entitled).margin(1e-9));
        REQUIRE(x.turned_away == Approx(z.turned_away).margin(1e-7));
        REQUIRE(x.cutoff_tier == z.cutoff_tier);
        REQUIRE(x.cutoff_share == Approx(z.cutoff_share).margin(1e-7));
        for (std::size_t g = 0; g < x.by_grade.size(); ++g)
          REQUIRE(x.by_grade[g] == Approx(z.by_grade[g]).margin(1e-9));
        for (std::size_t k = 0; k < x.by_class.size(); ++k)
          REQUIRE(x.by_class[k] == Approx(z.by_class[k]).margin(1e-9));
      }
      for (auto g : v.place.groups.ids()) {
        REQUIRE(a.years[y].groups[g].gained == Approx(b.years[y].groups[g].gained).margin(1e-9));
        REQUIRE(a.years[y].groups[g].induced == Approx(b.years[y].groups[g].induced).margin(1e-9));
      }
    }
}

}  // namespace

TEST_CASE("pupils kept as numbers a slot are where rows of flows have them") {
  for (std::size_t classes : {1, 2})
    for (uint64_t seed = 1; seed <= 6; ++seed) {
      BusyVillage v(seed, classes);
      const RunResult by_slot = v.run(6);
      int seen = 0;
      v.options.watch = [&](const AdmissionInput&, const Admission&) { ++seen; };  // wants flows
      const RunResult by_row = v.run(6);
      REQUIRE(seen == 21);
      INFO("village " << seed << ", " << classes << " classes");
      check_alike(by_slot, by_row, v);
      CHECK(by_slot.conservation_error < 1e-9);
    }
}

TEST_CASE("a run that keeps the flows of its last year shows those of every year once") {
  BusyVillage v(3, 1);
  const RunResult all = v.run(4);
  std::vector<std::size_t> seen;
  v.options.flows_at_end = true;
  v.options.each_year = [&](const YearResult& year) {
    seen.push_back(year.stages[StageId(1)].flows.size());
  };
  const RunResult ends = v.run(4);
  REQUIRE(seen.size() == 5);
  for (std::size_t y = 0; y < 5; ++y) {
    const StageYear& whole = all.years[y].stages[StageId(1)];
    const StageYear& kept = ends.years[y].stages[StageId(1)];
    CHECK(seen[y] == whole.flows.size());
    CHECK(kept.flows_kept == (y == 4));
    CHECK(kept.flows.size() == (kept.flows_kept ? whole.flows.size() : 0));
    CHECK(kept.campuses[CampusId(0)].enrolment == whole.campuses[CampusId(0)].enrolment);
  }
}
