#include "assign/live/capacity_optimum.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "live_city.h"

using namespace doorstep;
using namespace doorstep::test;
using live::CapacityOptimum;

namespace {

/// One edit of a random kind, done to the city and to its answer.
void edit_at_random(LiveCity& city, CapacityOptimum& optimum) {
  const auto j = static_cast<uint32_t>(city.random.below(city.campuses.size()));
  const uint64_t kind = city.random.below(12);
  if (kind == 0) {
    city.seats[j] =
        std::max<int64_t>(0, city.seats[j] + static_cast<int64_t>(city.random.below(61)) - 30);
    optimum.resize(j, city.seats[j]);
    return;
  }
  if (kind == 1) {  // closed, and opened again at the same door by a later resize and move
    city.seats[j] = 0;
    optimum.resize(j, 0);
    return;
  }
  if (kind == 2) city.seats[j] = 150;
  city.campuses[j].x += city.random.uniform(-300, 300);
  city.campuses[j].y += city.random.uniform(-300, 300);
  if (kind == 2) optimum.resize(j, 150);
  optimum.move(j, city.column(j));
}

void walk(std::size_t homes, std::size_t campuses, int moves, int compare_every, double used) {
  LiveCity city(homes, campuses, used, 11);
  CapacityOptimum optimum(city.as_case());
  optimum.solve();
  for (int n = 1; n <= moves; ++n) {
    edit_at_random(city, optimum);
    REQUIRE(optimum.run());
    optimum.upkeep(256);
    if (n % compare_every == 0) {
      INFO("move " << n);
      REQUIRE(Figures(optimum, city.campuses.size()) == cold(city));
      REQUIRE(optimum.proves_optimal());
    }
  }
}

}  // namespace

TEST_CASE("after ten thousand edits every flow and price is that of a cold start") {
  walk(2000, 25, 10000, 500, 0.9);
}

TEST_CASE("with more pupils than seats the walk ends where a cold start does, too") {
  walk(600, 12, 300, 20, 1.15);
}

TEST_CASE("a walk among twenty thousand homes ends where a cold start does") {
  walk(20000, 120, 30, 15, 0.95);
}

// Some minutes: scripts/long_walks runs it.
TEST_CASE("ten thousand edits among twenty thousand homes end where a cold start does", "[.long]") {
  walk(20000, 120, 10000, 1000, 0.95);
}

TEST_CASE("undoing an edit restores every figure") {
  LiveCity city(1500, 20, 0.95, 5);
  CapacityOptimum optimum(city.as_case());
  optimum.solve();
  const Figures before(optimum, 20);
  const auto old_column = city.column(3);
  city.campuses[3].x += 700;
  optimum.move(3, city.column(3));
  optimum.run();
  CHECK_FALSE(Figures(optimum, 20) == before);
  optimum.move(3, old_column);
  optimum.run();
  CHECK(Figures(optimum, 20) == before);
  optimum.resize(5, 0);
  optimum.run();
  optimum.resize(5, city.seats[5]);
  optimum.run();
  CHECK(Figures(optimum, 20) == before);
}

TEST_CASE("a campus added and removed again leaves every figure as it was") {
  LiveCity city(1500, 20, 0.95, 6);
  CapacityOptimum optimum(city.as_case());
  optimum.solve();
  const Figures before(optimum, 20);
  const uint32_t added = optimum.add(120, 99, city.column(2));
  REQUIRE(optimum.run());
  CHECK(optimum.load(added) > 0);
  CHECK(optimum.proves_optimal());
  CHECK(optimum.travel() <= before.travel);
  optimum.remove(added);
  REQUIRE(optimum.run());
  CHECK(optimum.load(added) == 0);
  CHECK(Figures(optimum, 20) == before);
}

TEST_CASE("more campuses than there were columns for, and ways longer than any before") {
  LiveCity city(400, 10, 0.9, 12);
  CapacityOptimum optimum(city.as_case());
  optimum.solve();
  for (std::size_t k = 10; k < 40; ++k) {
    const double far = k == 20 ? 90000.0 : 500.0;
    city.campuses.push_back({city.campuses[k - 10].x + far, city.campuses[k - 10].y});
    city.seats.push_back(20);
    optimum.add(20, RandomKey(7).with("campus").with(k).bits(), city.column(k));
    REQUIRE(optimum.run());
  }
  CHECK(optimum.proves_optimal());
  CHECK(Figures(optimum, 40) == cold(city));
}

