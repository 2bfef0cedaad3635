#include "indicators/way_crossings.h"

#include "network/parallel.h"
#include "network/street_router.h"

namespace doorstep {

bool WayCrossings::known(const TravelTable& travel) {
  return travel.router() && !travel.router()->streets().crossing.empty();
}

std::optional<WayCrossings> WayCrossings::of(const Place& place, const TravelTable& travel,
                                             const RunResult& run, Progress& progress) {
  if (!known(travel)) return std::nullopt;
  const StreetRouter& router = *travel.router();
  std::vector<StreetSnap> homes;
  for (const Home& h : place.homes) homes.push_back(router.snap(h.at));
  IdVector<CampusId, char> goes(place.campuses.size(), 0);
  for (const YearResult& year : run.years)
    for (const StageYear& stage : year.stages)
      for (const PupilFlow& f : stage.flows) goes[f.campus] = 1;
  std::vector<CampusId> wanted;
  for (CampusId c : goes.ids())
    if (goes[c]) wanted.push_back(c);

  WayCrossings out;
  out.crossed_.resize(place.campuses.size());
  in_parallel(wanted.size(), 0, "crossings on the way", progress, [&](std::size_t i, unsigned) {
    const StreetSnap to = router.snap(place.campuses[wanted[i]].at);
    std::vector<unsigned char>& column = out.crossed_[wanted[i]];
    column.assign(homes.size(), 0);
    std::vector<Crossings> on_way = crossings_to_nearest(router, homes, {&to, 1});
    for (std::size_t h = 0; h < homes.size(); ++h)
      column[h] =
          static_cast<unsigned char>((on_way[h].trunk > 0 ? 1 : 0) | (on_way[h].rail > 0 ? 2 : 0));
  });
  return out;
}

}  // namespace doorstep
