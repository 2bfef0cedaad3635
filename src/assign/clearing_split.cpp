#include "assign/clearing_split.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <utility>

#include "assign/clearing_state.h"
#include "assign/market_shares.h"
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
/// The same once some have gone over their seats against expectation.
constexpr double kNextToFull = 0.98;
constexpr uint32_t kNone = 0xFFFFFFFFu;

/// Units that are searched together, and the sites that see any of them.
struct Part {
  std::vector<uint32_t> units;
  std::vector<uint32_t> sites;
  std::size_t most_rows = 0, most_options = 0;  ///< that a market of the part may have
  bool changed = false;
  Clearing found;
  std::vector<double> load;  ///< by unit of the part
};

template <class Sites>
class Split {
 public:
  Split(const Sites& sites, const LoadsUnder& loads_under, double tolerance, int max_rounds,
        const Progress& progress)
      : sites_(sites),
        market_(sites.units()),
        loads_under_(loads_under),
        tolerance_(tolerance),
        max_rounds_(max_rounds),
        progress_(progress),
        may_refuse_(market_.seats.size(), 0),
        added_(market_.seats.size(), 0),
        searched_(market_.seats.size(), 0.0),
        refusing_(sites.sites(), kNone),
        options_(sites.sites(), 0),
        number_(market_.seats.size(), kNone) {
    out_.limit.assign(market_.seats.size() * market_.ranks, 1.0);
    out_.converged = true;
  }

  /// `start`: what is taken for the outcome until it is known, or null.
  Clearing run(const Clearing* start) {
    const bool warm = start && start->limit.size() == out_.limit.size() &&
                      start->load.size() == market_.seats.size();
    if (warm) {
      start_ = start->limit;
      add_refusing(start->load, kNearlyFull);
      search_parts();
    }
    find_loads();
    for (double share = warm ? kNextToFull : kNearlyFull; any_over();
         find_loads(), share = kNextToFull) {
      add_refusing(out_.load, share);
      search_parts();
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

  /// Loads of all units under the cutoffs so far.
  void find_loads() {
    out_.load = searched_;
    out_.load = loads_under_(out_);
  }

  /// Whether a unit that is taken as open to everyone holds more than its seats.
  [[nodiscard]] bool any_over() const {
    for (std::size_t u = 0; u < added_.size(); ++u)
      if (!may_refuse_[u] && out_.load[u] > market_.seats[u]) return true;
    return false;
  }

  /// Units outside that hold more than `share` of their seats come in.
  void add_refusing(const std::vector<double>& load, double share) {
    for (std::size_t u = 0; u < added_.size(); ++u) {
      added_[u] = !may_refuse_[u] && (load[u] > market_.seats[u] * share || refused_before(u));
      may_refuse_[u] |= added_[u];
    }
  }

  /// Whether the unit refuses anyone under the cutoffs that the search starts from: it will again.
  [[nodiscard]] bool refused_before(std::size_t u) const {
    if (start_.empty()) return false;
    const auto first = start_.begin() + static_cast<std::ptrdiff_t>(u * market_.ranks);
    return std::any_of(first, first + static_cast<std::ptrdiff_t>(market_.ranks),
                       [](double limit) { return limit < 1.0; });
  }

  void search_parts() {
    stop_if_cancelled(progress_);
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
    start_ = out_.limit;
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
        options_[site] = 0;
        sites_.for_units(site, [&](uint32_t u) {
          if (!may_refuse_[u]) return;
          ++options_[site];
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
      if (!part.changed) continue;
      part.sites.push_back(static_cast<uint32_t>(site));
      part.most_rows += sites_.rows_of(site);
      part.most_options += sites_.rows_of(site) * (options_[site] + std::size_t{1});
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
    const auto outside = m.outside = static_cast<uint32_t>(part.units.size());
    m.pupils.reserve(part.most_rows);
    m.first_option.reserve(part.most_rows + 1);
    m.weight.reserve(part.most_options);
    m.cell.reserve(part.most_options);
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
        const uint32_t number = split.number_[Market::unit_of(v.cell[i])];
        if (number == kNone) {
          elsewhere += v.weight[i];
          continue;
        }
        at[i] = static_cast<uint32_t>(cell.size());
        weight.push_back(v.weight[i]);
        cell.push_back(Market::cell_of(number, Market::rank_of(v.cell[i])));
      }
    }

    void append_row(const Split& split, const SiteView& v, std::size_t row, uint32_t outside,
                    Market& m) const {
      const std::size_t first = m.cell.size();
      for (const double w : weight) m.weight.push_back(w);
      for (const uint32_t c : cell) m.cell.push_back(c);
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
    if (ClearingState::suits(m)) {
      const std::vector<double> start = start_of(part);
      ClearingState state(std::move(m), tolerance_, start);
      state.settle(max_rounds_, progress_);
      part.found = state.clearing();
      part.load = state.loads();
    } else {
      part.found = clear_by_rejecting(m, tolerance_, max_rounds_, progress_);
      part.load = market_shares(m, part.found).admitted;
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

  void take_over(const Part& part) {
    for (std::size_t k = 0; k < part.units.size(); ++k) {
      searched_[part.units[k]] = part.load[k];
      for (std::size_t r = 0; r < market_.ranks; ++r)
        out_.limit[part.units[k] * market_.ranks + r] = part.found.limit[k * market_.ranks + r];
    }
    out_.converged = out_.converged && part.found.converged;
    out_.excess = std::max(out_.excess, part.found.excess);
  }

  Sites sites_;
  const Market& market_;  ///< for its units
  const LoadsUnder& loads_under_;
  double tolerance_;
  int max_rounds_;
  const Progress& progress_;
  std::vector<uint8_t> may_refuse_;  ///< R, by unit
  std::vector<uint8_t> added_;       ///< by unit: came into R last
  std::vector<double> searched_;     ///< by unit: its load as its part's search has it
  std::vector<uint32_t> refusing_;   ///< by site: the first unit of R that it sees, or kNone
  std::vector<uint16_t> options_;    ///< by site: units of R that it sees
  std::vector<uint32_t> number_;     ///< by unit: its number in its part; kNone outside R
  std::vector<double> start_;        ///< limits to search from; empty: the loosest
  std::vector<Part> parts_;
  Clearing out_;
};

}  // namespace

bool worth_splitting(const Market& market) { return market.seats.size() >= kWorthSplitting; }

Clearing clear_in_parts(const Market& market, double tolerance, int max_rounds,
                        const Progress& progress) {
  const LoadsUnder loads_under = [&](const Clearing& c) {
    return market_shares(market, c).admitted;
  };
  return Split(RowSites(market), loads_under, tolerance, max_rounds, progress).run(nullptr);
}

Clearing clear_sites(const SiteMarket& market, const Clearing& start, const LoadsUnder& loads_under,
                     double tolerance, int max_rounds, const Progress& progress) {
  return Split(HomeSites(market), loads_under, tolerance, max_rounds, progress).run(&start);
}

}  // namespace doorstep
