#include "assign/clearing.h"

#include <algorithm>

#include "assign/rules.h"

namespace doorstep {

namespace {

/// An option with its limit, kept in falling order of limit from round to round.
struct Slot {
  double weight = 0.0;
  double limit = 1.0;
  uint32_t unit = 0;
  uint32_t cell = 0;  ///< unit × ranks + rank
};

bool before(const Slot& a, const Slot& b) {
  return a.limit != b.limit ? a.limit > b.limit : a.unit < b.unit;
}

/// Nearly sorted from the round before, so insertion is close to linear.
void sort_slots(Slot* begin, Slot* end) {
  for (Slot* i = begin + 1; i < end; ++i) {
    if (!before(*i, *(i - 1))) continue;
    const Slot moving = *i;
    Slot* j = i;
    for (; j > begin && before(moving, *(j - 1)); --j) *j = *(j - 1);
    *j = moving;
  }
}

class Auction {
 public:
  explicit Auction(const Market& market)
      : market_(market),
        limit_(market.seats.size() * market.ranks, 1.0),
        mass_(limit_.size(), 0.0),
        density_(limit_.size(), 0.0) {
    slots_.reserve(market.options.size());
    for (const auto& option : market.options) {
      const auto cell = static_cast<uint32_t>(option.unit * market.ranks + option.rank);
      slots_.push_back({option.weight, 1.0, option.unit, cell});
    }
    std::size_t longest = 0;
    for (std::size_t row = 0; row < market.rows(); ++row)
      longest = std::max(longest, market.first_option[row + 1] - market.first_option[row]);
    open_weight_.resize(longest);
  }

  /// Who would be admitted where under the limits so far.
  void demand() {
    std::fill(mass_.begin(), mass_.end(), 0.0);
    std::fill(density_.begin(), density_.end(), 0.0);
    for (std::size_t row = 0; row < market_.rows(); ++row) {
      Slot* begin = slots_.data() + market_.first_option[row];
      Slot* end = slots_.data() + market_.first_option[row + 1];
      for (Slot* s = begin; s < end; ++s) s->limit = limit_[s->cell];
      sort_slots(begin, end);
      add_row(market_.pupils[row], begin, end);
    }
  }

  /// Refuses what exceeds the seats, worst rank first. Returns the largest excess found.
  double reject(double tolerance) {
    double worst = 0.0;
    for (std::size_t unit = 0; unit < market_.seats.size(); ++unit)
      worst = std::max(worst, reject_at(unit, tolerance));
    return worst;
  }

  [[nodiscard]] std::vector<double>& limit() { return limit_; }

 private:
  /// Lottery numbers u in (next limit, limit] find the slots before open; inside such an interval
  /// the row divides by the logit over them, so a slot's share is
  /// weight × Σ over intervals where it is open of width / open weight.
  void add_row(double pupils, const Slot* begin, const Slot* end) {
    while (end > begin && (end - 1)->limit <= 0.0) --end;
    const auto n = static_cast<std::size_t>(end - begin);
    double open = 0.0;
    for (std::size_t i = 0; i < n; ++i) open_weight_[i] = open += begin[i].weight;
    double per_weight = 0.0;
    double at_limit = 0.0;
    for (std::size_t i = n; i-- > 0;) {
      const bool last = i + 1 == n;
      const double below = last ? 0.0 : begin[i + 1].limit;
      if (last || below != begin[i].limit) {
        at_limit = pupils / open_weight_[i];
        per_weight += (begin[i].limit - below) * at_limit;
      }
      mass_[begin[i].cell] += begin[i].weight * per_weight;
      density_[begin[i].cell] += begin[i].weight * at_limit;
    }
  }

  /// A unit's admitted mass is convex in its own limit (a better number finds more doors open), so
  /// the tangent at the limit never refuses more than the answer does: the loosest outcome is
  /// approached from above and not overshot.
  double reject_at(std::size_t unit, double tolerance) {
    const std::size_t base = unit * market_.ranks;
    double excess = -market_.seats[unit];
    double refusable = 0.0;
    for (std::size_t r = 0; r < market_.ranks; ++r) {
      excess += mass_[base + r];
      if (!market_.guaranteed[base + r]) refusable += mass_[base + r];
    }
    const double curable = std::min(excess, refusable);
    if (curable <= tolerance) return std::max(curable, 0.0);
    for (std::size_t r = market_.ranks; r-- > 0 && excess > 0.0;) {
      const std::size_t cell = base + r;
      if (market_.guaranteed[cell] || limit_[cell] <= 0.0) continue;
      if (mass_[cell] <= excess) {
        excess -= mass_[cell];
        limit_[cell] = 0.0;
      } else {
        limit_[cell] = std::max(0.0, limit_[cell] - excess / density_[cell]);
        excess = 0.0;
      }
    }
    return curable;
  }

  const Market& market_;
  std::vector<Slot> slots_;
  std::vector<double> limit_;
  std::vector<double> mass_;
  std::vector<double> density_;
  std::vector<double> open_weight_;
};

}  // namespace

Clearing clear_market(const Market& market, double tolerance, int max_rounds,
                      const Progress& progress) {
  Clearing out;
  Auction auction(market);
  while (!out.converged && out.rounds < max_rounds) {
    stop_if_cancelled(progress);
    auction.demand();
    out.excess = auction.reject(tolerance);
    out.converged = out.excess <= tolerance;
    ++out.rounds;
  }
  out.limit = std::move(auction.limit());
  return out;
}

void row_shares(const Market& market, const Clearing& clearing, std::size_t row, RowShares& out) {
  const std::size_t first = market.first_option[row];
  const std::size_t n = market.first_option[row + 1] - first;
  std::vector<Slot> slots;
  for (std::size_t i = 0; i < n; ++i) {
    const auto& o = market.options[first + i];
    slots.push_back(
        {o.weight, clearing.limit[o.unit * market.ranks + o.rank], static_cast<uint32_t>(i), 0});
  }
  std::sort(slots.begin(), slots.end(), before);
  out.share.assign(n, 0.0);
  out.refused.assign(n, 0.0);
  double open = 0.0;
  double above = 1.0;
  // From the worst numbers, for whom nothing is open, to the best, for whom everything is.
  for (std::size_t k = 0; k <= n; ++k) {
    const double here = k < n ? slots[k].limit : 0.0;
    const double width = above - here;
    if (width > 0.0) {
      for (std::size_t j = 0; j < k; ++j)
        out.share[slots[j].unit] += width * slots[j].weight / open;
      for (std::size_t j = k; j < n; ++j)
        out.refused[slots[j].unit] += width * slots[j].weight / (open + slots[j].weight);
    }
    if (k < n) open += slots[k].weight;
    above = here;
  }
}

}  // namespace doorstep
