// Responses have the right shape, whatever the figures: more distance never attracts, more seats
// never unplace, more quality or name never repels, a higher fee never attracts.

#include <catch2/catch.hpp>

#include "random_town.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

constexpr uint64_t kTowns = 25;
constexpr double kDust = 1e-6;  // pupils; the search for cutoffs stops at 1e-7

/// With seats for all a campus is as sought after as it is liked.
void unlimited(Town& town) {
  for (Offer& o : town.offers) o.seats = 1e6;
}

double demand(Town& town, CampusId c) { return town.admit(Rule::Choice).campuses[c].admitted; }

}  // namespace

TEST_CASE("a campus moved away from a home on all sides draws no more of its pupils") {
  for (uint64_t n = 0; n < kTowns; ++n) {
    RandomTown town(n);
    unlimited(town);
    CampusId c(n % 4);
    for (Home& h : town.place.homes) h.at.x += 5000;  // all on one side
    for (CampusId other : town.offers.ids())
      if (other != c) town.place.campuses[other].at.x += 5000;
    town.place.campuses[c].at.x = 5000;
    double last = demand(town, c);
    for (double back : {200.0, 800.0, 2500.0}) {
      town.place.campuses[c].at.x = 5000 - back;
      double now = demand(town, c);
      INFO("town " << n << ", moved " << back << " m");
      CHECK(now <= last + kDust);
      last = now;
    }
  }
}

TEST_CASE("quality and name never repel, a fee never attracts") {
  for (uint64_t n = 0; n < kTowns; ++n) {
    RandomTown town(n);
    unlimited(town);
    CampusId c(n % 4);
    town.coefficient("choice.p_fee", 1);
    double base = demand(town, c);
    town.offers[c].quality *= 1.5;
    double better = demand(town, c);
    town.offers[c].brand += 0.5;
    double named = demand(town, c);
    town.offers[c].fee = 20000;
    double dear = demand(town, c);
    INFO("town " << n);
    CHECK(better >= base - kDust);
    CHECK(named >= better - kDust);
    CHECK(dear <= named + kDust);
  }
}

TEST_CASE("more seats at one campus never unplace a pupil") {
  for (uint64_t n = 0; n < kTowns; ++n)
    for (bool divert : {false, true}) {
      RandomTown town(n, 1.3);
      town.policy.divert_unplaced = divert;
      double before = unplaced(town.admit(Rule::Choice));
      town.offers[CampusId(n % 4)].seats += 5;
      double after = unplaced(town.admit(Rule::Choice));
      INFO("town " << n << (divert ? ", diverted" : ""));
      CHECK(after <= before + kDust);
    }
}

TEST_CASE("more seats never unplace one who looks again: every seat held stays held") {
  for (uint64_t n = 0; n < kTowns; ++n) {
    RandomTown town(n);
    Admission entry = town.admit(Rule::Choice);
    AdmissionInput input = town.admission(Rule::Choice);
    input.entrants.clear();
    IdVector<CampusId, double> held(town.offers.size(), 0.0);
    double all = 0;
    for (const Flow& f : entry.flows) {
      Entrants e = town.entrants[f.entrants];
      e.pupils = f.pupils;
      e.present = f.campus;
      held[f.campus] += f.pupils;
      all += f.pupils;
      input.entrants.push_back(e);
    }
    input.grade = 1;
    input.policy.divert_unplaced = false;
    for (auto c : input.offers.ids())
      input.offers[c].seats = held[c] + static_cast<double>((n + c.index) % 3);
    Progress progress;
    Admission again = assign_pupils(input, progress);
    INFO("town " << n);
    CHECK(unplaced(again) <= all * 1e-6);
    for (auto c : input.offers.ids())
      CHECK(again.campuses[c].admitted <= input.offers[c].seats + kDust);
  }
}
