#include "assign/refusals.h"

#include <catch2/catch.hpp>

#include "random_town.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Whether refusals and applications, row by row, are what each campus counted.
void check_sums(const AdmissionInput& input) {
  Progress progress;
  const Admission counted = assign_pupils(input, progress);
  const Refusals told = refusals_of(input, progress);
  IdVector<CampusId, double> turned_away(input.offers.size(), 0.0), applied = turned_away;
  for (const Flow& f : told.turned_away) turned_away[f.campus] += f.pupils;
  for (const Flow& f : told.applied) applied[f.campus] += f.pupils;
  for (CampusId c : input.offers.ids()) {
    CHECK(turned_away[c] == Approx(counted.campuses[c].turned_away).margin(1e-9));
    CHECK(applied[c] == Approx(counted.campuses[c].applied).margin(1e-9));
  }
}

}  // namespace

TEST_CASE("whom a full school turns away is told home by home") {
  Town town;
  const CampusId a = town.campus("A", 0, 10);
  const HomeId near = town.home("near", 100, 15), far = town.home("far", 800, 25);
  town.catchment("a", {near, far}, {a});
  Progress progress;
  // One lottery for both: a quarter of each gets in.
  const Refusals told = refusals_of(town.admission(Rule::Catchment), progress);
  REQUIRE(told.turned_away.size() == 2);
  CHECK(told.turned_away[0].entrants == 0);
  CHECK(told.turned_away[0].pupils == Approx(11.25));
  CHECK(told.turned_away[1].pupils == Approx(18.75));
}

TEST_CASE("refusals add up to what each campus counts, under every rule in every town") {
  for (Rule rule : {Rule::Catchment, Rule::Nearest, Rule::LeastTravel, Rule::Choice, Rule::Micro})
    for (uint64_t n = 0; n < 30; ++n) {
      RandomTown town(n, 1.4);
      INFO("rule " << rule_name(rule) << ", town " << n);
      if (n % 3 == 1) town.offers[CampusId(0)].pool = town.offers[CampusId(1)].pool = 0;
      if (n % 3 == 2) {  // 公民同招
        town.offers[CampusId(2)].ownership = Ownership::Private;
        town.policy.private_first = true;
        town.coefficient("choice.public_bonus", 0.5);
        town.coefficient("choice.p_fee", 1);
      }
      if (n % 2 == 1) town.policy.private_losers = LotteryLosers::Last;
      check_sums(town.admission(rule));
    }
}
