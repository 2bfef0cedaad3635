#include "assign/clearing_split.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "assign/clearing_state.h"
#include "assign/rules.h"

namespace doorstep {

namespace {

constexpr std::size_t kWorthSplitting = 128;  // units
/// Runs of rows with sums of their own; their number is fixed, never that of the threads.
constexpr std::size_t kBlocks = 32;
/// Part of its seats from which a unit is taken for one that may refuse: those next to full ones
/// are the next to fill, and each time that some are added costs a search.
constexpr double kNearlyFull = 0.9;
constexpr uint32_t kNone = 0xFFFFFFFFu;

/// Which units belong together.
class Sets {
 public:
  explicit Sets(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0u); }
  uint32_t find(uint32_t u) {
    while (parent_[u] != u) u = parent_[u] = parent_[parent_[u]];
    return u;
  }
  /// The lower one stays the head, so that the order of joining does not matter.
  void join(uint32_t a, uint32_t b) {
    a = find(a);
    b = find(b);
    if (a != b) parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<uint32_t> parent_;
};

/// Units that are searched together, and the rows that list any of them.
struct Part {
  std::vector<uint32_t> units;
  std::vector<uint32_t> rows;
  bool changed = false;
  Clearing found;
  std::vector<std::pair<uint32_t, double>> shifts;  ///< of loads at units outside
};

class Split {
 public:
  Split(const Market& market, double tolerance, int max_rounds, const Progress& progress)
      : market_(market),
        tolerance_(tolerance),
        max_rounds_(max_rounds),
        progress_(progress),
        may_refuse_(market.seats.size(), 0),
        added_(market.seats.size(), 0),
        load_(market.seats.size(), 0.0),
        per_weight_(market.rows(), 0.0),
        number_(market.seats.size(), kNone) {
    out_.limit.assign(market.seats.size() * market.ranks, 1.0);
    out_.converged = true;
  }

  Clearing run() {
    open_to_all();
    double share = kNearlyFull;
    while (add_refusing(share)) {
      stop_if_cancelled(progress_);
      search_parts();
      share = 1.0;
    }
    return std::move(out_);
  }

 private:
  template <class Work>
  void over_rows(const Work& work) const {
    tbb::parallel_for(std::size_t{0}, kBlocks, [&](std::size_t b) {
      work(b, market_.rows() * b / kBlocks, market_.rows() * (b + 1) / kBlocks);
    });
  }

  /// Loads where everyone may go everywhere.
  void open_to_all() {
    std::vector<std::vector<double>> load(kBlocks, std::vector<double>(load_.size(), 0.0));
    over_rows([&](std::size_t block, std::size_t from, std::size_t to) {
      for (std::size_t row = from; row < to; ++row) {
        const std::size_t first = market_.first_option[row], last = market_.first_option[row + 1];
        double open = 0.0;
        for (std::size_t i = first; i < last; ++i) open += market_.weight[i];
        const double each = per_weight_[row] = first < last ? market_.pupils[row] / open : 0.0;
        for (std::size_t i = first; i < last; ++i)
          load[block][market_.unit(i)] += each * market_.weight[i];
      }
    });
    for (const auto& of_block : load)
      for (std::size_t u = 0; u < load_.size(); ++u) load_[u] += of_block[u];
  }

  /// Units outside that hold more than `share` of their seats come in. Returns whether any does.
  bool add_refusing(double share) {
    bool over = false;
    std::fill(added_.begin(), added_.end(), 0);
    for (std::size_t u = 0; u < load_.size(); ++u) {
      if (may_refuse_[u]) continue;
      const double rounding = std::min(tolerance_, 1e-9) + 1e-13 * market_.seats[u];
      over = over || load_[u] > market_.seats[u] + rounding;
      added_[u] = load_[u] > market_.seats[u] * share + rounding;
    }
    if (!over) return false;
    for (std::size_t u = 0; u < load_.size(); ++u) may_refuse_[u] |= added_[u];
    return true;
  }

