#include "indicators/territory.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "indicators/access.h"
#include "indicators/boarding.h"
#include "indicators/equity.h"
#include "indicators/flow_sums.h"
#include "indicators/review.h"
#include "place/area_codes.h"

namespace doorstep {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

const char* urban_name(UrbanClass u) {
  return u == UrbanClass::City ? "city" : u == UrbanClass::Town ? "town" : "rural";
}

Name urban_words(UrbanClass u) {
  switch (u) {
    case UrbanClass::City:
      return {"城区", "City"};
    case UrbanClass::Town:
      return {"镇区", "Town"};
    case UrbanClass::Rural:
      return {"乡村", "Country"};
  }
  return {};
}

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

/// One way of cutting the place into territories, and which one each thing lies in.
struct Division {
  std::vector<Territory> parts;
  IdVector<HomeId, std::size_t> home;
  IdVector<CampusId, std::size_t> campus;
};

template <class KeyOf>
Division divide(const Place& place, Territory::Kind kind, KeyOf&& key_of,
                const std::map<std::string, Name>& names) {
  Division out;
  std::map<std::string, std::size_t> index;
  for (const auto& [code, name] : names) {
    index[code] = out.parts.size();
    out.parts.push_back({kind, code, name});
  }
  auto part = [&](AreaId area, UrbanClass urban) {
    auto found = index.find(key_of(area, urban));
    return found == index.end() ? kNowhere : found->second;
  };
  for (const Home& h : place.homes)
    out.home.push_back(part(h.area, h.area.valid() ? place.areas[h.area].urban : UrbanClass::City));
  for (const Campus& c : place.campuses) out.campus.push_back(part(c.area, c.urban));
  return out;
}

std::vector<Division> divisions(const Place& place) {
  std::vector<Division> out;
  out.push_back(divide(place, Territory::Kind::Place,
                       [](AreaId, UrbanClass) { return std::string("all"); },
                       {{"all", place.name}}));
  out.back().parts.front().code = place.code;
  if (place.areas.empty()) return out;
  std::map<std::string, Name> counties, urban, towns;
  bool lacks_area = false;
  for (const Home& h : place.homes) lacks_area |= !h.area.valid();
  for (const Area& a : place.areas) {
    towns.emplace(a.code, a.name);
    urban.emplace(urban_name(a.urban), urban_words(a.urban));
    if (looks_like_area_code(a.code))
      counties.emplace(a.code.substr(0, 6), Name{a.code.substr(0, 6), a.code.substr(0, 6)});
  }
  if (lacks_area) towns.emplace("", Name{"无片区", "no area"});
  auto town_of = [&](AreaId a) { return a.valid() ? place.areas[a].code : std::string(); };
  if (counties.size() > 1)
    out.push_back(divide(
        place, Territory::Kind::County,
        [&](AreaId a, UrbanClass) { return town_of(a).substr(0, 6); }, counties));
  for (const Campus& c : place.campuses) urban.emplace(urban_name(c.urban), urban_words(c.urban));
  if (urban.size() > 1)
    out.push_back(divide(
        place, Territory::Kind::Urban,
        [&](AreaId, UrbanClass u) { return std::string(urban_name(u)); }, urban));
  out.push_back(divide(
      place, Territory::Kind::Town, [&](AreaId a, UrbanClass) { return town_of(a); }, towns));
  return out;
}

/// What is the same for every division: children, who is near a campus, seats within reach.
struct Ground {
  IdVector<HomeId, double> children;
  IdVector<HomeId, char> covered;
  SeatAccess access;
  IdVector<HomeId, CatchmentId> catchment_of;
  Boarding boarding;
};

Ground ground_of(const FiguresInput& in, const YearResult& year, StageId stage) {
  const StageYear& result = year.stages[stage];
  Ground out{.boarding = Boarding::for_ways(in.place, in.travel, in.standards, stage, result)};
  out.children = children_at_homes(result);
  out.access = two_step_access(in.travel, result, out.children, in.standards.long_time);
  out.covered = covered_homes(in.travel, result, in.place.stages[stage].service_radius);
  out.catchment_of = catchment_of_homes(in.place, stage, year.year);
  return out;
}

bool any_reported(const Place& place, StageId stage) {
  return std::ranges::any_of(place.campuses, [&](const Campus& c) {
    if (stage.index >= c.stages.size() || !c.stages[stage]) return false;
    for (std::size_t k = 0; k < kResourceKinds.size(); ++k)
      if (!std::isnan(c.stages[stage]->resources.at(k))) return true;
    return false;
  });
}

/// Sums of one territory on the way to its figures.
struct Sums {
  FlowSums flows;
  double covered = 0.0, access = 0.0, away = 0.0;
  std::vector<double> pupils, seats, migrants, others;
  std::map<std::pair<uint32_t, uint32_t>, std::pair<double, double>> persons;
  double migrants_public = 0.0, migrants_all = 0.0;
  std::vector<CampusId> campuses;
};

class Territories {
 public:
  Territories(const FiguresInput& in, const YearResult& year, StageId stage,
              const StageIndicators& meaning, const IdVector<CampusId, CampusFigures>& figures)
      : in_(in),
        year_(year),
        stage_(stage),
        meaning_(meaning),
        figures_(figures),
        ground_(ground_of(in, year, stage)),
        reported_(any_reported(in.place, stage)) {}

