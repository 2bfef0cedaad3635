#include "assign/site_market.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "assign/choice_market.h"
#include "base/error.h"

namespace doorstep {

namespace {

/// What a run of homes adds to the market; slots, rows and marks are counted from the run's first.
struct Run {
  std::vector<uint32_t> first_slot;  ///< by site
  std::vector<CampusId> campus;
  std::vector<double> lasting;
  std::vector<uint8_t> rank;
  std::vector<uint32_t> first_mark;  ///< by row
  std::vector<RowMark> marks;
};

/// Adds what the row has of its own where it looks around from. `rank`: by option, of other rows.
void add_marks(const HomeSight& sight, const AdmissionInput& input, const Entrants& row,
               const uint8_t* rank, std::vector<RowMark>& marks) {
  if (!row.group.valid() && !row.feeder_to.valid() && !row.present.valid() && !row.last) return;
  const std::vector<Prospect>& seen = sight.prospects();
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const CampusId c = seen[i].nearest;
    const GroupId group = input.offers[c].group;
    // Elsewhere the row has neither rank nor pull of its own.
    if (row.feeder_to != c && row.present != c && !row.last &&
        !(group.valid() && group == row.group))
      continue;
    unsigned pulls = 0;
    if (group.valid() && group == row.group && !sight.at_home_with(c, group))
      pulls |= RowMark::kGroup;
    if (row.present == c) pulls |= RowMark::kPresent;
    const auto own_rank = static_cast<uint8_t>(sight.rank(row, seen[i]));
    if (pulls != 0 || own_rank != rank[i])
      marks.push_back({static_cast<uint16_t>(i), own_rank, static_cast<uint8_t>(pulls)});
  }
}

/// Writes down the sites of a run of homes.
class SiteBuilder {
 public:
  SiteBuilder(const ChoiceFrame& frame, std::size_t classes, const std::vector<uint32_t>& first_row)
      : frame_(frame),
        input_(frame.input),
        classes_(classes),
        first_row_(first_row),
        sight_(frame) {}

  Run build(std::size_t from, std::size_t to) {
    out_.first_mark.reserve(first_row_[to * classes_] - first_row_[from * classes_]);
    for (std::size_t home = from; home < to; ++home) {
      if (first_row_[home * classes_] < first_row_[(home + 1) * classes_])
        sight_.look_around(HomeId(home));
      for (std::size_t site = home * classes_; site < (home + 1) * classes_; ++site) add(site);
    }
    return std::move(out_);
  }

 private:
  void add(std::size_t site) {
    out_.first_slot.push_back(static_cast<uint32_t>(out_.campus.size()));
    if (first_row_[site] == first_row_[site + 1]) return;
    const std::vector<Prospect>& seen = sight_.prospects();
    DOORSTEP_ASSERT(seen.size() <= std::numeric_limits<uint16_t>::max());
    const Entrants& any = input_.entrants[first_row_[site]];
    Entrants plain;
    plain.home = any.home;
    plain.household = any.household;
    const std::size_t first = out_.campus.size();
    double best = -std::numeric_limits<double>::infinity();
    for (const Prospect& p : seen) {
      out_.campus.push_back(p.nearest);
      out_.lasting.push_back(sight_.utility(plain, p, true));
      out_.rank.push_back(static_cast<uint8_t>(sight_.rank(plain, p)));
      best = std::max(best, out_.lasting.back());
    }
    for (std::size_t i = first; i < out_.lasting.size(); ++i)
      out_.lasting[i] = choice_weight(out_.lasting[i], best);
    for (uint32_t row = first_row_[site]; row < first_row_[site + 1]; ++row) {
      out_.first_mark.push_back(static_cast<uint32_t>(out_.marks.size()));
      add_marks(sight_, input_, input_.entrants[row], out_.rank.data() + first, out_.marks);
    }
  }

