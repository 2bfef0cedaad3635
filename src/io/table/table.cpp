#include "io/table/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "base/error.h"
#include "base/text.h"
#include "geo/crs.h"
#include "io/table/rows.h"
#include "io/table/sheet.h"

namespace doorstep::io {
namespace {

/// The part of an archive that a request means, and the layer within it. A name is a member's,
/// "member/layer", or a layer's where there is one part only.
struct Choice {
  SourcePart part;
  std::string layer;
};

Choice choose(const std::vector<SourcePart>& parts, const TableRequest& request) {
  if (parts.size() == 1) {
    std::string prefix = parts[0].member.empty() ? "" : parts[0].member + "/";
    bool prefixed = !prefix.empty() && request.layer.starts_with(prefix);
    return {parts[0], prefixed ? request.layer.substr(prefix.size()) : request.layer};
  }
  if (request.layer.empty()) return {parts.front(), ""};
  for (const SourcePart& part : parts) {
    if (part.member == request.layer) return {part, ""};
    if (request.layer.starts_with(part.member + "/"))
      return {part, request.layer.substr(part.member.size() + 1)};
  }
  std::vector<std::string> names;
  for (const SourcePart& part : parts) names.push_back(part.member);
  throw Error("has no layer \"" + request.layer + "\"", request.shown,
              fmt::format("it has: {}", fmt::join(names, ", ")));
}

TableHead read_part(const Choice& choice, const ReadTask& task) {
  const SourcePart& part = choice.part;
  std::string extension = extension_of(part.path);
  switch (part.kind) {
    case SourceKind::Csv: {
      std::filesystem::path file(part.path);
      if (file.extension() == ".gz") file.replace_extension();
      std::string name = file.stem().string();
      if (!choice.layer.empty() && choice.layer != name && choice.layer != part.member)
        throw Error("has no layer \"" + choice.layer + "\"", task.request.shown,
                    "it is one table; leave layer out");
      return read_csv_rows(part, task);
    }
    case SourceKind::Workbook:
      return read_sheet_rows(part, choice.layer, task);
    case SourceKind::Osm:
      throw Error("is an OpenStreetMap extract, no layer", task.request.shown,
                  "name it under [travel] or let `doorstep new` draw layers from it");
    case SourceKind::Raster:
      if (extension != "mbtiles") {
        throw Error("is a raster, no table", task.request.shown,
                    "name it where a population raster is asked for");
      }
      break;
    case SourceKind::Map:
      break;
  }
  if (extension == "dxf" || extension == "dwg") return read_drawing_rows(part, choice.layer, task);
  return read_map_rows(part, choice.layer, task);
}

}  // namespace

bool is_missing(std::string_view cell) {
  if (!cell.empty() && cell.front() != 'N' && cell.front() != 'n' && cell.front() != '-' &&
      cell.front() != '\xE2')
    return false;
  static const std::set<std::string_view> kMissing{"",  "NA", "N/A", "NULL", "null", "–",
                                                   "—", "-",  "——",  "--",   "…",    "……"};
  return kMissing.count(cell) > 0;
}

namespace {

TableHead read_rows(const ReadTask& task) {
  const TableRequest& request = task.request;
  if (is_database(request.path.string())) return read_database_rows(request.path.string(), task);
  std::vector<SourcePart> parts = parts_of(request.path, request.shown, task.findings);
  return read_part(choose(parts, request), task);
}

}  // namespace

TableHead for_each_row(const TableRequest& request, Diagnostics& findings,
                       const RowVisitor& visit) {
  return read_rows({request, findings, visit});
}

Table read_table(const TableRequest& request, Diagnostics& findings) {
  Table table;
  const RowVisitor visit = [&](const TableHead& of, TableRow& row) {
    table.row_of.push_back(row.number);
    table.cells.push_back(row.cells);
    if (of.has_shapes) table.shapes.push_back(std::move(row.shape));
    return true;
  };
  const PlainVisitor visit_plain = [&](const TableHead&, long number, const CellRow& cells) {
    table.row_of.push_back(number);
    table.cells.push_back(cells);
    return true;
  };
  TableHead head = read_rows({request, findings, visit, visit_plain});
  table.file = request.shown;
  table.columns = head.columns;
  table.crs = head.crs;
  return table;
}

std::size_t Table::column(const std::string& field, const std::string& key) const {
  auto found = std::ranges::find(columns, field);
  if (found != columns.end()) return static_cast<std::size_t>(found - columns.begin());
  // A unit, "(人)", may be left out of a name where that leaves one column only.
  std::size_t match = columns.size();
  std::size_t matches = 0;
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (without_unit(columns[c]) == without_unit(field)) {
      match = c;
      ++matches;
    }
  if (matches == 1) return match;
  std::string near = closest(field, columns);
  std::string hint = near.empty() ? "it has: " : "did you mean \"" + near + "\"? It has: ";
  for (std::size_t i = 0; i < columns.size() && i < 12; ++i) hint += (i ? ", " : "") + columns[i];
  throw Error(fmt::format("no field \"{}\", which place.toml names for {}", field, key), file,
              hint);
}

bool Table::has(const std::string& field) const {
  return std::ranges::find(columns, field) != columns.end();
}

void Table::add_columns(const std::vector<std::string>& names, const Cells& more) {
  columns.insert(columns.end(), names.begin(), names.end());
  Cells wider;
  for (std::size_t r = 0; r < rows(); ++r) {
    std::vector<std::string> row = cells[r].strings();
    for (std::string& cell : more[r].strings()) row.push_back(std::move(cell));
    wider.push_back(row);
  }
  cells = std::move(wider);
}

void Table::keep_rows(const std::vector<bool>& keep) {
  std::size_t kept = 0;
  Cells left;
  for (std::size_t r = 0; r < rows(); ++r) {
    if (!keep[r]) continue;
    left.push_back(cells[r]);
    if (kept != r) {
      row_of[kept] = row_of[r];
      if (!shapes.empty()) shapes[kept] = std::move(shapes[r]);
    }
    ++kept;
  }
  cells = std::move(left);
  row_of.resize(kept);
  if (!shapes.empty()) shapes.resize(kept);
}

}  // namespace doorstep::io
