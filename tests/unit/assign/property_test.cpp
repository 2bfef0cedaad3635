#include <tbb/global_control.h>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "random_town.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

const std::vector<Rule> kRules{Rule::Catchment, Rule::Nearest, Rule::LeastTravel, Rule::Choice,
                               Rule::Micro};
constexpr uint64_t kTowns = 60;
constexpr double kPupil = 1e-6;  // tolerance in pupils

}  // namespace

TEST_CASE("every rule conserves pupils in every town") {
  for (Rule rule : kRules)
    for (uint64_t n = 0; n < kTowns; ++n) {
      RandomTown town(n, n % 2 ? 0.8 : 1.5);
      auto result = town.admit(rule);
      double accounted = unplaced(result);
      double demand = 0;
      for (const auto& f : result.flows) accounted += f.pupils;
      for (const auto& e : town.entrants) demand += e.pupils;
      CHECK(accounted == Approx(demand).epsilon(1e-9));
      CHECK(result.conservation_error < 1e-9);
      CHECK(result.converged);
    }
}

TEST_CASE("no rule sends a pupil where there is no way") {
  for (Rule rule : kRules)
    for (uint64_t n = 0; n < kTowns; ++n) {
      RandomTown town(n, 1.5);
      auto input = town.admission(rule);
      Progress progress;
      for (const auto& f : assign_pupils(input, progress).flows)
        REQUIRE(input.travel->reachable(input.entrants[f.entrants].home, f.campus));
    }
}

TEST_CASE("capacity holds where it binds: only nearest and guaranteed catchments exceed it") {
  for (Rule rule : {Rule::Catchment, Rule::LeastTravel, Rule::Choice, Rule::Micro})
    for (uint64_t n = 0; n < kTowns; ++n) {
      RandomTown town(n, 1.5);
      auto result = town.admit(rule);
      for (auto c : town.offers.ids())
        CHECK(result.campuses[c].admitted <= town.offers[c].seats + kPupil);
    }
}

TEST_CASE("the order of rows does not matter") {
  for (Rule rule : kRules)
    for (uint64_t n = 0; n < kTowns; ++n) {
      RandomTown town(n, 1.3);
      RandomTown turned(n, 1.3, true);
      auto result = town.admit(rule);
      auto other = turned.admit(rule);
      auto input = town.admission(rule);
      auto other_input = turned.admission(rule);
      for (int h = 0; h < RandomTown::kHomes; ++h)
        for (auto c : town.offers.ids()) {
          const std::string code = "h" + std::to_string(h);
          CHECK(flow_of_home(input, result, code, c) ==
                Approx(flow_of_home(other_input, other, code, c)).margin(kPupil));
        }
    }
}

TEST_CASE("more seats never unplace a pupil under choice") {
  for (uint64_t n = 0; n < kTowns; ++n) {
    RandomTown town(n, 1.8);
    town.policy.divert_unplaced = false;
    const double before = unplaced(town.admit(Rule::Choice));
    for (auto c : town.offers.ids()) {
      RandomTown larger = town;
      larger.offers[c].seats += 3;
      CHECK(unplaced(larger.admit(Rule::Choice)) <= before + kPupil);
    }
  }
}

TEST_CASE("under choice a campus with a cutoff is full: stable, no seat is left for the refused") {
  for (uint64_t n = 0; n < kTowns; ++n) {
    RandomTown town(n, 1.3);
    town.policy.divert_unplaced = false;
    auto result = town.admit(Rule::Choice);
    for (auto c : town.offers.ids())
      if (result.campuses[c].turned_away > kPupil)
        CHECK(result.campuses[c].admitted == Approx(town.offers[c].seats).margin(kPupil));
  }
}

TEST_CASE("an edit in one part of town moves no figure in a part without common campuses") {
  for (Rule rule : kRules) {
    auto town_with_seats = [&](double seats) {
      Town town;
      auto a = town.campus("A", 0, 12);
      auto b = town.campus("B", 5000, seats);
      auto h = town.home("h", 300, 15);
      auto k = town.home("k", 5300, 15);
      town.catchment("a", {h}, {a});
      town.catchment("b", {k}, {b});
      town.cut(h, b);
      town.cut(k, a);
      return town;
    };
    auto before = town_with_seats(5).admit(rule);
    auto after = town_with_seats(9).admit(rule);
    CHECK(flow(before, 0, CampusId(0)) == flow(after, 0, CampusId(0)));
    CHECK(before.campuses[CampusId(0)].turned_away == after.campuses[CampusId(0)].turned_away);
  }
}

TEST_CASE("every rule copes with no entrants, no seats anywhere, and all campuses closed") {
  for (Rule rule : kRules) {
    RandomTown town(1);
    RandomTown empty = town;
    empty.entrants.clear();
    CHECK(empty.admit(rule).flows.empty());
    RandomTown closed = town;
    for (auto& offer : closed.offers) offer.open = false;
    CHECK(closed.admit(rule).flows.empty());
    if (rule == Rule::Nearest) continue;  // heeds no seats
    RandomTown seatless = town;
    for (auto& offer : seatless.offers) offer.seats = 0;
    auto result = seatless.admit(rule);
    double demand = 0;
    for (const auto& e : town.entrants) demand += e.pupils;
    CHECK(unplaced(result) == Approx(demand));
  }
}

TEST_CASE("a cancelled job stops with Cancelled, not with a result") {
  for (Rule rule : kRules) {
    RandomTown town(1);
    Progress progress;
    progress.cancel();
    CHECK_THROWS_AS(assign_pupils(town.admission(rule), progress), Cancelled);
  }
}

TEST_CASE("one thread and many give the same choice to the bit") {
  Town town;
  town.campus("A", 0, 300);
  town.campus("B", 2000, 500);
  town.campus("C", 5000, 700);
  for (int i = 0; i < 1000; ++i) town.home("h" + std::to_string(i), 7.0 * i, 1.3 + 0.001 * i);
  auto many = town.admit(Rule::Choice);
  tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  auto single = town.admit(Rule::Choice);
  REQUIRE(many.flows.size() == single.flows.size());
  bool same = true;
  for (std::size_t i = 0; i < many.flows.size(); ++i)
    same = same && many.flows[i].pupils == single.flows[i].pupils;
  CHECK(same);
}
