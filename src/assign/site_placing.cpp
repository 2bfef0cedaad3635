#include "assign/site_placing.h"

#include <tbb/parallel_for.h>

#include <algorithm>

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
  std::vector<uint8_t> refuses;  ///< by unit: anyone of any rank
  std::vector<double> within;    ///< by unit: the part of those let in who keep their seats

  Doors(const Market& units, const Clearing& clearing, double tolerance) {
    DOORSTEP_ASSERT(clearing.load.size() == units.seats.size());
    for (std::size_t u = 0; u < units.seats.size(); ++u) {
      const double* first = clearing.limit.data() + u * units.ranks;
      refuses.push_back(std::any_of(first, first + units.ranks, [](double l) { return l < 1.0; }));
      const double over = clearing.load[u] - units.seats[u];
      within.push_back(over > 0.0 && over <= tolerance ? units.seats[u] / clearing.load[u] : 1.0);
      refuses.back() |= within.back() < 1.0;
    }
  }
};

struct Sums {
  std::vector<double> at, at_by_class;
  std::vector<double> refused, applicants;
};

/// Works out a run of sites.
class RunOfSites {
 public:
  RunOfSites(const SiteMarket& market, const Clearing& clearing, const Doors& doors, Sums& sums,
             double* slots, double* placed)
      : m_(market),
        clearing_(clearing),
        doors_(doors),
        sums_(sums),
        slots_(slots),
        placed_(placed) {}

  void place(std::size_t from, std::size_t to) {
    for (std::size_t site = from; site < to; ++site) {
      const SiteView v = m_.at(site, scratch_);
      if (v.size == 0) continue;
      if (open_for_all(v))
        divide_open(v);
      else
        divide(v);
      book(site, v);
    }
  }

 private:
  /// An option that not everyone of the row's rank is let in to.
  struct Limited {
    double limit = 0.0;
    double weight = 0.0;
    std::size_t option = 0;
    double open = 0.0;  ///< weight open to those who are let in here
  };

  /// Looks at the site's options, and begins its sums.
  bool open_for_all(const SiteView& v) {
    each_ = open_ = 0.0;
    more_.assign(v.size, 0.0);
    refuses_.resize(v.size);
    bool all = true;
    for (std::size_t i = 0; i < v.size; ++i) {
      refuses_[i] = doors_.refuses[Market::unit_of(v.cell[i])];
      if (refuses_[i])
        all = false;
      else
        open_ += v.weight[i];
    }
    return all;
  }

  /// What a mark adds to the site's weight.
  [[nodiscard]] double pulled(const SiteView& v, const RowMark& mark) const {
    return v.weight[mark.option] * (m_.factor[mark.pulls] - 1.0);
  }

  /// Where nobody is refused each row divides by its weights.
  void divide_open(const SiteView& v) {
    for (std::size_t row = v.first_row; row < v.last_row; ++row) {
      const double pupils = m_.pupils[row];
      if (!(pupils > 0.0)) continue;
      double own = open_;
      for (const RowMark& mark : m_.marks_of(row)) own += pulled(v, mark);
      add_open(v, row, pupils / own);
      placed_[row] = pupils;
    }
  }

  /// Pupils for each unit of weight, at options that refuse nobody.
  void add_open(const SiteView& v, std::size_t row, double each) {
    each_ += each;
    for (const RowMark& mark : m_.marks_of(row))
      if (!refuses_[mark.option]) more_[mark.option] += each * pulled(v, mark);
  }

  void divide(const SiteView& v) {
    for (std::size_t row = v.first_row; row < v.last_row; ++row) {
      const double pupils = m_.pupils[row];
      if (!(pupils > 0.0)) continue;
      const double elsewhere = gather(v, row, pupils);
      note_refused(v, pupils, elsewhere);
      const double each = pupils * share_limited(elsewhere);
      double placed = 0.0;
      for (const Limited& l : limited_) {
        const double here = pupils * l.weight * doors_.within[Market::unit_of(v.cell[l.option])];
        more_[l.option] += here;
        placed += here;
      }
      add_open(v, row, each);
      placed_[row] = placed + elsewhere * each;
    }
  }

  /// Collects the row's options at units that refuse someone, in falling order of what they let
  /// in. Returns the weight of the others.
  double gather(const SiteView& v, std::size_t row, double pupils) {
    const auto marks = m_.marks_of(row);
    auto mark = marks.begin();
    double elsewhere = open_;
    limited_.clear();
    for (std::size_t i = 0; i < v.size; ++i) {
      const bool marked = mark != marks.end() && mark->option == i;
      if (!refuses_[i]) {
        if (marked) elsewhere += pulled(v, *mark++);
        continue;
      }
      uint32_t cell = v.cell[i];
      double weight = v.weight[i];
      if (marked) {
        cell = Market::cell_of(Market::unit_of(cell), mark->rank);
        weight *= m_.factor[mark->pulls];
        ++mark;
      }
      const std::size_t at = m_.units.index_of(cell);
      sums_.applicants[at] += pupils;
      const double limit = clearing_.limit[at];
      limited_.emplace_back();
      std::size_t place = limited_.size() - 1;
      for (; place > 0 && limited_[place - 1].limit < limit; --place)
        limited_[place] = limited_[place - 1];
      limited_[place] = {limit, weight, i};
    }
    return elsewhere;
  }

  /// Numbers from the worst to the best find more and more options open (clearing.h, row_shares).
  void note_refused(const SiteView& v, double pupils, double elsewhere) {
    double open = elsewhere, above = 1.0;
    for (std::size_t k = 0; k <= limited_.size(); ++k) {
      const double here = k < limited_.size() ? limited_[k].limit : 0.0;
      if (const double width = above - here; width > 0.0)
        for (std::size_t j = k; j < limited_.size(); ++j)
          sums_.refused[Market::unit_of(v.cell[limited_[j].option])] +=
              pupils * width * limited_[j].weight / (open + limited_[j].weight);
      if (k < limited_.size()) limited_[k].open = open += limited_[k].weight;
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

  void book(std::size_t site, const SiteView& v) {
    const std::size_t classes = m_.pattern->classes;
    const uint32_t first = m_.pattern->first[site];
    for (std::size_t i = 0; i < v.size; ++i) {
      const double here = more_[i] + (refuses_[i] ? 0.0 : each_ * v.weight[i]);
      slots_[first + i] = here;
      const std::size_t campus = m_.pattern->campus[first + i].index;
      sums_.at[campus] += here;
      if (classes > 1) sums_.at_by_class[campus * classes + site % classes] += here;
    }
  }

  const SiteMarket& m_;
  const Clearing& clearing_;
  const Doors& doors_;
  Sums& sums_;
  double* slots_;
  double* placed_;
  SiteMarket::Scratch scratch_;
  std::vector<uint8_t> refuses_;  ///< by option of the site at hand
  double open_ = 0.0;             ///< weight of the others, for a row without marks
  double each_ = 0.0;             ///< pupils for each unit of it, all rows
  std::vector<double> more_;      ///< by option: pupils besides
  std::vector<Limited> limited_;  ///< of the row at hand
};

}  // namespace

SitePlacing place_at_sites(const SiteMarket& market, const Clearing& clearing, double tolerance,
                           SlotGrid& grid) {
  const std::size_t classes = market.pattern->classes, campuses = market.seats.unit_of.size();
  const std::size_t units = market.units.seats.size();
  const Doors doors(market.units, clearing, tolerance);
  SitePlacing out;
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
    RunOfSites(market, clearing, doors, sums[b], grid.pupils.data(), out.placed.data())
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
  return out;
}

}  // namespace doorstep
