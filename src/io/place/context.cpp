#include "io/place/context.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"

namespace doorstep::io {
namespace fs = std::filesystem;
namespace {

Origin origin_from(Section& section, const std::string& key, Origin fallback) {
  std::string word = section.text(key);
  if (word.empty()) return fallback;
  if (word == "real") return Origin::Real;
  if (word == "derived") return Origin::Derived;
  if (word == "synthetic") return Origin::Synthetic;
  section.refuse(key, "unknown origin \"" + word + "\"", "use real, derived or synthetic");
}

/// Adds the columns of another table to the rows that share a key: { file, key, on }.
void join_columns(PlaceContext& context, Section join, Table& table) {
  Table other = read_layer(context, join, "joined");
  std::size_t on = table.column(join.required_text("on"), join.at("on").field);
  std::size_t key = other.column(join.required_text("key"), join.at("key").field);
  join.finish(context.findings);
  std::map<std::string, std::size_t, std::less<>> row_of;
  for (std::size_t r = 0; r < other.rows(); ++r)
    if (!row_of.emplace(std::string(other.cells[r][key]), r).second)
      context.findings
          .warning("duplicate-row", "key stands twice in a joined table",
                   other.at(r, other.columns[key]), "the first row is used")
          .done = Done::Skipped;
  std::vector<std::size_t> added;
  for (std::size_t c = 0; c < other.columns.size(); ++c)
    if (!table.has(other.columns[c])) added.push_back(c);
  std::vector<std::string> names;
  for (std::size_t c : added) names.push_back(other.columns[c]);
  Cells more;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    auto found = row_of.find(table.cells[r][on]);
    if (found == row_of.end())
      context.findings.warning(
          "no-match", fmt::format("\"{}\" has no row in {}", table.cells[r][on], other.file),
          table.at(r, table.columns[on]), "its joined fields are missing");
    std::vector<std::string> row;
    for (std::size_t c : added)
      row.emplace_back(found == row_of.end() ? "" : other.cells[found->second][c]);
    more.push_back(row);
  }
  table.add_columns(names, more);
}

/// The checksum of a folder's files, in the order of their names.
std::string sha256_of_folder(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::ranges::sort(files);
  std::string sums;
  for (const fs::path& file : files)
    sums += file.filename().string() + " " + sha256_file(file) + "\n";
  return sha256(sums);
}

/// The checksum of the cells of a table that has no file.
std::string sha256_of_table(const Table& table) {
  std::string text = fmt::format("{}\n", fmt::join(table.columns, "\t"));
  for (std::size_t r = 0; r < table.rows(); ++r)
    text += fmt::format("{}\n", fmt::join(table.cells[r].strings(), "\t"));
  return sha256(text);
}

bool axes_are_swapped(Section& section) {
  std::string axes = section.text("axes", "xy");
  if (axes != "xy" && axes != "yx")
    section.refuse("axes", "unknown order \"" + axes + "\"",
                   "use xy (east first) or yx (north first)");
  return axes == "yx";
}

/// Leaves out rows by the section's `where` (must match) and `ignore` (must not).
void filter_rows(PlaceContext& context, Section& section, Table& table, const std::string& what) {
  std::vector<bool> keep(table.rows(), true);
  if (auto where = section.section("where"))
    for (const std::string& field : where->keys()) {
      std::size_t column = table.column(field, where->at(field).field);
      std::string wanted = where->text_or_number(field);
      for (std::size_t r = 0; r < table.rows(); ++r)
        if (table.cells[r][column] != wanted) keep[r] = false;
    }
  if (auto ignore = section.section("ignore"))
    for (const std::string& field : ignore->keys()) {
      std::size_t column = table.column(field, ignore->at(field).field);
      std::vector<std::string> unwanted = ignore->texts(field);
      for (std::size_t r = 0; r < table.rows(); ++r)
        if (std::ranges::count(unwanted, table.cells[r][column]) > 0) keep[r] = false;
    }
  auto left_out = std::ranges::count(keep, false);
  if (left_out == 0) return;
  context.findings
      .info("rows-left-out",
            fmt::format("{} of {} rows of {} left out, as place.toml says", left_out, table.rows(),
                        what),
            {table.file, 0, ""})
      .done = Done::Skipped;
  table.keep_rows(keep);
}

}  // namespace