TEST_CASE("an unfinished answer knows how far it may be from the optimum, and is superseded") {
  LiveCity city(4000, 40, 0.97, 8);
  CapacityOptimum optimum(city.as_case());
  optimum.solve();
  int unfinished = 0;
  for (int n = 0; n < 12; ++n) {
    city.campuses[1].x += 900;
    optimum.move(1, city.column(1));
    if (optimum.run(std::chrono::microseconds(0))) continue;
    ++unfinished;
    CHECK_FALSE(optimum.exact());
    const auto gap = optimum.gap();
    REQUIRE(gap);
    CapacityOptimum fresh(city.as_case());
    fresh.solve();
    CHECK(gap->bound <= static_cast<double>(fresh.travel()) + 0.5);
    CHECK(gap->travel >= static_cast<double>(fresh.travel()));
    if (n % 2) optimum.run();  // every other frame is superseded before it is done
  }
  CHECK(unfinished > 3);
  REQUIRE(optimum.run());
  CHECK(Figures(optimum, 40) == cold(city));
}

TEST_CASE("changes name every home whose pupils moved") {
  LiveCity city(1500, 20, 0.95, 9);
  CapacityOptimum optimum(city.as_case());
  optimum.solve();
  static_cast<void>(optimum.take_changes());
  const auto before = optimum.parts();
  city.campuses[0].y += 500;
  optimum.move(0, city.column(0));
  optimum.run();
  const auto changes = optimum.take_changes();
  CHECK(changes.size() < 750);
  std::vector<live::FlowPart> was, is;
  auto same = [](const live::FlowPart& a, const live::FlowPart& b) {
    return a.campus == b.campus && a.pupils == b.pupils;
  };
  for (uint32_t i = 0; i < 1500; ++i) {
    if (std::binary_search(changes.begin(), changes.end(), i)) continue;
    was.clear();
    is.clear();
    for (const auto& p : before)
      if (p.home == i) was.push_back(p);
    optimum.parts_of(i, is);
    REQUIRE(std::equal(was.begin(), was.end(), is.begin(), is.end(), same));
  }
}

TEST_CASE("a shortage names the campuses where a seat is missing and the homes that miss it") {
  // Two homes reach A only, which has 2 seats for 5 pupils; a third goes to B, where seats are
  // free.
  live::CapacityCase given;
  given.supply = {3, 2, 4};
  given.capacity = {2, 10};
  given.home_key = {1, 2, 3};
  given.campus_key = {4, 5};
  const std::size_t stride = live::CapacityCase::stride_for(2);
  given.ds.assign(3 * stride, 0xFFFFFFFFu);
  given.ds[0] = 100;
  given.ds[stride] = 50;
  given.ds[2 * stride] = 900;
  given.ds[2 * stride + 1] = 10;
  CapacityOptimum optimum(given);
  optimum.solve();
  CHECK(optimum.unplaced() == 3);
  CHECK(optimum.travel() == 2 * 50 + 4 * 10);
  CHECK(optimum.places_one_more(0));
  CHECK_FALSE(optimum.places_one_more(1));
  CHECK(optimum.in_shortage(0));
  CHECK(optimum.in_shortage(1));
  CHECK_FALSE(optimum.in_shortage(2));
  CHECK(optimum.proves_optimal());
}

TEST_CASE("a home that fills more campuses than a band holds is placed all the same") {
  constexpr std::size_t kCampuses = 40;
  live::CapacityCase given;
  given.supply = {500, 7};
  given.home_key = {11, 12};
  const std::size_t stride = live::CapacityCase::stride_for(kCampuses);
  given.ds.assign(2 * stride, 0xFFFFFFFFu);
  for (std::size_t j = 0; j < kCampuses; ++j) {
    given.capacity.push_back(20);
    given.campus_key.push_back(100 + j);
    given.ds[j] = static_cast<uint32_t>(10 * (j + 1));
    given.ds[stride + j] = 5;
  }
  CapacityOptimum optimum(given);
  optimum.solve();
  CHECK(optimum.proves_optimal());
  CHECK(optimum.unplaced() == 0);
  // Twenty to each of the nearest 25, the seven to one beyond them: 20 · 10 · (1 + … + 25) + 7 · 5.
  CHECK(optimum.travel() == 200 * 325 + 35);

  // One campus less: those twenty go to the next, and the answer is that of a cold start.
  optimum.remove(0);
  REQUIRE(optimum.run());
  CHECK(optimum.proves_optimal());
  CHECK(optimum.travel() == 200 * (325 - 1 + 26) + 35);
}
