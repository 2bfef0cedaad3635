#include "assign/clearing_split.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <utility>

#include "assign/clearing_state.h"
#include "assign/market_sites.h"
#include "assign/rules.h"
#include "base/disjoint_sets.h"

namespace doorstep {

namespace {

constexpr std::size_t kWorthSplitting = 128;  // units
/// Runs of rows with sums of their own; their number is fixed, never that of the threads.
constexpr std::size_t kBlocks = 32;
/// Part of its seats from which a unit is taken for one that may refuse: those next to full ones
/// are the next to fill, and each time that some are added costs a search.
constexpr double kNearlyFull = 0.9;
constexpr uint32_t kNone = 0xFFFFFFFFu;

/// Units that are searched together, and the sites that see any of them.
struct Part {
  std::vector<uint32_t> units;
  std::vector<uint32_t> sites;
  bool changed = false;
  Clearing found;
  std::vector<double> load;                         ///< by unit of the part
  std::vector<std::pair<uint32_t, double>> shifts;  ///< of loads at units outside
};

template <class Sites>
class Split {
 public:
  Split(const Sites& sites, const Clearing* start, double tolerance, int max_rounds,
        const Progress& progress)
      : sites_(sites),
        market_(sites.units()),
        tolerance_(tolerance),
        max_rounds_(max_rounds),
        progress_(progress),
        may_refuse_(market_.seats.size(), 0),
        added_(market_.seats.size(), 0),
        per_weight_(sites.rows(), 0.0),
        refusing_(sites.sites(), kNone),
        number_(market_.seats.size(), kNone) {
    const std::size_t cells = market_.seats.size() * market_.ranks;
    if (start && start->limit.size() == cells) start_ = start->limit;
    out_.limit.assign(cells, 1.0);
    out_.load.assign(market_.seats.size(), 0.0);
    out_.converged = true;
  }

  Clearing run() {
    open_to_all();
    double share = kNearlyFull;
    while (add_refusing(share)) {
      stop_if_cancelled(progress_);
      search_parts();
      start_ = out_.limit;
      share = 1.0;
    }
    return std::move(out_);
  }

 private:
  using Scratch = typename Sites::Scratch;

  template <class Work>
  void over_sites(const Work& work) const {
    tbb::parallel_for(std::size_t{0}, kBlocks, [&](std::size_t b) {
      work(b, sites_.sites() * b / kBlocks, sites_.sites() * (b + 1) / kBlocks);
    });
  }

  /// Loads where everyone may go everywhere.
  void open_to_all() {
    std::vector<std::vector<double>> load(kBlocks, std::vector<double>(out_.load.size(), 0.0));
    over_sites([&](std::size_t block, std::size_t from, std::size_t to) {
      Scratch scratch;
      for (std::size_t site = from; site < to; ++site)
        open_site(sites_.at(site, scratch), load[block]);
    });
    for (const auto& of_block : load)
      for (std::size_t u = 0; u < out_.load.size(); ++u) out_.load[u] += of_block[u];
  }

  void open_site(const SiteView& v, std::vector<double>& load) {
    double open = 0.0;
    for (std::size_t i = 0; i < v.size; ++i) open += v.weight[i];
    if (!(open > 0.0)) return;
    double each = 0.0;  // pupils for each unit of weight, all rows
    for (std::size_t row = v.first_row; row < v.last_row; ++row) {
      const double pupils = sites_.pupils(row);
      if (!(pupils > 0.0)) continue;
      double own = open;
      for (const RowMark& mark : sites_.marks_of(row)) own += pulled(sites_, v, mark);
      const double here = per_weight_[row] = pupils / own;
      each += here;
      for (const RowMark& mark : sites_.marks_of(row))
        load[Market::unit_of(v.cell[mark.option])] += here * pulled(sites_, v, mark);
    }
    for (std::size_t i = 0; i < v.size; ++i) load[Market::unit_of(v.cell[i])] += each * v.weight[i];
  }

  /// Units outside that hold more than `share` of their seats come in. Returns whether any does.
  bool add_refusing(double share) {
    bool over = false;
    std::fill(added_.begin(), added_.end(), 0);
    for (std::size_t u = 0; u < added_.size(); ++u) {
      if (may_refuse_[u]) continue;
      const double rounding = std::min(tolerance_, 1e-9) + 1e-13 * market_.seats[u];
      over = over || out_.load[u] > market_.seats[u] + rounding;
      added_[u] = out_.load[u] > market_.seats[u] * share + rounding || refused_before(u);
    }
    if (!over) return false;
    for (std::size_t u = 0; u < added_.size(); ++u) may_refuse_[u] |= added_[u];
    return true;
  }

