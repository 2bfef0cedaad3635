#include "assign/clearing_split.h"

#include <catch2/catch.hpp>

#include "assign/market_shares.h"
#include "random_market.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Many small parts: rows look a tenth of the line around them, and seats are scarce here and
/// there.
std::vector<RandomMarket::Kind> kinds() {
  std::vector<RandomMarket::Kind> out;
  for (double load : {0.5, 0.8, 1.0, 1.3})
    for (double reach : {0.02, 0.06, 0.3})
      for (std::size_t ranks : {std::size_t{1}, std::size_t{3}})
        out.push_back({.rows = 150, .units = 30, .ranks = ranks, .load = load, .reach = reach});
  return out;
}

}  // namespace

TEST_CASE("cutoffs found part by part are those found by rejecting in the whole market") {
  Progress progress;
  for (const auto& kind : kinds())
    for (uint64_t number = 0; number < 12; ++number) {
      const RandomMarket town(number, kind);
      const Clearing parts = clear_in_parts(town.market, 1e-9, 20000, progress);
      const Clearing whole = clear_by_rejecting(town.market, 1e-9, 20000, progress);
      INFO("market " << number << ", load " << kind.load << ", reach " << kind.reach);
      REQUIRE(parts.converged);
      REQUIRE(parts.limit.size() == whole.limit.size());
      // Where nobody of a rank applies its limit says nothing: compare who is let in where.
      const MarketShares a = market_shares(town.market, parts);
      const MarketShares b = market_shares(town.market, whole);
      for (std::size_t u = 0; u < a.admitted.size(); ++u)
        REQUIRE(a.admitted[u] == Approx(b.admitted[u]).margin(1e-6));
      for (std::size_t row = 0; row < town.market.rows(); ++row)
        for (std::size_t i = town.market.first_option[row];
             town.market.pupils[row] > 0 && i < town.market.first_option[row + 1]; ++i)
          REQUIRE(a.share[i] == Approx(b.share[i]).margin(1e-5));
    }
}

TEST_CASE("a market in which nobody need be refused has no rounds") {
  const RandomMarket town(3, {.rows = 60, .units = 10, .load = 0.02});
  Progress progress;
  Market market = town.market;
  for (double& seats : market.seats) seats += 1000.0;
  const Clearing found = clear_in_parts(market, 1e-9, 100, progress);
  CHECK(found.rounds == 0);
  CHECK(found.converged);
  for (double limit : found.limit) CHECK(limit == 1.0);
}

TEST_CASE("the shares of all rows at once are those of each row, and add up") {
  Progress progress;
  const RandomMarket town(5, {.rows = 700, .units = 12, .load = 1.2});
  const Clearing found = clear_in_parts(town.market, 1e-9, 20000, progress);
  const MarketShares all = market_shares(town.market, found);
  RowShares one;
  std::vector<double> refused(all.refused.size());
  for (std::size_t row = 0; row < town.market.rows(); ++row) {
    row_shares(town.market, found, row, one);
    const std::size_t first = town.market.first_option[row];
    for (std::size_t i = 0; i < one.share.size(); ++i) {
      REQUIRE(all.share[first + i] == one.share[i]);
      refused[town.market.unit(first + i)] += town.market.pupils[row] * one.refused[i];
    }
  }
  for (std::size_t u = 0; u < refused.size(); ++u)
    CHECK(all.refused[u] == Approx(refused[u]).margin(1e-9));
}
