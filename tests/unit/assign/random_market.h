#pragma once
// Markets drawn at random for properties that hold for every market: rows and units on a line,
// short choice sets, some tiers, some guaranteed, sizes in whole numbers so that ties happen.

#include <algorithm>
#include <cmath>
#include <vector>

#include "assign/clearing_state.h"
#include "base/random.h"

namespace doorstep::test {

class RandomMarket {
 public:
  struct Kind {
    std::size_t rows = 60;
    std::size_t units = 8;
    std::size_t ranks = 3;
    double load = 1.0;        ///< pupils for each seat
    double reach = 0.3;       ///< how far a row looks, of the line
    double guaranteed = 0.2;  ///< share of units that take rank 0 whole
    bool coarse = false;      ///< whole weights and even lots: ties
  };

  RandomMarket(uint64_t number, const Kind& kind) : kind_(kind), draw_(RandomKey(number)) {
    market.ranks = kind.ranks;
    for (std::size_t u = 0; u < kind.units; ++u) {
      at_.push_back(draw_.uniform());
      const bool sure = draw_.uniform() < kind.guaranteed;
      for (std::size_t r = 0; r < kind.ranks; ++r) market.guaranteed.push_back(sure && r == 0);
    }
    double pupils = 0.0;
    for (std::size_t row = 0; row < kind.rows; ++row) {
      home_.push_back(draw_.uniform());
      market.pupils.push_back(some_pupils());
      pupils += market.pupils.back();
    }
    const double each = pupils / kind.load / static_cast<double>(kind.units);
    for (std::size_t u = 0; u < kind.units; ++u)
      market.seats.push_back(std::floor(2.0 * each * draw_.uniform()));
    for (std::size_t row = 0; row < kind.rows; ++row) {
      market.first_option.push_back(market.cell.size());
      for (uint32_t u = 0; u < kind.units; ++u) {
        const auto option = look(static_cast<uint32_t>(row), u);
        if (option.weight <= 0.0) continue;
        market.cell.push_back(Market::cell_of(u, option.rank));
        market.weight.push_back(option.weight);
      }
    }
    market.first_option.push_back(market.cell.size());
  }

  double some_pupils() { return std::floor(6.0 * draw_.uniform()) * (kind_.coarse ? 1.0 : 0.7); }

  /// What a row thinks of a unit where it stands; weight 0: too far.
  [[nodiscard]] ClearingState::UnitOption look(uint32_t row, uint32_t unit) {
    const double d = std::abs(home_[row] - at_[unit]);
    if (d > kind_.reach) return {row, 0, 0.0};
    const double w = std::exp(-8.0 * d) * (0.2 + draw_.uniform());
    const auto rank =
        static_cast<uint32_t>(static_cast<double>(kind_.ranks) * std::sqrt(draw_.uniform()));
    return {row, rank, kind_.coarse ? 1.0 : w};
  }

  /// Places a unit anew and says what all rows now think of it.
  std::vector<ClearingState::UnitOption> move(uint32_t unit, double at) {
    if (unit >= at_.size()) at_.resize(unit + 1);
    at_[unit] = at;
    std::vector<ClearingState::UnitOption> out;
    for (uint32_t row = 0; row < home_.size(); ++row) {
      const auto option = look(row, unit);
      if (option.weight > 0.0) out.push_back(option);
    }
    return out;
  }
  [[nodiscard]] double at(uint32_t unit) const { return at_[unit]; }
  RandomStream& draw() { return draw_; }

  Market market;

 private:
  Kind kind_;
  RandomStream draw_;
  std::vector<double> at_;
  std::vector<double> home_;
};

/// Pupils of every row at every unit, one after the other.
inline std::vector<double> flows(const Market& m, const Clearing& clearing) {
  std::vector<double> out;
  RowShares shares;
  for (std::size_t row = 0; row < m.rows(); ++row) {
    row_shares(m, clearing, row, shares);
    for (double s : shares.share) out.push_back(s * m.pupils[row]);
  }
  return out;
}

inline double largest_gap(const std::vector<double>& a, const std::vector<double>& b) {
  double gap = a.size() == b.size() ? 0.0 : 1e9;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    gap = std::max(gap, std::abs(a[i] - b[i]));
  return gap;
}

}  // namespace doorstep::test
