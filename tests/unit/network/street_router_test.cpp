#include "network/street_router.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "street_town.h"

using namespace doorstep;
using doorstep::test::StreetTown;

namespace {

struct RandomTown {
  std::vector<Xy> nodes;
  struct Edge {
    uint32_t from, to;
    double minutes;
  };
  std::vector<Edge> edges;
};

/// Random directed edges of 0-5 minutes, parallel ones and loops among them.
RandomTown random_town(uint32_t nodes, uint32_t edges, uint64_t seed) {
  RandomStream random{RandomKey(seed)};
  RandomTown town;
  for (uint32_t i = 0; i < nodes; ++i) {
    double x = random.uniform(0, 5000);
    town.nodes.push_back({x, random.uniform(0, 5000)});
  }
  for (uint32_t i = 0; i < edges; ++i) {
    auto from = static_cast<uint32_t>(random.below(nodes));
    auto to = static_cast<uint32_t>(random.below(nodes));
    town.edges.push_back({from, to, static_cast<double>(random.below(300001)) / 60000.0});
  }
  return town;
}

std::shared_ptr<const Streets> streets_of(const RandomTown& town) {
  StreetTown streets(town.nodes);
  for (const auto& e : town.edges) {
    streets.edge(e.from, e.to, e.minutes, {}, distance_m(town.nodes[e.from], town.nodes[e.to]));
  }
  return streets.build();
}

/// Milliseconds from every node to `target` by Boost.Graph, on the reversed edges.
std::vector<int64_t> boost_ms_to(const RandomTown& town, uint32_t target) {
  using Graph =
      boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                            boost::property<boost::edge_weight_t, int64_t>>;
  Graph graph(town.nodes.size());
  for (const auto& e : town.edges) {
    boost::add_edge(e.to, e.from, std::llround(static_cast<float>(e.minutes) * 60000.0), graph);
  }
  std::vector<int64_t> ms(town.nodes.size());
  boost::dijkstra_shortest_paths(graph, target, boost::distance_map(ms.data()));
  return ms;
}

}  // namespace

TEST_CASE("times to a campus equal Boost.Graph's on random one-way graphs, to the millisecond") {
  for (uint64_t seed : {1, 2, 3, 4}) {
    RandomTown town = random_town(400, 1100, seed);
    auto streets = streets_of(town);
    StreetGraph graph(streets);
    StreetRouter router(streets);
    for (uint32_t target : {0u, 57u, 399u}) {
      // A campus at a node that some edge ends in meets the streets at that very node.
      bool met = std::ranges::any_of(town.edges, [&](auto& e) { return e.to == target; });
      REQUIRE(met);
      StreetSnap snap = router.snap(town.nodes[target]);
      REQUIRE(snap.off_m == 0.0);
      SearchSpace space;
      router.search_to(snap, space);
      auto oracle = boost_ms_to(town, target);
      int reached = 0;
      for (uint32_t n = 0; n < 400; ++n) {
        uint32_t ours = space.ms[graph.position(n)];
        bool none = oracle[n] == std::numeric_limits<int64_t>::max();
        CHECK((none ? ours == kNoTime : int64_t{ours} == oracle[n]));
        reached += none ? 0 : 1;
      }
      CHECK(reached > 200);
    }
  }
}

TEST_CASE("the nearest segment is the one that trying all finds") {
  RandomStream random{RandomKey(11)};
  std::vector<SegmentGrid::Segment> segments;
  auto point = [&](double size) {
    double x = random.uniform(0, size);
    return Xy{x, random.uniform(0, size)};
  };
  for (int i = 0; i < 500; ++i) {
    Xy a = point(2000);
    segments.push_back({a, a + point(i % 50 == 0 ? 1500 : 60)});
  }
  segments.push_back({{5, 5}, {5, 5}});  // a street of no length
  SegmentGrid grid(segments);
  for (int i = 0; i < 400; ++i) {
    Xy p = point(i % 4 == 0 ? 9000 : 2000) - Xy{i % 8 == 0 ? 6000.0 : 0.0, 0};
    double best = 1e300;
    for (const auto& s : segments) {
      Xy d = s.b - s.a;
      double l2 = d.x * d.x + d.y * d.y;
      double t = l2 > 0 ? ((p.x - s.a.x) * d.x + (p.y - s.a.y) * d.y) / l2 : 0;
      best = std::min(best, distance_m(p, s.a + d * std::clamp(t, 0.0, 1.0)));
    }
    SegmentHit hit = grid.nearest(p);
    CHECK(hit.distance_m == Approx(best).margin(1e-9));
    CHECK(distance_m(hit.at, p) == hit.distance_m);
  }
}

