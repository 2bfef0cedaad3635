#include "indicators/flow_sums.h"

#include <algorithm>
#include <limits>

namespace doorstep {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

std::optional<bool> at_own_catchment(const Place& place,
                                     const IdVector<HomeId, CatchmentId>& catchment_of,
                                     const PupilFlow& flow) {
  const CatchmentId own = catchment_of[flow.home];
  if (!own.valid()) return std::nullopt;
  const auto& serving = place.catchments[own].campuses;
  return std::ranges::find(serving, flow.campus) != serving.end();
}

void FlowSums::add(const FiguresInput& in, const IdVector<HomeId, CatchmentId>& catchment_of,
                   const PupilFlow& flow, double daily) {
  ways_.add(in.travel.decisec(flow.home, flow.campus), daily);
  if (in.crossings != nullptr &&
      (in.crossings->trunk(flow.home, flow.campus) || in.crossings->rail(flow.home, flow.campus)))
    crossing_ += daily;
  const std::optional<bool> own = at_own_catchment(in.place, catchment_of, flow);
  if (!own) return;
  with_catchment_ += flow.pupils;
  if (*own) own_ += flow.pupils;
}

double FlowSums::share_crossing(const FiguresInput& in) const {
  return in.crossings != nullptr && ways_.pupils() > 0 ? crossing_ / ways_.pupils() : kNone;
}

double FlowSums::own_catchment_share() const {
  return with_catchment_ > 0 ? own_ / with_catchment_ : kNone;
}

}  // namespace doorstep
