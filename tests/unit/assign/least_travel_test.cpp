#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <utility>

#include "random_town.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// What least_travel minimises, in order. Units: pupils, pupil-minutes.
std::pair<double, double> cost(Town& town) {
  auto input = town.admission(Rule::LeastTravel);
  Progress progress;
  auto result = assign_pupils(input, progress);
  return {unplaced(result), pupil_minutes(input, result)};
}

/// The best (unplaced, minutes) over every way of seating single pupils.
std::pair<double, double> best_by_trying_all(const AdmissionInput& input) {
  std::vector<HomeId> pupils;
  for (const auto& e : input.entrants)
    for (int n = 0; n < e.pupils; ++n) pupils.push_back(e.home);
  IdVector<CampusId, double> left(input.offers.size());
  for (auto c : input.offers.ids()) left[c] = input.offers[c].seats;
  std::pair<double, double> best{1e9, 1e9};
  std::function<void(std::size_t, double, double)> seat = [&](std::size_t n, double out,
                                                              double min) {
    if (n == pupils.size()) {
      best = std::min(best, std::pair{out, min});
      return;
    }
    for (auto c : left.ids()) {
      if (left[c] < 1 || !input.travel->reachable(pupils[n], c)) continue;
      --left[c];
      seat(n + 1, out, min + input.travel->minutes(pupils[n], c).value);
      ++left[c];
    }
    seat(n + 1, out + 1, min);
  };
  seat(0, 0, 0);
  return best;
}

/// Not worse, allowing for 1e-6 pupils and pupil-minutes of rounding.
bool no_worse(std::pair<double, double> now, std::pair<double, double> before) {
  if (now.first < before.first - 1e-6) return true;
  return now.first < before.first + 1e-6 && now.second < before.second + 1e-6;
}

}  // namespace

TEST_CASE("least travel fills the near campus and prices its seats by the way to the next") {
  Town town;
  auto a = town.campus("A", 0, 10);
  auto b = town.campus("B", 1000, 10);
  town.home("h", 0, 15);
  auto result = town.admit(Rule::LeastTravel);
  CHECK(flow(result, 0, a) == Approx(10));
  CHECK(flow(result, 0, b) == Approx(5));
  CHECK(result.campuses[a].seat_price_min == Approx(12.5));
  CHECK(result.campuses[b].seat_price_min == 0);
  CHECK(result.campuses[a].turned_away == Approx(5));
}

TEST_CASE("placing one more pupil comes before any number of minutes") {
  Town town;
  auto a = town.campus("A", 0, 10);
  auto b = town.campus("B", 50000, 10);
  auto h = town.home("h", 0, 10);
  town.home("k", 100, 10);
  town.cut(h, b);
  auto result = town.admit(Rule::LeastTravel);
  CHECK(flow(result, 0, a) == Approx(10));
  CHECK(flow(result, 1, b) == Approx(10));
  CHECK(unplaced(result) == 0);
}

TEST_CASE("where pupils stay without a seat, the outcome says that one more seat would place one") {
  Town town;
  auto a = town.campus("A", 0, 10);
  auto b = town.campus("B", 1000, 10);
  auto h = town.home("h", 0, 15);
  town.cut(h, b);
  auto result = town.admit(Rule::LeastTravel);
  CHECK(unplaced(result) == Approx(5));
  CHECK(result.campuses[a].seat_places_one_more);
  CHECK_FALSE(result.campuses[b].seat_places_one_more);
  CHECK(result.campuses[a].turned_away == Approx(5));
}

TEST_CASE("least travel equals the best of all ways to seat seven pupils") {
  for (uint64_t n = 0; n < 40; ++n) {
    const RandomKey key = RandomKey(n).with("seven");
    Town town;
    for (uint64_t j = 0; j < 3; ++j)
      town.campus("C" + std::to_string(j), std::floor(3000 * key.with("at").with(j).uniform()),
                  std::floor(4 * key.with("seats").with(j).uniform()));
    for (uint64_t i = 0; i < 4; ++i) {
      auto h = town.home("h" + std::to_string(i),
                         std::floor(3000 * key.with("h").with(i).uniform()), i == 0 ? 1 : 2);
      if (key.with("cut").with(i).uniform() < 0.5) town.cut(h, CampusId(i % 3));
    }
    const auto best = best_by_trying_all(town.admission(Rule::LeastTravel));
    const auto found = cost(town);
    CHECK(found.first == Approx(best.first).margin(1e-6));
    CHECK(found.second == Approx(best.second).margin(1e-6));
  }
}

TEST_CASE("a pure addition never worsens the pair of unplaced and minutes") {
  for (uint64_t n = 0; n < 40; ++n) {
    RandomTown town(n, 1.4);
    const auto before = cost(town);
    for (auto c : town.offers.ids()) {
      RandomTown larger = town;
      larger.offers[c].seats += 2;
      CHECK(no_worse(cost(larger), before));
    }
    RandomTown with_campus = town;
    with_campus.campus("new", 100.0 * static_cast<double>(n), 5);
    CHECK(no_worse(cost(with_campus), before));
  }
}

TEST_CASE("the price of a seat is what one more seat saves") {
  for (uint64_t n = 0; n < 40; ++n) {
    RandomTown town(n, 0.9);
    for (auto& e : town.entrants) e.pupils = std::ceil(e.pupils);
    const auto before = cost(town);
    auto result = town.admit(Rule::LeastTravel);
    for (auto c : town.offers.ids()) {
      RandomTown larger = town;
      larger.offers[c].seats += 1;
      const auto after = cost(larger);
      CHECK(result.campuses[c].seat_places_one_more == (after.first < before.first - 0.5));
      if (!result.campuses[c].seat_places_one_more)
        CHECK(before.second - after.second ==
              Approx(result.campuses[c].seat_price_min).margin(1e-6));
    }
  }
}

TEST_CASE("rows of one home share its campuses in the same proportions") {
  Town town;
  auto a = town.campus("A", 0, 10);
  town.campus("B", 1000, 10);
  auto h = town.home("h", 0, 12);
  town.add(h, 4);
  auto result = town.admit(Rule::LeastTravel);
  CHECK(flow(result, 0, a) == Approx(7.5));
  CHECK(flow(result, 1, a) == Approx(2.5));
}

TEST_CASE("thirds of pupils that add up to the seats all find one") {
  Town town;
  town.campus("A", 0, 2);
  for (int i = 0; i < 6; ++i) town.home("h" + std::to_string(i), 10.0 * i, 1.0 / 3);
  auto result = town.admit(Rule::LeastTravel);
  CHECK(unplaced(result) == 0);
}