TEST_CASE("a way is drawn from door to door along the bends of its streets") {
  // 0 (0,0) – bend (0,50) – 1 (50,50) – 2 (100,50); a detour 0 – 3 (0,-500) – 2 is longer
  auto streets = StreetTown({{0, 0}, {50, 50}, {100, 50}, {0, -500}})
                     .both_ways(0, 1, {{0, 50}})
                     .both_ways(1, 2)
                     .both_ways(0, 3)
                     .both_ways(3, 2)
                     .build();
  StreetRouter router(streets);
  auto way = router.way({-5, 20}, {90, 55});
  REQUIRE(way);
  CHECK(way->line == Polyline{{-5, 20}, {0, 20}, {0, 50}, {50, 50}, {90, 50}, {90, 55}});
  CHECK(way->metres.value == Approx(5 + 30 + 50 + 40 + 5));
  CHECK(way->minutes.value == Approx(130.0 / 60));
}

TEST_CASE("a way within one street stays in it, in either direction") {
  auto streets = StreetTown({{0, 0}, {100, 0}}).both_ways(0, 1, {{50, 0}}).build();
  StreetRouter router(streets);
  CHECK(router.way({80, 1}, {20, 1})->line ==
        Polyline{{80, 1}, {80, 0}, {50, 0}, {20, 0}, {20, 1}});
}

TEST_CASE("there is no way against a one-way dead end") {
  StreetRouter router(StreetTown({{0, 0}, {100, 0}}).one_way(0, 1).build());
  CHECK_FALSE(router.way({80, 0}, {20, 0}));
  CHECK(router.way({20, 0}, {80, 0})->minutes.value == Approx(1));
}

TEST_CASE("every way takes as long as its line is, and as the search says") {
  // 7 × 7 nodes, streets both ways or one way
  RandomStream random{RandomKey(5)};
  std::vector<Xy> nodes;
  for (uint32_t i = 0; i < 49; ++i) nodes.push_back({70.0 * (i % 7), 70.0 * (i / 7)});
  StreetTown town(nodes);
  for (uint32_t i = 0; i < 49; ++i) {
    for (uint32_t j : {i % 7 < 6 ? i + 1 : i, i + 7}) {
      if (j >= 49 || j == i) continue;
      random.below(3) == 0 ? town.one_way(j, i) : town.both_ways(i, j);
    }
  }
  StreetRouter router(town.build());
  for (int k = 0; k < 200; ++k) {
    double x = random.uniform(0, 420), y = random.uniform(0, 420), u = random.uniform(0, 420);
    Xy home{x, y}, campus{u, random.uniform(0, 420)};
    SearchSpace space;
    router.search_to(router.snap(campus), space);
    uint32_t ms = router.door_to_door_ms(router.snap(home), router.snap(campus), space);
    auto way = router.way(home, campus);
    REQUIRE(way.has_value() == (ms != kNoTime));
    if (!way) continue;
    CHECK(way->minutes.value == Approx(ms / 60000.0));
    CHECK(way->metres.value == Approx(ms / 1000.0).margin(0.01));  // 60 m a minute
  }
}

TEST_CASE("streets of no length or no time do not trap a search or a way") {
  auto streets = StreetTown({{0, 0}, {0, 0}, {100, 0}, {0, 0}})
                     .both_ways(0, 1)
                     .both_ways(1, 3)
                     .both_ways(3, 0)
                     .both_ways(3, 2)
                     .both_ways(0, 0, {{0, 30}, {30, 30}})
                     .build();
  StreetRouter router(streets);
  auto way = router.way({-9, 0}, {90, 0});
  REQUIRE(way);
  CHECK(way->metres.value == Approx(99));
  auto minutes = router.minutes_from_nodes({90, 0});
  CHECK(minutes[0] == Approx(1.5));
  CHECK(minutes[2] == Approx(10.0 / 60));
}

TEST_CASE("minutes from nodes are infinite where no way leads to the campus") {
  StreetRouter router(StreetTown({{0, 0}, {60, 0}}).one_way(0, 1).build());
  auto minutes = router.minutes_from_nodes({30, 6});
  CHECK(minutes[0] == Approx(0.6));  // 30 m along, 6 m off
  CHECK(std::isinf(minutes[1]));
}

TEST_CASE("a damaged street graph is refused") {
  auto streets = std::make_shared<Streets>(*StreetTown({{0, 0}, {9, 0}}).both_ways(0, 1).build());
  streets->head[0] = 7;
  CHECK_THROWS_AS(StreetRouter(streets), Error);
}
