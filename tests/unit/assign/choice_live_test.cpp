#include "assign/choice_live.h"

#include <tbb/global_control.h>

#include <catch2/catch.hpp>
#include <string>

#include "random_town.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

constexpr double kPupil = 1e-6;  // tolerance in pupils

/// A town of every kind of priority: catchments that crowd or divert, feeders, groups, classes in
/// order, and two campuses that pool their seats.
RandomTown town_of_all_kinds(uint64_t number) {
  RandomTown town(number, 1.2);
  const RandomKey key = RandomKey(number).with("kinds");
  town.policy.divert_unplaced = false;
  town.policy.classes_in_order = number % 2 == 0;
  town.policy.max_minutes = Minutes(number % 3 == 0 ? 30 : 1e9);
  town.offers[CampusId(0)].overflow = Overflow::Crowd;
  town.offers[CampusId(1)].group = town.offers[CampusId(2)].group = GroupId(0);
  for (std::size_t i = 0; i < town.entrants.size(); ++i) {
    const RandomKey k = key.with(i);
    if (k.uniform() < 0.3) town.entrants[i].feeder_to = CampusId(3);
    if (k.with("group").uniform() < 0.3) town.entrants[i].group = GroupId(0);
  }
  if (number % 4 == 1) town.offers[CampusId(1)].pool = town.offers[CampusId(3)].pool = 5;
  town.coefficient("choice.tolerance", 1e-9);
  return town;
}

std::vector<uint32_t> column(Town& town, CampusId campus) {
  std::vector<uint32_t> out;
  const TravelTable& travel = town.travel();
  for (HomeId h : town.place.homes.ids()) out.push_back(travel.decisec(h, campus));
  return out;
}

/// Does one edit to the town and to the live market alike. Returns its name.
const char* edit(RandomTown& town, ChoiceLive& live, RandomStream& draw) {
  if (town.offers.size() < 9 && draw.below(12) == 0) {
    const std::string code = "added" + std::to_string(town.offers.size());
    const CampusId added = town.campus(code, std::floor(4000 * draw.uniform()), 12);
    live.add(town.offers[added], column(town, added));
    return "add";
  }
  const CampusId c(draw.below(town.offers.size()));
  Offer offer = town.offers[c];
  switch (draw.below(7)) {
    case 0: {
      town.place.campuses[c].at.x = std::floor(4000 * draw.uniform());
      live.move(c, column(town, c));
      return "move";
    }
    case 1:
      offer.open = !offer.open;
      break;
    case 2:
      offer.seats = std::floor(40 * draw.uniform());
      break;
    case 3:
      offer.quality = 0.5 + draw.uniform();
      break;
    case 4:
      offer.overflow = offer.overflow == Overflow::Crowd ? Overflow::Divert : Overflow::Crowd;
      break;
    case 5:
      offer.brand = draw.uniform() - 0.5;
      break;
    default: {
      const auto row = static_cast<uint32_t>(draw.below(town.entrants.size()));
      town.entrants[row].pupils = std::floor(8 * draw.uniform());
      live.set_pupils(std::vector<ClearingState::RowPupils>{{row, town.entrants[row].pupils}});
      return "pupils";
    }
  }
  town.offers[c] = offer;
  live.set_offer(c, offer);
  return "offer";
}

void check_same(RandomTown& town, const ChoiceLive& live) {
  const Admission cold = town.admit(Rule::Choice);
  REQUIRE(live.exact());
  REQUIRE(cold.converged);
  CHECK(live.unplaced() == Approx(unplaced(cold)).margin(kPupil));
  IdVector<CampusId, double> pooled(town.offers.size(), 0.0);
  for (CampusId a : town.offers.ids())
    for (CampusId b : town.offers.ids())
      if (town.offers[b].open && (a == b || (town.offers[a].open && town.offers[a].pool >= 0 &&
                                             town.offers[a].pool == town.offers[b].pool)))
        pooled[a] += cold.campuses[b].admitted;
  for (CampusId c : town.offers.ids()) {
    if (!town.offers[c].open) continue;
    const LiveCampus now = live.campus(c);
    CHECK(now.admitted == Approx(pooled[c]).margin(kPupil));
    CHECK(now.cutoff.tier == cold.campuses[c].cutoff_tier);
    CHECK(now.cutoff.share == Approx(cold.campuses[c].cutoff_share).margin(kPupil));
  }
}

}  // namespace

TEST_CASE("live choice is a fresh choice after each of a thousand edits of a town") {
  Progress progress;
  for (uint64_t n = 0; n < 20; ++n) {
    RandomTown town = town_of_all_kinds(n);
    RandomStream draw(RandomKey(n).with("edits"));
    ChoiceLive live(town.admission(Rule::Choice));
    REQUIRE(live.settle(1000, progress));
    check_same(town, live);
    for (int e = 0; e < 50; ++e) {
      const char* what = edit(town, live, draw);
      REQUIRE(live.settle(1000, progress));
      INFO(what << " " << e << " of town " << n);
      check_same(town, live);
    }
  }
}

TEST_CASE("a walk of live edits is the same to the bit whatever the number of threads") {
  Progress progress;
  const auto walk = [&](std::size_t threads) {
    tbb::global_control most(tbb::global_control::max_allowed_parallelism, threads);
    RandomTown town = town_of_all_kinds(3);
    for (int n = 0; n < 400; ++n) {  // enough rows to be shared among threads
      const HomeId h = town.home("m" + std::to_string(n), 10.0 * n, 2);
      town.entrants.back().feeder_to = h.index % 3 == 0 ? CampusId(3) : CampusId();
    }
    RandomStream draw(RandomKey(3).with("edits"));
    ChoiceLive live(town.admission(Rule::Choice));
    std::vector<double> figures;
    for (int e = 0; e < 40; ++e) {
      edit(town, live, draw);
      REQUIRE(live.settle(1000, progress));
      for (const CampusId c : town.offers.ids()) {
        figures.push_back(live.campus(c).admitted);
        figures.push_back(live.campus(c).cutoff.share);
      }
    }
    return figures;
  };
  CHECK(walk(1) == walk(2));
}

TEST_CASE("a campus added live is a campus of a fresh start") {
  Progress progress;
  for (uint64_t n = 0; n < 10; ++n) {
    RandomTown town = town_of_all_kinds(n);
    ChoiceLive live(town.admission(Rule::Choice));
    REQUIRE(live.settle(1000, progress));
    RandomTown larger = town;
    const CampusId added = larger.campus("new", 1500, 12);
    CHECK(live.add(larger.offers[added], column(larger, added)) == added);
    REQUIRE(live.settle(1000, progress));
    check_same(larger, live);
  }
}

TEST_CASE("a live row's flows are those of a fresh start") {
  Progress progress;
  RandomTown town = town_of_all_kinds(2);
  ChoiceLive live(town.admission(Rule::Choice));
  REQUIRE(live.settle(1000, progress));
  const Admission cold = town.admit(Rule::Choice);
  std::vector<Flow> flows;
  for (std::size_t row = 0; row < town.entrants.size(); ++row)
    for (const Flow& f : live.flows_of(row)) flows.push_back(f);
  REQUIRE(flows.size() == cold.flows.size());
  for (std::size_t i = 0; i < flows.size(); ++i) {
    CHECK(flows[i].campus == cold.flows[i].campus);
    CHECK(flows[i].pupils == Approx(cold.flows[i].pupils).margin(kPupil));
  }
}
