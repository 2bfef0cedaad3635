// The place folder of a plan: place.toml and tables that the ordinary loader reads.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "base/file.h"
#include "geo/crs.h"
#include "geo/voronoi.h"
#include "io/results/results.h"
#include "synth/place_text.h"
#include "synth/plan.h"
#include "synth/resource_columns.h"

namespace doorstep::synth {
namespace {

std::string homes_csv(const Plan& plan) {
  std::string out = "code,x,y,area,people";
  if (plan.straight)
    for (const StageRecipe& s : plan.recipe.stages) out += fmt::format(",catchment_{}", s.code);
  std::size_t ages = plan.homes.front().children.size();
  bool migrants = plan.recipe.migrants.share > 0.0;
  if (migrants) {  // both classes by age, as {class}_{age}
    for (const char* who : {"local", "migrant"})
      for (std::size_t a = 0; a < ages; ++a) out += fmt::format(",{}_{}", who, a);
  } else {
    for (std::size_t a = 0; a < ages; ++a) out += fmt::format(",a{}", a);
  }
  out += "\n";
  for (std::size_t i = 0; i < plan.homes.size(); ++i) {
    const PlannedHome& h = plan.homes[i];
    out += fmt::format("{},{:.1f},{:.1f},{},{:g}", h.code, h.at.x, h.at.y,
                       plan.towns[static_cast<std::size_t>(h.town)].recipe.code, h.people);
    if (plan.straight)
      for (const std::vector<int>& campus_of : plan.campus_of_home)
        out +=
            "," + (campus_of[i] < 0 ? std::string()
                                    : plan.campuses[static_cast<std::size_t>(campus_of[i])].code);
    if (migrants) {
      auto moved = [&](double c) { return std::round(c * h.migrant_share * 100.0) / 100.0; };
      for (double c : h.children) out += fmt::format(",{:.2f}", c - moved(c));
      for (double c : h.children) out += fmt::format(",{:.2f}", moved(c));
    } else {
      for (double c : h.children) out += fmt::format(",{:g}", c);
    }
    out += "\n";
  }
  return out;
}

const char* urban_word(const Plan& plan, const PlannedCampus& c) {
  if (c.zone == Zone::Village) return "rural";
  if (c.zone == Zone::Town) return "town";
  static_cast<void>(plan);
  return "city";
}

std::string campuses_csv(const Plan& plan) {
  std::string out = "code,name_zh,name_en,x,y,school,area,urban,quality,origin";
  for (const StageRecipe& s : plan.recipe.stages)
    out += fmt::format(",{0}_seats,{0}_rooms", s.code);
  bool brand = any_brand(plan);
  bool ownership = any_private(plan);
  out += std::string(brand ? ",brand" : "") + (ownership ? ",ownership" : "") +
         resource_header(plan.recipe) + "\n";
  for (const PlannedCampus& c : plan.campuses) {
    out +=
        fmt::format("{},{},{},{:.1f},{:.1f},{},{},{},{:g},{}", c.code, io::csv_cell(c.name.zh),
                    io::csv_cell(c.name.en), c.at.x, c.at.y, c.school,
                    plan.towns[static_cast<std::size_t>(c.town)].recipe.code, urban_word(plan, c),
                    c.quality, c.origin == Origin::Synthetic ? "synthetic" : "derived");
    for (std::size_t s = 0; s < plan.recipe.stages.size(); ++s)
      out += static_cast<int>(s) == c.stage ? fmt::format(",{:g},{}", c.seats, c.rooms) : ",,";
    if (brand) out += fmt::format(",{:g}", c.brand);
    if (ownership) out += c.is_private ? ",private" : ",public";
    out += resource_cells(plan, c);
    out += "\n";
  }
  return out;
}

/// Areas as GeoJSON in degrees; one vertex is written the same wherever it stands.
class AreaWriter {
 public:
  explicit AreaWriter(const Plan& plan) : to_degrees_(Crs(plan.recipe.crs), Crs("EPSG:4326")) {}

