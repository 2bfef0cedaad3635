#include "assign/clearing_state.h"

#include <catch2/catch.hpp>

#include "random_market.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

constexpr double kPupil = 1e-6;  // tolerance in pupils

std::vector<RandomMarket::Kind> kinds() {
  std::vector<RandomMarket::Kind> out;
  for (double load : {0.7, 1.0, 1.4})
    for (bool coarse : {false, true})
      for (std::size_t ranks : {std::size_t{1}, std::size_t{3}}) {
        RandomMarket::Kind kind;
        kind.load = load;
        kind.coarse = coarse;
        kind.ranks = ranks;
        out.push_back(kind);
      }
  return out;
}

/// What an edit may do to a market. Returns its name.
const char* edit(RandomMarket& town, ClearingState& state) {
  RandomStream& draw = town.draw();
  const auto units = static_cast<uint32_t>(state.market().seats.size());
  const auto u = static_cast<uint32_t>(draw.below(units));
  const std::size_t ranks = state.market().ranks;
  switch (draw.below(7)) {
    case 0:
      state.replace_unit(u, town.move(u, town.at(u) + 0.05 * (draw.uniform() - 0.5)));
      return "move";
    case 1:
      state.replace_unit(u, {});
      return "remove";
    case 2: {
      const std::vector<uint8_t> none(ranks, 0);
      const uint32_t added = units < 14 ? state.add_unit(std::floor(20 * draw.uniform()), none) : u;
      state.replace_unit(added, town.move(added, draw.uniform()));
      return "add";
    }
    case 3:
      state.set_seats(u, std::floor(state.market().seats[u] * 2.0 * draw.uniform()));
      return "resize";
    case 4: {
      std::vector<ClearingState::UnitOption> liked;
      for (uint32_t row = 0; row < state.market().rows(); ++row) {
        const RowOptions o = state.options(row);
        for (std::size_t i = 0; i < o.size; ++i)
          if (Market::unit_of(o.cell[i]) == u)
            liked.push_back({row, Market::rank_of(o.cell[i]), 1.5 * o.weight[i]});
      }
      state.replace_unit(u, liked);
      return "quality";
    }
    case 5: {
      std::vector<ClearingState::RowPupils> rows;
      for (int i = 0; i < 5; ++i)
        rows.push_back(
            {static_cast<uint32_t>(draw.below(state.market().rows())), town.some_pupils()});
      state.set_pupils(rows);
      return "pupils";
    }
    default: {
      std::vector<uint8_t> sure(ranks, 0);
      sure[0] = draw.uniform() < 0.5;
      state.set_guaranteed(u, sure);
      return "crowd or divert";
    }
  }
}

}  // namespace

TEST_CASE("cutoffs found by solving are those found by rejecting") {
  Progress progress;
  int rejected = 0;
  int most = 0;
  double worst = 0.0;
  for (const auto& kind : kinds())
    for (uint64_t n = 0; n < 40; ++n) {
      RandomMarket town(n, kind);
      ClearingState state(town.market, 1e-9);
      REQUIRE(state.settle(1000, progress));
      const Clearing slow = clear_by_rejecting(town.market, 1e-10, 200000, progress);
      if (!slow.converged) continue;
      const double gap =
          largest_gap(flows(town.market, state.clearing()), flows(town.market, slow));
      worst = std::max(worst, gap);
      CHECK(gap < kPupil);
      rejected += state.effort().rejected;
      most = std::max(most, state.effort().rounds);
    }
  CHECK(most < 20);
  CHECK(rejected == 0);
}

