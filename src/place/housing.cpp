#include <algorithm>

#include "place/place.h"

namespace doorstep {

Housing housing_project(const Place& place, std::string code, Name name, HomeId home,
                        Year completes, double dwellings, double pupils_per_dwelling) {
  auto compulsory = [](const Stage& s) {
    return s.kind == StageKind::Primary || s.kind == StageKind::Junior;
  };
  bool any = std::ranges::any_of(place.stages, compulsory);
  int first = place.children.ages;
  int last = -1;
  for (const Stage& s : place.stages) {
    if (any && !compulsory(s)) continue;
    first = std::min(first, s.entry_age);
    last = std::max(last, s.entry_age + s.grades - 1);
  }
  Housing project{std::move(code), std::move(name), home, completes, dwellings, {}};
  project.yield_by_age.assign(static_cast<std::size_t>(place.children.ages), 0.0);
  last = std::min(last, place.children.ages - 1);
  if (last < first) return project;
  double each = pupils_per_dwelling / (last - first + 1);
  for (int age = 0; age <= last; ++age) project.yield_by_age[static_cast<std::size_t>(age)] = each;
  return project;
}

}  // namespace doorstep
