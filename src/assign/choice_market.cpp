#include "assign/choice_market.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "assign/choice_sight.h"

namespace doorstep {

namespace {

/// A run of rows of the market.
struct Rows {
  Market market;
  std::vector<std::size_t> row_of;
  std::vector<double> reference;
};

class RowBuilder {
 public:
  RowBuilder(const ChoiceFrame& frame, MarketDetail detail)
      : frame_(frame),
        input_(frame.input),
        detail_(detail),
        apart_(frame.standing.moderate()),
        sight_(frame) {}

  /// Entrants from `first` up to `last`; whole homes.
  Rows build(std::size_t first, std::size_t last) {
    HomeId home;
    for (std::size_t row = first; row < last; ++row) {
      const Entrants& entrants = input_.entrants[row];
      if (entrants.pupils <= 0.0 && !detail_.every_row) continue;
      if (entrants.home != home) sight_.look_around(entrants.home);
      home = entrants.home;
      add_row(row);
    }
    return std::move(out_);
  }

 private:
  /// What the home sees, and the seat that the row holds where that lies outside the choice set.
  [[nodiscard]] const std::vector<Prospect>& prospects_of(const Entrants& row) {
    const std::vector<Prospect>& seen = sight_.prospects();
    if (input_.grade == 0 || !row.present.valid()) return seen;
    const uint32_t held = frame_.seats.unit_of[row.present];
    const auto at =
        std::lower_bound(seen.begin(), seen.end(), held,
                         [](const Prospect& p, uint32_t unit) { return p.unit < unit; });
    if (held == SeatUnits::kNone || (at != seen.end() && at->unit == held)) return seen;
    with_held_.assign(seen.begin(), at);
    with_held_.push_back(
        {held, row.present, frame_.pull.distance(input_.travel->decisec(row.home, row.present))});
    with_held_.insert(with_held_.end(), at, seen.end());
    return with_held_;
  }

  void add_row(std::size_t row) {
    const Entrants& entrants = input_.entrants[row];
    const std::vector<Prospect>& prospects = prospects_of(entrants);
    if (prospects.empty() && !detail_.every_row) return;
    Market& m = out_.market;
    const std::size_t first = m.cell.size();
    out_.row_of.push_back(row);
    m.pupils.push_back(entrants.pupils);
    m.first_option.push_back(first);
    double best = -std::numeric_limits<double>::infinity();
    for (const Prospect& p : prospects) {
      const double v = sight_.utility(entrants, p, apart_);
      best = std::max(best, v);
      m.weight.push_back(v);
      m.cell.push_back(Market::cell_of(p.unit, sight_.rank(entrants, p)));
    }
    out_.reference.push_back(best);
    for (std::size_t i = first; i < m.weight.size(); ++i)
      m.weight[i] = choice_weight(m.weight[i], best);
    if (!apart_) return;
    for (std::size_t i = first; i < m.weight.size(); ++i)
      m.weight[i] *= frame_.standing.of(entrants.household, prospects[i - first].nearest);
  }

  const ChoiceFrame& frame_;
  const AdmissionInput& input_;
  MarketDetail detail_;
  bool apart_;  ///< standing and lasting parts of weights are two factors
  HomeSight sight_;
  std::vector<Prospect> with_held_;  ///< scratch
  Rows out_;
};

template <class T>
void append(std::vector<T>& to, std::vector<T>& more) {
  to.insert(to.end(), more.begin(), more.end());
  more = {};
}

void put_together(std::vector<Rows>& runs, ChoiceMarket& out) {
  std::size_t rows = 0, options = 0;
  for (const Rows& run : runs) {
    rows += run.row_of.size();
    options += run.market.cell.size();
  }
  Market& m = out.market;
  m.pupils.reserve(rows);
  m.first_option.reserve(rows + 1);
  m.weight.reserve(options);
  m.cell.reserve(options);
  out.row_of.reserve(rows);
  out.reference.reserve(rows);
  for (Rows& run : runs) {
    for (std::size_t first : run.market.first_option)
      m.first_option.push_back(first + m.cell.size());
    append(m.pupils, run.market.pupils);
    append(m.weight, run.market.weight);
    append(m.cell, run.market.cell);
    append(out.row_of, run.row_of);
    append(out.reference, run.reference);
  }
  m.first_option.push_back(m.cell.size());
}

}  // namespace

void describe_units(const SeatUnits& seats, const PriorityOrder& order, Market& m) {
  m.ranks = static_cast<std::size_t>(order.ranks());
  for (const SeatUnit& unit : seats.units) {
    m.seats.push_back(unit.seats);
    for (int r = 0; r < order.ranks(); ++r)
      m.guaranteed.push_back(order.guaranteed(r, unit.crowds));
  }
}

ChoiceMarket choice_market(const AdmissionInput& input, MarketDetail detail) {
  const ChoiceFrame frame(input);
  const std::vector<std::size_t> cuts = cuts_between_homes(input.entrants);
  std::vector<Rows> runs(cuts.size() - 1);
  tbb::parallel_for(std::size_t{0}, runs.size(), [&](std::size_t i) {
    runs[i] = RowBuilder(frame, detail).build(cuts[i], cuts[i + 1]);
  });
  ChoiceMarket out{{}, frame.seats, frame.order, {}, {}};
  describe_units(out.seats, out.order, out.market);
  put_together(runs, out);
  return out;
}

}  // namespace doorstep
