#include "simulate/carry_over.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <tuple>

namespace doorstep {
namespace {

bool before(const Entrants& a, const Entrants& b) {
  return std::tie(a.home, a.household, a.feeder_to, a.group, a.present) <
         std::tie(b.home, b.household, b.feeder_to, b.group, b.present);
}

bool brings_anything(const Cohort* finished, const IdVector<CampusId, CampusId>& feeder,
                     const IdVector<CampusId, Standing>& standing) {
  return finished &&
         (std::ranges::any_of(feeder, [](CampusId c) { return c.valid(); }) ||
          std::ranges::any_of(standing, [](const Standing& s) { return s.group.valid(); }));
}

/// Makes the rows of a run of homes.
class EntrantBuilder {
 public:
  EntrantBuilder(const HomeChildren& children, std::size_t classes, const Cohort& finished,
                 bool whole_cohort, const std::vector<Brought>& brought, bool steady,
                 const std::vector<Entrants>* earlier)
      : children_(children),
        classes_(classes),
        finished_(finished),
        whole_cohort_(whole_cohort),
        brought_(brought),
        steady_(steady),
        earlier_(earlier) {}

  std::vector<Entrants> build(std::size_t from, std::size_t to) {
    constexpr std::size_t kRowsOfHome = 3;  // most often, where pupils bring something along
    rows_.reserve((to - from) * classes_ * (finished_.grid.empty() ? 1 : kRowsOfHome));
    RowWalk placed(finished_.placed, HomeId(from));
    RowWalk waiting(finished_.waiting, HomeId(from));
    std::size_t kept = kept_from(HomeId(from));
    for (std::size_t i = from * classes_; i < to * classes_; ++i) {
      const HomeId home(i / classes_);
      const ClassId household(i % classes_);
      start_ = rows_.size();
      kept = keep(kept, home, household);
      if (!(children_[i] > 0)) continue;
      slots_of(i);
      const auto [first, last] = placed.of(home, household);
      const auto [wait_first, wait_last] = waiting.of(home, household);
      double seated = 0.0, without = 0.0;
      for (std::size_t slot = slot_; slot < slot_end_; ++slot) seated += pupils_in(slot);
      for (std::size_t k = first; k < last; ++k) seated += finished_.placed[k].pupils;
      for (std::size_t k = wait_first; k < wait_last; ++k) without += finished_.waiting[k].pupils;
      const double known = seated + without;
      const double scale = known <= 0      ? 0.0
                           : whole_cohort_ ? children_[i] / known
                                           : std::min(1.0, children_[i] / known);
      for (std::size_t slot = slot_; slot < slot_end_; ++slot)
        if (steady_ || pupils_in(slot) > 0)
          add(home, household, brought_[finished_.grid.pattern->campus[slot].index],
              pupils_in(slot) * scale);
      for (std::size_t k = first; k < last; ++k)
        add(home, household, brought_[finished_.placed[k].campus.index],
            finished_.placed[k].pupils * scale);
      // What is left moved in, or held no seat: they bring nothing along.
      const double rest = children_[i] - seated * scale;
      if (steady_ || rest > 0) add(home, household, {}, std::max(0.0, rest));
      std::sort(rows_.begin() + static_cast<std::ptrdiff_t>(start_), rows_.end(), before);
    }
    return std::move(rows_);
  }

 private:
  [[nodiscard]] std::size_t kept_from(HomeId from) const {
    if (!earlier_) return 0;
    return static_cast<std::size_t>(std::ranges::lower_bound(*earlier_, from, {}, &Entrants::home) -
                                    earlier_->begin());
  }

  /// Takes over the rows of a home and class from `at` on, without pupils. Returns where they end.
  std::size_t keep(std::size_t at, HomeId home, ClassId household) {
    for (; earlier_ && at < earlier_->size() && (*earlier_)[at].home == home &&
           (*earlier_)[at].household == household;
         ++at) {
      rows_.push_back((*earlier_)[at]);
      rows_.back().pupils = 0.0;
    }
    return at;
  }