  void add(const Division& division, std::vector<TerritoryFigures>& out) {
    std::vector<TerritoryFigures> rows(division.parts.size());
    std::vector<Sums> sums(division.parts.size());
    for (std::size_t t = 0; t < rows.size(); ++t) rows[t].what = division.parts[t];
    add_homes(division, rows, sums);
    add_flows(division, rows, sums);
    add_campuses(division, rows, sums);
    for (std::size_t t = 0; t < rows.size(); ++t) {
      finish(sums[t], rows[t]);
      if (rows[t].children > 0 || rows[t].campuses > 0) out.push_back(std::move(rows[t]));
    }
  }

 private:
  [[nodiscard]] const StageYear& result() const { return year_.stages[stage_]; }

  void add_homes(const Division& d, std::vector<TerritoryFigures>& rows, std::vector<Sums>& sums) {
    for (HomeId h : ground_.children.ids()) {
      if (d.home[h] == kNowhere) continue;
      TerritoryFigures& row = rows[d.home[h]];
      const double children = ground_.children[h];
      row.children += children;
      row.unplaced += result().unplaced_of[h];
      sums[d.home[h]].access += children * ground_.access.seats_per_child[h];
      if (ground_.covered[h]) sums[d.home[h]].covered += children;
    }
  }

  void add_flows(const Division& d, std::vector<TerritoryFigures>& rows, std::vector<Sums>& sums) {
    for (const PupilFlow& f : result().flows) {
      if (d.home[f.home] == kNowhere) continue;
      Sums& sum = sums[d.home[f.home]];
      rows[d.home[f.home]].placed += f.pupils;
      sum.flows.add(in_, ground_.catchment_of, f, ground_.boarding.daily(f));
      if (d.campus[f.campus] != d.home[f.home]) sum.away += f.pupils;
    }
  }

  void add_campuses(const Division& d, std::vector<TerritoryFigures>& rows,
                    std::vector<Sums>& sums) {
    const double least = in_.standards.all.value("scale.point_left_out");
    for (CampusId c : result().campuses.ids()) {
      const CampusYear& year = result().campuses[c];
      if (!year.open || d.campus[c] == kNowhere) continue;
      TerritoryFigures& row = rows[d.campus[c]];
      Sums& sum = sums[d.campus[c]];
      add_campus(c, year, row);
      add_migrants(c, year, sum);
      if (reported_) sum.campuses.push_back(c);
      if (year.enrolment < least) continue;
      sum.pupils.push_back(year.enrolment);
      sum.seats.push_back(year.seats);
      SchoolId school = in_.place.campuses[c].school;
      auto& person = sum.persons[{school.index, school.valid() ? 0 : c.index}];
      person.first += year.enrolment;
      person.second += year.seats;
    }
  }

