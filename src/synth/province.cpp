// A province: its counties stand in the cells of a lattice, those of one prefecture side by side,
// and each is planned as a town of its own. What the layout shows is no map of the real province.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/error.h"
#include "geo/polygon.h"
#include "synth/plan.h"

namespace doorstep::synth {
namespace {

constexpr double kUrbanPeoplePerKm2 = 8000.0;  // assumed: width of a county's seat
constexpr double kCellFilled = 0.55;           // of a cell's land: villages keep off the borders

/// Zones without a name in the source take a tenth of the people of the largest counties.
void carve_out_zones(Recipe& r) {
  std::vector<std::size_t> order(r.counties.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return r.counties[a].people > r.counties[b].people;
  });
  for (int z = 0; z < r.zones; ++z) {
    CountyRecipe& host = r.counties[order[static_cast<std::size_t>(z) % order.size()]];
    CountyRecipe zone = host;
    zone.code = fmt::format("zone{:02d}", z + 1);
    zone.name = {fmt::format("功能区 {:02d}(来源未列名)", z + 1),
                 fmt::format("Zone {:02d} (not named in the source)", z + 1)};
    auto carve = [](double& from, double& to) {
      to = std::round(from / 10.0);
      from -= to;
    };
    carve(host.people, zone.people);
    carve(host.urban_people, zone.urban_people);
    for (std::size_t b = 0; b < host.children.size(); ++b)
      carve(host.children[b], zone.children[b]);
    r.counties.push_back(std::move(zone));
  }
  std::ranges::stable_sort(r.counties, {}, &CountyRecipe::city);
}

/// As many cells of a hexagonal lattice as there are counties, row by row, to and fro.
std::vector<Xy> cells_of(const Plan& plan, std::size_t wanted) {
  Box box = bounds(plan.outline);
  double side = std::sqrt(area_m2(plan.outline) / static_cast<double>(wanted));
  for (;; side *= 0.99) {
    std::vector<Xy> out;
    int row = 0;
    for (double y = box.min.y + side / 2; y < box.max.y; y += side * 0.93, ++row) {
      std::vector<Xy> line;
      for (double x = box.min.x + side * (row % 2 ? 0.25 : 0.75); x < box.max.x; x += side * 1.075)
        if (contains(plan.outline, {x, y}) &&
            distance_to_border_m(plan.outline, {x, y}) > 0.3 * side)
          line.push_back({x, y});
      if (row % 2) std::ranges::reverse(line);
      out.insert(out.end(), line.begin(), line.end());
    }
    if (out.size() >= wanted) return out;
  }
}

/// Shares of a whole number by weight, largest remainder.
std::vector<int> whole_shares(int total, const std::vector<double>& weights) {
  std::vector<int> out;
  for (double part : shared_exactly(total / 100.0, weights))
    out.push_back(static_cast<int>(std::llround(part * 100.0)));
  return out;
}

class ProvincePlanner {
 public:
  explicit ProvincePlanner(Plan& plan) : plan_(plan) {}

  void build(Progress& progress) {
    carve_out_zones(plan_.recipe);
    plan_ground(plan_);
    plan_.river.clear();
    plan_.railway.clear();
    plan_.straight = true;
    std::vector<Xy> cells = cells_of(plan_, plan_.recipe.counties.size());
    share_out_campuses();
    plan_.campus_of_home.resize(plan_.recipe.stages.size());
    for (std::size_t c = 0; c < plan_.recipe.counties.size(); ++c) {
      progress.step("counties",
                    static_cast<double>(c) / static_cast<double>(plan_.recipe.counties.size()));
      Plan county = planned_county(c, cells[c]);
      take_over(std::move(county), c);
    }
    plan_.recipe.towns.clear();
    for (const PlannedTown& t : plan_.towns) plan_.recipe.towns.push_back(t.recipe);
  }

 private:
  /// Campuses of a stage go to the counties as its pupils' ages do; half as many pupils make a
  /// school outside the seats of the counties.
  void share_out_campuses() {
    for (const StageRecipe& stage : plan_.recipe.stages) {
      std::vector<double> weights;
      for (const CountyRecipe& county : plan_.recipe.counties) {
        double children = 0.0;
        for (std::size_t b = 0; b < county.children.size(); ++b) {
          const AgeBand& band = plan_.recipe.ages[b];
          int first = std::max(band.first, stage.entry_age);
          int last = std::min(band.last, stage.entry_age + stage.grades - 1);
          children +=
              county.children[b] * std::max(0, last - first + 1) / (band.last - band.first + 1.0);
        }
        double urban = children * county.urban_people / county.people;
        weights.push_back(urban / stage.pupils_core);
        weights.push_back((children - urban) / stage.pupils_rural);
      }
      if (stage.count_core <= 0)
        throw Error("a province needs the number of campuses", "stage " + stage.code,
                    "write count_core = all campuses of the stage");
      counts_.push_back(whole_shares(stage.count_core, weights));
    }
  }

