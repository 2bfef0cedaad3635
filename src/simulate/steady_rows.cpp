#include "simulate/steady_rows.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <limits>

#include "base/error.h"

namespace doorstep {
namespace {

constexpr std::size_t kHomesOfRun = 8192;
constexpr std::size_t kNoRow = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kMostRows = std::numeric_limits<uint16_t>::max();  // of a home and class

/// Where so many homes lack a row, all rows are made anew.
constexpr std::size_t kMostOfHomes = 8;  // one in so many

}  // namespace

/// One call's arguments.
struct SteadyRows::Leavers {
  const HomeChildren& children;
  std::size_t classes;
  const Cohort& finished;
  bool whole_cohort;

  [[nodiscard]] std::size_t homes() const { return children.size() / classes; }
};

/// Homes that lack a row, by run of homes.
struct SteadyRows::Lacking {
  std::vector<std::vector<HomeId>> runs;

  explicit Lacking(std::size_t homes) : runs((homes + kHomesOfRun - 1) / kHomesOfRun) {}

  /// Calls works(key) for all homes and classes; where it is false the home lacks a row.
  template <class WorksOf>
  void look(const Leavers& l, const WorksOf& works_of) {
    tbb::parallel_for(std::size_t{0}, runs.size(), [&](std::size_t run) {
      const std::size_t from = run * kHomesOfRun, to = std::min(l.homes(), from + kHomesOfRun);
      auto works = works_of(HomeId(from));
      for (std::size_t key = from * l.classes; key < to * l.classes; ++key)
        if (!works(key)) runs[run].push_back(HomeId(key / l.classes));
    });
  }

