#include "assign/site_placing.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/platform.h"

namespace doorstep {

namespace {

/// Runs of sites with sums of their own; their number is fixed, never that of the threads.
constexpr std::size_t kBlocks = 32;

void add_up(std::vector<double>& to, const std::vector<double>& more) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += more[i];
}

/// What units do under the cutoffs.
struct Doors {
  std::vector<uint8_t> refuses;  ///< by campus: anyone of any rank
  std::vector<double> within;    ///< by unit: the part of those let in who keep their seats

  Doors(const SiteMarket& market, const Clearing& clearing, double tolerance) {
    const Market& units = market.units;
    DOORSTEP_ASSERT(clearing.load.size() == units.seats.size());
    std::vector<uint8_t> of_unit;
    for (std::size_t u = 0; u < units.seats.size(); ++u) {
      const double* first = clearing.limit.data() + u * units.ranks;
      of_unit.push_back(std::any_of(first, first + units.ranks, [](double l) { return l < 1.0; }));
      const double over = clearing.load[u] - units.seats[u];
      within.push_back(over > 0.0 && over <= tolerance ? units.seats[u] / clearing.load[u] : 1.0);
      of_unit.back() |= within.back() < 1.0;
    }
    for (const uint32_t unit : market.seats.unit_of)
      refuses.push_back(unit == SeatUnits::kNone ? 0 : of_unit[unit]);
  }
};

struct Sums {
  std::vector<double> at, at_by_class;
  std::vector<double> refused, applicants;
};

/// Works out a run of sites.
class RunOfSites {
 public:
  RunOfSites(const SiteMarket& market, const Clearing& clearing, const Doors& doors, bool tell,
             Sums& sums, double* slots, double* placed)
      : m_(market),
        clearing_(clearing),
        doors_(doors),
        tell_(tell),
        sums_(sums),
        slots_(slots),
        placed_(placed) {}

  void place(std::size_t from, std::size_t to) {
    for (std::size_t site = from; site < to; ++site) {
      if (!look_at(site)) continue;
      if (all_open_)
        divide_open();
      else
        divide();
      book();
    }
  }

 private:
  /// An option that not everyone of the row's rank is let in to.
  struct Limited {
    double limit = 0.0;
    double weight = 0.0;
    double open = 0.0;  ///< weight open to those who are let in here
    uint32_t cell = 0;  ///< unit × ranks + rank
    uint32_t unit = 0;
    uint32_t option = 0;
  };

  /// Works out the site's weights, and begins its sums. False where it has no options.
  bool look_at(std::size_t site) {
    slot_ = m_.pattern->first[site];
    size_ = m_.pattern->first[site + 1] - slot_;
    first_row_ = m_.first_row[site];
    last_row_ = m_.first_row[site + 1];
    campus_ = m_.pattern->campus.data() + slot_;
    if (weight_.size() < size_) weight_.resize(2 * size_);
    household_ = m_.pattern->classes == 1 ? 0 : site % m_.pattern->classes;
    const double* standing = m_.standing.data() + household_ * m_.cell_of.size();
    const double* lasting = m_.lasting.data() + slot_;
    const uint8_t* refuses = doors_.refuses.data();
    double* weight = weight_.data();
    double open = 0.0;
    unsigned refusing = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      const uint32_t c = campus_[i].index;
      weight[i] = lasting[i] * standing[c];
      refusing += refuses[c];
      open += refuses[c] ? 0.0 : weight[i];
    }
    open_ = open;
    all_open_ = refusing == 0;
    each_ = 0.0;
    if (std::exchange(any_more_, false)) std::fill(more_.begin(), more_.end(), 0.0);
    return size_ > 0;
  }

  [[nodiscard]] bool refuses(std::size_t option) const {
    return doors_.refuses[campus_[option].index] != 0;
  }
  [[nodiscard]] uint32_t unit(std::size_t option) const {
    return Market::unit_of(m_.cell_of[campus_[option].index]);
  }

  void add_more(std::size_t option, double pupils) {
    if (more_.size() < size_) more_.resize(2 * size_, 0.0);
    any_more_ = true;
    more_[option] += pupils;
  }

