#pragma once
// Who comes to the first grade with what they bring along: the campus they finished at, its group
// and its feeder. Internal to `simulate`.

#include <span>
#include <utility>
#include <vector>

#include "simulate/children.h"
#include "simulate/cohort.h"
#include "simulate/standing.h"

namespace doorstep {

/// The feeder in force from each campus to a stage in a year; invalid where there is none.
/// The latest one counts; of several of one year the one to the smaller code.
[[nodiscard]] IdVector<CampusId, CampusId> feeders_to(const Place& place, StageId stage, Year year);

/// As feeders_to, and each campus that teaches `stage` and `before` feeds itself where no other
/// feeder leads away from it.
[[nodiscard]] IdVector<CampusId, CampusId> feeders_with_through_schools(const Place& place,
                                                                        StageId before,
                                                                        StageId stage, Year year);

/// The stage whose last grade leads to the first grade of `stage`; invalid where there is none.
[[nodiscard]] StageId stage_before(const Place& place, StageId stage);

/// What pupils of one campus bring along to the next stage.
struct Brought {
  CampusId feeder_to;
  GroupId group;
  CampusId present;
  bool operator==(const Brought&) const = default;
};
/// By campus; empty where nobody brings anything. `finished` as below.
[[nodiscard]] std::vector<Brought> brought_along(const Cohort* finished,
                                                 const IdVector<CampusId, CampusId>& feeder,
                                                 const IdVector<CampusId, Standing>& standing);

/// Rows of one (home, class) in an ordered vector, walked in step with all homes.
class RowWalk {
 public:
  /// Begins at `from`.
  RowWalk(const std::vector<PupilRow>& rows, HomeId from);
  /// Where they begin and end. Pre: keys are asked for in ascending order.
  std::pair<std::size_t, std::size_t> of(HomeId home, ClassId household);

 private:
  const std::vector<PupilRow>& rows_;
  std::size_t at_;
};

/// Entrant rows for children at homes. `finished` are those who left the stage before, or null.
/// `whole_cohort`: they stand for the children's spread over campuses, not for their number (used
/// for the first year, whose older pupils finished before the run begins).
/// Who finished at a campus that feeds itself (a through school) is still there: `present`.
/// `steady`: also rows of nobody, for all that a home's children may bring along, so that a home
/// has the same rows year after year. `earlier`: rows to keep besides, ordered, or null.
[[nodiscard]] std::vector<Entrants> entrant_rows(const HomeChildren& children, std::size_t classes,
                                                 const Cohort* finished, bool whole_cohort,
                                                 const std::vector<Brought>& brought,
                                                 bool steady = false,
                                                 const std::vector<Entrants>* earlier = nullptr);

/// Those of some homes (rising) alone, steady.
[[nodiscard]] std::vector<Entrants> entrant_rows_at(std::span<const HomeId> homes,
                                                    const HomeChildren& children,
                                                    std::size_t classes, const Cohort& finished,
                                                    bool whole_cohort,
                                                    const std::vector<Brought>& brought,
                                                    const std::vector<Entrants>& earlier);

}  // namespace doorstep