  [[nodiscard]] std::vector<HomeId> all() const {
    std::vector<HomeId> out;
    for (const auto& run : runs) out.insert(out.end(), run.begin(), run.end());
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
  }
};

std::vector<Entrants> SteadyRows::of(const HomeChildren& children, std::size_t classes,
                                     const Cohort* finished, bool whole_cohort,
                                     std::vector<Brought> brought) {
  static const Cohort kNobody;
  const Leavers leavers{children, classes, brought.empty() ? kNobody : *finished, whole_cohort};
  grown_.clear();
  const bool same = stamp_ != 0 && brought == brought_;
  brought_ = std::move(brought);
  if (!same) {
    make_all(leavers, nullptr);
    return std::move(rows_);
  }
  Lacking lacking(leavers.homes());
  map_slots(leavers, lacking);
  fill(leavers, lacking);
  if (std::vector<HomeId> homes = lacking.all(); homes.size() * kMostOfHomes > leavers.homes()) {
    const std::vector<Entrants> earlier = std::move(rows_);
    make_all(leavers, &earlier);
  } else if (!homes.empty()) {
    grow(leavers, std::move(homes));
  }
  return std::move(rows_);
}

void SteadyRows::make_all(const Leavers& l, const std::vector<Entrants>* earlier) {
  rows_ = entrant_rows(l.children, l.classes, &l.finished, l.whole_cohort, brought_, true, earlier);
  pattern_ = nullptr;
  ++stamp_;
  first_row_.assign(l.children.size() + 1, 0);
  for (const Entrants& row : rows_)
    ++first_row_[row.home.index * l.classes + row.household.index + 1];
  for (std::size_t key = 0; key < l.children.size(); ++key) {
    DOORSTEP_ASSERT(first_row_[key + 1] <= kMostRows);
    first_row_[key + 1] += first_row_[key];
  }
}

/// Makes the rows of some homes anew, with those they have besides. Others keep theirs.
void SteadyRows::grow(const Leavers& l, std::vector<HomeId> homes) {
  const std::vector<Entrants> made =
      entrant_rows_at(homes, l.children, l.classes, l.finished, l.whole_cohort, brought_, rows_);
  std::vector<Entrants> rows;
  rows.reserve(rows_.size() + made.size());
  auto next = made.begin();
  std::size_t key = 0;
  uint32_t more = 0;  // rows than before, so far
  const auto keep_up_to = [&](std::size_t end) {
    rows.insert(rows.end(), rows_.begin() + first_row_[key], rows_.begin() + first_row_[end]);
    for (; key < end; ++key) first_row_[key] += more;
  };
  for (HomeId home : homes) {
    keep_up_to(home.index * l.classes);
    for (const std::size_t end = key + l.classes; key < end; ++key) {
      const uint32_t before = first_row_[key + 1] - first_row_[key];
      first_row_[key] += more;
      const std::size_t begin = rows.size();
      for (; next != made.end() && next->home.index * l.classes + next->household.index == key;
           ++next)
        rows.push_back(*next);
      DOORSTEP_ASSERT(rows.size() - begin <= kMostRows);
      more += static_cast<uint32_t>(rows.size() - begin) - before;
    }
  }
  keep_up_to(l.children.size());
  first_row_.back() += more;
  rows_ = std::move(rows);
  ++stamp_;
  bool mapped = true;
  for (HomeId home : homes)
    for (std::size_t k = home.index * l.classes; pattern_ && k < (home.index + 1) * l.classes; ++k)
      mapped = map_key(k) && mapped;
  if (!mapped) pattern_ = nullptr;
  grown_ = std::move(homes);
}

std::size_t SteadyRows::row_with(std::size_t key, const Brought& b) const {
  for (std::size_t row = first_row_[key]; row < first_row_[key + 1]; ++row)
    if (rows_[row].group == b.group && rows_[row].feeder_to == b.feeder_to &&
        rows_[row].present == b.present)
      return row;
  return kNoRow;
}

/// Finds the row of each slot of a home and class. False where one is missing.
bool SteadyRows::map_key(std::size_t key) {
  if (first_row_[key] == first_row_[key + 1]) return true;  // nobody leaves from there, see fill
  bool all = true;
  for (uint32_t slot = pattern_->first[key]; slot < pattern_->first[key + 1]; ++slot) {
    const std::size_t row = row_with(key, brought_[pattern_->campus[slot].index]);
    row_of_slot_[slot] = row == kNoRow ? 0 : static_cast<uint16_t>(row - first_row_[key]);
    all = all && row != kNoRow;
  }
  return all;
}

void SteadyRows::map_slots(const Leavers& l, Lacking& lacking) {
  if (l.finished.grid.empty() || pattern_ == l.finished.grid.pattern) return;
  pattern_ = l.finished.grid.pattern;
  row_of_slot_.resize(pattern_->campus.size());
  lacking.look(l, [&](HomeId) { return [&](std::size_t key) { return map_key(key); }; });
}

void SteadyRows::fill(const Leavers& l, Lacking& lacking) {
  lacking.look(l, [&](HomeId from) {
    return [&, placed = RowWalk(l.finished.placed, from),
            waiting = RowWalk(l.finished.waiting, from)](std::size_t key) mutable {
      return fill_key(l, key, placed, waiting);
    };
  });
}

/// As EntrantBuilder does it (carry_over.cpp), into rows that are there. False where one is
/// missing.
bool SteadyRows::fill_key(const Leavers& l, std::size_t key, RowWalk& placed, RowWalk& waiting) {
  const bool gridded = !l.finished.grid.empty();
  const double children = l.children[key];
  Entrants* rows = rows_.data() + first_row_[key];
  const std::size_t n = first_row_[key + 1] - first_row_[key];
  if (n == 0 && children > 0) return false;
  for (std::size_t i = 0; i < n; ++i) rows[i].pupils = 0.0;
  if (!(children > 0)) return true;
  const HomeId home(key / l.classes);
  const ClassId household(key % l.classes);
  const auto [first, last] = placed.of(home, household);
  const auto [wait_first, wait_last] = waiting.of(home, household);
  const uint32_t slot_first = gridded ? pattern_->first[key] : 0;
  const uint32_t slot_last = gridded ? pattern_->first[key + 1] : 0;
  double seated = 0.0, known = 0.0;
  for (uint32_t slot = slot_first; slot < slot_last; ++slot) seated += l.finished.grid.pupils[slot];
  for (std::size_t k = first; k < last; ++k) seated += l.finished.placed[k].pupils;
  known = seated;
  for (std::size_t k = wait_first; k < wait_last; ++k) known += l.finished.waiting[k].pupils;
  const double part = known > 0 ? children / known : 0.0;
  const double scale = l.whole_cohort ? part : std::min(1.0, part);
  for (uint32_t slot = slot_first; slot < slot_last; ++slot)
    rows[row_of_slot_[slot]].pupils += l.finished.grid.pupils[slot] * scale;
  for (std::size_t k = first; k < last; ++k) {
    const std::size_t row = row_with(key, brought_[l.finished.placed[k].campus.index]);
    if (row == kNoRow) return false;
    rows_[row].pupils += l.finished.placed[k].pupils * scale;
  }
  // What is left moved in, or held no seat: they bring nothing along, and stand last.
  const Brought nothing{rows[n - 1].feeder_to, rows[n - 1].group, rows[n - 1].present};
  if (nothing != Brought{}) return false;
  rows[n - 1].pupils += std::max(0.0, children - seated * scale);
  return true;
}

}  // namespace doorstep
