#pragma once
// The orders in which tables go through a run. Internal to io's results.

#include "io/results/results.h"

namespace doorstep::io {

/// visit(year index, stage): years first.
template <class Visit>
void each_stage_year(const RunReport& r, Visit&& visit) {
  for (std::size_t y = 0; y < r.run.years.size(); ++y)
    for (StageId s : r.place.stages.ids()) visit(y, s);
}

/// visit(year index, stage, campus) of campuses that are open.
template <class Visit>
void each_open_campus(const RunReport& r, Visit&& visit) {
  each_stage_year(r, [&](std::size_t y, StageId s) {
    for (CampusId id : r.place.campuses.ids())
      if (r.run.years[y].stages[s].campuses[id].open) visit(y, s, id);
  });
}

}  // namespace doorstep::io
