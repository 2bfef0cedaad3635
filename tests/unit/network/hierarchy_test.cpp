#include "network/hierarchy/hierarchy.h"

#include <catch2/catch.hpp>

#include "base/random.h"
#include "network/hierarchy/door_sweep.h"
#include "network/hierarchy/node_sweep.h"
#include "network/home_sweep.h"
#include "network/travel_table.h"
#include "street_town.h"

using namespace doorstep;
using doorstep::test::StreetTown;

namespace {

/// A lattice of streets of equal length, full of ties, some one way and some missing.
std::shared_ptr<const Streets> lattice(uint32_t side, uint64_t seed) {
  std::vector<Xy> nodes;
  for (uint32_t y = 0; y < side; ++y) {
    for (uint32_t x = 0; x < side; ++x) nodes.push_back({x * 100.0, y * 100.0});
  }
  StreetTown town(nodes);
  RandomStream random{RandomKey(seed)};
  auto street = [&](uint32_t a, uint32_t b) {
    uint64_t kind = random.below(10);
    if (kind == 0) return;
    if (kind == 1) town.one_way(a, b);
    if (kind == 2) town.one_way(b, a);
    if (kind > 2) town.both_ways(a, b);
  };
  for (uint32_t y = 0; y < side; ++y) {
    for (uint32_t x = 0; x < side; ++x) {
      if (x + 1 < side) street(y * side + x, y * side + x + 1);
      if (y + 1 < side) street(y * side + x, (y + 1) * side + x);
    }
  }
  return town.build();
}

/// Random directed edges, parallel ones, loops and edges of no time among them.
std::shared_ptr<const Streets> tangle(uint32_t nodes, uint32_t edges, uint64_t seed) {
  RandomStream random{RandomKey(seed)};
  std::vector<Xy> at;
  for (uint32_t i = 0; i < nodes; ++i) {
    double x = random.uniform(0, 5000);
    at.push_back({x, random.uniform(0, 5000)});
  }
  StreetTown town(at);
  for (uint32_t i = 0; i < edges; ++i) {
    auto from = static_cast<uint32_t>(random.below(nodes));
    auto to = static_cast<uint32_t>(random.below(nodes));
    double minutes = static_cast<double>(random.below(6)) / 2.0;
    town.edge(from, to, minutes, {}, 1.0 + static_cast<double>(i));
  }
  return town.build();
}

std::vector<StreetSnap> random_doors(const StreetRouter& router, std::size_t count, double size,
                                     uint64_t seed) {
  RandomStream random{RandomKey(seed)};
  std::vector<StreetSnap> out;
  for (std::size_t i = 0; i < count; ++i) {
    double x = random.uniform(-50, size);
    out.push_back(router.snap({x, random.uniform(-50, size)}));
  }
  return out;
}

/// How many of all pairs differ from a plain Dijkstra search.
std::size_t wrong_pairs(std::shared_ptr<const StreetRouter> router,
                        const std::vector<StreetSnap>& homes,
                        const std::vector<StreetSnap>& campuses, unsigned threads) {
  HomeSweep sweep(router, homes, threads);
  std::vector<uint32_t> ds(homes.size() * campuses.size()), row(homes.size());
  sweep.to_campuses(campuses, ds);
  std::size_t wrong = 0;
  SearchSpace space;
  for (std::size_t c = 0; c < campuses.size(); ++c) {
    router->search_to(campuses[c], space);
    sweep.to_campus(campuses[c], row);
    for (std::size_t h = 0; h < homes.size(); ++h) {
      uint32_t ms = router->door_to_door_ms(homes[h], campuses[c], space);
      uint32_t right = ms == kNoTime ? TravelTable::kUnreachable
                                     : static_cast<uint32_t>((uint64_t{ms} + 50) / 100);
      wrong += ds[c * homes.size() + h] != right || row[h] != right;
    }
  }
  return wrong;
}

bool equal_arcs(const std::vector<HierarchyArc>& a, const std::vector<HierarchyArc>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](auto& x, auto& y) { return x.node == y.node && x.ms == y.ms; });
}

}  // namespace

TEST_CASE("sweeps equal Dijkstra's search on lattices full of ties and one-ways") {
  for (uint64_t seed : {1, 2, 3, 4, 5, 6}) {
    auto router = std::make_shared<const StreetRouter>(lattice(17, seed));
    CHECK(wrong_pairs(router, random_doors(*router, 150, 1650, seed),
                      random_doors(*router, 35, 1650, seed + 100), 2) == 0);
  }
}

TEST_CASE("sweeps equal Dijkstra's search on tangles of streets, some of no time, some cut off") {
  for (uint64_t seed = 1; seed <= 25; ++seed) {
    for (uint32_t edges : {60u, 150u, 500u}) {
      auto router = std::make_shared<const StreetRouter>(tangle(120, edges, seed));
      CHECK(wrong_pairs(router, random_doors(*router, 90, 5000, seed),
                        random_doors(*router, 20, 5000, seed + 100), 2) == 0);
    }
  }
}