  void add(const MultiPolygon& shape, const nlohmann::ordered_json& properties) {
    nlohmann::ordered_json polygons = nlohmann::ordered_json::array();
    for (const Polygon& p : shape) {
      nlohmann::ordered_json rings = nlohmann::ordered_json::array({ring(p.outer)});
      for (const Ring& hole : p.holes) rings.push_back(ring(hole));
      polygons.push_back(std::move(rings));
    }
    features_.push_back({{"type", "Feature"},
                         {"properties", properties},
                         {"geometry", {{"type", "MultiPolygon"}, {"coordinates", polygons}}}});
  }

  [[nodiscard]] std::string text() const {
    std::string out = "{\"type\":\"FeatureCollection\",\"features\":[\n";
    for (std::size_t i = 0; i < features_.size(); ++i)
      out += features_[i].dump() + (i + 1 < features_.size() ? ",\n" : "\n");
    return out + "]}\n";
  }

 private:
  nlohmann::ordered_json ring(const Ring& points) const {
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    auto rounded = [](double degrees) { return std::round(degrees * 1e7) / 1e7; };
    for (std::size_t i = 0; i <= points.size(); ++i) {
      LonLat p = to_degrees_.to_lonlat(points[i % points.size()]);
      out.push_back({rounded(p.lon), rounded(p.lat)});
    }
    return out;
  }

  Transformer to_degrees_;
  std::vector<nlohmann::ordered_json> features_;
};

std::vector<Xy> home_points(const Plan& plan) {
  std::vector<Xy> out;
  for (const PlannedHome& h : plan.homes) out.push_back(h.at);
  return out;
}

std::string areas_geojson(const Plan& plan) {
  std::vector<int> owner;
  for (const PlannedHome& h : plan.homes) owner.push_back(h.town);
  DissolvedCells cells = dissolve_cells(home_points(plan), owner, plan.outline);
  AreaWriter out(plan);
  for (std::size_t t = 0; t < cells.shapes.size(); ++t) {
    const TownRecipe& town = plan.towns[t].recipe;
    const char* urban = town.urban == UrbanClass::City   ? "city"
                        : town.urban == UrbanClass::Town ? "town"
                                                         : "rural";
    if (!cells.shapes[t].empty())
      out.add(cells.shapes[t], {{"code", town.code},
                                {"name_zh", town.name.zh},
                                {"name_en", town.name.en},
                                {"urban", urban}});
  }
  return out.text();
}

std::string catchments_geojson(const Plan& plan, std::size_t stage) {
  std::vector<int> owner = plan.campus_of_home[stage];
  DissolvedCells cells = dissolve_cells(home_points(plan), owner, plan.outline);
  AreaWriter out(plan);
  for (std::size_t c = 0; c < cells.shapes.size(); ++c) {
    if (cells.shapes[c].empty()) continue;
    const PlannedCampus& campus = plan.campuses[c];
    out.add(cells.shapes[c], {{"code", campus.code},
                              {"name_zh", campus.name.zh + "学区"},
                              {"name_en", campus.name.en + " catchment"},
                              {"campuses", campus.code}});
  }
  return out.text();
}

/// Each campus feeds the campus of the next stage where most of its pupils live.
std::string feeders_csv(const Plan& plan) {
  std::string out = "from,to\n";
  for (std::size_t s = 0; s + 1 < plan.recipe.stages.size(); ++s) {
    if (plan.recipe.stages[s].kind != StageKind::Primary || !plan.recipe.stages[s].catchments ||
        !plan.recipe.stages[s + 1].catchments)
      continue;
    std::map<int, std::map<int, double>> pupils;
    for (std::size_t h = 0; h < plan.homes.size(); ++h)
      pupils[plan.campus_of_home[s][h]][plan.campus_of_home[s + 1][h]] += plan.homes[h].people;
    for (const auto& [from, to] : pupils) {
      auto most = std::ranges::max_element(to, {}, [](const auto& entry) { return entry.second; });
      out += fmt::format("{},{}\n", plan.campuses[static_cast<std::size_t>(from)].code,
                         plan.campuses[static_cast<std::size_t>(most->first)].code);
    }
  }
  return out;
}

/// Entrants of a stage that not all children attend, by area and year, as the children of the base
/// year grow up to it.
std::string entrants_csv(const Plan& plan, const StageRecipe& stage) {
  std::string out = "area,year,pupils\n";
  for (int ahead = 1; ahead <= stage.entry_age; ++ahead) {
    auto age = static_cast<std::size_t>(stage.entry_age - ahead);
    std::vector<double> of_town(plan.towns.size(), 0.0);
    for (const PlannedHome& h : plan.homes)
      of_town[static_cast<std::size_t>(h.town)] += stage.attended * h.children[age];
    for (std::size_t t = 0; t < of_town.size(); ++t)
      if (of_town[t] > 0)
        out += fmt::format("{},{},{:.2f}\n", plan.towns[t].recipe.code,
                           plan.recipe.base_year + ahead, of_town[t]);
  }
  return out;
}

/// Streets, river and railway in the text form of OpenStreetMap's format (OPL).
class OplWriter {
 public:
  explicit OplWriter(const Plan& plan)
      : plan_(plan), to_degrees_(Crs(plan.recipe.crs), Crs("EPSG:4326")) {}