  /// What a mark adds to the site's weight.
  [[nodiscard]] double pulled(const RowMark& mark) const {
    return weight_[mark.option] * (m_.factor[mark.pulls] - 1.0);
  }

  /// Where nobody is refused each row divides by its weights.
  void divide_open() {
    for (std::size_t row = first_row_; row < last_row_; ++row) {
      const double pupils = m_.pupils[row];
      if (!(pupils > 0.0)) continue;
      double own = open_;
      for (const RowMark& mark : m_.marks_of(row)) own += pulled(mark);
      add_open(row, pupils / own);
      placed_[row] = pupils;
    }
  }

  /// Pupils for each unit of weight, at options that refuse nobody.
  void add_open(std::size_t row, double each) {
    each_ += each;
    for (const RowMark& mark : m_.marks_of(row))
      if (mark.pulls != 0 && !refuses(mark.option)) add_more(mark.option, each * pulled(mark));
  }

  void divide() {
    note_refusing();
    for (std::size_t row = first_row_; row < last_row_; ++row) {
      const double pupils = m_.pupils[row];
      if (!(pupils > 0.0)) continue;
      const double elsewhere = gather(row);
      add_up_open(elsewhere);
      if (tell_) note_refused(pupils, elsewhere);
      const double each = pupils * share_limited(elsewhere);
      double placed = 0.0;
      for (const Limited& l : limited_) {
        const double here = pupils * l.weight * doors_.within[l.unit];
        add_more(l.option, here);
        placed += here;
      }
      add_open(row, each);
      placed_[row] = placed + elsewhere * each;
    }
  }

  /// Collects the site's options at units that refuse someone, in falling order of what they let
  /// in of a row without marks.
  void note_refusing() {
    refusing_.clear();
    const auto ranks = static_cast<uint32_t>(m_.units.ranks);
    for (uint32_t i = 0; i < size_; ++i) {
      if (!refuses(i)) continue;
      Limited l{0.0, weight_[i], 0.0, unit(i) * ranks + m_.rank[slot_ + i], unit(i), i};
      l.limit = clearing_.limit[l.cell];
      refusing_.push_back(l);
      put_in_order(refusing_, refusing_.size() - 1);
    }
  }

  /// Moves one that does not stand right to where falling limits want it.
  static void put_in_order(std::vector<Limited>& limited, std::size_t at) {
    for (; at > 0 && limited[at - 1].limit < limited[at].limit; --at)
      std::swap(limited[at - 1], limited[at]);
    for (; at + 1 < limited.size() && limited[at].limit < limited[at + 1].limit; ++at)
      std::swap(limited[at], limited[at + 1]);
  }

  /// The same for a row. Returns the weight of its other options.
  double gather(std::size_t row) {
    limited_ = refusing_;
    double elsewhere = open_;
    for (const RowMark& mark : m_.marks_of(row)) {
      if (!refuses(mark.option)) {
        elsewhere += pulled(mark);
        continue;
      }
      std::size_t at = 0;
      while (limited_[at].option != mark.option) ++at;
      Limited& l = limited_[at];
      l.weight *= m_.factor[mark.pulls];
      l.cell = l.unit * static_cast<uint32_t>(m_.units.ranks) + mark.rank;
      l.limit = clearing_.limit[l.cell];
      put_in_order(limited_, at);
    }
    return elsewhere;
  }

  void add_up_open(double open) {
    for (Limited& l : limited_) l.open = open += l.weight;
  }

  /// Numbers from the worst to the best find more and more options open (clearing.h, row_shares).
  void note_refused(double pupils, double elsewhere) {
    for (const Limited& l : limited_) sums_.applicants[l.cell] += pupils;
    double open = elsewhere, above = 1.0;
    for (std::size_t k = 0; k <= limited_.size(); ++k) {
      const double here = k < limited_.size() ? limited_[k].limit : 0.0;
      if (const double width = above - here; width > 0.0)
        for (std::size_t j = k; j < limited_.size(); ++j)
          sums_.refused[limited_[j].unit] +=
              pupils * width * limited_[j].weight / (open + limited_[j].weight);
      if (k < limited_.size()) open = limited_[k].open;
      above = here;
    }
  }

