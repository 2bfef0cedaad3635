// The files of a drafted place: homes.csv, campuses.csv, areas and catchments as GeoJSON,
// history.csv. Coordinates of tables are in the place's system; every row names its source.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include "geo/crs.h"
#include "intake/making.h"
#include "io/results/results.h"

namespace doorstep::intake {
namespace {

using io::csv_cell;
using nlohmann::ordered_json;

/// "12.5", and no more digits than mean something. Units: pupils.
std::string amount(double value) {
  std::string text = fmt::format("{:.4f}", value);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string source_cells(const InputRef& source) {
  return csv_cell(source.file) + "," + (source.row > 0 ? std::to_string(source.row) : "");
}

std::string homes_csv(const Making& making) {
  std::string out = "code,name,x,y,area,community,street,number";
  for (const std::string& c : making.home_catchments) out += "," + csv_cell(catchment_column(c));
  for (int a = 0; a < making.ages(); ++a) out += fmt::format(",a{}", a);
  out += ",source,source_row\n";
  for (const MadeHome& h : making.homes) {
    out += fmt::format("{},{},{:.2f},{:.2f},{},{},{},{}", csv_cell(h.code), csv_cell(h.name),
                       h.at.x, h.at.y, csv_cell(h.area), csv_cell(h.community), csv_cell(h.street),
                       csv_cell(h.number));
    for (std::size_t c = 0; c < making.home_catchments.size(); ++c)
      out += "," + csv_cell(c < h.catchments.size() ? h.catchments[c] : "");
    for (double n : h.ages) out += "," + amount(n);
    out += "," + source_cells(h.source) + "\n";
  }
  return out;
}

/// Years for which a stage states seats (or intake) at any campus; 0 stands for no year.
std::set<Year> years_of(const Making& making, const std::string& kind,
                        std::map<Year, double> MadeOffer::*which) {
  std::set<Year> years;
  for (const MadeCampus& c : making.campuses)
    if (auto offer = c.offers.find(kind); offer != c.offers.end())
      for (const auto& [year, n] : offer->second.*which) years.insert(year);
  return years;
}

std::string with_year(const std::string& field, Year year) {
  return year == 0 ? field : fmt::format("{}_{}", field, year);
}

/// The value in force in a year: the latest stated up to it, else the first.
std::string value_cell(const std::map<Year, double>& by_year, Year year) {
  auto found = by_year.find(year);
  return found == by_year.end() ? "" : amount(found->second);
}

bool has_rooms(const Making& making, const std::string& kind) {
  return std::ranges::any_of(making.campuses, [&](const MadeCampus& c) {
    auto offer = c.offers.find(kind);
    return offer != c.offers.end() && offer->second.rooms > 0;
  });
}

std::string campuses_csv(const Making& making) {
  std::string out =
      "code,name_zh,name_en,x,y,school,area,urban,ownership,quality,origin,opens,closes,catchment";
  std::vector<std::vector<StageColumn>> columns;
  for (const MadeStage& s : making.stages) {
    columns.push_back(stage_columns(making, s.kind));
    for (const StageColumn& c : columns.back()) out += "," + c.name;
  }
  out += ",source,source_row\n";
  for (const MadeCampus& c : making.campuses) {
    out += fmt::format("{},{},{},{:.2f},{:.2f},{},{},{},{},{},{},{},{},{}", csv_cell(c.code),
                       csv_cell(c.name.zh), csv_cell(c.name.en), c.at.x, c.at.y, csv_cell(c.school),
                       csv_cell(c.area), csv_cell(c.urban), csv_cell(c.ownership), c.quality,
                       c.origin, csv_cell(c.opens), csv_cell(c.closes), csv_cell(c.catchment));
    for (std::size_t s = 0; s < making.stages.size(); ++s) {
      auto offer = c.offers.find(making.stages[s].kind);
      for (const StageColumn& column : columns[s]) {
        out += ",";
        if (offer == c.offers.end()) continue;
        const MadeOffer& o = offer->second;
        switch (column.what) {
          case StageColumn::Seats:
            out += value_cell(o.seats, column.year);
            break;
          case StageColumn::Intake:
            out += value_cell(o.intake, column.year);
            break;
          case StageColumn::Rooms:
            out += o.rooms > 0 ? amount(o.rooms) : "";
            break;
          case StageColumn::Grade:
            if (auto n = o.pupils.find(column.age); n != o.pupils.end()) out += amount(n->second);
            break;
          case StageColumn::Resource:
            if (auto n = o.resources.find(column.resource); n != o.resources.end())
              out += amount(n->second);
            break;
        }
      }
    }
    out += "," + source_cells(c.source) + "\n";
  }
  return out;
}

/// Polygons in degrees, seven digits: a centimetre.
class Features {
 public:
  explicit Features(const std::string& crs) : to_degrees_(Crs(crs), Crs("EPSG:4326")) {}

  void add(const MultiPolygon& shape, const ordered_json& properties) {
    std::string polygons;
    for (const Polygon& p : shape) {
      std::string rings = ring(p.outer);
      for (const Ring& hole : p.holes) rings += "," + ring(hole);
      polygons += (polygons.empty() ? "[" : ",[") + rings + "]";
    }
    std::string geometry =
        shape.empty() ? "null" : "{\"type\":\"MultiPolygon\",\"coordinates\":[" + polygons + "]}";
    text_ += fmt::format("{}{{\"type\":\"Feature\",\"properties\":{},\"geometry\":{}}}",
                         text_.empty() ? "" : ",\n", properties.dump(), geometry);
  }
  [[nodiscard]] std::string text() const {
    return "{\"type\":\"FeatureCollection\",\"features\":[\n" + text_ + "\n]}\n";
  }

 private:
  std::string ring(const Ring& points) const {
    std::vector<Xy> moved = points;
    to_degrees_.transform(std::span<Xy>(moved));
    std::string out = "[";
    for (Xy p : moved) out += fmt::format("[{:.7f},{:.7f}],", p.x, p.y);
    return out + fmt::format("[{:.7f},{:.7f}]]", moved.front().x, moved.front().y);
  }

  Transformer to_degrees_;
  std::string text_;
};

std::string areas_geojson(const Making& making) {
  Features features(making.crs);
  for (const MadeArea& a : making.areas)
    features.add(
        a.shape,
        {{"code", a.code}, {"name_zh", a.name.zh}, {"name_en", a.name.en}, {"urban", a.urban}});
  return features.text();
}

std::string catchments_geojson(const Making& making, const std::string& stage) {
  Features features(making.crs);
  for (const MadeCatchment& c : making.catchments)
    if (c.stage == stage)
      features.add(c.shape, {{"code", c.code},
                             {"name_zh", c.name.zh},
                             {"name_en", c.name.en},
                             {"campuses", c.campuses}});
  return features.text();
}

std::string catchments_csv(const Making& making, const std::string& stage) {
  std::string out = "code,name_zh,name_en,campuses\n";
  for (const MadeCatchment& c : making.catchments)
    if (c.stage == stage)
      out += fmt::format("{},{},{},{}\n", csv_cell(c.code), csv_cell(c.name.zh),
                         csv_cell(c.name.en), csv_cell(c.campuses));
  return out;
}

std::string history_csv(const Making& making) {
  std::string out = "year,campus,name,stage,age,pupils\n";
  for (const MadeHistory& h : making.history)
    out += fmt::format("{},{},{},{},{},{}\n", h.year, csv_cell(h.campus), csv_cell(h.name), h.stage,
                       h.age < 0 ? "" : std::to_string(h.age), amount(h.pupils));
  return out;
}

}  // namespace

std::string streets_geojson(const Making& making, const SourceLayer& layer) {
  Transformer to_degrees(Crs(making.crs), Crs("EPSG:4326"));
  std::string out;
  for (std::size_t r = 0; r < layer.table.shapes.size(); ++r) {
    std::string parts;
    for (const Polyline& line : layer.table.shapes[r].lines) {
      Polyline moved = line;
      to_degrees.transform(std::span<Xy>(moved));
      std::string points;
      for (Xy p : moved)
        points += fmt::format("{}[{:.7f},{:.7f}]", points.empty() ? "" : ",", p.x, p.y);
      parts += (parts.empty() ? "[" : ",[") + points + "]";
    }
    if (parts.empty()) continue;
    std::string word = making.dictionary.street_class(layer.text(r, "street_class"));
    ordered_json properties{{"class", word.empty() ? "road" : word},
                            {"oneway", layer.text(r, "oneway")},
                            {"source_row", layer.table.at(r).row}};
    out += fmt::format(
        "{}{{\"type\":\"Feature\",\"properties\":{},\"geometry\":{{\"type\":\"MultiLineString\","
        "\"coordinates\":[{}]}}}}",
        out.empty() ? "" : ",\n", properties.dump(), parts);
  }
  return "{\"type\":\"FeatureCollection\",\"features\":[\n" + out + "\n]}\n";
}

std::string catchment_column(const std::string& name) { return "catchment: " + name; }

std::vector<StageColumn> stage_columns(const Making& making, const std::string& kind) {
  std::vector<StageColumn> out;
  for (Year y : years_of(making, kind, &MadeOffer::seats))
    out.push_back({with_year(kind + "_seats", y), StageColumn::Seats, y});
  for (Year y : years_of(making, kind, &MadeOffer::intake))
    out.push_back({with_year(kind + "_intake", y), StageColumn::Intake, y});
  if (has_rooms(making, kind)) out.push_back({kind + "_rooms", StageColumn::Rooms});
  for (const ResourceKind& k : kResourceKinds)
    if (std::ranges::any_of(making.campuses, [&](const MadeCampus& c) {
          auto offer = c.offers.find(kind);
          return offer != c.offers.end() && offer->second.resources.contains(k.code);
        }))
      out.push_back({fmt::format("{}_{}", kind, k.code), StageColumn::Resource, 0, 0, k.code});
  const MadeStage& stage = *making.stage(kind);
  bool by_age = std::ranges::any_of(making.campuses, [&](const MadeCampus& c) {
    auto offer = c.offers.find(kind);
    return offer != c.offers.end() && !offer->second.pupils.empty() &&
           offer->second.pupils.rbegin()->first >= 0;
  });
  if (by_age)
    for (int g = 0; g < stage.is.grades; ++g)
      out.push_back(
          {fmt::format("{}_g{}", kind, g + 1), StageColumn::Grade, 0, stage.is.entry_age + g});
  return out;
}

bool catchments_have_shapes(const Making& making, const std::string& stage) {
  return std::ranges::any_of(making.catchments, [&](const MadeCatchment& c) {
    return c.stage == stage && !c.shape.empty();
  });
}

void write_tables(Making& making) {
  auto& tables = making.draft.tables;
  tables.emplace_back("homes.csv", homes_csv(making));
  tables.emplace_back("campuses.csv", campuses_csv(making));
  if (!making.areas.empty()) tables.emplace_back("areas.geojson", areas_geojson(making));
  for (const MadeStage& s : making.stages) {
    bool any = std::ranges::any_of(making.catchments,
                                   [&](const MadeCatchment& c) { return c.stage == s.kind; });
    if (!any) continue;
    if (catchments_have_shapes(making, s.kind))
      tables.emplace_back("catchments_" + s.kind + ".geojson", catchments_geojson(making, s.kind));
    else
      tables.emplace_back("catchments_" + s.kind + ".csv", catchments_csv(making, s.kind));
  }
  if (!making.history.empty()) tables.emplace_back("history.csv", history_csv(making));
}

}  // namespace doorstep::intake
