// Campuses where siting.h puts them, named ones first; catchments of the homes nearest to each;
// seats to the stated utilisation, in whole classes.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

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
    for (bool urban : {true, false})
      if (urban || !stage.only_core) side(index, stage, pupils, urban, campus_of_home);
    private_side(index, stage, pupils);
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
    if (int given = urban ? stage.count_core : stage.count_rural; given > 0)
      count = static_cast<std::size_t>(given);
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
      if (school.stage != stage.code || school.is_private) continue;
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
      take_name(plan_.campuses[best], school);
    }
    for (std::size_t c = first; c < plan_.campuses.size(); ++c) {
      PlannedCampus& campus = plan_.campuses[c];
      if (taken[c]) continue;
      int number = ++numbered_[stage.code];
      campus.code = fmt::format("{}_s{:02d}", stage.code, number);
      campus.name = {fmt::format("{} {:02d}", stage.synthetic_zh, number),
                     fmt::format("{} {:02d}", stage.synthetic_en, number)};
      campus.school = campus.code;
      campus.quality = drawn_quality(campus);
    }
  }

  /// Private campuses stand far apart in the core; they serve no catchment.
  void private_side(int index, const StageRecipe& stage, const std::vector<double>& pupils) {
    if (stage.private_campuses == 0) return;
    Siting siting(plan_, pupils, true, plan_.key("private").with(stage.code));
    double total = std::accumulate(pupils.begin(), pupils.end(), 0.0);
    auto count = static_cast<std::size_t>(stage.private_campuses);
    std::vector<const SchoolRecipe*> named;
    for (const SchoolRecipe& s : plan_.recipe.schools)
      if (s.stage == stage.code && s.is_private) named.push_back(&s);
    if (named.size() > count)
      throw Error(fmt::format("{} private schools are named, {} wanted", named.size(), count),
                  "stage " + stage.code, "raise private_campuses");
    std::vector<Xy> sites = siting.sites({}, count, 1e18);
    for (std::size_t i = 0; i < sites.size(); ++i) {
      PlannedCampus campus;
      campus.at = sites[i];
      campus.stage = index;
      campus.is_private = true;
      const PlannedHome& home = plan_.homes[siting.nearest_home(campus.at)];
      campus.town = home.town;
      campus.zone = home.zone;
      campus.pupils = stage.private_share * total / static_cast<double>(count);
      campus.code = fmt::format("{}_m{:02d}", stage.code, i + 1);
      campus.name = {fmt::format("{} {:02d}", stage.private_zh, i + 1),
                     fmt::format("{} {:02d}", stage.private_en, i + 1)};
      campus.school = campus.code;
      campus.quality = drawn_quality(campus);
      if (i < named.size()) take_name(campus, *named[i]);
      plan_.campuses.push_back(std::move(campus));
    }
  }

  static void take_name(PlannedCampus& campus, const SchoolRecipe& school) {
    campus.code = school.code;
    campus.name = school.name;
    campus.school = school.school.empty() ? school.code : school.school;
    campus.quality = school.quality;
    campus.brand = school.brand;
    campus.origin = Origin::Derived;
  }

  /// Lower outside the core; in it better towards the bearing that the recipe names.
  [[nodiscard]] double drawn_quality(const PlannedCampus& campus) const {
    const Recipe& r = plan_.recipe;
    double level = is_urban(campus.zone) ? 1.0 : campus.zone == Zone::Town ? 0.92 : 0.82;
    if (is_urban(campus.zone) && r.quality_slope != 0.0) {
      double bearing = r.quality_bearing_deg * std::numbers::pi / 180.0;
      Xy way = campus.at - plan_.centre;
      double along =
          (way.x * std::sin(bearing) + way.y * std::cos(bearing)) / (r.core_radius_km * 1000.0);
      level *= std::max(0.3, 1.0 + r.quality_slope * std::clamp(along, -1.0, 1.0));
    }
    double noise = RandomStream(plan_.key("quality").with(campus.code)).normal();
    return std::round(level * std::exp(r.quality_spread * noise) * 1000) / 1000;
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
        if (plan_.towns[static_cast<std::size_t>(campus.town)].recipe.urban == UrbanClass::Rural &&
            u.township > 0.0)
          mean = u.township;
        break;
      case Zone::Village:
        mean = u.village, spread = u.village_spread;
        break;
    }
    double noise = RandomStream(plan_.key("utilisation").with(campus.code)).normal();
    double target = std::clamp(mean + spread * noise, 0.2, 1.6);
    if (stage.utilisation > 0.0) target = stage.utilisation;
    double pupils = campus.pupils;  // of a public catchment some go to private schools
    if (campus.is_private)
      target = 1.0;
    else
      pupils *= 1.0 - stage.private_share;
    // Whole classes, the same number in each grade; small village classes have fewer seats.
    double standard = stage.kind == StageKind::Primary        ? 45
                      : stage.kind == StageKind::Kindergarten ? 30
                                                              : 50;
    double seats = pupils / target;
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
           std::vector<std::string> all = g.members();
           all.push_back(g.core);
           return all;
         }())
      if (std::ranges::none_of(plan.campuses,
                               [&](const PlannedCampus& c) { return c.code == code; }))
        throw Error(fmt::format("group {} names \"{}\", which is no school", g.code, code), "group",
                    "write it as [[school]] first");
}

}  // namespace doorstep::synth
