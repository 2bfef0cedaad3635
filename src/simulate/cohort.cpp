#include "simulate/cohort.h"

#include <algorithm>
#include <tuple>

namespace doorstep {
namespace {

bool before(const PupilRow& a, const PupilRow& b) {
  return std::tie(a.home, a.household, a.campus) < std::tie(b.home, b.household, b.campus);
}

bool same_key(const PupilRow& a, const PupilRow& b) {
  return a.home == b.home && a.household == b.household && a.campus == b.campus;
}

void add_up_neighbours(std::vector<PupilRow>& rows) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (kept > 0 && same_key(rows[kept - 1], rows[i]))
      rows[kept - 1].pupils += rows[i].pupils;
    else
      rows[kept++] = rows[i];
  }
  rows.resize(kept);
}

}  // namespace

void sort_and_merge(std::vector<PupilRow>& rows) {
  auto by_home = [](const PupilRow& a, const PupilRow& b) {
    return std::tie(a.home, a.household) < std::tie(b.home, b.household);
  };
  if (std::ranges::is_sorted(rows, by_home)) {  // as most are: only each home's own are mixed
    for (auto first = rows.begin(); first != rows.end();) {
      auto last = std::find_if(first, rows.end(), [&](const PupilRow& r) {
        return r.home != first->home || r.household != first->household;
      });
      if (!std::is_sorted(first, last, before)) std::stable_sort(first, last, before);
      first = last;
    }
  } else {
    std::ranges::stable_sort(rows, before);
  }
  add_up_neighbours(rows);
}

void merge_into(std::vector<PupilRow>& rows, std::vector<PupilRow> more) {
  if (more.empty()) return;
  sort_and_merge(more);
  auto middle = static_cast<std::ptrdiff_t>(rows.size());
  rows.insert(rows.end(), more.begin(), more.end());
  std::inplace_merge(rows.begin(), rows.begin() + middle, rows.end(), before);
  add_up_neighbours(rows);
}

void dissolve(Cohort& cohort) {
  if (cohort.grid.empty()) return;
  const SlotPattern& pattern = *cohort.grid.pattern;
  std::vector<PupilRow> rows;
  for (std::size_t key = 0; key + 1 < pattern.first.size(); ++key)
    for (uint32_t slot = pattern.first[key]; slot < pattern.first[key + 1]; ++slot)
      if (cohort.grid.pupils[slot] > 0)
        rows.push_back({HomeId(key / pattern.classes), ClassId(key % pattern.classes),
                        pattern.campus[slot], cohort.grid.pupils[slot]});
  merge_into(rows, std::move(cohort.placed));
  cohort.placed = std::move(rows);
  cohort.grid = {};
}

void add_placed(const Cohort& cohort, IdVector<CampusId, double>& at) {
  for (auto c : cohort.grid.at.ids()) at[c] += cohort.grid.at[c];
  for (const PupilRow& r : cohort.placed) at[r.campus] += r.pupils;
}

double placed_in(const Cohort& cohort) {
  double sum = total(cohort.placed);
  for (double n : cohort.grid.at) sum += n;
  return sum;
}

void Moves::add(const PupilMove& move) {
  if (move.to.valid()) came[move.to] += move.pupils;
  if (move.from.valid()) left[move.from] += move.pupils;
  if (move.returned) returned[move.to] += move.pupils;
  if (keep_rows) rows.push_back(move);
}

void promote(StageState& state) {
  if (state.grades.empty()) return;
  state.leavers = std::move(state.grades.back());
  std::move_backward(state.grades.begin(), state.grades.end() - 1, state.grades.end());
  state.grades.front() = Cohort{};
}

void displace_from_closed(StageState& state, const Place& place, Year year) {
  auto open = [&](const PupilRow& r) { return place.campuses[r.campus].open_in(year); };
  state.displaced.assign(state.grades.size(), {});
  for (std::size_t g = 0; g < state.grades.size(); ++g) {
    Cohort& cohort = state.grades[g];
    for (auto c : cohort.grid.at.ids())
      if (cohort.grid.at[c] > 0 && !place.campuses[c].open_in(year)) {
        dissolve(cohort);
        break;
      }
    if (std::ranges::all_of(cohort.placed, open)) continue;
    std::vector<PupilRow>& displaced = state.displaced[g];
    for (PupilRow row : cohort.placed)
      if (!open(row)) {
        state.moves.add({row.home, row.campus, CampusId(), row.pupils});
        row.campus = CampusId();
        displaced.push_back(row);
      }
    sort_and_merge(displaced);
    std::erase_if(cohort.placed, [&](const PupilRow& r) { return !open(r); });
    merge_into(cohort.waiting, displaced);
  }
}

void count_displaced_placed(StageState& state, std::size_t grade,
                            const std::vector<PupilRow>& waiting_before) {
  if (grade >= state.displaced.size() || state.displaced[grade].empty()) return;
  auto of = [](const std::vector<PupilRow>& rows, const PupilRow& like) {
    auto found = std::ranges::lower_bound(rows, like, before);
    return found != rows.end() && same_key(*found, like) ? found->pupils : 0.0;
  };
  const std::vector<PupilRow>& after = state.grades[grade].waiting;
  for (PupilRow& row : state.displaced[grade]) {
    const double waited = of(waiting_before, row);
    if (!(waited > 0)) continue;
    // Who waits for other reasons beside them is placed in the same proportion.
    const double placed = row.pupils * (1.0 - std::min(1.0, of(after, row) / waited));
    state.moves.moved += placed;
    row.pupils -= placed;
  }
}

void move_families(Cohort& cohort, const std::function<double(HomeId)>& share) {
  dissolve(cohort);
  std::vector<PupilRow> arrivals;
  for (std::vector<PupilRow>* rows : {&cohort.placed, &cohort.waiting})
    for (PupilRow& row : *rows) {
      double change = row.pupils * std::max(share(row.home), -1.0);
      cohort.size += change;
      if (change > 0) arrivals.push_back({row.home, row.household, CampusId(), change});
      if (change < 0) row.pupils += change;
    }
  auto gone = [](const PupilRow& r) { return !(r.pupils > 0); };
  std::erase_if(cohort.placed, gone);
  std::erase_if(cohort.waiting, gone);
  merge_into(cohort.waiting, std::move(arrivals));
}

double total(const std::vector<PupilRow>& rows) {
  double sum = 0.0;
  for (const PupilRow& r : rows) sum += r.pupils;
  return sum;
}

}  // namespace doorstep
