#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "base/text.h"
#include "geo/polygon.h"
#include "io/table/rows.h"
#include "io/table/shapes.h"

namespace doorstep::io {
namespace {

/// Ends of a line so near are one corner: drawings are made by eye. Units: of the drawing, a share
/// of the size of the line's box. Source: assumed.
constexpr double kClosedWithin = 1e-6;

struct Drawing {
  TableHead head;
  std::vector<TableRow> rows;
  std::size_t layer_column = 0;
  std::size_t text_column = 0;
};

bool is_closed(const Polyline& line) {
  if (line.size() < 4) return false;
  Box box;
  for (Xy p : line) box.add(p);
  return distance_m(line.front(), line.back()) <= kClosedWithin * (box.width() + box.height());
}

/// Closed lines become areas.
std::size_t close_lines(Shape& shape) {
  std::size_t closed = 0;
  std::vector<Polyline> open;
  for (Polyline& line : shape.lines) {
    if (!is_closed(line)) {
      open.push_back(std::move(line));
      continue;
    }
    line.pop_back();
    shape.areas.push_back({std::move(line), {}});
    ++closed;
  }
  shape.lines = std::move(open);
  return closed;
}

bool is_text(const TableRow& row, const Drawing& drawing) {
  return !row.shape.points.empty() && !row.cells[drawing.text_column].empty();
}

constexpr std::size_t kNoArea = std::numeric_limits<std::size_t>::max();

/// Gives each text to the smallest area around it; returns that area's row for each row.
std::vector<std::size_t> give_names(Drawing& drawing) {
  std::vector<std::size_t> areas;
  for (std::size_t r = 0; r < drawing.rows.size(); ++r)
    if (!drawing.rows[r].shape.areas.empty()) areas.push_back(r);
  std::vector<Box> boxes;
  std::vector<double> sizes;
  for (std::size_t r : areas) {
    boxes.push_back(bounds(drawing.rows[r].shape.areas));
    sizes.push_back(area_m2(drawing.rows[r].shape.areas));
  }
  std::vector<std::size_t> given(drawing.rows.size(), kNoArea);
  for (std::size_t t = 0; t < drawing.rows.size(); ++t) {
    if (!is_text(drawing.rows[t], drawing)) continue;
    Xy p = drawing.rows[t].shape.points.front();
    double smallest = std::numeric_limits<double>::infinity();
    std::size_t owner = kNoArea;
    for (std::size_t a = 0; a < areas.size(); ++a)
      if (sizes[a] < smallest && boxes[a].contains(p) &&
          contains(drawing.rows[areas[a]].shape.areas, p)) {
        smallest = sizes[a];
        owner = areas[a];
      }
    if (owner == kNoArea) continue;
    std::string& name = drawing.rows[owner].cells[drawing.text_column];
    name += (name.empty() ? "" : " ") + drawing.rows[t].cells[drawing.text_column];
    given[t] = owner;
  }
  return given;
}

std::size_t index_of(const std::vector<std::string>& columns, const char* name) {
  auto found = std::ranges::find(columns, name);
  return static_cast<std::size_t>(found - columns.begin());
}

/// All entities in the drawing's own coordinates.
Drawing entities_of(const SourcePart& part, const ReadTask& task) {
  Drawing drawing;
  TableRequest raw = task.request;
  raw.to_crs.clear();
  raw.swap_axes = false;
  RowVisitor keep = [&](const TableHead&, TableRow& row) {
    drawing.rows.push_back(std::move(row));
    return true;
  };
  OpenDataset data = open_vector(part, task.findings);
  QuietGdal quiet;
  Diagnostics found;
  drawing.head = visit_features(layer_of(*data, "", part.shown), part, {raw, found, keep});
  // A drawing mixes kinds by nature, and lines close into areas here.
  for (const Diagnostic& d : found.items())
    if (d.code != "mixed-kinds" && d.code != "duplicate-shape") task.findings.add(d);
  drawing.layer_column = index_of(drawing.head.columns, "Layer");
  drawing.text_column = index_of(drawing.head.columns, "Text");
  std::size_t columns = drawing.head.columns.size();
  if (drawing.layer_column == columns || drawing.text_column == columns)
    throw Error("is a drawing without layers and texts", part.shown, "save it as DXF 2000");
  return drawing;
}

}  // namespace

TableHead read_drawing_rows(const SourcePart& part, const std::string& layer,
                            const ReadTask& task) {
  Drawing drawing = entities_of(part, task);
  bool said = !task.request.crs.empty() || task.request.grid || task.request.datum == "bd09mc";
  if (!said && !task.request.to_crs.empty())
    throw Error("is a drawing, which never says its coordinate system", part.shown,
                "write crs = \"EPSG:…\" in the layer, as its author tells you");
  std::size_t closed = 0;
  for (TableRow& row : drawing.rows) closed += close_lines(row.shape);
  std::vector<std::size_t> given = give_names(drawing);
  auto named = std::ranges::count_if(given, [](std::size_t row) { return row != kNoArea; });
  if (closed > 0 || named > 0)
    task.findings.info("drawing",
                       fmt::format("{} closed lines were read as areas, {} texts as names of the "
                                   "areas they stand in",
                                   closed, named),
                       {task.request.shown, 0, ""});
  bool all = layer.empty() || layer == "entities";
  std::vector<std::string> layers;
  std::vector<bool> chosen;  // before the visitor empties the rows
  for (const TableRow& row : drawing.rows)
    chosen.push_back(all || row.cells[drawing.layer_column] == layer);
  ShapePlacer placer(task.request, task.findings);
  std::size_t shown = 0;
  for (std::size_t r = 0; r < drawing.rows.size(); ++r) {
    TableRow& row = drawing.rows[r];
    const std::string& of = row.cells[drawing.layer_column];
    if (std::ranges::find(layers, of) == layers.end()) layers.push_back(of);
    bool is_name = given[r] != kNoArea && chosen[given[r]];
    if (is_name || !chosen[r]) continue;
    ++shown;
    placer.place(row.shape, "", {task.request.shown, row.number, ""});
    if (!task.visit(drawing.head, row)) return drawing.head;
  }
  if (!all && std::ranges::find(layers, layer) == layers.end())
    throw Error("has no layer \"" + layer + "\"", part.shown,
                fmt::format("it has: {}", fmt::join(layers, ", ")));
  if (shown == 0)
    task.findings.warning("empty-layer", "has no rows", {task.request.shown, 0, ""},
                          "check the drawing");
  return drawing.head;
}

}  // namespace doorstep::io