  std::string text() {
    for (Xy p : plan_.nodes) node(p);
    std::vector<std::string> ways;
    static const char* const kHighway[] = {"primary", "tertiary", "residential"};
    for (const PlannedRoad& r : plan_.roads)
      ways.push_back(fmt::format("Thighway={}{} Nn{},n{}", kHighway[static_cast<int>(r.road)],
                                 r.bridge ? ",bridge=yes" : "", r.from + 1, r.to + 1));
    line(plan_.river, "Twaterway=river,name=%5408%%6210%%6cb3%,name:en=Synthetic%20%River", ways);
    line(plan_.railway, "Trailway=rail", ways);
    std::string out = nodes_;
    for (std::size_t w = 0; w < ways.size(); ++w) out += fmt::format("w{} {}\n", w + 1, ways[w]);
    return out;
  }

 private:
  void node(Xy at) {
    LonLat p = to_degrees_.to_lonlat(at);
    nodes_ += fmt::format("n{} x{:.7f} y{:.7f}\n", ++count_, p.lon, p.lat);
  }
  void line(const Polyline& points, const char* tags, std::vector<std::string>& ways) {
    if (points.empty()) return;
    std::string way = fmt::format("{} N", tags);
    for (std::size_t i = 0; i < points.size(); ++i) {
      node(points[i]);
      way += fmt::format("{}n{}", i ? "," : "", count_);
    }
    ways.push_back(std::move(way));
  }

  const Plan& plan_;
  Transformer to_degrees_;
  std::string nodes_;
  std::size_t count_ = 0;
};

}  // namespace

void write_plan(const Plan& plan, const std::filesystem::path& folder) {
  OutputFolder out(folder);
  write_file(out.file("place.toml"), place_text(plan));
  write_file(out.file("homes.csv"), homes_csv(plan));
  write_file(out.file("campuses.csv"), campuses_csv(plan));
  write_file(out.file("areas.geojson"), areas_geojson(plan));
  for (std::size_t s = 0; s < plan.recipe.stages.size(); ++s)
    if (plan.recipe.stages[s].catchments)
      write_file(out.file(fmt::format("catchments_{}.geojson", plan.recipe.stages[s].code)),
                 catchments_geojson(plan, s));
  write_file(out.file("feeders.csv"), feeders_csv(plan));
  for (const StageRecipe& s : plan.recipe.stages)
    if (s.attended < 1.0)
      write_file(out.file(fmt::format("entrants_{}.csv", s.code)), entrants_csv(plan, s));
  if (!plan.straight) write_file(out.file("streets.osm.opl"), OplWriter(plan).text());
  for (const auto& [name, content] : plan.more) write_file(out.file(name), content);
  out.commit();
}

Plan make_plan(const Recipe& recipe, Progress& progress) {
  Plan plan;
  plan.recipe = recipe;
  if (!recipe.counties.empty()) {
    plan_province(plan, progress);
    return plan;
  }
  progress.step("ground", 0.0);
  plan_ground(plan);
  progress.step("homes", 0.1);
  plan_homes(plan);
  progress.step("streets", 0.3);
  plan_roads(plan);
  progress.step("schools", 0.6);
  plan_campuses(plan);
  plan_grouping(plan);
  progress.step("town is planned", 1.0);
  return plan;
}

}  // namespace doorstep::synth
