#include "network/street_travel.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "base/error.h"
#include "base/random.h"
#include "street_town.h"

using namespace doorstep;
using doorstep::test::place_on;
using doorstep::test::StreetTown;

namespace {

/// Seconds from home i to campus j; -1 where there is no way.
double seconds(const Loaded<TravelTable>& t, std::size_t i, std::size_t j) {
  HomeId h(i);
  CampusId c(j);
  return t.value.reachable(h, c) ? t.value.decisec(h, c) / 10.0 : -1.0;
}

Loaded<TravelTable> travel(const Place& place) {
  Progress progress;
  return compute_travel(place, progress);
}

std::vector<std::string> codes(const Diagnostics& d, Severity least) {
  std::vector<std::string> out;
  for (const Diagnostic& item : d.items()) {
    if (item.severity >= least) out.push_back(item.code);
  }
  return out;
}

/// 0 ——100—— 1 ——100—— 2
///           |
///          100
///           3
std::shared_ptr<const Streets> tee() {
  return StreetTown({{0, 0}, {100, 0}, {200, 0}, {100, -100}})
      .both_ways(0, 1)
      .both_ways(1, 2)
      .both_ways(1, 3)
      .build();
}

/// A grid of streets n × n, some one-way, some missing, all 50 m.
std::shared_ptr<const Streets> rough_grid(uint32_t n, uint64_t seed) {
  RandomStream random{RandomKey(seed)};
  std::vector<Xy> nodes;
  for (uint32_t i = 0; i < n * n; ++i) nodes.push_back({50.0 * (i % n), 50.0 * (i / n)});
  StreetTown town(nodes);
  auto street = [&](uint32_t a, uint32_t b) {
    switch (random.below(6)) {
      case 0:
        break;
      case 1:
        town.one_way(a, b);
        break;
      case 2:
        town.one_way(b, a);
        break;
      default:
        town.both_ways(a, b);
    }
  };
  for (uint32_t i = 0; i < n * n; ++i) {
    if (i % n + 1 < n) street(i, i + 1);
    if (i + n < n * n) street(i, i + n);
  }
  return town.build();
}

std::vector<Xy> scattered(std::size_t count, double size, uint64_t seed) {
  RandomStream random{RandomKey(seed)};
  std::vector<Xy> out;
  for (std::size_t i = 0; i < count; ++i) {
    double x = random.uniform(0, size);
    out.push_back({x, random.uniform(0, size)});
  }
  return out;
}

}  // namespace

TEST_CASE("a way counts the legs off the network and the parts of both streets") {
  // 10 m to the street, 70 m along it to the junction, 40 m down, 5 m to the door.
  auto t = travel(place_on(tee(), {{30, 10}}, {{105, -40}}));
  CHECK(seconds(t, 0, 0) == 125.0);
  CHECK(t.value.speed().value == 60);
  CHECK(t.value.metres(HomeId(0), CampusId(0)).value == Approx(125));
}

TEST_CASE("two doors on one street do not loop round a junction") {
  auto t = travel(place_on(tee(), {{30, 1}}, {{32, -1}, {28, -1}}));
  CHECK(seconds(t, 0, 0) == 4.0);
  CHECK(seconds(t, 0, 1) == 4.0);
}

TEST_CASE("a one-way is walked in its direction only, also within one street") {
  // 0 → 1 one way, 100 m; back by 1 – 2 – 0, 200 m + the diagonal of 223.6 m
  auto streets = StreetTown({{0, 0}, {100, 0}, {100, 200}})
                     .one_way(0, 1)
                     .both_ways(1, 2)
                     .both_ways(2, 0)
                     .build();
  auto t = travel(place_on(streets, {{40, 0}}, {{60, 0}, {20, 0}}));
  CHECK(seconds(t, 0, 0) == 20.0);
  CHECK(seconds(t, 0, 1) == Approx(60 + 200 + 223.6 + 20).margin(0.11));
}

TEST_CASE("a one-way lets pupils reach a campus that they could not leave by it") {
  auto streets = StreetTown({{0, 0}, {100, 0}}).one_way(0, 1).build();
  auto t = travel(place_on(streets, {{0, 0}, {100, 0}}, {{100, 0}, {0, 0}}));
  CHECK(seconds(t, 0, 0) == 100.0);
  CHECK(seconds(t, 1, 1) == -1.0);
  CHECK(seconds(t, 0, 1) == 0.0);
  CHECK(codes(t.findings, Severity::Warning).empty());
}

TEST_CASE("a door at a junction takes whichever street leaves it") {
  auto streets = StreetTown({{0, 0}, {100, 0}, {0, 100}}).one_way(0, 1).one_way(0, 2).build();
  auto t = travel(place_on(streets, {{0, 0}}, {{100, 0}, {0, 100}}));
  CHECK(seconds(t, 0, 0) == 100.0);
  CHECK(seconds(t, 0, 1) == 100.0);
}

