#include "indicators/boarding.h"

#include <algorithm>
#include <cmath>

#include "indicators/standard.h"

namespace doorstep {
namespace {

/// Share of a campus's pupils in grades too young to board.
double young_share(const Stage& stage, const CampusYear& year, std::size_t first_grade) {
  if (stage.kind == StageKind::Kindergarten) return 1.0;
  if (stage.kind != StageKind::Primary) return 0.0;
  double all = 0.0, young = 0.0;
  for (std::size_t g = 0; g < year.by_grade.size(); ++g) {
    all += year.by_grade[g];
    if (g + 1 < first_grade) young += year.by_grade[g];
  }
  return all > 0 ? young / all : 0.0;
}

}  // namespace

Boarding::Boarding(const Place& place, const TravelTable& travel, const Standards& standards,
                   StageId stage, const StageYear& year)
    : travel_(travel),
      limit_ds_(std::round(standards.long_time.value * 600.0)),
      far_(year.campuses.size()) {
  for (const PupilFlow& f : year.flows)
    if (is_far(f)) far_[f.campus].all += f.pupils;
  for (CampusId c : far_.ids()) {
    FarPupils& far = far_[c];
    const Campus& campus = place.campuses[c];
    if (!(far.all > 0) || stage.index >= campus.stages.size() || !campus.stages[stage]) continue;
    const auto first = static_cast<std::size_t>(standard(standards.all, "boarding.first_grade"));
    far.young = far.all * young_share(place.stages[stage], year.campuses[c], first);
    const double beds = campus.stages[stage]->resources.at(Resource::BoardingBeds);
    if (!(beds > 0)) continue;  // none, or not reported
    far.boarders = std::min(beds, far.all - far.young);
    anybody_ = anybody_ || far.boarders > 0;
  }
}

Boarding Boarding::for_ways(const Place& place, const TravelTable& travel,
                            const Standards& standards, StageId stage, const StageYear& year) {
  const bool beds = std::ranges::any_of(place.campuses, [&](const Campus& c) {
    return stage.index < c.stages.size() && c.stages[stage] &&
           c.stages[stage]->resources.at(Resource::BoardingBeds) > 0;
  });
  if (!beds) return {travel, year.campuses.size()};
  return {place, travel, standards, stage, year};
}

bool Boarding::is_far(const PupilFlow& flow) const {
  const uint32_t ds = travel_.decisec(flow.home, flow.campus);
  return ds != TravelTable::kUnreachable && ds > limit_ds_;
}

double Boarding::daily(const PupilFlow& flow) const {
  if (!anybody_ || !(far_[flow.campus].boarders > 0) || !is_far(flow)) return flow.pupils;
  return flow.pupils * (1.0 - far_[flow.campus].boarders / far_[flow.campus].all);
}

}  // namespace doorstep
