#include "network/hierarchy/customizable.h"

#include <catch2/catch.hpp>

#include <numeric>

#include "base/error.h"
#include "base/random.h"
#include "network/hierarchy/dissection.h"
#include "network/hierarchy/node_sweep.h"
#include "network/home_sweep.h"
#include "network/street_changes.h"
#include "street_town.h"

using namespace doorstep;
using doorstep::test::StreetTown;

namespace {

/// Two quarters of ten by ten corners with three bridges between them.
Streets two_quarters() {
  std::vector<Xy> nodes;
  for (uint32_t q = 0; q < 2; ++q) {
    for (uint32_t i = 0; i < 100; ++i) nodes.push_back({q * 1500.0 + i % 10 * 90, i / 10 * 110.0});
  }
  StreetTown town(nodes);
  for (uint32_t n = 0; n < 200; ++n) {
    if (n % 10 != 9) (n % 13 == 0 ? town.one_way(n, n + 1) : town.both_ways(n, n + 1));
    if (n % 100 < 90) town.both_ways(n, n + 10);
  }
  for (uint32_t row : {1u, 4u, 8u}) town.both_ways(row * 10 + 9, 100 + row * 10);
  return *town.build();
}

/// Nodes whose time to a door differs between a sweep of the hierarchy and a plain search.
std::size_t wrong_nodes(const Streets& streets, std::shared_ptr<const Hierarchy> hierarchy,
                        const std::vector<Xy>& doors) {
  StreetRouter router(std::make_shared<const Streets>(streets));
  NodeSweep sweep(hierarchy, 2);
  std::vector<uint32_t> ms(streets.nodes());
  SearchSpace space;
  std::size_t wrong = 0;
  for (Xy door : doors) {
    StreetSnap campus = router.snap(door);
    campus.off_ms = 0;
    sweep.to_one(door_ends(router, *hierarchy, campus, false), ms);
    router.search_to(campus, space);
    for (std::size_t p = 0; p < ms.size(); ++p) wrong += ms[p] != space.ms[p];
  }
  return wrong;
}

const std::vector<Xy> kDoors{{0, 0}, {810, 440}, {1500, 990}, {2000, 300}};

uint32_t edge_between(const Streets& s, uint32_t from, uint32_t to) {
  for (uint32_t e = s.first[from]; e < s.first[from + 1]; ++e) {
    if (s.head[e] == to) return e;
  }
  FAIL("no such street");
  return 0;
}

}  // namespace

TEST_CASE("closed bridges, new roads and another pace give the times of a new search") {
  Streets before = two_quarters();
  auto graph_of = [](const Streets& s) { return StreetGraph(std::make_shared<const Streets>(s)); };
  StreetGraph graph = graph_of(before);
  CustomizableHierarchy customizable(graph, dissection_order(graph));
  auto wrong_with = [&](const StreetChanges& changes) {
    Streets after = changed_streets(before, changes);
    auto hierarchy = std::make_shared<const Hierarchy>(customizable.customize(graph_of(after)));
    return wrong_nodes(after, hierarchy, kDoors);
  };
  CHECK(wrong_with({}) == 0);

  StreetChanges closed;
  for (uint32_t row : {1u, 4u}) {
    closed.closed.push_back(edge_between(before, row * 10 + 9, 100 + row * 10));
    closed.closed.push_back(edge_between(before, 100 + row * 10, row * 10 + 9));
  }
  CHECK(wrong_with(closed) == 0);

  StreetChanges road;  // a bridge where none was foreseen, one way only
  road.added.push_back({69, 160, 1.0});
  road.added.push_back({0, 199, 0.5});
  CHECK(wrong_with(road) == 0);

  StreetChanges pace;
  pace.time_factor = {1, 0.5, 1, 1, 1, 1};
  CHECK(wrong_with(pace) == 0);
  CHECK(wrong_with({}) == 0);  // and back
}

TEST_CASE("a hundred random changes one after another stay exact") {
  Streets streets = two_quarters();
  StreetGraph graph(std::make_shared<const Streets>(streets));
  CustomizableHierarchy customizable(graph, dissection_order(graph));
  RandomStream random{RandomKey(4)};
  for (int step = 0; step < 100; ++step) {
    StreetChanges changes;
    if (random.below(2) == 0) changes.closed.push_back(random.below(streets.edges()));
    auto from = static_cast<uint32_t>(random.below(200));
    auto to = static_cast<uint32_t>(random.below(200));
    if (random.below(2) == 0) changes.added.push_back({from, to, random.uniform(0, 4)});
    changes.time_factor[1] = random.uniform(0.8, 1.25);
    streets = changed_streets(streets, changes);
    StreetGraph now(std::make_shared<const Streets>(streets));
    auto hierarchy = std::make_shared<const Hierarchy>(customizable.customize(now));
    REQUIRE(wrong_nodes(streets, hierarchy, {kDoors[static_cast<std::size_t>(step) % 4]}) == 0);
  }
}

TEST_CASE("the order of contraction names every node once and puts a bridge's ends last") {
  Streets streets = two_quarters();
  StreetGraph graph(std::make_shared<const Streets>(streets));
  std::vector<uint32_t> order = dissection_order(graph);
  std::vector<uint32_t> sorted = order;
  std::ranges::sort(sorted);
  std::vector<uint32_t> all(200);
  std::iota(all.begin(), all.end(), 0u);
  CHECK(sorted == all);
  // The first cut runs between the quarters: its three nodes are ends of the three bridges.
  for (std::size_t k = 197; k < 200; ++k) {
    uint32_t n = graph.node_at_position(order[k]);
    CHECK((n == 19 || n == 49 || n == 89 || n == 110 || n == 140 || n == 180));
  }
}

TEST_CASE("changes that name no street, no node or no pace are refused") {
  Streets streets = two_quarters();
  CHECK_THROWS_AS(changed_streets(streets, {.closed = {99999}}), Error);
  CHECK_THROWS_AS(changed_streets(streets, {.added = {{0, 200, 1.0}}}), Error);
  StreetChanges still;
  still.time_factor[3] = 0.0;
  CHECK_THROWS_AS(changed_streets(streets, still), Error);
}