  /// Whether the unit refuses anyone under the cutoffs that the search starts from: it will again.
  [[nodiscard]] bool refused_before(std::size_t u) const {
    if (start_.empty()) return false;
    const auto first = start_.begin() + static_cast<std::ptrdiff_t>(u * market_.ranks);
    return std::any_of(first, first + static_cast<std::ptrdiff_t>(market_.ranks),
                       [](double limit) { return limit < 1.0; });
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
    DisjointSets sets = joined();
    std::vector<uint32_t> part_of(may_refuse_.size(), kNone);
    parts_.clear();
    for (uint32_t u = 0; u < may_refuse_.size(); ++u) {
      if (!may_refuse_[u]) continue;
      const uint32_t head = sets.head(u);
      if (part_of[head] == kNone) {
        part_of[head] = static_cast<uint32_t>(parts_.size());
        parts_.emplace_back();
      }
      Part& part = parts_[part_of[u] = part_of[head]];
      number_[u] = static_cast<uint32_t>(part.units.size());
      part.units.push_back(u);
      part.changed = part.changed || added_[u];
    }
    gather_sites(part_of);
  }

  DisjointSets joined() {
    std::vector<DisjointSets> of_block(kBlocks, DisjointSets(may_refuse_.size()));
    over_sites([&](std::size_t block, std::size_t from, std::size_t to) {
      for (std::size_t site = from; site < to; ++site) {
        uint32_t first = kNone;
        sites_.for_units(site, [&](uint32_t u) {
          if (!may_refuse_[u]) return;
          if (first == kNone)
            first = u;
          else
            of_block[block].join(first, u);
        });
        refusing_[site] = first;
      }
    });
    DisjointSets all(may_refuse_.size());
    for (DisjointSets& sets : of_block)
      for (uint32_t u = 0; u < may_refuse_.size(); ++u) all.join(u, sets.head(u));
    return all;
  }

  void gather_sites(const std::vector<uint32_t>& part_of) {
    for (std::size_t site = 0; site < refusing_.size(); ++site) {
      if (refusing_[site] == kNone) continue;
      Part& part = parts_[part_of[refusing_[site]]];
      if (part.changed) part.sites.push_back(static_cast<uint32_t>(site));
    }
  }

  /// The part alone: what lies outside is one more unit, open to everyone.
  [[nodiscard]] Market market_of(const Part& part) const {
    Market m;
    m.ranks = market_.ranks;
    for (uint32_t u : part.units) {
      m.seats.push_back(market_.seats[u]);
      const auto ranks = market_.guaranteed.begin() + static_cast<std::ptrdiff_t>(u * m.ranks);
      m.guaranteed.insert(m.guaranteed.end(), ranks, ranks + static_cast<std::ptrdiff_t>(m.ranks));
    }
    const auto outside = static_cast<uint32_t>(part.units.size());
    Scratch scratch;
    Within within;
    double pupils = 0.0;
    for (uint32_t site : part.sites) {
      const SiteView v = sites_.at(site, scratch);
      within.of(*this, v);
      for (std::size_t row = v.first_row; row < v.last_row; ++row) {
        if (!(sites_.pupils(row) > 0.0)) continue;
        pupils += sites_.pupils(row);
        m.pupils.push_back(sites_.pupils(row));
        m.first_option.push_back(m.cell.size());
        within.append_row(*this, v, row, outside, m);
      }
    }
    m.first_option.push_back(m.cell.size());
    m.seats.push_back(2.0 * pupils + 1.0);
    m.guaranteed.insert(m.guaranteed.end(), m.ranks, uint8_t{0});
    return m;
  }

  /// A site's options at units that may refuse, and the weight of all others together.
  struct Within {
    std::vector<double> weight;
    std::vector<uint32_t> cell;
    std::vector<uint32_t> at;  ///< by option of the site: where it stands here, or kNone
    double elsewhere = 0.0;

    void of(const Split& split, const SiteView& v) {
      weight.clear();
      cell.clear();
      at.assign(v.size, kNone);
      elsewhere = 0.0;
      for (std::size_t i = 0; i < v.size; ++i) {
        const uint32_t u = Market::unit_of(v.cell[i]);
        if (!split.may_refuse_[u]) {
          elsewhere += v.weight[i];
          continue;
        }
        at[i] = static_cast<uint32_t>(cell.size());
        weight.push_back(v.weight[i]);
        cell.push_back(Market::cell_of(split.number_[u], Market::rank_of(v.cell[i])));
      }
    }

    void append_row(const Split& split, const SiteView& v, std::size_t row, uint32_t outside,
                    Market& m) const {
      const std::size_t first = m.cell.size();
      m.weight.insert(m.weight.end(), weight.begin(), weight.end());
      m.cell.insert(m.cell.end(), cell.begin(), cell.end());
      double out = elsewhere;
      for (const RowMark& mark : split.sites_.marks_of(row)) {
        if (const uint32_t i = at[mark.option]; i != kNone) {
          m.weight[first + i] *= split.sites_.factor(mark);
          m.cell[first + i] = Market::cell_of(Market::unit_of(cell[i]), mark.rank);
        } else {
          out += pulled(split.sites_, v, mark);
        }
      }
      if (out <= 0.0) return;
      m.weight.push_back(out);
      m.cell.push_back(Market::cell_of(outside, 0));
    }
  };