  Plan planned_county(std::size_t index, Xy centre) const {
    const CountyRecipe& county = plan_.recipe.counties[index];
    Plan out;
    Recipe& r = out.recipe;
    r = plan_.recipe;
    r.counties.clear();
    r.code = county.code;
    r.seed = plan_.key("county").with(county.code).bits();
    out.centre = centre;
    out.centred = true;
    r.people = county.people;
    r.urban_people = county.urban_people;
    double cell_km2 = plan_.recipe.area_km2 / static_cast<double>(plan_.recipe.counties.size());
    r.area_km2 = kCellFilled * cell_km2;
    r.core_radius_km =
        std::clamp(std::sqrt(county.urban_people / kUrbanPeoplePerKm2 / std::numbers::pi), 1.0,
                   0.7 * std::sqrt(r.area_km2 / std::numbers::pi));
    r.density_scale_km = 0.8 * r.core_radius_km;
    double urban_share = county.urban_people / county.people;
    // A school needs homes of its own: at least two for each campus of the largest stage.
    double urban_most = 3.0, rural_most = 2.0;
    for (const std::vector<int>& count : counts_) {
      urban_most = std::max(urban_most, static_cast<double>(count[2 * index]));
      rural_most = std::max(rural_most, static_cast<double>(count[2 * index + 1]));
    }
    double urban_homes = std::max(2.5 * urban_most, r.homes_per_county * urban_share);
    r.block_m = std::sqrt(std::numbers::pi / urban_homes) * r.core_radius_km * 1000.0;
    r.villages = urban_share > 0.999
                     ? 0
                     : static_cast<int>(
                           std::max(2.0 * rural_most, r.homes_per_county * (1.0 - urban_share)));
    if (r.villages == 0) r.people = r.urban_people;  // a handful outside town: counted with it
    r.river = r.railway = false;
    r.towns = {{county.code, county.name, UrbanClass::City, 0.0}};
    for (std::size_t b = 0; b < r.ages.size(); ++b) r.ages[b].children = county.children[b];
    for (std::size_t s = 0; s < r.stages.size(); ++s) {
      r.stages[s].count_core = std::max(1, counts_[s][2 * index]);
      r.stages[s].count_rural = std::max(1, counts_[s][2 * index + 1]);
    }
    std::erase_if(r.schools, [&](const SchoolRecipe& s) { return s.town != county.code; });
    r.groups.clear();
    plan_ground(out);
    plan_homes(out);
    plan_campuses(out);
    return out;
  }

  void take_over(Plan county, std::size_t index) {
    const std::string prefix = plan_.recipe.counties[index].code + "_";
    auto town = static_cast<int>(plan_.towns.size());
    auto first_home = plan_.homes.size();
    auto first_campus = static_cast<int>(plan_.campuses.size());
    plan_.towns.push_back(county.towns.front());
    for (PlannedHome& h : county.homes) {
      h.code = prefix + h.code;
      h.town = town;
      plan_.homes.push_back(std::move(h));
    }
    for (PlannedCampus& c : county.campuses) {
      c.town = town;
      if (c.origin == Origin::Synthetic) {
        bool own = c.school == c.code;
        c.code = prefix + c.code;
        if (own) c.school = c.code;
        const Name& name = plan_.recipe.counties[index].name;
        c.name = {name.zh + c.name.zh, name.en.empty() ? c.name.en : name.en + " " + c.name.en};
      }
      plan_.campuses.push_back(std::move(c));
    }
    for (std::size_t s = 0; s < plan_.campus_of_home.size(); ++s) {
      plan_.campus_of_home[s].resize(first_home, -1);
      for (int c : county.campus_of_home[s])
        plan_.campus_of_home[s].push_back(c < 0 ? -1 : first_campus + c);
    }
  }

  Plan& plan_;
  std::vector<std::vector<int>>
      counts_;  ///< by stage: 2 * county the seat, 2 * county + 1 the rest
};

}  // namespace

void plan_province(Plan& plan, Progress& progress) {
  ProvincePlanner(plan).build(progress);
  plan_grouping(plan);
}

}  // namespace doorstep::synth