  const ChoiceFrame& frame_;
  const AdmissionInput& input_;
  std::size_t classes_;
  const std::vector<uint32_t>& first_row_;
  HomeSight sight_;
  Run out_;
};

std::vector<uint32_t> rows_of_sites(const AdmissionInput& input, std::size_t classes) {
  std::vector<uint32_t> first(input.place->homes.size() * classes + 1, 0);
  std::size_t next = 0;
  for (std::size_t row = 0; row < input.entrants.size(); ++row) {
    const Entrants& e = input.entrants[row];
    for (const std::size_t site = e.home.index * classes + e.household.index; next <= site; ++next)
      first[next] = static_cast<uint32_t>(row);
  }
  for (; next < first.size(); ++next) first[next] = static_cast<uint32_t>(input.entrants.size());
  return first;
}

template <class T>
void append(std::vector<T>& to, std::vector<T>& more) {
  to.insert(to.end(), more.begin(), more.end());
  more = {};
}

/// Appends positions counted from a run's first, moved to where the run begins.
void append_moved(std::vector<uint32_t>& to, std::vector<uint32_t>& more, std::size_t begin) {
  for (uint32_t at : more) to.push_back(static_cast<uint32_t>(begin + at));
  more = {};
}

void put_together(std::vector<Run>& runs, SlotPattern& pattern, SiteMarket& m) {
  std::size_t slots = 0, marks = 0;
  for (const Run& run : runs) {
    slots += run.campus.size();
    marks += run.marks.size();
  }
  DOORSTEP_ASSERT(std::max(slots, marks) < std::numeric_limits<uint32_t>::max());
  pattern.first.reserve(m.first_row.size());
  pattern.campus.reserve(slots);
  m.lasting.reserve(slots);
  m.rank.reserve(slots);
  m.marks.reserve(marks);
  for (Run& run : runs) {
    append_moved(pattern.first, run.first_slot, pattern.campus.size());
    append_moved(m.first_mark, run.first_mark, m.marks.size());
    append(pattern.campus, run.campus);
    append(m.lasting, run.lasting);
    append(m.rank, run.rank);
    append(m.marks, run.marks);
  }
  pattern.first.push_back(static_cast<uint32_t>(pattern.campus.size()));
  m.first_mark.push_back(static_cast<uint32_t>(m.marks.size()));
}

/// The rows and marks of a market with those of some homes replaced.
class RowsReplaced {
 public:
  RowsReplaced(const SiteMarket& market, const AdmissionInput& input)
      : market_(market), input_(input), frame_(input), sight_(frame_) {
    first_row_.reserve(market.first_row.size());
    first_mark_.reserve(input.entrants.size() + 1);
    marks_.reserve(market.marks.size());
  }

  /// False where a site has rows for the first time.
  bool replace(std::span<const HomeId> homes) {
    const std::size_t classes = market_.pattern->classes;
    std::size_t site = 0;
    for (HomeId home : homes) {
      keep(site, home.index * classes);
      sight_.look_around(home);
      for (site = home.index * classes; site < (home.index + 1) * classes; ++site)
        if (!make(home, site)) return false;
    }
    keep(site, market_.sites());
    return first_mark_.size() == input_.entrants.size();
  }

  void move_to(SiteMarket& market) {
    first_row_.push_back(static_cast<uint32_t>(first_mark_.size()));
    first_mark_.push_back(static_cast<uint32_t>(marks_.size()));
    market.first_row = std::move(first_row_);
    market.first_mark = std::move(first_mark_);
    market.marks = std::move(marks_);
  }

 private:
  /// Copies the sites from `from` up to `to`.
  void keep(std::size_t from, std::size_t to) {
    const uint32_t row = market_.first_row[from], last_row = market_.first_row[to];
    const uint32_t mark = market_.first_mark[row], last_mark = market_.first_mark[last_row];
    const auto rows_on = static_cast<uint32_t>(first_mark_.size()) - row;  // wraps as it should
    const auto marks_on = static_cast<uint32_t>(marks_.size()) - mark;
    for (std::size_t site = from; site < to; ++site)
      first_row_.push_back(market_.first_row[site] + rows_on);
    for (uint32_t r = row; r < last_row; ++r)
      first_mark_.push_back(market_.first_mark[r] + marks_on);
    marks_.insert(marks_.end(), market_.marks.begin() + mark, market_.marks.begin() + last_mark);
  }