  void search(Part& part) {
    Market m = market_of(part);
    part.load.assign(part.units.size(), 0.0);
    if (ClearingState::suits(m)) {
      const std::vector<double> start = start_of(part);
      ClearingState state(std::move(m), tolerance_, start);
      state.settle(max_rounds_, progress_);
      part.found = state.clearing();
      std::copy_n(state.loads().begin(), part.load.size(), part.load.begin());
      m = state.release();
      note_shifts(part, m, false);
    } else {
      part.found = clear_by_rejecting(m, tolerance_, max_rounds_, progress_);
      note_shifts(part, m, true);
    }
  }

  /// Limits from which to search, by cell of the part; none: from the loosest.
  [[nodiscard]] std::vector<double> start_of(const Part& part) const {
    std::vector<double> limit;
    if (start_.empty()) return limit;
    for (uint32_t u : part.units)
      for (std::size_t r = 0; r < market_.ranks; ++r)
        limit.push_back(start_[u * market_.ranks + r]);
    limit.insert(limit.end(), market_.ranks, 1.0);
    return limit;
  }

  /// How the loads outside change, since rows get less or more of the part's seats than before;
  /// and the loads inside where they are not known.
  void note_shifts(Part& part, const Market& m, bool inside) {
    Shifts& shifts = shifts_.local();
    shifts.more_at.resize(out_.load.size(), 0.0);
    shifts.seen.resize(out_.load.size(), 0);
    RowShares shares;
    Scratch scratch;
    const auto outside = static_cast<uint32_t>(part.units.size());
    const auto add = [&](uint32_t u, double more) {
      if (may_refuse_[u]) return;
      if (!std::exchange(shifts.seen[u], uint8_t{1})) shifts.touched.push_back(u);
      shifts.more_at[u] += more;
    };
    std::size_t r = 0;
    for (uint32_t site : part.sites) {
      const SiteView v = sites_.at(site, scratch);
      double all = 0.0;  // rows together
      for (std::size_t row = v.first_row; row < v.last_row; ++row) {
        if (!(sites_.pupils(row) > 0.0)) continue;
        const std::size_t first = m.first_option[r], last = m.first_option[++r];
        const bool goes_out = first < last && m.unit(last - 1) == outside;
        if (first == last || !(goes_out || inside)) continue;
        row_shares(m, part.found, r - 1, shares, false);
        for (std::size_t i = first; i < last - goes_out && inside; ++i)
          part.load[m.unit(i)] += m.pupils[r - 1] * shares.share[i - first];
        if (!goes_out) continue;
        const double now = m.pupils[r - 1] * shares.share.back() / m.weight[last - 1];
        const double more = now - std::exchange(per_weight_[row], now);
        all += more;
        for (const RowMark& mark : sites_.marks_of(row))
          add(Market::unit_of(v.cell[mark.option]), more * pulled(sites_, v, mark));
      }
      for (std::size_t i = 0; i < v.size; ++i) add(Market::unit_of(v.cell[i]), all * v.weight[i]);
    }
    std::sort(shifts.touched.begin(), shifts.touched.end());
    for (uint32_t u : shifts.touched) {
      part.shifts.emplace_back(u, std::exchange(shifts.more_at[u], 0.0));
      shifts.seen[u] = 0;
    }
    shifts.touched.clear();
  }

  /// Memory of a thread for note_shifts, empty between parts.
  struct Shifts {
    std::vector<double> more_at;    ///< by unit
    std::vector<uint8_t> seen;      ///< by unit
    std::vector<uint32_t> touched;  ///< units seen
  };

  void take_over(const Part& part) {
    for (std::size_t k = 0; k < part.units.size(); ++k) {
      out_.load[part.units[k]] = part.load[k];
      for (std::size_t r = 0; r < market_.ranks; ++r)
        out_.limit[part.units[k] * market_.ranks + r] = part.found.limit[k * market_.ranks + r];
    }
    for (const auto& [u, pupils] : part.shifts) out_.load[u] += pupils;
    out_.converged = out_.converged && part.found.converged;
    out_.excess = std::max(out_.excess, part.found.excess);
  }

  Sites sites_;
  const Market& market_;  ///< for its units
  double tolerance_;
  int max_rounds_;
  const Progress& progress_;
  std::vector<uint8_t> may_refuse_;  ///< R, by unit
  std::vector<uint8_t> added_;       ///< by unit: came into R last
  std::vector<double> per_weight_;   ///< by row: pupils for each unit of weight outside R
  std::vector<uint32_t> refusing_;   ///< by site: the first unit of R that it sees, or kNone
  std::vector<uint32_t> number_;     ///< by unit of R: its number in its part
  std::vector<double> start_;        ///< limits to search from; empty: the loosest
  std::vector<Part> parts_;
  tbb::enumerable_thread_specific<Shifts> shifts_;
  Clearing out_;
};

}  // namespace

bool worth_splitting(const Market& market) { return market.seats.size() >= kWorthSplitting; }

Clearing clear_in_parts(const Market& market, double tolerance, int max_rounds,
                        const Progress& progress) {
  return Split(RowSites(market), nullptr, tolerance, max_rounds, progress).run();
}

Clearing clear_sites(const SiteMarket& market, const Clearing& start, double tolerance,
                     int max_rounds, const Progress& progress) {
  return Split(HomeSites(market), &start, tolerance, max_rounds, progress).run();
}

}  // namespace doorstep