  void slots_of(std::size_t key) {
    slot_ = slot_end_ = 0;
    if (finished_.grid.empty()) return;
    slot_ = finished_.grid.pattern->first[key];
    slot_end_ = finished_.grid.pattern->first[key + 1];
  }

  [[nodiscard]] double pupils_in(std::size_t slot) const { return finished_.grid.pupils[slot]; }

  /// To the row of the home and class that brings the same along, or a new one.
  void add(HomeId home, ClassId household, const Brought& b, double pupils) {
    for (std::size_t k = start_; k < rows_.size(); ++k)
      if (rows_[k].group == b.group && rows_[k].feeder_to == b.feeder_to &&
          rows_[k].present == b.present) {
        rows_[k].pupils += pupils;
        return;
      }
    rows_.push_back({home, household, b.feeder_to, b.group, pupils, b.present});
  }

  const HomeChildren& children_;
  std::size_t classes_;
  const Cohort& finished_;
  bool whole_cohort_;
  const std::vector<Brought>& brought_;
  bool steady_;
  const std::vector<Entrants>* earlier_;
  std::vector<Entrants> rows_;
  std::size_t start_ = 0;  ///< of the rows of the home and class at hand
  std::size_t slot_ = 0, slot_end_ = 0;
};

}  // namespace

RowWalk::RowWalk(const std::vector<PupilRow>& rows, HomeId from)
    : rows_(rows),
      at_(static_cast<std::size_t>(std::ranges::lower_bound(rows, from, {}, &PupilRow::home) -
                                   rows.begin())) {}

std::pair<std::size_t, std::size_t> RowWalk::of(HomeId home, ClassId household) {
  auto key = std::tie(home, household);
  while (at_ < rows_.size() && std::tie(rows_[at_].home, rows_[at_].household) < key) ++at_;
  std::size_t first = at_;
  while (at_ < rows_.size() && std::tie(rows_[at_].home, rows_[at_].household) == key) ++at_;
  return {first, at_};
}

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

std::vector<Brought> brought_along(const Cohort* finished,
                                   const IdVector<CampusId, CampusId>& feeder,
                                   const IdVector<CampusId, Standing>& standing) {
  std::vector<Brought> brought;
  if (!brings_anything(finished, feeder, standing)) return brought;
  for (auto c : feeder.ids())
    brought.push_back({feeder[c], standing[c].group, feeder[c] == c ? c : CampusId()});
  return brought;
}

std::vector<Entrants> entrant_rows(const HomeChildren& children, std::size_t classes,
                                   const Cohort* finished, bool whole_cohort,
                                   const std::vector<Brought>& brought, bool steady,
                                   const std::vector<Entrants>* earlier) {
  static const Cohort kNobody;
  const Cohort& from = brought.empty() ? kNobody : *finished;
  constexpr std::size_t kHomesOfRun = 8192;
  const std::size_t homes = children.size() / classes;
  std::vector<std::vector<Entrants>> runs((homes + kHomesOfRun - 1) / kHomesOfRun);
  tbb::parallel_for(std::size_t{0}, runs.size(), [&](std::size_t run) {
    runs[run] = EntrantBuilder(children, classes, from, whole_cohort, brought, steady, earlier)
                    .build(run * kHomesOfRun, std::min(homes, (run + 1) * kHomesOfRun));
  });
  std::size_t count = 0;
  for (const auto& run : runs) count += run.size();
  std::vector<Entrants> rows;
  rows.reserve(count);
  for (const auto& run : runs) rows.insert(rows.end(), run.begin(), run.end());
  return rows;
}

std::vector<Entrants> entrant_rows_at(std::span<const HomeId> homes, const HomeChildren& children,
                                      std::size_t classes, const Cohort& finished,
                                      bool whole_cohort, const std::vector<Brought>& brought,
                                      const std::vector<Entrants>& earlier) {
  std::vector<Entrants> rows;
  EntrantBuilder builder(children, classes, finished, whole_cohort, brought, true, &earlier);
  for (HomeId home : homes) {
    const std::vector<Entrants> more = builder.build(home.index, home.index + 1);
    rows.insert(rows.end(), more.begin(), more.end());
  }
  return rows;
}

}  // namespace doorstep