  bool make(HomeId home, std::size_t site) {
    const uint32_t slot = market_.pattern->first[site];
    const std::size_t options = market_.pattern->first[site + 1] - slot;
    const ClassId household(site % market_.pattern->classes);
    const std::size_t begin = first_mark_.size();
    first_row_.push_back(static_cast<uint32_t>(begin));
    for (std::size_t row = begin; row < input_.entrants.size(); ++row) {
      const Entrants& e = input_.entrants[row];
      if (e.home != home || e.household != household) break;
      first_mark_.push_back(static_cast<uint32_t>(marks_.size()));
      add_marks(sight_, input_, e, market_.rank.data() + slot, marks_);
    }
    const bool had_rows = market_.first_row[site] < market_.first_row[site + 1];
    if (first_mark_.size() == begin) return !had_rows;
    return had_rows && options == sight_.prospects().size();
  }

  const SiteMarket& market_;
  const AdmissionInput& input_;
  ChoiceFrame frame_;
  HomeSight sight_;
  std::vector<uint32_t> first_row_, first_mark_;
  std::vector<RowMark> marks_;
};

}  // namespace

bool SiteMarket::take_rows(const AdmissionInput& input, std::span<const HomeId> homes) {
  RowsReplaced rows(*this, input);
  if (!rows.replace(homes)) return false;
  rows.move_to(*this);
  return true;
}

bool SiteMarket::suits(const AdmissionInput& input) {
  return StandingWeights(input, ChoicePull(input)).moderate();
}

SiteMarket::SiteMarket(const AdmissionInput& input) : order(input) {
  constexpr std::size_t kHomesOfRun = 4096;
  const ChoiceFrame frame(input);
  seats = frame.seats;
  auto made = std::make_shared<SlotPattern>();
  made->classes = std::max<std::size_t>(input.place->children.classes, 1);
  first_row = rows_of_sites(input, made->classes);
  const std::size_t homes = input.place->homes.size();
  std::vector<Run> runs((homes + kHomesOfRun - 1) / kHomesOfRun);
  tbb::parallel_for(std::size_t{0}, runs.size(), [&](std::size_t i) {
    runs[i] = SiteBuilder(frame, made->classes, first_row)
                  .build(i * kHomesOfRun, std::min(homes, (i + 1) * kHomesOfRun));
  });
  first_mark.reserve(input.entrants.size() + 1);
  put_together(runs, *made, *this);
  pattern = std::move(made);
  for (unsigned pulls = 0; pulls < factor.size(); ++pulls)
    factor[pulls] = std::exp(((pulls & RowMark::kGroup) != 0 ? frame.pull.group_bonus() : 0.0) +
                             ((pulls & RowMark::kPresent) != 0 ? frame.pull.stay() : 0.0));
}

void SiteMarket::follow(const AdmissionInput& input) {
  const StandingWeights weights(input, ChoicePull(input));
  const std::size_t campuses = input.offers.size();
  standing.resize(pattern->classes * campuses);
  cell_of.assign(campuses, 0);
  for (CampusId c : input.offers.ids()) {
    if (seats.unit_of[c] == SeatUnits::kNone) continue;
    cell_of[c.index] = Market::cell_of(seats.unit_of[c], 0);
    for (std::size_t h = 0; h < pattern->classes; ++h)
      standing[h * campuses + c.index] = weights.of(ClassId(h), c);
  }
  for (SeatUnit& unit : seats.units) unit.seats = input.offers[unit.campuses.front()].seats;
  units = Market{};
  describe_units(seats, order, units);
  pupils.resize(input.entrants.size());
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, pupils.size(), 16384), [&](const auto& run) {
    for (std::size_t row = run.begin(); row < run.end(); ++row)
      pupils[row] = input.entrants[row].pupils;
  });
}

SiteView SiteMarket::at(std::size_t site, Scratch& scratch) const {
  const uint32_t first = pattern->first[site], last = pattern->first[site + 1];
  const std::size_t n = last - first;
  if (scratch.weight.size() < n) {
    scratch.weight.resize(2 * n);
    scratch.cell.resize(2 * n);
  }
  const std::size_t household = pattern->classes == 1 ? 0 : site % pattern->classes;
  const double* of_class = standing.data() + household * cell_of.size();
  const CampusId* campus = pattern->campus.data() + first;
  for (std::size_t i = 0; i < n; ++i) {
    const uint32_t c = campus[i].index;
    scratch.weight[i] = lasting[first + i] * of_class[c];
    scratch.cell[i] = cell_of[c] | rank[first + i];
  }
  return {scratch.weight.data(), scratch.cell.data(), n, first_row[site], first_row[site + 1]};
}

}  // namespace doorstep