StageId PlaceContext::stage(Section& section, const std::string& key) {
  std::string code = section.required_text(key);
  StageId id = find_stage(place, code);
  if (id.valid()) return id;
  std::vector<std::string> known;
  for (const Stage& s : place.stages) known.push_back(s.code);
  section.refuse(key, "unknown stage \"" + code + "\"",
                 fmt::format("it has: {}", fmt::join(known, ", ")));
}

void PlaceContext::finish_checksums() {
  for (auto& [source, sum] : checksums) place.sources[source].sha256 = sum.get();
  checksums.clear();
}

ResolvedFile resolve_file(const fs::path& folder, Section& section, const std::string& key) {
  std::string written = section.required_text(key);
  fs::path root = folder;
  std::string rest = written;
  if (written.rfind("${", 0) == 0) {
    std::size_t end = written.find('}');
    if (end == std::string::npos) section.refuse(key, "\"${\" without \"}\"", "write ${NAME}/file");
    std::string variable = written.substr(2, end - 2);
    const char* value = std::getenv(variable.c_str());
    if (value == nullptr || *value == '\0')
      section.refuse(key, "needs the environment variable " + variable + ", which is not set",
                     "set it to the folder that holds the data; see docs/data-sources.md");
    root = value;
    rest = written.substr(end + 1);
    while (!rest.empty() && rest.front() == '/') rest.erase(0, 1);
  }
  if (rest.find("://") != std::string::npos || rest.rfind("/vsi", 0) == 0)
    section.refuse(key, "\"" + written + "\" lies on the network or in an archive",
                   "copy the file into the place's folder");
  fs::path relative(rest);
  bool climbs = std::ranges::any_of(relative, [](const fs::path& part) { return part == ".."; });
  if (relative.is_absolute() || climbs || rest.find(':') != std::string::npos)
    section.refuse(key, "\"" + written + "\" lies outside the place",
                   "put the file into the place's folder, or use ${NAME}/file");
  fs::path path = root / relative;
  std::error_code missing;
  fs::path real = fs::weakly_canonical(path, missing);
  fs::path real_root = fs::weakly_canonical(root, missing);
  auto [end_root, unused] =
      std::mismatch(real_root.begin(), real_root.end(), real.begin(), real.end());
  if (end_root != real_root.end())
    section.refuse(key, "\"" + written + "\" leads outside the place through a link",
                   "put the file itself into the place's folder");
  return {path, written};
}

void record_source(PlaceContext& context, Section& section, const ResolvedFile& file,
                   const std::string& what) {
  LayerSource source;
  source.layer = what;
  source.file = file.shown;
  source.licence = section.text("licence");
  source.attribution = section.text("attribution");
  source.origin = origin_from(section, "origin", context.place.origin);
  if (source.licence.empty())
    context.findings.warning("no-licence", "layer without a licence", section.at("licence"),
                             "write licence and attribution, as they go on every map");
  if (is_database(file.shown)) {  // read_layer signs what the table holds
    context.place.sources.push_back(std::move(source));
    return;
  }
  if (!fs::exists(file.path))
    throw Error("file not found", file.shown, "named by " + section.at("file").text());
  if (fs::is_directory(file.path) && file.path.extension() == ".gdb") {
    source.sha256 = sha256_of_folder(file.path);
    context.place.sources.push_back(std::move(source));
    return;
  }
  if (!fs::is_regular_file(file.path))  // a pipe would wait for ever, a folder has no checksum
    throw Error("is no file", file.shown, "named by " + section.at("file").text());
  constexpr std::uintmax_t kLargeBytes = 4U << 20;
  if (fs::file_size(file.path) > kLargeBytes)
    context.checksums.emplace_back(
        context.place.sources.size(),
        std::async(std::launch::async, [path = file.path] { return sha256_file(path); }));
  else
    source.sha256 = sha256_file(file.path);
  context.place.sources.push_back(std::move(source));
}

