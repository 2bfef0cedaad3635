#include "network/home_reach.h"

#include <catch2/catch.hpp>

#include "base/random.h"
#include "street_town.h"

using namespace doorstep;
using doorstep::test::StreetTown;

namespace {

constexpr uint32_t kNowhere = 0x80000000u;

/// A lattice with some streets one way and some missing: homes in corners may be cut off.
std::shared_ptr<const Streets> lattice(uint32_t side, uint64_t seed) {
  std::vector<Xy> nodes;
  for (uint32_t y = 0; y < side; ++y) {
    for (uint32_t x = 0; x < side; ++x) nodes.push_back({x * 100.0, y * 100.0});
  }
  StreetTown town(nodes);
  RandomStream random{RandomKey(seed)};
  auto street = [&](uint32_t a, uint32_t b) {
    uint64_t kind = random.below(10);
    if (kind < 2) return;
    if (kind == 2) town.one_way(a, b);
    if (kind == 3) town.one_way(b, a);
    if (kind > 3) town.both_ways(a, b);
  };
  for (uint32_t y = 0; y < side; ++y) {
    for (uint32_t x = 0; x < side; ++x) {
      if (x + 1 < side) street(y * side + x, y * side + x + 1);
      if (y + 1 < side) street(y * side + x, (y + 1) * side + x);
    }
  }
  return town.build();
}

std::vector<StreetSnap> random_doors(const StreetRouter& router, std::size_t count,
                                     RandomStream& random) {
  std::vector<StreetSnap> out;
  for (std::size_t i = 0; i < count; ++i) {
    double x = random.uniform(-50, 3050);
    out.push_back(router.snap({x, random.uniform(-50, 3050)}));
  }
  return out;
}

std::vector<uint32_t> right_row(const HomeSweep& sweep, const StreetSnap& campus) {
  std::vector<uint32_t> ds(sweep.homes());
  sweep.to_campus(campus, ds);
  for (uint32_t& d : ds) d = std::min(d, kNowhere);
  return ds;
}

/// Homes whose figure breaks the promise of within().
std::size_t broken(const HomeReach& reach, const std::vector<uint32_t>& right,
                   const std::vector<uint32_t>& limit, uint32_t less) {
  std::size_t out = 0;
  for (std::size_t h = 0; h < right.size(); ++h) {
    const uint32_t ds = reach.ds()[h];
    const bool bound = ds <= right[h];
    const bool matters = uint64_t{ds} + less <= limit[h];
    out += reach.exact(h) ? ds != right[h] : matters || !bound;
  }
  return out;
}

}  // namespace

TEST_CASE("within its limits a reach is the sweep, beyond them a bound, wherever a campus goes") {
  for (uint64_t seed : {1, 2, 3, 4}) {
    auto router = std::make_shared<const StreetRouter>(lattice(31, seed));
    RandomStream random{RandomKey(seed).with("doors")};
    auto homes = random_doors(*router, 1500, random);
    HomeSweep sweep(router, homes, 2);
    auto reach = sweep.reach(kNowhere);
    std::size_t exact = 0;
    std::vector<uint32_t> limit(homes.size());
    auto places = random_doors(*router, 40, random);
    places[7] = homes[11];  // next door
    for (const StreetSnap& campus : places) {
      for (uint32_t& l : limit) l = static_cast<uint32_t>(random.below(9000));
      const auto less = static_cast<uint32_t>(random.below(3000));
      const std::vector<uint32_t> right = right_row(sweep, campus);
      reach->start(campus);
      reach->within(limit, less);
      REQUIRE(broken(*reach, right, limit, less) == 0);
      exact += reach->homes_exact();
      for (uint32_t& l : limit) l += 2000;  // prices rose
      reach->within(limit, less / 2);
      REQUIRE(broken(*reach, right, limit, less / 2) == 0);
      const auto one = random.below(homes.size());
      reach->settle(one);
      REQUIRE(reach->exact(one));
      REQUIRE(reach->ds()[one] == right[one]);
    }
    CHECK(exact < 40 * homes.size() / 2);  // it spared something
  }
}

TEST_CASE("completed, a reach is the sweep, for every order of homes and number of threads") {
  auto router = std::make_shared<const StreetRouter>(lattice(31, 9));
  RandomStream random{RandomKey(9)};
  auto given = random_doors(*router, 2000, random);
  std::vector<StreetSnap> sorted;
  for (uint32_t h : HomeSweep::order_of(given)) sorted.push_back(given[h]);
  for (const auto& homes : {given, sorted}) {
    for (unsigned threads : {1u, 2u, 5u}) {
      HomeSweep sweep(router, homes, threads);
      auto reach = sweep.reach(kNowhere);
      for (const StreetSnap& campus : random_doors(*router, 10, random)) {
        reach->start(campus);
        reach->within(std::vector<uint32_t>(homes.size(), 1500), 0);
        reach->complete();
        const std::vector<uint32_t> right = right_row(sweep, campus);
        REQUIRE(std::vector<uint32_t>(reach->ds().begin(), reach->ds().end()) == right);
      }
    }
  }
}

TEST_CASE("a reach of no homes, or of homes without a way, is quiet") {
  auto streets =
      StreetTown({{0, 0}, {100, 0}, {0, 900}, {100, 900}}).both_ways(0, 1).both_ways(2, 3).build();
  auto router = std::make_shared<const StreetRouter>(streets);
  HomeSweep nobody(router, {}, 1);
  auto none = nobody.reach(kNowhere);
  none->start(router->snap({50, 0}));
  none->within({}, 0);
  none->complete();
  CHECK(none->ds().empty());

  std::vector<StreetSnap> homes{router->snap({50, 0}), router->snap({50, 900})};
  HomeSweep sweep(router, homes, 1);
  auto reach = sweep.reach(kNowhere);
  reach->start(router->snap({100, 0}));
  reach->within(std::vector<uint32_t>{1000, 1000}, 0);
  CHECK(reach->ds()[0] == 500);
  CHECK(reach->ds()[1] > 1000);
  reach->complete();
  CHECK(reach->ds()[1] == kNowhere);
}