  void add_campus(CampusId c, const CampusYear& year, TerritoryFigures& row) const {
    const CampusIndicators& i = meaning_.campuses[c];
    const CampusFigures& f = figures_[c];
    ++row.campuses;
    row.pupils += year.enrolment;
    row.seats += year.seats;
    row.over_seats += std::max(0.0, year.enrolment - year.seats);
    row.empty_seats += std::max(0.0, year.seats - year.enrolment);
    row.classes += i.classes;
    row.large += i.large;
    row.very_large += i.very_large;
    if (i.classes > 0) row.bands[static_cast<std::size_t>(i.band)] += i.classes;
    row.yellow += i.warning == 1 ? 1 : 0;
    row.red += i.warning == 2 ? 1 : 0;
    row.teachers_needed += f.teachers_needed;
    row.points += f.scale == Scale::Point ? 1 : 0;
    row.funded_up += f.scale == Scale::FundedUp || f.scale == Scale::Point ? 1 : 0;
    row.too_large += f.scale == Scale::TooLarge ? 1 : 0;
    row.below_viable += f.below_viable ? 1 : 0;
  }

  void add_migrants(CampusId c, const CampusYear& year, Sums& sum) const {
    double migrants = 0.0, others = 0.0;
    for (ClassId k : in_.place.classes.ids()) {
      if (k.index >= year.by_class.size()) continue;
      (in_.place.classes[k].migrant ? migrants : others) += year.by_class[k.index];
    }
    sum.migrants.push_back(migrants);
    sum.others.push_back(others);
    sum.migrants_all += migrants;
    SchoolId school = in_.place.campuses[c].school;
    if (!school.valid() || in_.place.schools[school].ownership == Ownership::Public)
      sum.migrants_public += migrants;
  }

  void finish(Sums& sum, TerritoryFigures& row) const {
    WaySums& ways = sum.flows.ways();
    row.travel_mean_min = ways.mean_min();
    row.travel_median_min = ways.percentile_min(0.5);
    row.travel_p90_min = ways.percentile_min(0.9);
    row.share_over_radius =
        ways.share_over(in_.place.stages[stage_].service_radius / in_.travel.speed());
    row.share_over_1km = ways.share_over(in_.standards.long_way / in_.travel.speed());
    row.share_over_30min = ways.share_over(in_.standards.long_time);
    row.share_crossing = sum.flows.share_crossing(in_);
    row.covered = row.children > 0 ? sum.covered / row.children : kNone;
    row.access = row.children > 0 ? sum.access / row.children : kNone;
    row.own_catchment_share = sum.flows.own_catchment_share();
    row.schooled_elsewhere = row.placed > 0 ? sum.away / row.placed : kNone;
    row.utilisation = row.seats > 0 ? row.pupils / row.seats : kNone;
    row.balance = balance_coefficient(sum.pupils, sum.seats);
    std::vector<double> pupils, seats;
    for (const auto& [key, person] : sum.persons) {
      pupils.push_back(person.first);
      seats.push_back(person.second);
    }
    row.balance_by_person = balance_coefficient(pupils, seats);
    const BalanceAmong reviewed =
        balance_among(in_.place, stage_, result(), in_.standards.all, sum.campuses);
    row.balance_eight = reviewed.eight;
    row.balance_seven = reviewed.seven;
    row.migrant_share_public =
        sum.migrants_all > 0 ? sum.migrants_public / sum.migrants_all : kNone;
    row.dissimilarity = dissimilarity(sum.migrants, sum.others);
  }

  const FiguresInput& in_;
  const YearResult& year_;
  StageId stage_;
  const StageIndicators& meaning_;
  const IdVector<CampusId, CampusFigures>& figures_;
  Ground ground_;
  bool reported_;  ///< some campus tells what it has: without, the reviews are not looked at
};

}  // namespace

const char* territory_kind_name(Territory::Kind kind) {
  switch (kind) {
    case Territory::Kind::Place:
      return "place";
    case Territory::Kind::County:
      return "county";
    case Territory::Kind::Urban:
      return "urban";
    case Territory::Kind::Town:
      return "town";
  }
  return "";
}

std::vector<TerritoryFigures> territory_figures(const FiguresInput& in, const YearResult& year,
                                                StageId stage, const StageIndicators& meaning,
                                                const IdVector<CampusId, CampusFigures>& campuses) {
  std::vector<TerritoryFigures> out;
  Territories all(in, year, stage, meaning, campuses);
  for (const Division& d : divisions(in.place)) all.add(d, out);
  return out;
}

}  // namespace doorstep
