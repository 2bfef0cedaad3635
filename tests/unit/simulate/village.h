#pragma once
// Places on a line with children by age, for tests of `simulate`: positions in metres, walked at
// 80 m a minute.
//
//   Village v;                                   // base year 2025, no stage yet
//   auto primary = v.stage("primary", 6, 2);     // ages 6 and 7
//   auto a = v.campus("A", 0, primary, 40);      // 40 seats in all grades
//   auto h = v.home("h", 400, {{6, 10}, {7, 12}});
//   RunResult run = v.run(3);

#include <cmath>
#include <map>
#include <string>

#include "simulate/simulate.h"

namespace doorstep::test {

class Village {
 public:
  Place place;
  Coefficients coefficients;
  GroupForms forms;
  RunOptions options;

  Village() {
    place.code = "village";
    place.base_year = 2025;
    place.policy.rule = Rule::LeastTravel;
    place.classes.push_back({.code = "all"});
    place.areas.push_back({.code = "area"});
    for (const auto& [name, value] : std::map<std::string, double>{{"choice.a_quality", 1.0},
                                                                   {"choice.b_distance", 2.0},
                                                                   {"choice.kappa_km", 1.5},
                                                                   {"choice.group_bonus", 0.5},
                                                                   {"choice.stay", 1.0},
                                                                   {"choice.tolerance", 1e-7},
                                                                   {"choice.max_rounds", 10000}})
      coefficients.set(name, {value, value, value, "test", "assumed"});
  }
  StageId stage(const std::string& code, int entry_age, int grades) {
    for (Campus& c : place.campuses) c.stages.resize(place.stages.size() + 1);
    return place.stages.push_back({.code = code, .grades = grades, .entry_age = entry_age});
  }
  CampusId campus(const std::string& code, double at_m, StageId stage, double seats) {
    Campus c;
    c.code = code;
    c.at = {at_m, 0};
    c.school = place.schools.push_back({.code = code});
    c.stages.resize(place.stages.size());
    c.stages[stage] = CampusStage{.seats = {{2025, seats}}};
    return place.campuses.push_back(c);
  }
  HomeId home(const std::string& code, double at_m, const std::map<int, double>& children) {
    HomeId id = place.homes.push_back({.code = code, .at = {at_m, 0}, .area = AreaId(0)});
    place.children.count.resize(place.homes.size() * 19, 0.0);
    for (const auto& [age, n] : children) place.children.at(id, ClassId(0), age) = n;
    return id;
  }
  CatchmentId catchment(const std::string& code, StageId stage, std::vector<HomeId> homes,
                        std::vector<CampusId> campuses) {
    Catchment c;
    c.code = code;
    c.stage = stage;
    c.homes = std::move(homes);
    c.campuses = std::move(campuses);
    return place.catchments.push_back(c);
  }
  /// A form with a name lent at `brand_share` at once, and nothing else.
  Coefficients& form(const std::string& name, double brand_share, double phase_in_years = 1) {
    for (const auto& [key, value] :
         std::map<std::string, double>{{"brand_share", brand_share},
                                       {"phase_in_years", phase_in_years},
                                       {"depth", 1},
                                       {"quality_rate", 0},
                                       {"staff_sent", 0},
                                       {"core_loss", 0},
                                       {"crowding", 0},
                                       {"free_members", 4},
                                       {"pooled", 0}})
      set_rate(name, key, value);
    return forms[name];
  }
  void set_rate(const std::string& form_name, const std::string& key, double value) {
    forms[form_name].set(key, {value, value, value, "test", "assumed"});
  }
  [[nodiscard]] TravelTable travel() const {
    TravelTable t(place.homes.size(), place.campuses.size(), MetresPerMinute(80.0));
    for (auto h : place.homes.ids())
      for (auto c : place.campuses.ids())
        t.set_decisec(h, c,
                      static_cast<uint32_t>(std::llround(
                          std::abs(place.homes[h].at.x - place.campuses[c].at.x) / 80.0 * 600.0)));
    return t;
  }
  [[nodiscard]] RunResult run(int years) {
    options.years = years;
    Progress progress;
    return simulate(place, travel(), coefficients, forms, options, progress);
  }
};

/// Pupils of a home at a campus in one stage and year; 0 where no flow.
inline double at(const RunResult& run, std::size_t year, StageId stage, HomeId home,
                 CampusId campus) {
  for (const PupilFlow& f : run.years.at(year).stages[stage].flows)
    if (f.home == home && f.campus == campus) return f.pupils;
  return 0.0;
}
inline const CampusYear& campus_year(const RunResult& run, std::size_t year, StageId stage,
                                     CampusId campus) {
  return run.years.at(year).stages[stage].campuses[campus];
}
inline bool has_note(const RunResult& run, const std::string& code) {
  for (const Diagnostic& d : run.notes.items())
    if (d.code == code) return true;
  return false;
}

}  // namespace doorstep::test
