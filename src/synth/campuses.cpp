// Campuses where siting.h puts them, named ones first; catchments of the homes nearest to each;
// seats to the stated utilisation, in whole classes.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "synth/siting.h"

namespace doorstep::synth {
namespace {

/// Pupils of a stage at each home.
std::vector<double> pupils_of(const Plan& plan, const StageRecipe& stage) {
  std::vector<double> out;
  for (const PlannedHome& h : plan.homes) {
    double sum = 0.0;
    for (int age = stage.entry_age; age < stage.entry_age + stage.grades; ++age)
      sum += h.children[static_cast<std::size_t>(age)];
    out.push_back(sum);
  }
  return out;
}

class CampusPlanner {
 public:
  explicit CampusPlanner(Plan& plan) : plan_(plan) {}

  void stage(int index) {
    const StageRecipe& stage = plan_.recipe.stages[static_cast<std::size_t>(index)];
    std::vector<double> pupils = pupils_of(plan_, stage);
    std::vector<int> campus_of_home(plan_.homes.size(), -1);
    for (bool urban : {true, false}) side(index, stage, pupils, urban, campus_of_home);
    for (PlannedCampus& c : plan_.campuses)
      if (c.stage == index) fit_seats(c, stage);
    plan_.campus_of_home.push_back(std::move(campus_of_home));
  }

 private:
  void side(int index, const StageRecipe& stage, const std::vector<double>& pupils, bool urban,
            std::vector<int>& campus_of_home) {
    Siting siting(plan_, pupils, urban, plan_.key("siting").with(stage.code).with(urban ? 1 : 0));
    double total = 0.0;
    for (std::size_t h : siting.homes()) total += pupils[h];
    if (siting.homes().empty()) return;
    std::vector<Xy> fixed;
    if (!urban)  // every town has a central school where its people are
      for (const PlannedTown& t : plan_.towns)
        if (t.recipe.urban != UrbanClass::City && t.recipe.people > 0) fixed.push_back(t.at);
    double wanted = urban ? stage.pupils_core : stage.pupils_rural;
    auto count = static_cast<std::size_t>(std::max(1.0, std::round(total / wanted)));
    std::vector<Xy> sites =
        siting.sites(fixed, count, 0.97 * plan_.recipe.utilisation.largest_campus);
    std::size_t first = plan_.campuses.size();
    for (Xy at : sites) {
      PlannedCampus campus;
      campus.at = at;
      campus.stage = index;
      plan_.campuses.push_back(std::move(campus));
    }
    std::vector<std::size_t> site_of = siting.nearest_sites(sites);
    for (std::size_t i = 0; i < site_of.size(); ++i) {
      std::size_t h = siting.homes()[i];
      std::size_t s = first + site_of[i];
      campus_of_home[h] = static_cast<int>(s);
      plan_.campuses[s].pupils += pupils[h];
    }
    for (std::size_t c = first; c < plan_.campuses.size(); ++c) {
      // Town and zone of a campus are those of the nearest home on its side.
      const PlannedHome& home = plan_.homes[siting.nearest_home(plan_.campuses[c].at)];
      plan_.campuses[c].town = home.town;
      plan_.campuses[c].zone = home.zone;
    }
    name_campuses(first, stage, urban);
  }