  void search_parts() {
    make_parts();
    tbb::parallel_for(std::size_t{0}, parts_.size(), [&](std::size_t i) {
      if (parts_[i].changed) search(parts_[i]);
    });
    int rounds = 0;
    for (Part& part : parts_) {
      if (!part.changed) continue;
      take_over(part);
      rounds = std::max(rounds, part.found.rounds);
      part.found = {};
    }
    out_.rounds += rounds;
  }

  /// Parts by their lowest unit. Those without a unit that came in stay as they are.
  void make_parts() {
    Sets sets = joined();
    std::vector<uint32_t> part_of(load_.size(), kNone);
    parts_.clear();
    for (uint32_t u = 0; u < load_.size(); ++u) {
      if (!may_refuse_[u]) continue;
      const uint32_t head = sets.find(u);
      if (part_of[head] == kNone) {
        part_of[head] = static_cast<uint32_t>(parts_.size());
        parts_.emplace_back();
      }
      Part& part = parts_[part_of[u] = part_of[head]];
      number_[u] = static_cast<uint32_t>(part.units.size());
      part.units.push_back(u);
      part.changed = part.changed || added_[u];
    }
    gather_rows(part_of);
  }

  Sets joined() {
    std::vector<Sets> of_block(kBlocks, Sets(load_.size()));
    over_rows([&](std::size_t block, std::size_t from, std::size_t to) {
      for (std::size_t row = from; row < to; ++row) {
        uint32_t first = kNone;
        for (std::size_t i = market_.first_option[row]; i < market_.first_option[row + 1]; ++i) {
          const uint32_t u = market_.unit(i);
          if (!may_refuse_[u]) continue;
          if (first == kNone)
            first = u;
          else
            of_block[block].join(first, u);
        }
      }
    });
    Sets all(load_.size());
    for (Sets& sets : of_block)
      for (uint32_t u = 0; u < load_.size(); ++u) all.join(u, sets.find(u));
    return all;
  }

  void gather_rows(const std::vector<uint32_t>& part_of) {
    std::vector<std::vector<std::pair<uint32_t, uint32_t>>> found(kBlocks);  // part, row
    over_rows([&](std::size_t block, std::size_t from, std::size_t to) {
      for (std::size_t row = from; row < to; ++row)
        for (std::size_t i = market_.first_option[row]; i < market_.first_option[row + 1]; ++i) {
          const uint32_t part = part_of[market_.unit(i)];
          if (part == kNone) continue;
          if (parts_[part].changed && market_.pupils[row] > 0.0)
            found[block].emplace_back(part, static_cast<uint32_t>(row));
          break;
        }
    });
    for (const auto& of_block : found)
      for (const auto& [part, row] : of_block) parts_[part].rows.push_back(row);
  }

  /// The part alone: what lies outside is one more unit, open to everyone.
  [[nodiscard]] Market market_of(const Part& part) const {
    Market m;
    m.ranks = market_.ranks;
    double pupils = 0.0;
    for (uint32_t u : part.units) {
      m.seats.push_back(market_.seats[u]);
      const auto ranks = market_.guaranteed.begin() + static_cast<std::ptrdiff_t>(u * m.ranks);
      m.guaranteed.insert(m.guaranteed.end(), ranks, ranks + static_cast<std::ptrdiff_t>(m.ranks));
    }
    const auto outside = static_cast<uint32_t>(part.units.size());
    m.first_option.reserve(part.rows.size() + 1);
    m.pupils.reserve(part.rows.size());
    std::size_t most = 0;
    for (uint32_t row : part.rows)
      most += market_.first_option[row + 1] - market_.first_option[row] + 1;
    m.weight.reserve(most);
    m.cell.reserve(most);
    for (uint32_t row : part.rows) {
      m.pupils.push_back(market_.pupils[row]);
      m.first_option.push_back(m.cell.size());
      pupils += market_.pupils[row];
      double elsewhere = 0.0;
      for (std::size_t i = market_.first_option[row]; i < market_.first_option[row + 1]; ++i) {
        const uint32_t u = market_.unit(i);
        if (!may_refuse_[u]) {
          elsewhere += market_.weight[i];
          continue;
        }
        m.weight.push_back(market_.weight[i]);
        m.cell.push_back(Market::cell_of(number_[u], market_.rank(i)));
      }
      if (elsewhere <= 0.0) continue;
      m.weight.push_back(elsewhere);
      m.cell.push_back(Market::cell_of(outside, 0));
    }
    m.first_option.push_back(m.cell.size());
    m.seats.push_back(2.0 * pupils + 1.0);
    m.guaranteed.insert(m.guaranteed.end(), m.ranks, uint8_t{0});
    return m;
  }

