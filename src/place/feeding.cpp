#include "place/feeding.h"

namespace doorstep {

bool leads_on(const Place& place, CampusId from, CampusId to) {
  auto teaches = [&](CampusId c, StageId s) {
    const Campus& campus = place.campuses[c];
    return s.index < campus.stages.size() && campus.stages[s].has_value();
  };
  for (StageId s : place.stages.ids())
    for (StageId next : place.stages.ids())
      if (teaches(from, s) && teaches(to, next) &&
          place.stages[s].entry_age + place.stages[s].grades == place.stages[next].entry_age)
        return true;
  return false;
}

}  // namespace doorstep
