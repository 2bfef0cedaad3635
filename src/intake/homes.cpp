// Homes: from a layer of them, from an extract's residential areas, or drawn as a grid over the
// areas; and positions for schools that no file locates.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "geo/polygon.h"
#include "geo/spatial_index.h"
#include "intake/making.h"

namespace doorstep::intake {
namespace {

std::string first_of(const SourceLayer& layer, std::size_t row,
                     std::initializer_list<const char*> meanings) {
  for (const char* m : meanings)
    if (std::string text = layer.text(row, m); !text.empty()) return text;
  return "";
}

/// The column that tells homes apart: the field of codes, else of names, if no value stands twice.
const FieldGuess* telling_field(const SourceLayer& layer) {
  for (const char* meaning :
       {"code", "community_code", "name_zh", "name", "community", "address"}) {
    const FieldGuess* f = layer.field(meaning);
    if (f == nullptr) continue;
    std::set<std::string> values;
    bool each = true;
    for (std::size_t r = 0; each && r < layer.table.rows(); ++r) {
      std::string cell = layer.cell(r, f->column);
      each = !cell.empty() && values.insert(cell).second;
    }
    if (each) return f;
  }
  return nullptr;
}

/// Children by age from a single number of a row, by what its field is called.
std::vector<double> ages_from_total(const Making& making, const SourceLayer& layer,
                                    std::size_t row) {
  auto children = layer.number(row, "children");
  if (!children || making.stages.empty()) return {};
  int first = making.stages.front().is.entry_age;
  int last = making.ages() - 1;
  for (const MadeStage& s : making.stages) last = std::max(first, s.is.entry_age + s.is.grades - 1);
  double each = *children;
  if (!counts_entry_year(layer)) each /= last - first + 1;
  std::vector<double> ages(static_cast<std::size_t>(making.ages()), 0.0);
  for (int a = 0; a <= last; ++a) ages[static_cast<std::size_t>(a)] = each;
  return ages;
}

void add_home_layer(Making& making, SourceLayer& layer) {
  const FieldGuess* code = telling_field(layer);
  if (code == nullptr)
    making.draft.findings.warning("homes-without-code",
                                  "no field tells the homes apart; codes are made",
                                  {layer.shown, 0, ""}, "");
  for (const FieldGuess& f : layer.fields)
    if (f.meaning == "catchment") making.home_catchments.push_back(layer.table.columns[f.column]);
  bool populated = layer.has("population") && !layer.has("children");
  std::size_t lost = 0;
  for (std::size_t r = 0; r < layer.table.rows(); ++r) {
    std::string name = first_of(layer, r, {"name_zh", "name", "name_en", "community"});
    if (is_example(name) || is_example(layer.text(r, "code"))) continue;
    if (r >= layer.at.size() || !layer.at[r]) {
      ++lost;
      continue;
    }
    MadeHome home;
    home.source = layer.table.at(r);
    home.code =
        code != nullptr ? layer.cell(r, code->column) : made_code("H", r + 1, layer.table.rows());
    home.name = name == home.code ? "" : name;
    home.at = *layer.at[r];
    home.area = layer.text(r, "area");
    home.community = first_of(layer, r, {"community", "community_code"});
    if (home.community.empty()) home.community = home.name;
    home.street = first_of(layer, r, {"street", "address"});
    home.number = layer.text(r, "number");
    for (const FieldGuess& f : layer.fields)
      if (f.meaning == "catchment") home.catchments.push_back(layer.cell(r, f.column));
    home.ages = children_of_row(layer, r);
    if (home.ages.empty()) home.ages = ages_from_total(making, layer, r);
    if (auto people = layer.number(r, populated ? "population" : "households")) {
      home.weight = std::max(*people, 0.0);
      (populated ? home.population : home.households) = home.weight;
    }
    making.homes.push_back(std::move(home));
    ++layer.rows_used;
  }
  if (lost > 0)
    making.draft.findings.warning("home-without-position",
                                  fmt::format("{} homes have no position and are left out", lost),
                                  {layer.shown, 0, ""}, "give them coordinates");
  if (counts_entry_year(layer) && layer.has("children"))
    making.assume("children", "every year of age as many as at entry",
                  fmt::format("{} of {} counts the children of one year of entry", layer.shown,
                              layer.table.columns[layer.field("children")->column]));
  else if (layer.has("children") && children_of_row(layer, 0).empty())
    making.assume("children.ages", "spread evenly over the ages of school",
                  fmt::format("{} gives children without their age", layer.shown));
}

/// Residential areas and buildings of an extract; areas count by their size, buildings by floors.
void homes_of_osm(Making& making) {
  std::size_t areas = 0;
  for (const io::OsmResidential& r : making.osm->residential) areas += r.building ? 0 : 1;
  bool use_areas = areas >= 20;
  if (!use_areas && making.osm->residential.size() - areas < 20) return;
  std::string file = making.of(Role::Osm).front()->shown;
  long row = 0;
  for (const io::OsmResidential& r : making.osm->residential) {
    if (r.building == use_areas) continue;
    MadeHome home;
    home.code = r.ref.text();
    home.name = r.names.zh.empty() ? r.names.local : r.names.zh;
    home.at = r.at;
    home.weight = area_m2(r.area) * (r.building ? std::max(r.levels, 1.0) : 1.0);
    home.source = {file, ++row, ""};
    if (home.weight > 0) making.homes.push_back(std::move(home));
  }
  if (!making.homes.empty())
    making.assume(
        "homes",
        fmt::format("{} residential {}", grouped(static_cast<double>(making.homes.size())),
                    use_areas ? "areas" : "buildings"),
        "from the map's tags; children are spread over them by their ground");
}

/// Points on a square grid inside the areas, or around the schools.
void draw_grid(Making& making) {
  std::vector<MultiPolygon> shapes;
  double ground = 0.0;
  for (const MadeArea& a : making.areas) {
    shapes.push_back(a.shape);
    ground += area_m2(a.shape);
  }
  Box box;
  bool in_areas = ground > 0.0;
  if (in_areas) {
    for (const MultiPolygon& s : shapes) box.add(bounds(s));
  } else {
    constexpr double kMarginM = 1500.0;
    for (const MadeCampus& c : making.campuses)
      if (c.located) {
        box.add(Xy{c.at.x - kMarginM, c.at.y - kMarginM});
        box.add(Xy{c.at.x + kMarginM, c.at.y + kMarginM});
      }
    ground = box.width() * box.height();
  }
  if (box.empty())
    throw Error(
        "nothing says where homes are", making.layers_taken(),
        "say which of them it is with --confirm FILE.role=homes (or areas), or give another file");
  PolygonIndex index(shapes);
  double step = std::max(std::sqrt(ground / making.dictionary.assumed().grid_homes), 50.0);
  std::vector<std::size_t> count(making.areas.size(), 0);
  auto add = [&](Xy at, int area) {
    MadeHome home;
    home.code = made_code("H", making.homes.size() + 1, 9999);
    home.at = at;
    if (area >= 0) {
      home.area = making.areas[static_cast<std::size_t>(area)].code;
      ++count[static_cast<std::size_t>(area)];
    }
    home.source = {"grid", static_cast<long>(making.homes.size()) + 1, ""};
    making.homes.push_back(std::move(home));
  };
  for (double y = box.min.y + step / 2; y < box.max.y; y += step)
    for (double x = box.min.x + step / 2; x < box.max.x; x += step) {
      int area = in_areas ? index.first({x, y}) : -1;
      if (!in_areas || area >= 0) add({x, y}, area);
    }
  for (std::size_t a = 0; a < count.size(); ++a)  // none too small for the grid
    if (count[a] == 0 && !shapes[a].empty()) add(interior_point(shapes[a]), static_cast<int>(a));
  making.assume("homes",
                fmt::format("{} points {:.0f} m apart",
                            grouped(static_cast<double>(making.homes.size())), step),
                in_areas ? "no file lists homes: a grid over the areas"
                         : "no file lists homes: a grid around the schools");
  making.draft.findings.warning(
      "homes-assumed",
      fmt::format("no file lists homes: {} points on a grid stand for them", making.homes.size()),
      {"homes.csv", 0, ""},
      "give communities, buildings or a population raster and draft it again");
}

/// Where children live near schools: seats around a point, fading over 1.5 km.
void weigh_by_schools(Making& making) {
  constexpr double kFadeM = 1500.0;
  for (MadeHome& home : making.homes) {
    double near = 0.0;
    for (const MadeCampus& c : making.campuses) {
      if (!c.located || c.origin == "synthetic") continue;
      double seats = 0.0;
      for (const auto& [kind, offer] : c.offers)
        if (!offer.seats.empty()) seats += offer.seats.rbegin()->second;
      near += seats * std::exp(-distance_m(home.at, c.at) / kFadeM);
    }
    home.weight = near;
  }
  double most = 0.0;
  for (const MadeHome& h : making.homes) most = std::max(most, h.weight);
  if (most <= 0.0)
    for (MadeHome& h : making.homes) h.weight = 1.0;
}

void locate_in_areas(Making& making) {
  std::vector<MultiPolygon> shapes;
  for (const MadeArea& a : making.areas) shapes.push_back(a.shape);
  PolygonIndex index(shapes);
  auto locate = [&](auto& thing) {
    int found = index.first(thing.at);
    if (found >= 0) thing.area = making.areas[static_cast<std::size_t>(found)].code;
  };
  std::set<std::string> codes;
  for (const MadeArea& a : making.areas) codes.insert(a.code);
  for (MadeHome& h : making.homes)
    if (codes.count(h.area) == 0) locate(h);
  for (MadeCampus& c : making.campuses)
    if (c.located && codes.count(c.area) == 0) {
      c.area.clear();
      locate(c);
    }
}

}  // namespace

bool counts_entry_year(const SourceLayer& layer) {
  const FieldGuess* f = layer.field("children");
  return f != nullptr && (folded_name(layer.table.columns[f->column]) == "oi" ||
                          f->evidence.find("\"demand\"") != std::string::npos);
}

void place_campuses(Making& making) {
  if (making.invent) return;
  if (making.schematic) {
    constexpr double kApartM = 2000.0;
    auto side =
        static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(making.campuses.size()))));
    for (std::size_t i = 0; i < making.campuses.size(); ++i) {
      making.campuses[i].at = {kApartM * static_cast<double>(i % side),
                               kApartM * static_cast<double>(i / side)};
      making.campuses[i].located = true;
    }
    making.assume("positions", "a grid, 2 km apart", "no file says where anything lies");
    making.draft.findings.warning(
        "positions-assumed",
        "no file says where the schools lie: they stand on a grid, and ways mean nothing",
        {"campuses.csv", 0, "x, y"}, "give a table or map with their positions and draft it again");
    return;
  }
  std::map<std::string, int> in_area;
  std::vector<std::string> lost;
  std::size_t placed = 0;
  for (MadeCampus& c : making.campuses) {
    if (c.located) continue;
    std::string key = folded_name(c.area);
    for (const MadeArea& a : making.areas) {
      if (a.shape.empty() || c.area.empty()) continue;
      if (a.code != c.area && folded_name(a.name.zh) != key && folded_name(a.name.en) != key)
        continue;
      Xy middle = interior_point(a.shape);
      double turn = 2.39996 * in_area[a.code]++;  // the golden angle keeps them apart
      c.at = {middle.x + 150.0 * std::cos(turn), middle.y + 150.0 * std::sin(turn)};
      c.area = a.code;
      c.located = true;
      ++placed;
      break;
    }
    if (!c.located) lost.push_back(c.name.in_chinese());
  }
  if (placed > 0)
    making.assume("positions", fmt::format("{} schools in the middle of their area", placed),
                  "no file locates them");
  if (!lost.empty()) {
    std::erase_if(making.campuses, [](const MadeCampus& c) { return !c.located; });
    std::size_t shown = std::min<std::size_t>(lost.size(), 5);
    making.draft.findings.warning(
        "campus-without-position",
        fmt::format(
            "{} schools have no position and are left out: {}{}", lost.size(),
            fmt::join(lost.begin(), lost.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
            lost.size() > shown ? " …" : ""),
        {"campuses.csv", 0, ""}, "give a map or table with their positions");
  }
  if (making.campuses.empty())
    throw Error("no school has a position", making.layers_taken(),
                "give their coordinates, or a map of them");
}

void make_homes(Making& making) {
  for (SourceLayer* layer : making.of(Role::Homes)) add_home_layer(making, *layer);
  bool drawn = false;
  if (making.homes.empty()) homes_of_rasters(making);
  if (making.homes.empty() && making.osm) homes_of_osm(making);
  if (making.homes.empty() && making.osm) homes_along_streets(making);
  if (making.homes.empty() && making.schematic) {
    for (const MadeCampus& c : making.campuses) {
      MadeHome home;
      home.code = "H" + c.code;
      home.name = c.name.in_chinese();
      home.at = c.at;
      home.source = c.source;
      making.homes.push_back(std::move(home));
    }
    making.assume("homes", "one for each school", "no file lists homes");
  }
  if (making.homes.empty() && making.of(Role::PupilList).empty()) {
    draw_grid(making);
    drawn = true;
  }
  if (drawn) weigh_by_schools(making);
  locate_in_areas(making);
}

}  // namespace doorstep::intake
