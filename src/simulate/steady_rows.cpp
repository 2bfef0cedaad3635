#include "simulate/steady_rows.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <limits>

#include "base/error.h"

namespace doorstep {
namespace {

constexpr std::size_t kHomesOfRun = 8192;
constexpr std::size_t kNoRow = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kMostRows = std::numeric_limits<uint16_t>::max();  // of a home and class

template <class Work>
bool all_runs(std::size_t homes, const Work& work) {
  std::atomic<bool> all = true;
  tbb::parallel_for(std::size_t{0}, (homes + kHomesOfRun - 1) / kHomesOfRun, [&](std::size_t run) {
    if (!work(run * kHomesOfRun, std::min(homes, (run + 1) * kHomesOfRun))) all = false;
  });
  return all;
}

}  // namespace

/// One call's arguments.
struct SteadyRows::Leavers {
  const HomeChildren& children;
  std::size_t classes;
  const Cohort& finished;
  bool whole_cohort;
};

std::vector<Entrants> SteadyRows::of(const HomeChildren& children, std::size_t classes,
                                     const Cohort* finished, bool whole_cohort,
                                     std::vector<Brought> brought) {
  static const Cohort kNobody;
  const Leavers leavers{children, classes, brought.empty() ? kNobody : *finished, whole_cohort};
  const bool same = stamp_ != 0 && brought == brought_;
  if (same && map_slots(leavers.finished, classes) && fill(leavers)) return std::move(rows_);
  rows_ = entrant_rows(children, classes, finished, whole_cohort, brought, true,
                       same ? &rows_ : nullptr);
  brought_ = std::move(brought);
  pattern_ = nullptr;
  ++stamp_;
  first_row_.assign(children.size() + 1, 0);
  for (const Entrants& row : rows_)
    ++first_row_[row.home.index * classes + row.household.index + 1];
  for (std::size_t key = 0; key < children.size(); ++key) {
    DOORSTEP_ASSERT(first_row_[key + 1] <= kMostRows);
    first_row_[key + 1] += first_row_[key];
  }
  return std::move(rows_);
}

std::size_t SteadyRows::row_with(std::size_t key, const Brought& b) const {
  for (std::size_t row = first_row_[key]; row < first_row_[key + 1]; ++row)
    if (rows_[row].group == b.group && rows_[row].feeder_to == b.feeder_to &&
        rows_[row].present == b.present)
      return row;
  return kNoRow;
}

/// Finds the row of each slot. False where one is missing: the rows have to be made again.
bool SteadyRows::map_slots(const Cohort& finished, std::size_t classes) {
  if (finished.grid.empty() || pattern_ == finished.grid.pattern) return true;
  const SlotPattern& pattern = *finished.grid.pattern;
  row_of_slot_.resize(pattern.campus.size());
  const bool all =
      all_runs((first_row_.size() - 1) / classes, [&](std::size_t from, std::size_t to) {
        for (std::size_t key = from * classes; key < to * classes; ++key) {
          if (first_row_[key] == first_row_[key + 1])
            continue;  // nobody leaves from there, see fill
          for (uint32_t slot = pattern.first[key]; slot < pattern.first[key + 1]; ++slot) {
            const std::size_t row = row_with(key, brought_[pattern.campus[slot].index]);
            if (row == kNoRow) return false;
            row_of_slot_[slot] = static_cast<uint16_t>(row - first_row_[key]);
          }
        }
        return true;
      });
  pattern_ = all ? finished.grid.pattern : nullptr;
  return all;
}

bool SteadyRows::fill(const Leavers& leavers) {
  return all_runs(leavers.children.size() / leavers.classes,
                  [&](std::size_t from, std::size_t to) { return fill_homes(leavers, from, to); });
}

/// As EntrantBuilder does it (carry_over.cpp), into rows that are there. False where one is
/// missing.
bool SteadyRows::fill_homes(const Leavers& l, std::size_t from, std::size_t to) {
  RowWalk placed(l.finished.placed, HomeId(from));
  RowWalk waiting(l.finished.waiting, HomeId(from));
  const bool gridded = !l.finished.grid.empty();
  for (std::size_t key = from * l.classes; key < to * l.classes; ++key) {
    const double children = l.children[key];
    Entrants* rows = rows_.data() + first_row_[key];
    const std::size_t n = first_row_[key + 1] - first_row_[key];
    if (n == 0 && children > 0) return false;
    for (std::size_t i = 0; i < n; ++i) rows[i].pupils = 0.0;
    if (!(children > 0)) continue;
    const HomeId home(key / l.classes);
    const ClassId household(key % l.classes);
    const auto [first, last] = placed.of(home, household);
    const auto [wait_first, wait_last] = waiting.of(home, household);
    const uint32_t slot_first = gridded ? pattern_->first[key] : 0;
    const uint32_t slot_last = gridded ? pattern_->first[key + 1] : 0;
    double seated = 0.0, known = 0.0;
    for (uint32_t slot = slot_first; slot < slot_last; ++slot)
      seated += l.finished.grid.pupils[slot];
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
  }
  return true;
}

}  // namespace doorstep
