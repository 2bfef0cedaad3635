#include "assign/nearest_live.h"

#include <catch2/catch.hpp>

#include "random_town.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

std::vector<uint32_t> column(Town& town, CampusId campus) {
  std::vector<uint32_t> out;
  const TravelTable& travel = town.travel();
  for (HomeId h : town.place.homes.ids()) out.push_back(travel.decisec(h, campus));
  return out;
}

void check_same(Town& town, const NearestLive& live) {
  const Admission cold = town.admit(Rule::Nearest);
  for (CampusId c : town.offers.ids())
    CHECK(live.admitted(c) == Approx(cold.campuses[c].admitted).margin(1e-9));
  CHECK(live.unplaced() == Approx(unplaced(cold)).margin(1e-9));
  for (const Flow& f : cold.flows)
    CHECK(live.campus_of(town.entrants[f.entrants].home) == f.campus);
}

}  // namespace

TEST_CASE("live nearest is a fresh nearest after each of a thousand edits") {
  for (uint64_t n = 0; n < 20; ++n) {
    RandomTown town(n);
    town.policy.divert_unplaced = false;
    if (n % 3 == 0) town.policy.max_minutes = Minutes(15);
    if (n % 5 == 0) town.policy.eligibility = Eligibility::OwnCatchment;
    RandomStream draw(RandomKey(n).with("edits"));
    NearestLive live(town.admission(Rule::Nearest));
    check_same(town, live);
    for (int e = 0; e < 50; ++e) {
      const CampusId c(draw.below(town.offers.size()));
      switch (draw.below(4)) {
        case 0:
          town.offers[c].open = !town.offers[c].open;
          live.set_open(c, town.offers[c].open);
          break;
        case 1: {
          const auto row = static_cast<std::size_t>(draw.below(town.entrants.size()));
          town.entrants[row].pupils = std::floor(8 * draw.uniform());
          live.set_pupils(row, town.entrants[row].pupils);
          break;
        }
        default:
          // Whole hundreds of metres, so that homes lie between two campuses alike.
          town.place.campuses[c].at.x = 100 * std::floor(40 * draw.uniform());
          live.move(c, column(town, c));
      }
      check_same(town, live);
    }
  }
}

TEST_CASE("a campus added live draws those whom it is nearest to") {
  Town town;
  auto a = town.campus("A", 0, 10);
  town.home("h", 100, 5);
  town.home("k", 900, 7);
  NearestLive live(town.admission(Rule::Nearest));
  CHECK(live.admitted(a) == 12);
  Town larger = town;
  const CampusId b = larger.campus("B", 1000, 10);
  CHECK(live.add(larger.offers[b], "B", column(larger, b)) == b);
  CHECK(live.admitted(a) == 5);
  CHECK(live.admitted(b) == 7);
  CHECK(live.homes_changed() == 1);
  live.set_open(b, false);
  CHECK(live.admitted(a) == 12);
}

TEST_CASE("between two campuses alike the first code is nearest, wherever it stands in the file") {
  Town town;
  auto b = town.campus("B", 200, 10);
  auto a = town.campus("A", 900, 10);
  auto h = town.home("h", 400, 5);
  NearestLive live(town.admission(Rule::Nearest));
  CHECK(live.campus_of(h) == b);
  town.place.campuses[a].at.x = 600;
  live.move(a, column(town, a));
  CHECK(live.campus_of(h) == a);
  CHECK(live.admitted(a) == 5);
}

TEST_CASE("a campus added and taken back leaves no trace, and ties fall to its code") {
  Town town;
  auto b = town.campus("B", 0, 10);
  town.campus("D", 1000, 10);
  auto h = town.home("h", 250, 5);
  NearestLive live(town.admission(Rule::Nearest));
  for (const char* code : {"A", "C"}) {
    Town larger = town;
    const CampusId added = larger.campus(code, 500, 10);
    CHECK(live.add(larger.offers[added], code, column(larger, added)) == added);
    CHECK(live.campus_of(h) == (*code == 'A' ? added : b));
    live.take_back();
    check_same(town, live);
    CHECK(live.campus_of(h) == b);
  }
}
