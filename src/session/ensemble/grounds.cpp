#include "session/ensemble/grounds.h"

#include <array>
#include <set>

#include "indicators/access.h"
#include "indicators/disruption.h"
#include "indicators/equity.h"
#include "indicators/group_figures.h"
#include "indicators/territory.h"
#include "io/results/columns.h"

namespace doorstep::session {
namespace {

/// Of campuses.csv, what a run and its measure give; the rest are io::campus_columns().
struct CampusColumn {
  const char* name;
  double (*of)(const CampusYear&, const CampusIndicators&);
};
using C = CampusYear;
using I = CampusIndicators;
constexpr CampusColumn kOfCampuses[]{
    {"pupils", [](const C& c, const I&) { return c.enrolment; }},
    {"seats", [](const C& c, const I&) { return c.seats; }},
    {"utilisation", [](const C& c, const I&) { return c.utilisation(); }},
    {"entrants", [](const C& c, const I&) { return c.entrants; }},
    {"entry_seats", [](const C& c, const I&) { return c.entry_seats; }},
    {"planned_intake", [](const C& c, const I&) { return c.planned_intake; }},
    {"entitled", [](const C& c, const I&) { return c.entitled; }},
    {"turned_away", [](const C& c, const I&) { return c.turned_away; }},
    {"classes", [](const C&, const I& i) { return static_cast<double>(i.classes); }},
    {"class_size", [](const C&, const I& i) { return i.class_size; }},
    {"large_classes", [](const C&, const I& i) { return static_cast<double>(i.large); }},
    {"very_large_classes", [](const C&, const I& i) { return static_cast<double>(i.very_large); }},
    {"travel_mean_min", [](const C&, const I& i) { return i.travel_mean_min; }},
    {"came", [](const C& c, const I&) { return c.came; }},
    {"left", [](const C& c, const I&) { return c.left; }},
    {"returned", [](const C& c, const I&) { return c.returned; }},
    {"applied", [](const C& c, const I&) { return c.applied; }},
    {"quality", [](const C& c, const I&) { return c.quality; }}};

/// Of stages.csv, what districts.csv does not have.
constexpr const char* kOfStages[]{"moved",
                                  "returned",
                                  "access_below_half_share",
                                  "group_coverage_campuses",
                                  "group_coverage_pupils",
                                  "mean_quality"};

std::string name_of(const char* name) { return name; }
template <class Column>
std::string name_of(const Column& column) {
  return column.name;
}

template <class Columns>
void add_names(const Columns& columns, std::vector<std::string>& out) {
  for (const auto& c : columns) out.push_back(name_of(c));
}

template <class F>
void add_values(const std::vector<io::Column<F>>& columns, const F& figures,
                std::vector<double>& out) {
  for (const auto& c : columns) out.push_back(c.value(figures));
}

/// One year and stage of a run at hand.
struct YearOfStage {
  const Place& place;
  const YearResult& year;
  StageId stage;
  const StageIndicators& means;
  [[nodiscard]] GroundKey key(const char* kind, const std::string& code) const {
    return {stage.index, year.year, kind, code};
  }
};

void add_stage(const FiguresInput& in, const YearOfStage& at, GroundValues& out) {
  const StageYear& numbers = at.year.stages[at.stage];
  const SeatAccess access =
      two_step_access(in.travel, numbers, children_at_homes(numbers), in.standards.long_time);
  const GroupCoverage coverage = group_coverage(at.place, at.stage, at.year.year, numbers);
  out[at.key("stage", at.place.stages[at.stage].code)] = {
      numbers.moved,     numbers.returned, access.share_below_half,
      coverage.campuses, coverage.pupils,  mean_quality(numbers)};
}

void add_groups(const YearOfStage& at, GroundValues& out) {
  for (const GroupFigures& g : group_figures(at.place, at.year, at.stage, at.means)) {
    std::vector<double>& row = out[at.key("group", at.place.groups[g.group].code)];
    add_values(io::group_columns(), g, row);
    add_values(io::group_year_columns(), at.year.groups[g.group], row);
  }
}

void add_campuses(const YearOfStage& at, const IdVector<CampusId, CampusFigures>& figures,
                  GroundValues& out) {
  for (CampusId c : figures.ids()) {
    const CampusYear& numbers = at.year.stages[at.stage].campuses[c];
    if (!numbers.open) continue;
    std::vector<double>& row = out[at.key("campus", at.place.campuses[c].code)];
    for (const CampusColumn& column : kOfCampuses)
      row.push_back(column.of(numbers, at.means.campuses[c]));
    add_values(io::campus_columns(), figures[c], row);
  }
}

}  // namespace

const std::vector<std::string>& ground_figures(const std::string& kind) {
  static const auto named = [](auto... columns) {
    std::vector<std::string> out;
    (add_names(columns, out), ...);
    return out;
  };
  static const std::vector<std::string> kTerritories = named(io::territory_columns());
  static const std::vector<std::string> kGroups =
      named(io::group_columns(), io::group_year_columns());
  static const std::vector<std::string> kCampuses =
      named(std::to_array(kOfCampuses), io::campus_columns());
  static const std::vector<std::string> kStages = named(std::to_array(kOfStages));
  if (kind == "stage") return kStages;
  return kind == "campus" ? kCampuses : kind == "group" ? kGroups : kTerritories;
}

std::optional<WayCrossings> crossings_to_all(const Place& place, const TravelTable& travel,
                                             Progress& progress) {
  if (place.homes.empty()) return std::nullopt;
  std::vector<PupilFlow> one_each;
  for (CampusId c : place.campuses.ids()) one_each.push_back({HomeId(0), c, 1.0});
  RunResult run;
  run.years.resize(1);
  run.years[0].stages.resize(1);
  run.years[0].stages[StageId(0)].flows = std::move(one_each);
  return WayCrossings::of(place, travel, run, progress);
}

GroundValues ground_values(const Place& place, const TravelTable& travel, const RunResult& run,
                           const std::vector<YearIndicators>& meaning, const Standards& standards,
                           const WayCrossings* crossings) {
  GroundValues out;
  const FiguresInput input{place, travel, standards, crossings};
  for (std::size_t y = 0; y < run.years.size(); ++y)
    for (StageId s : place.stages.ids()) {
      const YearOfStage at{place, run.years[y], s, meaning[y].stages[s]};
      const auto campuses = campus_figures(input, at.year, s);
      for (const TerritoryFigures& t : territory_figures(input, at.year, s, at.means, campuses))
        add_values(io::territory_columns(), t,
                   out[at.key(territory_kind_name(t.what.kind), t.what.code)]);
      add_stage(input, at, out);
      add_groups(at, out);
      add_campuses(at, campuses, out);
    }
  return out;
}

Better better_way(const std::string& figure) {
  static const std::set<std::string> kMore{"seats_within_reach",
                                           "own_catchment_share",
                                           "core_quality",
                                           "member_quality",
                                           "quality",
                                           "covered_share",
                                           "children_placed",
                                           "migrants_in_public_share",
                                           "posts_saved",
                                           "returned"};
  static const std::set<std::string> kLess{"children_unplaced",
                                           "travel_mean_min",
                                           "travel_median_min",
                                           "travel_p90_min",
                                           "share_over_service_radius",
                                           "share_over_1km",
                                           "share_over_30min",
                                           "share_crossing",
                                           "schooled_elsewhere_share",
                                           "pupils_over_seats",
                                           "empty_seats",
                                           "classes_56_65",
                                           "classes_from_66",
                                           "large_classes",
                                           "very_large_classes",
                                           "class_size",
                                           "warnings_yellow",
                                           "warnings_red",
                                           "balance",
                                           "balance_by_campus",
                                           "balance_by_legal_person",
                                           "balance_eight_composite",
                                           "balance_seven_largest",
                                           "dissimilarity",
                                           "access_below_half_share",
                                           "turned_away",
                                           "teachers_short",
                                           "far_pupils",
                                           "far_and_young",
                                           "beds_short",
                                           "too_large",
                                           "below_viable",
                                           "staff_sent_share"};
  return kMore.contains(figure)   ? Better::More
         : kLess.contains(figure) ? Better::Less
                                  : Better::Neither;
}

}  // namespace doorstep::session