TEST_CASE("a bent street is as long as its shape, and doors meet it where it really runs") {
  // 0 at (0,0), up to (0,60), across to (80,60), down to 1 at (80,0): 200 m
  auto streets = StreetTown({{0, 0}, {80, 0}}).both_ways(0, 1, {{0, 60}, {80, 60}}).build();
  auto t = travel(place_on(streets, {{0, 0}, {40, 62}}, {{80, 0}}));
  CHECK(seconds(t, 0, 0) == 200.0);
  CHECK(seconds(t, 1, 0) == 102.0);
}

TEST_CASE("streets that do not connect leave pupils without a way, and the report says who") {
  auto streets =
      StreetTown({{0, 0}, {100, 0}, {0, 500}, {100, 500}}).both_ways(0, 1).both_ways(2, 3).build();
  auto t = travel(place_on(streets, {{50, 0}, {50, 500}}, {{100, 0}}));
  CHECK(seconds(t, 0, 0) == 50.0);
  CHECK(seconds(t, 1, 0) == -1.0);
  REQUIRE(codes(t.findings, Severity::Warning) == std::vector<std::string>{"travel.home_cut_off"});
  CHECK(t.findings.items().back().message == "home h1 has no way to any campus");
}

TEST_CASE("doors far from any street are named, worst first") {
  auto t = travel(place_on(tee(), {{50, 501}, {50, 20}}, {{0, 500}}));
  REQUIRE(codes(t.findings, Severity::Info) ==
          std::vector<std::string>{"travel.worst_snaps", "travel.far_from_street"});
  CHECK(t.findings.items()[0].message ==
        "farthest from any street: home h0 501 m, campus c0 500 m, home h1 20 m");
  CHECK(t.findings.items()[1].message.find("home h0 is 501 m") == 0);
}

TEST_CASE("no streets at all is an error with a way out") {
  Place place = place_on(StreetTown({{0, 0}}).build(), {{0, 0}}, {{0, 0}});
  CHECK_THROWS_AS(travel(place), Error);
  place.travel.streets = nullptr;
  CHECK_THROWS_AS(travel(place), Error);
}

TEST_CASE("the number of threads does not change a single decisecond") {
  Place place = place_on(rough_grid(12, 7), scattered(300, 600, 1), scattered(9, 600, 2));
  auto router = std::make_shared<const StreetRouter>(place.travel.streets);
  auto with = [&](unsigned threads) {
    Progress progress;
    Diagnostics findings;
    TravelTable table(place.homes.size(), place.campuses.size(), MetresPerMinute(60));
    fill_streets(place, router, Lending(place), threads, table, progress, findings);
    std::vector<uint32_t> out;
    for (HomeId h : place.homes.ids()) {
      for (CampusId c : place.campuses.ids()) out.push_back(table.decisec(h, c));
    }
    return out;
  };
  auto alone = with(1);
  CHECK(std::ranges::count(alone, TravelTable::kUnreachable) < 1500);
  CHECK(alone == with(2));
  CHECK(alone == with(7));
}

TEST_CASE("the order of homes and campuses does not change who takes how long") {
  Place place = place_on(rough_grid(8, 3), scattered(60, 400, 4), scattered(5, 400, 5));
  Place turned = place;
  std::ranges::reverse(turned.homes.raw());
  std::ranges::reverse(turned.campuses.raw());
  auto a = travel(place);
  auto b = travel(turned);
  for (std::size_t h = 0; h < 60; ++h) {
    for (std::size_t c = 0; c < 5; ++c) CHECK(seconds(a, h, c) == seconds(b, 59 - h, 4 - c));
  }
}

TEST_CASE("an edit by lending gives what computing everything gives") {
  Place base = place_on(rough_grid(8, 3), scattered(60, 400, 4), scattered(5, 400, 5));
  auto before = travel(base);
  Place edited = base;
  edited.campuses[CampusId(2)].at = {123, 45};
  edited.homes.push_back({"new", {321, 99}, {}, {}});
  Progress progress;
  auto lent = compute_travel(edited, progress, &base, &before.value);
  auto fresh = travel(edited);
  CHECK(lent.value.router() == before.value.router());
  for (HomeId h : edited.homes.ids()) {
    for (CampusId c : edited.campuses.ids()) {
      CHECK(lent.value.decisec(h, c) == fresh.value.decisec(h, c));
    }
  }
}

TEST_CASE("cancelling stops a search through streets") {
  Place place = place_on(tee(), {{0, 0}}, {{0, 0}});
  Progress progress;
  progress.cancel();
  CHECK_THROWS_AS(compute_travel(place, progress), Cancelled);
}