Table read_layer(PlaceContext& context, Section& section, const std::string& what) {
  std::string written = section.required_text("file");
  bool database = is_database(written);
  ResolvedFile file =
      database ? ResolvedFile{written, written} : resolve_file(context.folder, section, "file");
  record_source(context, section, file, what);
  TableRequest request;
  request.path = file.path;
  request.shown = file.shown;
  request.layer = section.text("layer");
  request.crs = section.text("crs");
  request.datum = section.text("datum", "wgs84");
  request.to_crs = context.place.crs;
  request.encoding = section.text("encoding");
  request.swap_axes = axes_are_swapped(section);
  request.keep_totals = section.text("totals") == "keep";
  request.grid = grid_of(context, section);
  Table table = read_table(request, context.findings);
  if (database) context.place.sources.back().sha256 = sha256_of_table(table);
  filter_rows(context, section, table, what);
  for (Section& join : section.sections("join")) join_columns(context, std::move(join), table);
  return table;
}

std::string_view FieldOf::view(std::size_t row) const {
  if (!present()) return {};
  const std::string_view cell = table->cells[row][column];
  const bool digit = !cell.empty() && cell.front() >= '0' && cell.front() <= '9';
  return !digit && is_missing(cell) ? std::string_view() : cell;
}

FieldOf named_field(const Table& table, const std::string& name, const std::string& key) {
  return {&table, table.column(name, key), name};
}

FieldOf field_of(const Table& table, Section& section, const std::string& key) {
  std::string name = section.text(key);
  return name.empty() ? FieldOf{} : named_field(table, name, section.at(key).field);
}

FieldOf required_field(const Table& table, Section& section, const std::string& key) {
  return named_field(table, section.required_text(key), section.at(key).field);
}

std::optional<double> number_in_cell(PlaceContext& context, const FieldOf& field, std::size_t row) {
  const std::string_view cell = field.view(row);
  if (cell.empty()) return std::nullopt;
  double value = 0.0;
  if (parse_number(cell, value)) return value;
  context.findings.error("not-a-number", fmt::format("\"{}\" is not a number", cell),
                         field.table->at(row, field.name), "write a plain number, or NA");
  return std::nullopt;
}

std::optional<double> amount_in_cell(PlaceContext& context, const FieldOf& field, std::size_t row,
                                     const char* what) {
  constexpr double kMost = 1e9;  // more than there are children
  auto value = number_in_cell(context, field, row);
  if (!value || (*value >= 0 && *value <= kMost)) return value;
  if (*value > kMost) {
    context.findings.error(fmt::format("too-many-{}", what), fmt::format("{} {}", *value, what),
                           field.table->at(row, field.name), "check the number and its unit");
    return std::nullopt;
  }
  context.findings.error(fmt::format("negative-{}", what), fmt::format("{} {}", *value, what),
                         field.table->at(row, field.name),
                         fmt::format("{} cannot be negative", what));
  return std::nullopt;
}

std::optional<Year> year_in_cell(PlaceContext& context, const FieldOf& field, std::size_t row) {
  auto value = number_in_cell(context, field, row);
  if (!value) return std::nullopt;
  if (*value != std::floor(*value) || *value < 1900 || *value > 2200) {
    context.findings.error("not-a-year", fmt::format("\"{}\" is not a year", field.text(row)),
                           field.table->at(row, field.name), "write a year such as 2024");
    return std::nullopt;
  }
  return static_cast<Year>(*value);
}

std::map<std::string, CampusId> campuses_by(const PlaceContext& context,
                                            const std::string& key_field,
                                            const std::string& where) {
  if (key_field.empty()) return context.campuses;
  std::map<std::string, CampusId> out;
  bool found = false;
  for (const auto& kept : context.campus_rows) {
    if (!kept.table.has(key_field)) continue;
    found = true;
    std::size_t column = kept.table.column(key_field, where);
    for (std::size_t r = 0; r < kept.table.rows(); ++r)
      if (kept.ids[r].valid()) out.emplace(std::string(kept.table.cells[r][column]), kept.ids[r]);
  }
  if (!found)
    throw Error("no campus table has a field \"" + key_field + "\"", where,
                "name a field of the campus file, or leave it out to use codes");
  return out;
}

}  // namespace doorstep::io
