#include "io/results/columns.h"

namespace doorstep::io {
namespace {

using T = TerritoryFigures;
using C = CampusFigures;
using G = GroupFigures;
using Y = GroupYear;

template <class F, auto Member>
double of(const F& f) {
  return static_cast<double>(f.*Member);
}

template <std::size_t Band>
double band(const T& t) {
  return t.bands[Band];
}

}  // namespace

const std::vector<Column<T>>& territory_columns() {
  constexpr Side kids = Side::Children;
  static const std::vector<Column<T>> kColumns{
      {"children", of<T, &T::children>, false, kids},
      {"children_placed", of<T, &T::placed>, false, kids},
      {"children_unplaced", of<T, &T::unplaced>, false, kids},
      {"travel_mean_min", of<T, &T::travel_mean_min>, false, kids},
      {"travel_median_min", of<T, &T::travel_median_min>, false, kids},
      {"travel_p90_min", of<T, &T::travel_p90_min>, false, kids},
      {"share_over_service_radius", of<T, &T::share_over_radius>, false, kids, true},
      {"share_over_1km", of<T, &T::share_over_1km>, false, kids, true},
      {"share_over_30min", of<T, &T::share_over_30min>, false, kids, true},
      {"share_crossing", of<T, &T::share_crossing>, false, kids, true},
      {"covered_share", of<T, &T::covered>, false, kids, true},
      {"seats_within_reach", of<T, &T::access>, false, kids},
      {"own_catchment_share", of<T, &T::own_catchment_share>, false, kids, true},
      {"schooled_elsewhere_share", of<T, &T::schooled_elsewhere>, false, kids, true},
      {"campuses", of<T, &T::campuses>, true},
      {"pupils", of<T, &T::pupils>},
      {"seats", of<T, &T::seats>},
      {"utilisation", of<T, &T::utilisation>},
      {"pupils_over_seats", of<T, &T::over_seats>},
      {"empty_seats", of<T, &T::empty_seats>},
      {"classes", of<T, &T::classes>, true},
      {"classes_to_25", band<0>, true},
      {"classes_26_30", band<1>, true},
      {"classes_31_35", band<2>, true},
      {"classes_36_45", band<3>, true},
      {"classes_46_55", band<4>, true},
      {"classes_56_65", band<5>, true},
      {"classes_from_66", band<6>, true},
      {"large_classes", of<T, &T::large>, true},
      {"very_large_classes", of<T, &T::very_large>, true},
      {"warnings_yellow", of<T, &T::yellow>, true},
      {"warnings_red", of<T, &T::red>, true},
      {"balance_by_campus", of<T, &T::balance>},
      {"balance_by_legal_person", of<T, &T::balance_by_person>},
      {"balance_eight_composite", of<T, &T::balance_eight>},
      {"balance_seven_largest", of<T, &T::balance_seven>},
      {"migrants_in_public_share", of<T, &T::migrant_share_public>},
      {"dissimilarity", of<T, &T::dissimilarity>},
      {"teachers_needed", of<T, &T::teachers_needed>},
      {"teaching_points", of<T, &T::points>, true},
      {"funded_up", of<T, &T::funded_up>, true},
      {"too_large", of<T, &T::too_large>, true},
      {"below_viable", of<T, &T::below_viable>, true}};
  return kColumns;
}

const std::vector<Column<C>>& campus_columns() {
  constexpr Side kids = Side::Children;
  static const std::vector<Column<C>> kColumns{
      {"travel_median_min", of<C, &C::travel_median_min>},
      {"travel_p90_min", of<C, &C::travel_p90_min>},
      {"share_over_service_radius", of<C, &C::share_over_radius>, false, kids, true},
      {"share_over_1km", of<C, &C::share_over_1km>, false, kids, true},
      {"share_over_30min", of<C, &C::share_over_30min>, false, kids, true},
      {"share_crossing", of<C, &C::share_crossing>, false, kids, true},
      {"own_catchment_share", of<C, &C::own_catchment_share>, false, kids, true},
      {"migrant_share", of<C, &C::migrant_share>, false, kids, true},
      {"teachers_needed", of<C, &C::teachers_needed>},
      {"teachers_short", of<C, &C::teachers_short>},
      {"funded_pupils", of<C, &C::funded_pupils>},
      {"far_pupils", of<C, &C::far_pupils>, false, kids},
      {"far_and_young", of<C, &C::far_and_young>, false, kids},
      {"boarders", of<C, &C::boarders>, false, kids},
      {"beds_short", of<C, &C::beds_short>, false, kids}};
  return kColumns;
}

const std::vector<Column<G>>& group_columns() {
  static const std::vector<Column<G>> kColumns{{"campuses", of<G, &G::campuses>, true},
                                               {"pupils", of<G, &G::pupils>},
                                               {"seats", of<G, &G::seats>},
                                               {"utilisation", of<G, &G::utilisation>},
                                               {"pupils_over_seats", of<G, &G::over_seats>},
                                               {"classes", of<G, &G::classes>, true},
                                               {"large_classes", of<G, &G::large>, true},
                                               {"very_large_classes", of<G, &G::very_large>, true},
                                               {"warnings_yellow", of<G, &G::yellow>, true},
                                               {"warnings_red", of<G, &G::red>, true},
                                               {"entrants", of<G, &G::entrants>},
                                               {"turned_away", of<G, &G::turned_away>},
                                               {"share_of_pupils", of<G, &G::share_of_pupils>},
                                               {"core_quality", of<G, &G::core_quality>},
                                               {"member_quality", of<G, &G::member_quality>},
                                               {"balance", of<G, &G::balance>},
                                               {"travel_mean_min", of<G, &G::travel_mean_min>}};
  return kColumns;
}

const std::vector<Column<Y>>& group_year_columns() {
  static const std::vector<Column<Y>> kColumns{{"staff_sent_share", of<Y, &Y::staff_sent>},
                                               {"posts_saved", of<Y, &Y::posts_saved>},
                                               {"demand_gained", of<Y, &Y::gained>},
                                               {"demand_displaced", of<Y, &Y::displaced>},
                                               {"demand_induced", of<Y, &Y::induced>}};
  return kColumns;
}

}  // namespace doorstep::io
