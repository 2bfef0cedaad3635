#include "session/ensemble/grounds.h"

#include <utility>

#include "indicators/group_figures.h"
#include "indicators/territory.h"

namespace doorstep::session {
namespace {

template <class F>
struct GroundColumn {
  const char* name;
  double (*of)(const F&);
};

using T = TerritoryFigures;
constexpr GroundColumn<T> kOfTerritories[]{
    {"children", [](const T& t) { return t.children; }},
    {"children_unplaced", [](const T& t) { return t.unplaced; }},
    {"pupils", [](const T& t) { return t.pupils; }},
    {"utilisation", [](const T& t) { return t.utilisation; }},
    {"pupils_over_seats", [](const T& t) { return t.over_seats; }},
    {"large_classes", [](const T& t) { return static_cast<double>(t.large); }},
    {"travel_mean_min", [](const T& t) { return t.travel_mean_min; }},
    {"share_over_service_radius", [](const T& t) { return t.share_over_radius; }},
    {"seats_within_reach", [](const T& t) { return t.access; }},
    {"own_catchment_share", [](const T& t) { return t.own_catchment_share; }},
    {"schooled_elsewhere_share", [](const T& t) { return t.schooled_elsewhere; }},
    {"balance_by_campus", [](const T& t) { return t.balance; }}};

using G = GroupFigures;
constexpr GroundColumn<G> kOfGroups[]{
    {"pupils", [](const G& g) { return g.pupils; }},
    {"utilisation", [](const G& g) { return g.utilisation; }},
    {"pupils_over_seats", [](const G& g) { return g.over_seats; }},
    {"large_classes", [](const G& g) { return static_cast<double>(g.large); }},
    {"entrants", [](const G& g) { return g.entrants; }},
    {"turned_away", [](const G& g) { return g.turned_away; }},
    {"core_quality", [](const G& g) { return g.core_quality; }},
    {"member_quality", [](const G& g) { return g.member_quality; }},
    {"balance", [](const G& g) { return g.balance; }},
    {"travel_mean_min", [](const G& g) { return g.travel_mean_min; }}};

}  // namespace

GroundValues ground_values(const Place& place, const TravelTable& travel, const RunResult& run,
                           const std::vector<YearIndicators>& meaning, const Standards& standards) {
  GroundValues out;
  const FiguresInput input{place, travel, standards, nullptr};
  for (std::size_t y = 0; y < run.years.size(); ++y) {
    const YearResult& year = run.years[y];
    for (StageId s : place.stages.ids()) {
      const StageIndicators& means = meaning[y].stages[s];
      for (const T& t : territory_figures(input, year, s, means, campus_figures(input, year, s))) {
        if (t.what.kind == Territory::Kind::Place) continue;  // the stage's own bands
        for (const auto& c : kOfTerritories)
          out[{s.index, year.year, territory_kind_name(t.what.kind), t.what.code, c.name}] =
              c.of(t);
      }
      for (const G& g : group_figures(place, year, s, means))
        for (const auto& c : kOfGroups)
          out[{s.index, year.year, "group", place.groups[g.group].code, c.name}] = c.of(g);
    }
  }
  return out;
}

Better better_way(const std::string& figure) {
  for (const char* name : {"children", "pupils", "utilisation", "entrants"})
    if (figure == name) return Better::Neither;
  for (const char* name :
       {"seats_within_reach", "own_catchment_share", "core_quality", "member_quality"})
    if (figure == name) return Better::More;
  return Better::Less;
}

}  // namespace doorstep::session
