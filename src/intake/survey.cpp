#include "intake/survey.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"

namespace doorstep::intake {
namespace fs = std::filesystem;
namespace {

const std::vector<std::pair<Role, const char*>> kRoles{
    {Role::None, "not used"},         {Role::Areas, "areas"},
    {Role::Homes, "homes"},           {Role::Campuses, "campuses"},
    {Role::Catchments, "catchments"}, {Role::AddressCatchments, "addresses"},
    {Role::Census, "census"},         {Role::Streets, "streets"},
    {Role::PupilList, "pupil_list"},  {Role::History, "history"},
    {Role::Raster, "raster"},         {Role::Travel, "travel"},
    {Role::Entrants, "entrants"},     {Role::Growth, "growth"},
    {Role::Groups, "groups"},         {Role::Feeders, "feeders"},
    {Role::Housing, "housing"},       {Role::Osm, "osm"},
    {Role::ReadMe, "readme"}};

/// Parts of a shapefile or another file's companions: read with their file.
bool is_companion(const fs::path& path) {
  static const std::set<std::string> kEndings{".dbf", ".shx", ".prj", ".cpg",  ".qpj", ".sbn",
                                              ".sbx", ".xml", ".qmd", ".idx",  ".aux", ".ovr",
                                              ".tfw", ".qgs", ".qgz", ".lock", ".ini", ".toml"};
  std::string ending = lower_ascii(path.extension().string());
  if (ending == ".dbf") {  // a lone .dbf is a table of its own
    fs::path shape = path;
    return fs::exists(shape.replace_extension(".shp"));
  }
  return kEndings.count(ending) > 0;
}

bool is_prose(const fs::path& path) {
  static const std::set<std::string> kEndings{".md",  ".txt", ".pdf", ".doc", ".docx",
                                              ".rtf", "",     ".jpg", ".png", ".html"};
  return kEndings.count(lower_ascii(path.extension().string())) > 0;
}

bool is_osm(const fs::path& path) {
  std::string name = lower_ascii(path.filename().string());
  return name.ends_with(".osm.pbf") || name.ends_with(".pbf") || name.ends_with(".osm.opl");
}

struct Candidate {
  fs::path path;
  std::string shown;
  bool named;  ///< by the user, not found in a folder
};

void look_into(const fs::path& folder, const std::string& prefix, std::vector<Candidate>& out,
               Diagnostics& findings) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) entries.push_back(entry.path());
  std::ranges::sort(entries);
  for (const fs::path& path : entries) {
    std::string name = path.filename().string();
    if (name.front() == '.') continue;
    std::string shown = prefix + name;
    bool whole = fs::is_regular_file(path) || lower_ascii(path.extension().string()) == ".gdb";
    if (fs::is_directory(path) && !whole) {
      look_into(path, shown + "/", out, findings);
    } else if (whole && is_prose(path)) {
      findings.info("not-a-table", "is no table or map and is left alone", {shown, 0, ""});
    } else if (whole && !is_companion(path)) {
      out.push_back({path, shown, false});
    }
  }
}

std::vector<Candidate> candidates_of(const Request& request, Diagnostics& findings) {
  std::vector<Candidate> out;
  for (const fs::path& path : request.files) {
    std::string name = path.filename().string();
    if (name.empty()) name = path.parent_path().filename().string();
    if (!fs::exists(path)) throw Error("file not found", path.string(), "check the path");
    if (fs::is_directory(path) && lower_ascii(path.extension().string()) != ".gdb")
      look_into(path, "", out, findings);
    else if (!is_companion(path) || lower_ascii(path.extension().string()) == ".xml")
      out.push_back({path, name, true});
  }
  // One file given twice is one file.
  std::set<std::string> seen;
  std::erase_if(out, [&](const Candidate& c) {
    return !seen.insert(fs::weakly_canonical(c.path).string()).second;
  });
  std::map<std::string, int> names;
  for (const Candidate& c : out) ++names[c.shown];
  for (Candidate& c : out)  // two files of one name are told apart by their folders
    if (names[c.shown] > 1)
      c.shown = (c.path.parent_path().filename() / c.path.filename()).string();
  return out;
}