  void search(Part& part) {
    Market m = market_of(part);
    if (ClearingState::suits(m)) {
      ClearingState state(std::move(m), tolerance_);
      state.settle(max_rounds_, progress_);
      part.found = state.clearing();
      m = state.release();
    } else {
      part.found = clear_by_rejecting(m, tolerance_, max_rounds_, progress_);
    }
    note_shifts(part, m);
  }

  /// How the loads outside change, since rows get less or more of the part's seats than before.
  void note_shifts(Part& part, const Market& m) {
    std::vector<double> more_at(load_.size(), 0.0);
    std::vector<uint8_t> seen(load_.size(), 0);
    std::vector<uint32_t> touched;
    RowShares shares;
    const auto outside = static_cast<uint32_t>(part.units.size());
    for (std::size_t r = 0; r < part.rows.size(); ++r) {
      const std::size_t last = m.first_option[r + 1];
      if (m.first_option[r] == last || m.unit(last - 1) != outside) continue;
      row_shares(m, part.found, r, shares, false);
      const uint32_t row = part.rows[r];
      const double now = m.pupils[r] * shares.share.back() / m.weight[last - 1];
      const double more = now - std::exchange(per_weight_[row], now);
      for (std::size_t i = market_.first_option[row]; i < market_.first_option[row + 1]; ++i) {
        const uint32_t u = market_.unit(i);
        if (may_refuse_[u]) continue;
        if (!std::exchange(seen[u], uint8_t{1})) touched.push_back(u);
        more_at[u] += more * market_.weight[i];
      }
    }
    std::sort(touched.begin(), touched.end());
    for (uint32_t u : touched) part.shifts.emplace_back(u, more_at[u]);
  }

  void take_over(const Part& part) {
    for (std::size_t k = 0; k < part.units.size(); ++k)
      for (std::size_t r = 0; r < market_.ranks; ++r)
        out_.limit[part.units[k] * market_.ranks + r] = part.found.limit[k * market_.ranks + r];
    for (const auto& [u, pupils] : part.shifts) load_[u] += pupils;
    out_.converged = out_.converged && part.found.converged;
    out_.excess = std::max(out_.excess, part.found.excess);
  }

  const Market& market_;
  double tolerance_;
  int max_rounds_;
  const Progress& progress_;
  std::vector<uint8_t> may_refuse_;  ///< R, by unit
  std::vector<uint8_t> added_;       ///< by unit: came into R last
  std::vector<double> load_;         ///< by unit outside R
  std::vector<double> per_weight_;   ///< by row: pupils for each unit of weight outside R
  std::vector<uint32_t> number_;     ///< by unit of R: its number in its part
  std::vector<Part> parts_;
  Clearing out_;
};

}  // namespace

bool worth_splitting(const Market& market) { return market.seats.size() >= kWorthSplitting; }

Clearing clear_in_parts(const Market& market, double tolerance, int max_rounds,
                        const Progress& progress) {
  return Split(market, tolerance, max_rounds, progress).run();
}

}  // namespace doorstep
