#include "assign/near_transport.h"

#include <catch2/catch.hpp>

#include "random_town.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Homes and campuses strewn over a square, straight lines between them.
struct StrewnTown : Town {
  StrewnTown(uint64_t number, int homes, int campuses, double load) {
    RandomStream draw(RandomKey(number).with("strewn"));
    const auto somewhere = [&] {
      const double x = draw.uniform(0, 8000);
      return Xy{x, draw.uniform(0, 8000)};
    };
    for (int j = 0; j < campuses; ++j) {
      const double seats = std::floor(2.0 * draw.uniform() * homes * 4.0 / load / campuses);
      place.campuses[campus("C" + std::to_string(j), 0, seats)].at = somewhere();
    }
    for (int i = 0; i < homes; ++i)
      place.homes[home("h" + std::to_string(i), 0, std::floor(8 * draw.uniform()))].at =
          somewhere();
    place.travel.speed = MetresPerMinute(80);
    place.travel.detour = 1.3;
  }
};

Admission admit(Town& town, Rule rule, const TravelTable& travel) {
  AdmissionInput input = town.admission(rule);
  input.travel = &travel;
  Progress progress;
  return assign_pupils(input, progress);
}

void check_same(const Admission& a, const Admission& b) {
  REQUIRE(a.flows.size() == b.flows.size());
  bool same = true;
  for (std::size_t i = 0; i < a.flows.size(); ++i)
    same = same && a.flows[i].entrants == b.flows[i].entrants &&
           a.flows[i].campus == b.flows[i].campus &&
           std::abs(a.flows[i].pupils - b.flows[i].pupils) < 1e-6;
  CHECK(same);
  for (CampusId c : a.campuses.ids()) {
    CHECK(a.campuses[c].seat_price_min == Approx(b.campuses[c].seat_price_min).margin(1e-9));
    CHECK(a.campuses[c].seat_places_one_more == b.campuses[c].seat_places_one_more);
  }
}

}  // namespace

TEST_CASE("every rule places over a large table as over a matrix") {
  for (double load : {0.6, 0.95, 1.3})
    for (double limit : {12.0, 30.0, 1e9})
      for (uint64_t number = 0; number < 6; ++number) {
        StrewnTown town(number, 60, 20, load);
        town.policy.max_minutes = Minutes(limit);
        Progress progress;
        const TravelTable all = compute_travel(town.place, progress).value;
        Place limited = town.place;
        limited.policy.max_minutes = Minutes(std::min(limit, 25.0));  // rows end before ways do
        const TravelTable near = near_travel(limited, progress, nullptr).value;
        for (Rule rule : {Rule::LeastTravel, Rule::Choice, Rule::Nearest}) {
          INFO("town " << number << ", load " << load << ", limit " << limit << ", "
                       << rule_name(rule));
          check_same(admit(town, rule, near), admit(town, rule, all));
        }
      }
}

TEST_CASE("who is left looks beyond the nearest seats as far as it takes") {
  // Nine campuses near the homes are full of nearer pupils; the tenth has room, far away.
  Town town;
  for (int j = 0; j < 9; ++j) town.campus("near" + std::to_string(j), 100.0 * j, 1);
  const CampusId far = town.campus("far", 30000, 50);
  town.home("a", 0, 20);
  Progress progress;
  town.place.travel.speed = MetresPerMinute(80);
  Place limited = town.place;
  limited.policy.max_minutes = Minutes(5);
  const TravelTable near = near_travel(limited, progress, nullptr).value;
  const Admission got = admit(town, Rule::LeastTravel, near);
  CHECK(got.campuses[far].admitted == Approx(11));
  CHECK(got.unplaced[0] == 0);
}
