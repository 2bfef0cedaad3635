#include "simulate/carry_over.h"

#include <algorithm>
#include <tuple>

namespace doorstep {
namespace {

/// Rows of one (home, class) in an ordered vector, walked in step with all homes.
class RowWalk {
 public:
  explicit RowWalk(const std::vector<PupilRow>& rows) : rows_(rows) {}
  /// Pre: keys are asked for in ascending order.
  std::pair<std::size_t, std::size_t> of(HomeId home, ClassId household) {
    auto key = std::tie(home, household);
    while (at_ < rows_.size() && std::tie(rows_[at_].home, rows_[at_].household) < key) ++at_;
    std::size_t first = at_;
    while (at_ < rows_.size() && std::tie(rows_[at_].home, rows_[at_].household) == key) ++at_;
    return {first, at_};
  }

 private:
  const std::vector<PupilRow>& rows_;
  std::size_t at_ = 0;
};

bool before(const Entrants& a, const Entrants& b) {
  return std::tie(a.home, a.household, a.feeder_to, a.group, a.present) <
         std::tie(b.home, b.household, b.feeder_to, b.group, b.present);
}

/// Orders the rows added for one home and class and adds up those that bring the same along.
void merge_tail(std::vector<Entrants>& rows, std::size_t first) {
  std::sort(rows.begin() + static_cast<std::ptrdiff_t>(first), rows.end(), before);
  std::size_t kept = first;
  for (std::size_t i = first; i < rows.size(); ++i) {
    bool same = kept > first && !before(rows[kept - 1], rows[i]);
    if (same)
      rows[kept - 1].pupils += rows[i].pupils;
    else
      rows[kept++] = rows[i];
  }
  rows.resize(kept);
}

bool brings_anything(const Cohort* finished, const IdVector<CampusId, CampusId>& feeder,
                     const IdVector<CampusId, Standing>& standing) {
  return finished &&
         (std::ranges::any_of(feeder, [](CampusId c) { return c.valid(); }) ||
          std::ranges::any_of(standing, [](const Standing& s) { return s.group.valid(); }));
}

}  // namespace

IdVector<CampusId, CampusId> feeders_to(const Place& place, StageId stage, Year year) {
  IdVector<CampusId, CampusId> to(place.campuses.size());
  IdVector<CampusId, Year> since(place.campuses.size(), 0);
  for (const Feeder& f : place.feeders) {
    if (f.since > year || !f.from.valid() || !f.to.valid()) continue;
    const Campus& target = place.campuses[f.to];
    if (stage.index >= target.stages.size() || !target.stages[stage]) continue;
    bool better = !to[f.from].valid() || f.since > since[f.from] ||
                  (f.since == since[f.from] && target.code < place.campuses[to[f.from]].code);
    if (!better) continue;
    to[f.from] = f.to;
    since[f.from] = f.since;
  }
  return to;
}

IdVector<CampusId, CampusId> feeders_with_through_schools(const Place& place, StageId before,
                                                          StageId stage, Year year) {
  IdVector<CampusId, CampusId> to = feeders_to(place, stage, year);
  auto teaches = [&](const Campus& c, StageId s) {
    return s.index < c.stages.size() && c.stages[s].has_value();
  };
  for (auto c : place.campuses.ids()) {
    const Campus& campus = place.campuses[c];
    if (!to[c].valid() && campus.open_in(year) && before.valid() && teaches(campus, before) &&
        teaches(campus, stage))
      to[c] = c;
  }
  return to;
}

StageId stage_before(const Place& place, StageId stage) {
  for (auto s : place.stages.ids())
    if (place.stages[s].entry_age + place.stages[s].grades == place.stages[stage].entry_age)
      return s;
  return StageId();
}

std::vector<Entrants> entrant_rows(const HomeChildren& children, std::size_t classes,
                                   const Cohort* finished, bool whole_cohort,
                                   const IdVector<CampusId, CampusId>& feeder,
                                   const IdVector<CampusId, Standing>& standing) {
  std::vector<Entrants> rows;
  static const std::vector<PupilRow> kNobody;
  bool carries = brings_anything(finished, feeder, standing);
  RowWalk placed(carries ? finished->placed : kNobody);
  RowWalk waiting(carries ? finished->waiting : kNobody);
  for (std::size_t i = 0; i < children.size(); ++i) {
    if (!(children[i] > 0)) continue;
    HomeId home(i / classes);
    ClassId household(i % classes);
    auto [first, last] = placed.of(home, household);
    auto [wait_first, wait_last] = waiting.of(home, household);
    double seated = 0.0, without = 0.0;
    for (std::size_t k = first; k < last; ++k) seated += finished->placed[k].pupils;
    for (std::size_t k = wait_first; k < wait_last; ++k) without += finished->waiting[k].pupils;
    double known = seated + without;
    double scale = known <= 0     ? 0.0
                   : whole_cohort ? children[i] / known
                                  : std::min(1.0, children[i] / known);
    std::size_t start = rows.size();
    for (std::size_t k = first; k < last; ++k) {
      CampusId from = finished->placed[k].campus;
      rows.push_back({home, household, feeder[from], standing[from].group,
                      finished->placed[k].pupils * scale,
                      feeder[from] == from ? from : CampusId()});
    }
    // What is left moved in, or held no seat: they bring nothing along.
    double rest = children[i] - seated * scale;
    if (rest > 0) rows.push_back({.home = home, .household = household, .pupils = rest});
    merge_tail(rows, start);
  }
  return rows;
}

}  // namespace doorstep