SourceLayer osm_layer(const Candidate& c) {
  SourceLayer layer;
  layer.path = c.path;
  layer.file = layer.shown = layer.table.file = c.shown;
  layer.info.driver = "OSM";
  layer.info.kind = io::LayerKind::Mixed;
  layer.role = Role::Osm;
  layer.role_confidence = 1.0;
  layer.role_evidence = "an OpenStreetMap extract";
  layer.crs = "EPSG:4326";
  return layer;
}

SourceLayer read_one(const Candidate& c, const io::LayerInfo& info, bool several,
                     const Request& asked) {
  SourceLayer layer;
  layer.path = c.path;
  layer.file = c.shown;
  layer.layer = several ? info.name : "";
  layer.shown = several ? c.shown + "#" + info.name : c.shown;
  layer.info = info;
  layer.table.file = layer.shown;
  if (info.kind == io::LayerKind::Raster) return layer;
  io::TableRequest request;
  request.path = c.path;
  request.shown = layer.shown;
  request.layer = several ? info.name : "";
  if (auto said = asked.confirmed.find(layer.shown + ".encoding"); said != asked.confirmed.end()) {
    request.encoding = said->second;
    layer.info.encoding = {said->second, io::Certainty::Declared, "said by you"};
  }
  layer.table = io::read_table(request, layer.findings);
  layer.rows_read = layer.table.rows();
  if (layer.crs.empty()) layer.crs = layer.table.crs;
  return layer;
}

}  // namespace

const char* role_name(Role role) {
  for (const auto& [value, word] : kRoles)
    if (value == role) return word;
  return "";
}

Role role_from(const std::string& word, const std::string& where) {
  std::vector<std::string> known;
  for (const auto& [value, name] : kRoles) {
    if (word == name || (word == "none" && value == Role::None)) return value;
    known.emplace_back(name);
  }
  throw Error("unknown role \"" + word + "\"", where,
              fmt::format("use one of: {}", fmt::join(known, ", ")));
}

const FieldGuess* SourceLayer::field(const std::string& meaning) const {
  const FieldGuess* best = nullptr;
  for (const FieldGuess& f : fields)
    if (f.meaning == meaning && (best == nullptr || f.confidence > best->confidence)) best = &f;
  return best;
}

std::string SourceLayer::cell(std::size_t row, std::size_t column) const {
  std::string text = trimmed(table.cells[row][column]);
  return io::is_missing(text) ? "" : text;
}

std::string SourceLayer::text(std::size_t row, const std::string& meaning) const {
  const FieldGuess* f = field(meaning);
  return f == nullptr ? "" : cell(row, f->column);
}

std::optional<double> SourceLayer::number(std::size_t row, const std::string& meaning) const {
  const FieldGuess* f = field(meaning);
  return f == nullptr ? std::nullopt : loose_number(cell(row, f->column));
}

bool SourceLayer::is_area_layer() const {
  return std::ranges::any_of(table.shapes, [](const io::Shape& s) { return !s.areas.empty(); });
}

std::vector<SourceLayer> survey(const Request& request, const Dictionary& dictionary,
                                Diagnostics& findings, Progress& progress) {
  std::vector<SourceLayer> out;
  std::vector<Candidate> candidates = candidates_of(request, findings);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Candidate& c = candidates[i];
    progress.step(c.shown, static_cast<double>(i) / static_cast<double>(candidates.size()));
    if (is_osm(c.path)) {
      out.push_back(osm_layer(c));
      continue;
    }
    try {
      Diagnostics listed;
      bool persons = false;
      std::vector<io::LayerInfo> layers = io::list_layers(c.path, c.shown, listed);
      for (const io::LayerInfo& info : layers) {
        SourceLayer layer = read_one(c, info, layers.size() > 1, request);
        guess_fields(layer, dictionary, request);
        guess_role(layer, dictionary, request);
        persons |= layer.role == Role::PupilList;
        out.push_back(std::move(layer));
      }
      if (!persons) findings.append(listed);  // they may quote cells
    } catch (const Error& e) {
      if (c.named) throw;
      findings.warning("unreadable", e.what(), {c.shown, 0, ""}, e.hint());
    }
  }
  return out;
}

}  // namespace doorstep::intake
