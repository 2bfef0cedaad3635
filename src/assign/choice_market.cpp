#include "assign/choice_market.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "assign/choice_pull.h"

namespace doorstep {

namespace {

/// A unit of seats as one home sees it: through the nearest of its campuses it may apply to.
struct Prospect {
  uint32_t unit = 0;
  CampusId nearest;
  double distance = 0.0;
};

/// What holds for all rows.
struct Frame {
  Frame(const AdmissionInput& given, MarketDetail wanted)
      : input(given),
        detail(wanted),
        pull(given),
        standing(given, pull),
        seats(seat_units(given)),
        order(given),
        other_rank(order.rank(Tier::Other, ClassId())),
        limit_ds(limit_decisec(given.policy.max_minutes)),
        log_quality(given.offers.size(), 0.0) {
    for (CampusId c : given.offers.ids())
      if (given.offers[c].open) log_quality[c] = std::log(given.offers[c].quality);
    if (given.entrants.size() > kTabledRows && limit_ds < kTabledWays)
      for (uint32_t ds = 0; ds <= limit_ds; ++ds) tabled.push_back(pull.distance(ds));
  }
  [[nodiscard]] double distance(uint32_t decisec) const {
    return decisec < tabled.size() ? tabled[decisec] : pull.distance(decisec);
  }

  /// The disutility of every way up to the limit, where rows are many: logarithms cost.
  static constexpr std::size_t kTabledRows = 20000;
  static constexpr uint32_t kTabledWays = 1U << 17;

  const AdmissionInput& input;
  MarketDetail detail;
  ChoicePull pull;
  StandingWeights standing;
  SeatUnits seats;
  PriorityOrder order;
  int other_rank;
  uint32_t limit_ds;
  IdVector<CampusId, double> log_quality;
  std::vector<double> tabled;
};

/// A run of rows of the market.
struct Rows {
  Market market;
  std::vector<std::size_t> row_of;
  std::vector<double> reference;
  std::vector<double> lasting;
};

class RowBuilder {
 public:
  explicit RowBuilder(const Frame& frame)
      : input_(frame.input),
        every_row_(frame.detail.every_row),
        apart_(frame.standing.moderate()),
        pull_(frame.pull),
        frame_(frame) {}

  /// Entrants from `first` up to `last`; whole homes.
  Rows build(std::size_t first, std::size_t last) {
    HomeId home;
    for (std::size_t row = first; row < last; ++row) {
      const Entrants& entrants = input_.entrants[row];
      if (entrants.pupils <= 0.0 && !every_row_) continue;
      if (entrants.home != home) look_around(entrants.home);
      home = entrants.home;
      add_row(row);
    }
    return std::move(out_);
  }

 private:
  /// A campus that the home may apply to, and the way there.
  struct Sight {
    uint32_t unit;
    uint32_t decisec;
    CampusId campus;
    auto operator<=>(const Sight&) const = default;
  };

  void look_around(HomeId home) {
    seen_.clear();
    const auto see = [&](CampusId c, uint32_t decisec) {
      const uint32_t unit = frame_.seats.unit_of[c];
      if (unit != SeatUnits::kNone && may_apply(input_, home, c, decisec))
        seen_.push_back({unit, decisec, c});
    };
    input_.travel->for_ways_within(home, frame_.limit_ds, see);
    serving_campuses(input_, home, own_campuses_);
    for (CampusId c : own_campuses_)
      if (const uint32_t ds = input_.travel->decisec(home, c); ds > frame_.limit_ds) see(c, ds);
    if (!std::is_sorted(seen_.begin(), seen_.end())) std::sort(seen_.begin(), seen_.end());
    prospects_.clear();
    for (const Sight& s : seen_)
      if (prospects_.empty() || prospects_.back().unit != s.unit)
        prospects_.push_back({s.unit, s.campus, frame_.distance(s.decisec)});
    own_groups_.clear();
    for (CampusId c : own_campuses_)
      if (input_.offers[c].group.valid()) own_groups_.push_back(input_.offers[c].group);
  }

  /// A campus of the own catchment is in its own group, whether it has others or not.
  [[nodiscard]] bool in_group(const Entrants& row, CampusId campus, GroupId group) const {
    if (std::find(own_campuses_.begin(), own_campuses_.end(), campus) != own_campuses_.end())
      return true;
    if (!group.valid()) return false;
    return row.group == group ||
           std::find(own_groups_.begin(), own_groups_.end(), group) != own_groups_.end();
  }

  /// V, without the standing where that is a factor of its own.
  [[nodiscard]] double utility(const Entrants& row, const Prospect& p) const {
    const Offer& offer = input_.offers[p.nearest];
    double v = pull_.lasting_value(row, offer, p.distance);
    if (!apart_) v += pull_.standing_value(row.household, offer, frame_.log_quality[p.nearest]);
    if (in_group(row, p.nearest, offer.group)) v += pull_.group_bonus();
    if (row.present.valid() && frame_.seats.unit_of[row.present] == p.unit) v += pull_.stay();
    return v;
  }

  /// The best priority the row holds at any campus of the unit that it may apply to.
  [[nodiscard]] uint16_t rank(const Entrants& row, const Prospect& p) const {
    const SeatUnit& unit = frame_.seats.units[p.unit];
    int best = frame_.other_rank;
    if (unit.campuses.size() == 1) {
      if (special(row, p.nearest)) best = frame_.order.rank(input_, row, p.nearest);
    } else {
      for (CampusId c : unit.campuses)
        if (may_apply(input_, row.home, c))
          best = std::min(best, frame_.order.rank(input_, row, c));
    }
    return static_cast<uint16_t>(best);
  }