TEST_CASE("times too long to count stay unreachable, in every lane") {
  // Each street takes 20 days; two of them are more than 49 days of milliseconds can hold three of.
  StreetTown town({{0, 0}, {100, 0}, {200, 0}, {300, 0}});
  for (uint32_t i = 0; i < 3; ++i) {
    town.edge(i, i + 1, 28800, {}, 100).edge(i + 1, i, 28800, {}, 100);
  }
  auto router = std::make_shared<const StreetRouter>(town.build());
  std::vector<StreetSnap> ends{router->snap({0, 0}), router->snap({200, 0}),
                               router->snap({300, 0})};
  CHECK(wrong_pairs(router, ends, ends, 1) == 0);
  std::vector<uint32_t> ds(3);
  HomeSweep(router, ends, 1).to_campus(ends[2], ds);
  CHECK(ds == std::vector<uint32_t>{TravelTable::kUnreachable, 17280000, 0});
}

TEST_CASE("the hierarchy is the same for any number of threads") {
  StreetGraph graph(lattice(40, 7));
  Progress progress;
  Hierarchy one = build_hierarchy(graph, 1, progress);
  for (unsigned threads : {2u, 5u}) {
    Hierarchy more = build_hierarchy(graph, threads, progress);
    CHECK(one.number == more.number);
    CHECK(one.up_first == more.up_first);
    CHECK(equal_arcs(one.up, more.up));
    CHECK(equal_arcs(one.down, more.down));
  }
}

TEST_CASE("every instruction set that this machine has gives the same figures") {
  StreetGraph graph(lattice(40, 8));
  Progress progress;
  auto hierarchy = std::make_shared<const Hierarchy>(build_hierarchy(graph, 1, progress));
  RandomStream random{RandomKey(3)};
  auto door = [&] {
    DoorEnds ends;
    ends.count = 1 + static_cast<int>(random.below(2));
    for (std::size_t k = 0; k < 2; ++k) {
      ends.node[k] = static_cast<uint32_t>(random.below(graph.nodes()));
      ends.ms[k] = static_cast<uint32_t>(random.below(random.below(20) == 0 ? kNoTime : 90000));
    }
    ends.off_ms = static_cast<uint32_t>(random.below(60000));
    return ends;
  };
  std::vector<DoorEnds> homes(333), campuses(21);
  for (DoorEnds& d : homes) d = door();
  for (DoorEnds& d : campuses) d = door();
  std::vector<uint32_t> scalar(homes.size() * campuses.size()), wide(scalar.size());
  DoorSweep(hierarchy, homes, 1, InstructionSet::Scalar).to_many(campuses, scalar);
  for (InstructionSet set : {InstructionSet::Avx2, InstructionSet::Avx512}) {
    if (set > widest_instruction_set()) {
      WARN(instruction_set_name(set) << " is not tested: this machine lacks it");
      continue;
    }
    DoorSweep(hierarchy, homes, 2, set).to_many(campuses, wide);
    CHECK(wide == scalar);
  }
}

TEST_CASE("times from every node, and the nearest campus of every node, equal Dijkstra's") {
  for (uint64_t seed : {11, 12, 13}) {
    StreetRouter router(lattice(19, seed));
    auto hierarchy = router.hierarchy(1);
    std::vector<StreetSnap> campuses = random_doors(router, 9, 1850, seed);
    campuses.push_back(campuses[2]);  // two at one door: the first counts
    std::vector<DoorEnds> ends;
    for (const StreetSnap& c : campuses) ends.push_back(door_ends(router, *hierarchy, c, false));
    std::size_t nodes = router.graph().nodes();
    std::vector<uint32_t> ms(nodes);
    std::vector<NearestKey> nearest(nodes), right(nodes, kNobody);
    std::size_t wrong = 0;
    NodeSweep sweep(hierarchy, 3);
    SearchSpace space;
    for (std::size_t c = 0; c < campuses.size(); ++c) {
      sweep.to_one(ends[c], ms);
      router.search_to(campuses[c], space);
      for (std::size_t p = 0; p < nodes; ++p) {
        uint32_t whole = time_sum(space.ms[p], campuses[c].off_ms);
        wrong += whole != ms[p];
        if (whole != kNoTime) right[p] = std::min(right[p], (NearestKey{whole} << 32) | c);
      }
    }
    sweep.to_nearest(ends, nearest);
    CHECK(wrong == 0);
    CHECK(nearest == right);
  }
}

TEST_CASE("isochrones are the same from searches and, once they pay, from sweeps") {
  StreetRouter router(lattice(13, 21)), swept(lattice(13, 21));
  REQUIRE(swept.hierarchy(1) != nullptr);
  for (int k = 0; k < 15; ++k) {
    Xy campus{70.0 * k, 1150.0 - 60.0 * k};
    REQUIRE(swept.minutes_from_nodes(campus) == router.minutes_from_nodes(campus));
  }
}
