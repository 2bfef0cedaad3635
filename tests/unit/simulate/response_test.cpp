// What comes out stays inside what is known of reforms. Rates are those of config/group_forms.toml
// and config/choice.toml, by hand.

#include <catch2/catch.hpp>

#include <cmath>

#include "village.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

struct Form {
  const char* name;
  double brand_share, phase_in_years, depth;
};
const Form kForms[] = {{"alliance", 0.1, 3, 0.1},    {"paired", 0.15, 3, 0.25},
                       {"entrusted", 0.3, 3, 0.4},   {"branch", 0.18, 2, 0.5},
                       {"close_knit", 0.38, 2, 0.7}, {"merged", 0.8, 2, 1.0}};

void use(Village& v, const Form& f) {
  v.form(f.name, f.brand_share, f.phase_in_years);
  v.set_rate(f.name, "depth", f.depth);
  v.set_rate(f.name, "quality_rate", 0.3);
}

/// Two villages, each 1.5 km from a good town school; a fifth of their children go there.
struct VillagesByTown : Village {
  StageId primary = stage("primary", 6, 6);
  CampusId town = campus("T", 0, primary, 3000);
  std::vector<CampusId> schools;
  VillagesByTown() {
    place.policy.rule = Rule::Choice;
    place.policy.transfers = true;
    place.campuses[town].quality = 3;
    place.campuses[town].brand = 1;
    place.groups.push_back({.code = "G", .core = town});
    for (const auto& [name, value] : std::map<std::string, double>{{"choice.b_distance", 1},
                                                                   {"choice.group_bonus", 0.3},
                                                                   {"choice.stay", 2},
                                                                   {"choice.transfer_share", 0.1}})
      coefficients.set(name, {value, value, value, "test", "assumed"});
    std::map<int, double> children{{0, 30}};
    for (int age = 1; age <= 11; ++age) children[age] = 30;
    for (int i = 0; i < 2; ++i) {
      const double at_m = i == 0 ? 1500 : -1500;
      schools.push_back(campus("V" + std::to_string(i), at_m, primary, 400));
      place.campuses[schools.back()].quality = 0.6;
      HomeId h = home("v" + std::to_string(i), at_m, children);
      catchment("c" + std::to_string(i), primary, {h}, {schools.back()});
    }
  }
  /// Who came back to the first village school by looking again, in all years of a run.
  double returned() {
    double sum = 0;
    for (const YearResult& y : run(5).years)
      sum += y.stages[primary].campuses[schools.front()].returned;
    return sum;
  }
  /// Pupils at a village school, five years on.
  double pupils() { return campus_year(run(5), 5, primary, schools.front()).enrolment; }
};

/// A weak school beside three others; who would come, seats aside.
double founding_year_ratio(double brand_of_core, double brand_share) {
  Village v;
  auto primary = v.stage("primary", 6, 1);
  auto core = v.campus("C", 1000, primary, 1e6);
  auto weak = v.campus("W", 0, primary, 1e6);
  v.campus("N", 300, primary, 1e6);
  v.home("h", 150, {{6, 100}});
  v.place.policy.rule = Rule::Choice;
  v.place.campuses[core].brand = brand_of_core;
  v.place.campuses[core].quality = 2;
  v.place.campuses[weak].quality = 0.15;
  double before = campus_year(v.run(0), 0, primary, weak).entrants;
  v.form("f", brand_share);
  v.place.groups.push_back({.code = "G", .core = core, .ties = {{weak, "f", 2025}}});
  return campus_year(v.run(0), 0, primary, weak).entrants / before;
}

}  // namespace

TEST_CASE("a pairing brings back tens of pupils a village school, not hundreds") {
  VillagesByTown v;
  double alone = v.pupils();
  CHECK(alone > 120);  // of 180: the rest goes to town
  CHECK(alone < 170);
  use(v, kForms[1]);
  for (CampusId s : v.schools) v.place.groups[GroupId(0)].ties.push_back({s, "paired", 2026});
  double gain = v.pupils() - alone;
  INFO("gain of one school in five years: " << gain);
  CHECK(gain > 2);
  CHECK(gain < 40);  // Xining: about 18 a school
  CHECK(v.returned() > 1);
  CHECK(v.returned() < 40);
}

TEST_CASE("the deeper the form, the more the village school gains") {
  double last = 0;
  for (const Form& f : kForms) {
    VillagesByTown v;
    use(v, f);
    v.place.groups[GroupId(0)].ties.push_back({v.schools.front(), f.name, 2026});
    double now = v.pupils();
    INFO(f.name);
    CHECK(now > last);
    last = now;
  }
  CHECK(last <= 180);  // its own village has no more
}

TEST_CASE("more teachers sent never make the core better") {
  double last = 1e9;
  for (double sent : {0.0, 0.05, 0.1, 0.3}) {
    VillagesByTown v;
    use(v, kForms[4]);
    v.set_rate("close_knit", "staff_sent", sent);
    v.set_rate("close_knit", "core_loss", 0.5);
    for (CampusId s : v.schools) v.place.groups[GroupId(0)].ties.push_back({s, "close_knit", 2026});
    double now = campus_year(v.run(3), 3, v.primary, v.town).quality;
    CHECK(now <= last);
    last = now;
  }
}

TEST_CASE("five times the intake in the founding year takes the extreme of every range") {
  for (const Form& f : kForms) CHECK(founding_year_ratio(1.0, f.brand_share) < 2.5);
  CHECK(founding_year_ratio(2.5, 0.45) < 4);  // the highest of a close-knit tie
  CHECK(founding_year_ratio(2.5, 1.0) > 5);   // the core's own name, whole and at once
}