  /// Whether the row may hold another rank than that of all others: most pairs do not.
  [[nodiscard]] bool special(const Entrants& row, CampusId c) const {
    return row.feeder_to == c || row.group.valid() || row.last || row.present == c ||
           std::find(own_campuses_.begin(), own_campuses_.end(), c) != own_campuses_.end();
  }

  /// What the home sees, and the seat that the row holds where that lies outside the choice set.
  [[nodiscard]] const std::vector<Prospect>& prospects_of(const Entrants& row) {
    if (input_.grade == 0 || !row.present.valid()) return prospects_;
    const uint32_t held = frame_.seats.unit_of[row.present];
    const auto at =
        std::lower_bound(prospects_.begin(), prospects_.end(), held,
                         [](const Prospect& p, uint32_t unit) { return p.unit < unit; });
    if (held == SeatUnits::kNone || (at != prospects_.end() && at->unit == held)) return prospects_;
    with_held_.assign(prospects_.begin(), at);
    with_held_.push_back(
        {held, row.present, pull_.distance(input_.travel->decisec(row.home, row.present))});
    with_held_.insert(with_held_.end(), at, prospects_.end());
    return with_held_;
  }

  void add_row(std::size_t row) {
    const Entrants& entrants = input_.entrants[row];
    const std::vector<Prospect>& prospects = prospects_of(entrants);
    if (prospects.empty() && !every_row_) return;
    Market& m = out_.market;
    const std::size_t first = m.cell.size();
    out_.row_of.push_back(row);
    m.pupils.push_back(entrants.pupils);
    m.first_option.push_back(first);
    double best = -std::numeric_limits<double>::infinity();
    for (const Prospect& p : prospects) {
      const double v = utility(entrants, p);
      best = std::max(best, v);
      m.weight.push_back(v);
      m.cell.push_back(Market::cell_of(p.unit, rank(entrants, p)));
    }
    out_.reference.push_back(best);
    for (std::size_t i = first; i < m.weight.size(); ++i)
      m.weight[i] = choice_weight(m.weight[i], best);
    if (!apart_) return;
    if (frame_.detail.lasting)
      out_.lasting.insert(out_.lasting.end(), m.weight.begin() + static_cast<std::ptrdiff_t>(first),
                          m.weight.end());
    for (std::size_t i = first; i < m.weight.size(); ++i)
      m.weight[i] *= frame_.standing.of(entrants.household, prospects[i - first].nearest);
  }

  const AdmissionInput& input_;
  bool every_row_;
  bool apart_;  ///< standing and lasting parts of weights are two factors
  const ChoicePull& pull_;
  const Frame& frame_;
  std::vector<Sight> seen_;
  std::vector<Prospect> prospects_;
  std::vector<Prospect> with_held_;     ///< scratch
  std::vector<CampusId> own_campuses_;  ///< of the present home's catchment
  std::vector<GroupId> own_groups_;
  Rows out_;
};

void describe_units(const SeatUnits& seats, const PriorityOrder& order, Market& m) {
  m.ranks = static_cast<std::size_t>(order.ranks());
  for (const SeatUnit& unit : seats.units) {
    m.seats.push_back(unit.seats);
    for (int r = 0; r < order.ranks(); ++r)
      m.guaranteed.push_back(order.guaranteed(r, unit.crowds));
  }
}

/// Where runs of rows begin and end: many enough to share, between homes.
std::vector<std::size_t> cuts_between_homes(const std::vector<Entrants>& rows) {
  constexpr std::size_t kRowsOfRun = 8192;
  std::vector<std::size_t> cuts{0};
  for (std::size_t at = kRowsOfRun; at < rows.size(); at += kRowsOfRun) {
    std::size_t cut = std::max(at, cuts.back());
    while (cut < rows.size() && rows[cut].home == rows[cut - 1].home) ++cut;
    if (cut > cuts.back()) cuts.push_back(cut);
  }
  if (cuts.back() < rows.size() || cuts.size() == 1) cuts.push_back(rows.size());
  return cuts;
}

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
  std::size_t lasting = 0;
  for (const Rows& run : runs) lasting += run.lasting.size();
  out.lasting.reserve(lasting);
  for (Rows& run : runs) {
    for (std::size_t first : run.market.first_option)
      m.first_option.push_back(first + m.cell.size());
    append(m.pupils, run.market.pupils);
    append(m.weight, run.market.weight);
    append(m.cell, run.market.cell);
    append(out.row_of, run.row_of);
    append(out.reference, run.reference);
    append(out.lasting, run.lasting);
  }
  m.first_option.push_back(m.cell.size());
}

}  // namespace

ChoiceMarket choice_market(const AdmissionInput& input, MarketDetail detail) {
  Frame frame(input, detail);
  const std::vector<std::size_t> cuts = cuts_between_homes(input.entrants);
  std::vector<Rows> runs(cuts.size() - 1);
  tbb::parallel_for(std::size_t{0}, runs.size(), [&](std::size_t i) {
    runs[i] = RowBuilder(frame).build(cuts[i], cuts[i + 1]);
  });
  ChoiceMarket out{{}, std::move(frame.seats), std::move(frame.order), {}, {}, {}};
  describe_units(out.seats, out.order, out.market);
  put_together(runs, out);
  return out;
}

}  // namespace doorstep
