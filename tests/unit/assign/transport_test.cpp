#include "assign/transport.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "assign/transport_simplex.h"
#include "base/random.h"

using namespace doorstep;

namespace {

struct Kind {
  std::size_t sources = 0;
  std::size_t sinks = 0;
  uint64_t costs = 1;  ///< costs are below; few of them make ties
  double cut = 0.0;    ///< part of the arcs that is missing
  bool all_full = false;
  uint64_t most = 9;  ///< pupils of a home are below
};

Transport random_case(const Kind& kind, uint64_t number) {
  RandomStream random(RandomKey(number).with("transport"));
  Transport t;
  double pupils = 0.0;
  for (std::size_t i = 0; i < kind.sources; ++i) {
    t.supply.push_back(static_cast<double>(random.below(7) == 0 ? 0 : random.below(kind.most)));
    t.source_key.push_back(RandomKey(i).bits());
    pupils += t.supply.back();
    t.first_arc.push_back(t.arcs.size());
    for (uint32_t j = 0; j < kind.sinks; ++j)
      if (random.uniform() >= kind.cut)
        t.arcs.push_back({j, static_cast<uint32_t>(random.below(kind.costs))});
  }
  t.first_arc.push_back(t.arcs.size());
  t.capacity.assign(kind.sinks, 0.0);
  for (std::size_t j = 0; j < kind.sinks; ++j) {
    t.sink_key.push_back(RandomKey(1000 + j).bits());
    if (!kind.all_full)
      t.capacity[j] = static_cast<double>(
          random.below(static_cast<uint64_t>(2.0 * pupils / static_cast<double>(kind.sinks)) + 2));
  }
  if (kind.all_full)
    for (double n = 0.0; n < pupils; ++n) t.capacity[random.below(kind.sinks)] += 1.0;
  return t;
}

struct Worth {
  double placed = 0.0;
  double travel = 0.0;
};

Worth worth(const Transport& t, const TransportPlan& plan) {
  Worth w;
  std::vector<double> load(t.capacity.size());
  for (const auto& part : plan.parts) {
    const double pupils = part.share * t.supply[part.source];
    w.placed += pupils;
    load[part.sink] += pupils;
    for (std::size_t a = t.first_arc[part.source]; a < t.first_arc[part.source + 1]; ++a)
      if (t.arcs[a].sink == part.sink) w.travel += pupils * t.arcs[a].cost;
  }
  for (std::size_t j = 0; j < load.size(); ++j) CHECK(load[j] <= t.capacity[j] + 1e-6);
  return w;
}

void check_against_simplex(const Kind& kind, uint64_t from, uint64_t to) {
  for (uint64_t n = from; n < to; ++n) {
    INFO("case " << n);
    const Transport t = random_case(kind, n);
    const TransportPlan ours = solve_transport(t);
    const TransportPlan peer = solve_by_simplex(t);
    const Worth a = worth(t, ours);
    const Worth b = worth(t, peer);
    REQUIRE(a.placed == Approx(b.placed).margin(1e-6));
    REQUIRE(a.travel == Approx(b.travel).margin(1e-4));
    REQUIRE(ours.seat_price == peer.seat_price);
    REQUIRE(ours.places_one_more == peer.places_one_more);
  }
}

}  // namespace

TEST_CASE("a thousand random cases cost what the network simplex finds, at the same seat prices") {
  SECTION("many ties") { check_against_simplex({30, 8, 3, 0.1, false}, 0, 250); }
  SECTION("hardly any ties") { check_against_simplex({25, 6, 20000, 0.1, false}, 250, 450); }
  SECTION("every seat taken") { check_against_simplex({30, 7, 40, 0.0, true}, 450, 600); }
  SECTION("homes cut off from most campuses") {
    check_against_simplex({30, 9, 50, 0.7, false}, 600, 800);
  }
  SECTION("one campus") { check_against_simplex({12, 1, 50, 0.2, false}, 800, 860); }
  SECTION("larger than a band") { check_against_simplex({150, 40, 300, 0.2, false}, 860, 960); }
  SECTION("homes that fill more campuses than a band holds") {
    check_against_simplex({6, 40, 300, 0.1, false, 400}, 1000, 1100);
  }
  SECTION("the same, every seat taken, many ties") {
    check_against_simplex({5, 45, 4, 0.0, true, 300}, 1100, 1200);
  }
  SECTION("larger than a band, and all tie") {
    check_against_simplex({60, 30, 2, 0.0, false}, 960, 1000);
  }
}

TEST_CASE("flows do not depend on the order of homes and campuses") {
  for (uint64_t n = 0; n < 40; ++n) {
    const Transport t = random_case({30, 8, 4, 0.2, false}, n);
    Transport turned;
    const auto sources = static_cast<uint32_t>(t.supply.size());
    const auto sinks = static_cast<uint32_t>(t.capacity.size());
    turned.supply.assign(t.supply.rbegin(), t.supply.rend());
    turned.source_key.assign(t.source_key.rbegin(), t.source_key.rend());
    turned.capacity.assign(t.capacity.rbegin(), t.capacity.rend());
    turned.sink_key.assign(t.sink_key.rbegin(), t.sink_key.rend());
    for (uint32_t i = 0; i < sources; ++i) {
      turned.first_arc.push_back(turned.arcs.size());
      for (std::size_t a = t.first_arc[sources - 1 - i]; a < t.first_arc[sources - i]; ++a)
        turned.arcs.push_back({sinks - 1 - t.arcs[a].sink, t.arcs[a].cost});
    }
    turned.first_arc.push_back(turned.arcs.size());
    std::vector<double> flow(sources * sinks), back(sources * sinks);
    for (const auto& p : solve_transport(t).parts) flow[p.source * sinks + p.sink] = p.share;
    for (const auto& p : solve_transport(turned).parts)
      back[(sources - 1 - p.source) * sinks + sinks - 1 - p.sink] = p.share;
    REQUIRE(flow == back);
  }
}
