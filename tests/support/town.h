#pragma once
// Tiny towns for tests: homes and campuses on a line, at metres along it, walked at 80 m a minute.
//
//   Town town;
//   auto a = town.campus("A", 0, 30);           // at 0 m, 30 entry seats
//   auto h = town.home("h", 400, 25);           // at 400 m, 25 entrants
//   town.catchment("a", {h}, {a});
//   Admission result = town.admit(Rule::Catchment);

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "assign/assign.h"

namespace doorstep::test {

class Town {
 public:
  Place place;
  Policy policy;
  Coefficients coefficients;
  IdVector<CampusId, Offer> offers;
  std::vector<Entrants> entrants;
  StageId stage{0};
  Year year = 2025;
  uint64_t seed = 1;

  Town() {
    place.code = "town";
    place.base_year = year;
    Stage primary;
    primary.code = "primary";
    place.stages.push_back(primary);
    household("resident");
    for (const auto& [name, value] :
         std::vector<std::pair<std::string, double>>{{"choice.a_quality", 1.0},
                                                     {"choice.b_distance", 2.0},
                                                     {"choice.kappa_km", 1.5},
                                                     {"choice.group_bonus", 0.5},
                                                     {"choice.stay", 1.0},
                                                     {"choice.tolerance", 1e-7},
                                                     {"choice.max_rounds", 10000}})
      coefficient(name, value);
  }

  void coefficient(const std::string& name, double value) {
    coefficients.set(name, Coefficient{value, value, value, "test", "assumed"});
  }
  ClassId household(const std::string& code) {
    return place.classes.push_back(HouseholdClass{code, {}});
  }
  HomeId home(const std::string& code, double at_m, double pupils) {
    Home h;
    h.code = code;
    h.at = Xy{at_m, 0.0};
    add(place.homes.push_back(h), pupils);
    return HomeId(place.homes.size() - 1);
  }
  /// More entrants at a home: another household class, or from a feeder.
  Entrants& add(HomeId home, double pupils, ClassId household = ClassId(0)) {
    Entrants row;
    row.home = home;
    row.household = household;
    row.pupils = pupils;
    entrants.push_back(row);
    return entrants.back();
  }
  CampusId campus(const std::string& code, double at_m, double seats) {
    Campus c;
    c.code = code;
    c.at = Xy{at_m, 0.0};
    c.school = place.schools.push_back(School{code, {}, Ownership::Public});
    Offer offer;
    offer.open = true;
    offer.seats = seats;
    offers.push_back(offer);
    return place.campuses.push_back(c);
  }
  CatchmentId catchment(const std::string& code, std::vector<HomeId> homes,
                        std::vector<CampusId> campuses) {
    Catchment c;
    c.code = code;
    c.stage = stage;
    c.homes = std::move(homes);
    c.campuses = std::move(campuses);
    return place.catchments.push_back(c);
  }
  /// No way from a home to a campus.
  void cut(HomeId home, CampusId campus) { cuts_.emplace_back(home, campus); }

  [[nodiscard]] const TravelTable& travel() {
    travel_ = TravelTable(place.homes.size(), place.campuses.size(), MetresPerMinute(80.0));
    for (HomeId h : place.homes.ids())
      for (CampusId c : place.campuses.ids()) {
        const double metres = std::abs(place.homes[h].at.x - place.campuses[c].at.x);
        travel_.set_decisec(h, c, static_cast<uint32_t>(std::llround(metres / 80.0 * 600.0)));
      }
    for (const auto& [h, c] : cuts_) travel_.set_decisec(h, c, TravelTable::kUnreachable);
    return travel_;
  }
  /// Refers to this town: keep it while the input is in use.
  [[nodiscard]] AdmissionInput admission(Rule rule) {
    AdmissionInput input;
    input.place = &place;
    input.travel = &travel();
    input.coefficients = &coefficients;
    input.stage = stage;
    input.year = year;
    input.seed = seed;
    input.entrants = entrants;
    input.offers = offers;
    input.catchment_of.assign(place.homes.size(), CatchmentId());
    for (CatchmentId id : place.catchments.ids())
      for (HomeId h : place.catchments[id].homes) input.catchment_of[h] = id;
    input.policy = policy;
    input.policy.rule = rule;
    return input;
  }
  [[nodiscard]] Admission admit(Rule rule) {
    Progress progress;
    return assign_pupils(admission(rule), progress);
  }

 private:
  TravelTable travel_;
  std::vector<std::pair<HomeId, CampusId>> cuts_;
};

/// Pupils of one row at one campus.
inline double flow(const Admission& admission, std::size_t row, CampusId campus) {
  for (const Flow& f : admission.flows)
    if (f.entrants == row && f.campus == campus) return f.pupils;
  return 0.0;
}
inline double unplaced(const Admission& admission) {
  double sum = 0.0;
  for (double u : admission.unplaced) sum += u;
  return sum;
}
/// Travel of everyone placed. Units: pupil-minutes.
inline double pupil_minutes(const AdmissionInput& input, const Admission& admission) {
  double sum = 0.0;
  for (const Flow& f : admission.flows)
    sum += f.pupils * input.travel->minutes(input.entrants[f.entrants].home, f.campus).value;
  return sum;
}

}  // namespace doorstep::test