TEST_CASE("after each of a thousand edits the cutoffs are those of a fresh start") {
  Progress progress;
  int rejected = 0;
  int most = 0;
  double worst = 0.0;
  uint64_t number = 100;
  for (const auto& kind : kinds()) {
    RandomMarket town(number++, kind);
    ClearingState state(town.market, 1e-9);
    for (int e = 0; e < 250; ++e) {
      const char* what = edit(town, state);
      REQUIRE(state.settle(1000, progress));
      ClearingState cold(state.plain(), 1e-9);
      REQUIRE(cold.settle(1000, progress));
      const Market m = state.plain();
      const double gap = largest_gap(flows(m, state.clearing()), flows(m, cold.clearing()));
      INFO(what << " " << e << " of town " << number - 1);
      REQUIRE(gap < kPupil);
      worst = std::max(worst, gap);
      REQUIRE(largest_gap(state.loads(), cold.loads()) < kPupil);
      rejected += state.effort().rejected + 1000 * cold.effort().rejected;
      most = std::max(most, std::max(state.effort().rounds, cold.effort().rounds));
      if (e % 10 == 0) {
        const Clearing slow = clear_by_rejecting(m, 1e-10, 200000, progress);
        if (slow.converged)
          REQUIRE(largest_gap(flows(m, state.clearing()), flows(m, slow)) < kPupil);
      }
    }
  }
  CHECK(rejected == 0);
  CHECK(most < 20);
  CHECK(worst < kPupil / 100);
}

TEST_CASE("of several stable outcomes the one best for pupils is kept, also coming from below") {
  // Row a has priority at A and likes B ten times as much; row b the other way round. With seats
  // for exactly all, both "each to its priority" and "each to its liking" are stable.
  Market m;
  m.ranks = 2;
  m.pupils = {1.0, 1.0};
  m.seats = {1.0, 1.0};
  m.guaranteed = {0, 0, 0, 0};
  m.first_option = {0, 2, 4};
  m.cell = {Market::cell_of(0, 0), Market::cell_of(1, 1), Market::cell_of(0, 1),
            Market::cell_of(1, 0)};
  m.weight = {1.0, 10.0, 10.0, 1.0};
  Progress progress;
  ClearingState state(m, 1e-9);
  REQUIRE(state.settle(1000, progress));
  const auto best = flows(m, state.clearing());
  CHECK(best[1] == Approx(10.0 / 11));
  for (double seats : {0.9, 0.5, 1.5, 0.999}) {
    state.set_seats(0, seats);
    REQUIRE(state.settle(1000, progress));
    state.set_seats(0, 1.0);
    REQUIRE(state.settle(1000, progress));
    CHECK(largest_gap(flows(m, state.clearing()), best) < kPupil);
  }
}

TEST_CASE("an edit taken back restores every cutoff to the bit") {
  Progress progress;
  RandomMarket town(7, {});
  ClearingState state(town.market, 1e-9);
  state.settle(1000, progress);
  const auto before = state.clearing().limit;
  const auto loads = state.loads();
  std::vector<ClearingState::UnitOption> as_was;
  for (uint32_t row = 0; row < town.market.rows(); ++row)
    for (std::size_t i = 0; i < state.options(row).size; ++i)
      if (Market::unit_of(state.options(row).cell[i]) == 2)
        as_was.push_back(
            {row, Market::rank_of(state.options(row).cell[i]), state.options(row).weight[i]});
  state.replace_unit(2, town.move(2, 0.4));
  REQUIRE(state.settle(1000, progress));
  CHECK(largest_gap(state.loads(), loads) > 0.01);
  state.replace_unit(2, as_was);
  REQUIRE(state.settle(1000, progress));
  CHECK(state.clearing().limit == before);
  CHECK(state.loads() == loads);
}

TEST_CASE("work in small steps comes to the same end") {
  Progress progress;
  RandomMarket town(8, {});
  ClearingState whole(town.market, 1e-9);
  ClearingState steps(town.market, 1e-9);
  whole.settle(1000, progress);
  int calls = 0;
  while (!steps.settle(1, progress)) {
    ++calls;
    CHECK_FALSE(steps.settled());
  }
  CHECK(calls > 1);
  CHECK(steps.clearing().limit == whole.clearing().limit);
}