  /// Named schools of a town take its site; those of the core the sites nearest to their street,
  /// or to the centre. What is left is numbered.
  void name_campuses(std::size_t first, const StageRecipe& stage, bool urban) {
    std::vector<bool> taken(plan_.campuses.size(), false);
    for (const SchoolRecipe& school : plan_.recipe.schools) {
      if (school.stage != stage.code) continue;
      int town = town_of(school.town);
      bool of_core =
          town < 0 || plan_.towns[static_cast<std::size_t>(town)].recipe.urban == UrbanClass::City;
      if (of_core != urban) continue;
      Xy near = town < 0 ? plan_.centre : plan_.towns[static_cast<std::size_t>(town)].at;
      std::size_t best = plan_.campuses.size();
      for (std::size_t c = first; c < plan_.campuses.size(); ++c)
        if (!taken[c] &&
            (best == plan_.campuses.size() ||
             distance_m(plan_.campuses[c].at, near) < distance_m(plan_.campuses[best].at, near)))
          best = c;
      if (best == plan_.campuses.size())
        throw Error(fmt::format("no site left for school {}", school.code), "school",
                    fmt::format("lower pupils_core or pupils_rural of stage {}", stage.code));
      taken[best] = true;
      PlannedCampus& campus = plan_.campuses[best];
      campus.code = school.code;
      campus.name = school.name;
      campus.school = school.school.empty() ? school.code : school.school;
      campus.quality = school.quality;
      campus.origin = Origin::Derived;
    }
    for (std::size_t c = first; c < plan_.campuses.size(); ++c) {
      PlannedCampus& campus = plan_.campuses[c];
      if (taken[c]) continue;
      int number = ++numbered_[stage.code];
      campus.code = fmt::format("{}_s{:02d}", stage.code, number);
      campus.name = {fmt::format("{} {:02d}", stage.synthetic_zh, number),
                     fmt::format("{} {:02d}", stage.synthetic_en, number)};
      campus.school = campus.code;
      double level = is_urban(campus.zone) ? 1.0 : campus.zone == Zone::Town ? 0.92 : 0.82;
      campus.quality =
          std::round(
              level *
              std::exp(0.06 * RandomStream(plan_.key("quality").with(campus.code)).normal()) *
              1000) /
          1000;
    }
  }

  [[nodiscard]] int town_of(const std::string& code) const {
    for (std::size_t t = 0; t < plan_.towns.size(); ++t)
      if (plan_.towns[t].recipe.code == code) return static_cast<int>(t);
    return -1;
  }

  void fit_seats(PlannedCampus& campus, const StageRecipe& stage) {
    const UtilisationRecipe& u = plan_.recipe.utilisation;
    double mean = 1.0;
    double spread = 0.0;
    switch (campus.zone) {
      case Zone::NewSide:
        mean = u.new_side, spread = u.core_spread;
        break;
      case Zone::Core:
        mean = u.core, spread = u.core_spread;
        break;
      case Zone::Edge:
        mean = u.edge, spread = u.core_spread;
        break;
      case Zone::Town:
        mean = u.town, spread = u.town_spread;
        break;
      case Zone::Village:
        mean = u.village, spread = u.village_spread;
        break;
    }
    double noise = RandomStream(plan_.key("utilisation").with(campus.code)).normal();
    double target = std::clamp(mean + spread * noise, 0.2, 1.6);
    // Whole classes, the same number in each grade; small village classes have fewer seats.
    double standard = stage.kind == StageKind::Primary        ? 45
                      : stage.kind == StageKind::Kindergarten ? 30
                                                              : 50;
    double seats = campus.pupils / target;
    if (seats < standard * stage.grades) standard = stage.kind == StageKind::Kindergarten ? 25 : 30;
    int per_grade = std::max(1, static_cast<int>(std::round(seats / (standard * stage.grades))));
    campus.rooms = per_grade * stage.grades;
    campus.seats = campus.rooms * standard;
  }

  Plan& plan_;
  std::map<std::string, int> numbered_;
};

}  // namespace

void plan_campuses(Plan& plan) {
  CampusPlanner planner(plan);
  for (std::size_t s = 0; s < plan.recipe.stages.size(); ++s) planner.stage(static_cast<int>(s));
  for (const GroupRecipe& g : plan.recipe.groups)
    for (const std::string& code : [&] {
           std::vector<std::string> all = g.members;
           all.push_back(g.core);
           return all;
         }())
      if (std::ranges::none_of(plan.campuses,
                               [&](const PlannedCampus& c) { return c.code == code; }))
        throw Error(fmt::format("group {} names \"{}\", which is no school", g.code, code), "group",
                    "write it as [[school]] first");
}

}  // namespace doorstep::synth