  /// Turns the weights of `limited_` into shares. Returns the share of each unit of weight outside.
  double share_limited(double elsewhere) {
    double per_weight = 0.0, below = 0.0;
    for (std::size_t k = limited_.size(); k-- > 0;) {
      Limited& l = limited_[k];
      if (l.limit > below) {
        per_weight += (l.limit - below) / l.open;
        below = l.limit;
      }
      l.weight *= per_weight;
    }
    if (!(elsewhere > 0.0)) return 0.0;
    return below < 1.0 ? per_weight + (1.0 - below) / elsewhere : per_weight;
  }

  void book() {
    double* slots = slots_ + slot_;
    for (std::size_t i = 0; i < size_; ++i)
      slots[i] = all_open_ || !refuses(i) ? each_ * weight_[i] : 0.0;
    if (any_more_)
      for (std::size_t i = 0; i < size_; ++i) slots[i] += more_[i];
    for (std::size_t i = 0; i < size_; ++i) sums_.at[campus_[i].index] += slots[i];
    const std::size_t classes = m_.pattern->classes;
    if (classes == 1) return;
    for (std::size_t i = 0; i < size_; ++i)
      sums_.at_by_class[campus_[i].index * classes + household_] += slots[i];
  }

  const SiteMarket& m_;
  const Clearing& clearing_;
  const Doors& doors_;
  bool tell_;  ///< who is refused and who applied
  Sums& sums_;
  double* slots_;
  double* placed_;
  // The site at hand.
  std::size_t slot_ = 0, size_ = 0;
  std::size_t household_ = 0;
  std::size_t first_row_ = 0, last_row_ = 0;
  const CampusId* campus_ = nullptr;  ///< by option
  std::vector<double> weight_;        ///< by option, of a row without marks
  bool all_open_ = true;
  double open_ = 0.0;              ///< weight of the options that refuse nobody
  double each_ = 0.0;              ///< pupils for each unit of it, all rows
  std::vector<double> more_;       ///< by option: pupils besides
  bool any_more_ = false;          ///< whether any of them is not 0
  std::vector<Limited> refusing_;  ///< of a row without marks
  std::vector<Limited> limited_;   ///< of the row at hand
};

}  // namespace

void place_at_sites(const SiteMarket& market, const Clearing& clearing, double tolerance, bool tell,
                    SlotGrid& grid, SitePlacing& out) {
  const std::size_t classes = market.pattern->classes, campuses = market.seats.unit_of.size();
  const std::size_t units = market.units.seats.size();
  const Doors doors(market, clearing, tolerance);
  out.placed.assign(market.rows(), 0.0);
  grid.pattern = market.pattern;
  const std::size_t slots = market.pattern->campus.size();
  if (grid.pupils.capacity() < slots) {
    grid.pupils = {};
    grid.pupils.reserve(slots);
    advise_huge_pages(grid.pupils.data(), slots * sizeof(double));
  }
  grid.pupils.resize(slots);
  Sums all{std::vector<double>(campuses), std::vector<double>(classes > 1 ? campuses * classes : 0),
           std::vector<double>(units), std::vector<double>(units * market.units.ranks)};
  std::vector<Sums> sums(kBlocks, all);
  tbb::parallel_for(std::size_t{0}, kBlocks, [&](std::size_t b) {
    RunOfSites(market, clearing, doors, tell, sums[b], grid.pupils.data(), out.placed.data())
        .place(market.sites() * b / kBlocks, market.sites() * (b + 1) / kBlocks);
  });
  for (const Sums& s : sums) {
    add_up(all.at, s.at);
    add_up(all.at_by_class, s.at_by_class);
    add_up(all.refused, s.refused);
    add_up(all.applicants, s.applicants);
  }
  grid.at_by_class = classes > 1 ? std::move(all.at_by_class) : all.at;
  grid.at.raw() = std::move(all.at);
  out.refused = std::move(all.refused);
  out.applicants = std::move(all.applicants);
}

}  // namespace doorstep
