#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "geo/crs.h"
#include "io/scenario/scenario_comments.h"
#include "io/scenario/scenario_file.h"

namespace doorstep::io {
namespace fs = std::filesystem;
namespace {

/// A TOML basic string.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string named(const Name& name) {
  return fmt::format("{{ zh = {}, en = {} }}", quoted(name.zh), quoted(name.en));
}

std::string list_of(const std::vector<std::string>& items) {
  std::string out = "[";
  for (std::size_t i = 0; i < items.size(); ++i) out += (i ? ", " : "") + quoted(items[i]);
  return out + "]";
}

std::string names_of(const std::vector<Name>& names) {
  std::string out = "[";
  for (std::size_t i = 0; i < names.size(); ++i) out += (i ? ", " : "") + named(names[i]);
  return out + "]";
}

/// Numbers as TOML floats or integers, shortest form that reads back the same.
std::string number(double value) { return fmt::format("{}", value); }

/// Whether an edit only moves homes between catchments that keep their area and campuses.
bool only_moves_homes(const RedrawCatchments& e) {
  return std::ranges::all_of(
      e.catchments, [](const auto& area) { return area.area.empty() && area.campuses.empty(); });
}

struct EditText {
  std::string operator()(const OpenCampus& e) const {
    std::string out = fmt::format(
        "do = \"open_campus\"\ncode = {}\nname = {}\nat_xy = [{}, {}]\nstage = {}\nseats = {}\n",
        quoted(e.code), named(e.name), number(e.at.x), number(e.at.y), quoted(e.stage),
        number(e.seats));
    if (e.intake > 0) out += fmt::format("intake = {}\n", number(e.intake));
    if (!e.school.empty()) out += fmt::format("school = {}\n", quoted(e.school));
    if (e.quality != 1.0) out += fmt::format("quality = {}\n", number(e.quality));
    if (e.opening_grades != 1) out += fmt::format("opening_grades = {}\n", e.opening_grades);
    return out + fmt::format("year = {}\n", e.year);
  }
  std::string operator()(const CloseCampus& e) const {
    std::string out =
        fmt::format("do = \"close_campus\"\ncampus = {}\nyear = {}\n", quoted(e.campus), e.year);
    if (e.opposed) out += "opposed = true\n";
    std::string steps;
    for (const ClosureStep& s : e.procedure)
      steps += fmt::format("{}{} = {}", steps.empty() ? "" : ", ", s.step, quoted(s.when));
    if (!steps.empty()) out += "procedure = { " + steps + " }\n";
    return out;
  }
  std::string operator()(const JoinGroup& e) const {
    std::string name = e.group_name.zh.empty() && e.group_name.en.empty()
                           ? ""
                           : fmt::format("group_name = {}\n", named(e.group_name));
    std::string out = fmt::format(
        "do = \"join_group\"\ngroup = {}\n{}core = {}\ncampus = {}\nform = {}\nyear = {}\n",
        quoted(e.group), name, quoted(e.core), quoted(e.campus), quoted(e.form), e.year);
    if (e.until != 0) out += fmt::format("until = {}\n", e.until);
    if (!e.practices.empty()) out += fmt::format("practices = {}\n", list_of(e.practices));
    if (e.one_team) out += "one_team = true\n";
    if (!e.courses.empty()) out += fmt::format("courses = {}\n", names_of(e.courses));
    if (!e.core_courses.empty())
      out += fmt::format("core_courses = {}\n", names_of(e.core_courses));
    return out;
  }
  std::string operator()(const LeaveGroup& e) const {
    return fmt::format("do = \"leave_group\"\ngroup = {}\n{}year = {}\n", quoted(e.group),
                       e.campus.empty() ? "" : fmt::format("campus = {}\n", quoted(e.campus)),
                       e.year);
  }
  std::string operator()(const SetSeats& e) const {
    std::string out = fmt::format("do = \"set_seats\"\ncampus = {}\nstage = {}\n", quoted(e.campus),
                                  quoted(e.stage));
    if (e.seats >= 0) out += fmt::format("seats = {}\n", number(e.seats));
    if (e.rooms >= 0) out += fmt::format("rooms = {}\n", number(e.rooms));
    if (e.intake >= 0) out += fmt::format("intake = {}\n", number(e.intake));
    return out + fmt::format("year = {}\n", e.year);
  }
  std::string operator()(const SetFeeder& e) const {
    return fmt::format("do = \"set_feeder\"\nfrom = {}\nto = {}\nyear = {}\n", quoted(e.from),
                       quoted(e.to), e.year);
  }
  std::string operator()(const SetPolicy& e) const {
    std::string out = "do = \"set_policy\"\n";
    if (!e.rule.empty()) out += fmt::format("rule = {}\n", quoted(e.rule));
    if (!e.overflow.empty()) out += fmt::format("overflow = {}\n", quoted(e.overflow));
    if (!e.eligibility.empty()) out += fmt::format("eligibility = {}\n", quoted(e.eligibility));
    if (e.private_first) out += fmt::format("private_first = {}\n", *e.private_first);
    if (!e.private_losers.empty())
      out += fmt::format("private_losers = {}\n", quoted(e.private_losers));
    if (e.transfers) out += fmt::format("transfers = {}\n", *e.transfers);
    return out;
  }
  std::string operator()(const RenameCampus& e) const {
    return fmt::format("do = \"rename_campus\"\ncampus = {}\nname = {}\n", quoted(e.campus),
                       named(e.name));
  }
  std::string operator()(const AddHousing& e) const {
    return fmt::format(
        "do = \"add_housing\"\ncode = {}\nname = {}\nat_xy = [{}, {}]\ndwellings = {}\n"
        "pupils_per_dwelling = {}\nyear = {}\n",
        quoted(e.code), named(e.name), number(e.at.x), number(e.at.y), number(e.dwellings),
        number(e.pupils_per_dwelling), e.year);
  }
  std::string operator()(const RedrawCatchments& e) const {
    std::string out =
        fmt::format("do = \"redraw_catchments\"\nstage = {}\nyear = {}\n", quoted(e.stage), e.year);
    if (e.replace_all) out += "replace_all = true\n";
    if (!e.keep.empty()) out += fmt::format("keep = {}\n", list_of(e.keep));
    if (only_moves_homes(e)) {
      out += "[edit.move]\n";
      for (const auto& area : e.catchments)
        out += fmt::format("{} = {}\n", quoted(area.code), list_of(area.homes));
      return out;
    }
    out += fmt::format("file = {}\ncode = \"code\"\nname_zh = \"name_zh\"\nname_en = \"name_en\"\n",
                       quoted(areas_file));
    out += "[edit.campuses]\n";
    for (const auto& area : e.catchments)
      if (!area.campuses.empty())
        out += fmt::format("{} = {}\n", quoted(area.code), list_of(area.campuses));
    out += "[edit.homes]\n";
    for (const auto& area : e.catchments)
      if (!area.homes.empty())
        out += fmt::format("{} = {}\n", quoted(area.code), list_of(area.homes));
    return out;
  }
  std::string areas_file;
};

using AreaFiles = std::vector<std::string>;  // one an edit, "" where it has none

std::string areas_file_name(std::size_t edit, int version = 1) {
  return version == 1 ? fmt::format("catchments_{}.geojson", edit + 1)
                      : fmt::format("catchments_{}_{}.geojson", edit + 1, version);
}

/// Writes the areas under the first name that is free or holds just them. A file of other areas is
/// left alone: until the scenario itself is replaced, the one on disk may still name it.
std::string write_areas(const fs::path& folder, std::size_t edit, const std::string& text) {
  for (int version = 1;; ++version) {
    const std::string name = areas_file_name(edit, version);
    if (!fs::exists(folder / name)) {
      write_file(folder / name, text);
      return name;
    }
    if (read_file(folder / name) == text) return name;
  }
}

nlohmann::json ring_json(const Ring& ring, const Transformer& to_degrees) {
  nlohmann::json out = nlohmann::json::array();
  for (std::size_t i = 0; i <= ring.size() && !ring.empty(); ++i) {
    LonLat p = to_degrees.to_lonlat(ring[i % ring.size()]);
    out.push_back({p.lon, p.lat});
  }
  return out;
}

std::string areas_geojson(const RedrawCatchments& e, const Place& place) {
  Transformer to_degrees(Crs(place.crs), Crs("EPSG:4326"));
  nlohmann::json features = nlohmann::json::array();
  for (const auto& area : e.catchments) {
    nlohmann::json polygons = nlohmann::json::array();
    for (const Polygon& p : area.area) {
      nlohmann::json rings = nlohmann::json::array({ring_json(p.outer, to_degrees)});
      for (const Ring& hole : p.holes) rings.push_back(ring_json(hole, to_degrees));
      polygons.push_back(std::move(rings));
    }
    features.push_back(
        {{"type", "Feature"},
         {"properties",
          {{"code", area.code}, {"name_zh", area.name.zh}, {"name_en", area.name.en}}},
         {"geometry", {{"type", "MultiPolygon"}, {"coordinates", std::move(polygons)}}}});
  }
  return nlohmann::json{{"type", "FeatureCollection"}, {"features", std::move(features)}}.dump(1);
}

}  // namespace

namespace {

std::string text_of(const Scenario& scenario, const Place& place, const AreaFiles& files) {
  std::string out =
      fmt::format("format = {}\ncode = {}\nname = {}\nplace = {}\n", kScenarioFormat,
                  quoted(scenario.code.empty() ? "scenario" : scenario.code), named(scenario.name),
                  quoted(scenario.place.empty() ? place.code : scenario.place));
  if (scenario.first_year != 0) out += fmt::format("first_year = {}\n", scenario.first_year);
  out += fmt::format("years = {}\nseed = {}\n", scenario.years, scenario.seed);
  if (scenario.budget >= 0) out += fmt::format("budget = {}\n", number(scenario.budget));
  for (std::size_t i = 0; i < scenario.edits.size(); ++i) {
    out += "\n[[edit]]\n";
    // Before the rest: tables such as [edit.move] end the keys of the edit itself.
    const double cost = std::visit([](const auto& e) { return e.cost; }, scenario.edits[i]);
    if (cost >= 0) out += fmt::format("cost = {}\n", number(cost));
    out += std::visit(EditText{files[i]}, scenario.edits[i]);
  }
  return out;
}

}  // namespace

std::string scenario_text(const Scenario& scenario, const Place& place) {
  AreaFiles files;
  for (std::size_t i = 0; i < scenario.edits.size(); ++i) files.push_back(areas_file_name(i));
  return text_of(scenario, place, files);
}

void write_scenario(const Scenario& scenario, const Place& place, const fs::path& path) {
  fs::path file = fs::is_directory(path) ? path / "scenario.toml" : path;
  AreaFiles files(scenario.edits.size());
  for (std::size_t i = 0; i < scenario.edits.size(); ++i) {
    const auto* redraw = std::get_if<RedrawCatchments>(&scenario.edits[i]);
    if (redraw != nullptr && !only_moves_homes(*redraw))
      files[i] = write_areas(fs::absolute(file).parent_path(), i, areas_geojson(*redraw, place));
  }
  write_file(file, text_of(scenario, place, files));
}

namespace {

const RedrawCatchments* with_areas(const Edit& edit) {
  const auto* redraw = std::get_if<RedrawCatchments>(&edit);
  return redraw != nullptr && !only_moves_homes(*redraw) ? redraw : nullptr;
}

/// In the place of file names: the same for the same areas, whatever file holds them.
AreaFiles areas_told(const Scenario& scenario, const Place& place, std::string_view folder) {
  AreaFiles out(scenario.edits.size());
  for (std::size_t i = 0; i < scenario.edits.size(); ++i)
    if (const auto* redraw = with_areas(scenario.edits[i]))
      out[i] = fmt::format("<{}areas {:016x}>", folder,
                           std::hash<std::string>()(areas_geojson(*redraw, place)));
  return out;
}

/// Writes the areas that the text still tells of, and names their files there.
void name_area_files(std::string& text, const Scenario& scenario, const Place& place,
                     const AreaFiles& told, const fs::path& folder) {
  for (std::size_t i = 0; i < told.size(); ++i) {
    const std::size_t at = told[i].empty() ? std::string::npos : text.find(quoted(told[i]));
    if (at == std::string::npos) continue;
    const auto& redraw = std::get<RedrawCatchments>(scenario.edits[i]);
    text.replace(at, told[i].size() + 2,
                 quoted(write_areas(folder, i, areas_geojson(redraw, place))));
  }
}

bool says_the_same(const std::string& text, const fs::path& file, const Place& place,
                   const std::string& plain) {
  try {
    const Scenario read = read_scenario_text(text, file, place).value;
    return text_of(read, place, areas_told(read, place, "")) == plain;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

void write_scenario_over(const Scenario& scenario, const Place& place, const fs::path& path,
                         const fs::path& from, WrittenEdits& known) {
  const fs::path file = fs::is_directory(path) ? path / "scenario.toml" : path;
  std::string written;
  Scenario before;
  if (from.empty()) return write_scenario(scenario, place, path);
  try {
    written = read_file(scenario_file_of(from));
    before = read_scenario_text(written, scenario_file_of(from), place).value;
  } catch (const Error&) {  // none, or of another place
    return write_scenario(scenario, place, path);
  }
  const fs::path folder = fs::absolute(file).lexically_normal().parent_path();
  const bool here = fs::absolute(scenario_file_of(from)).lexically_normal().parent_path() == folder;
  const AreaFiles told = areas_told(scenario, place, "");
  const std::string plain = text_of(scenario, place, told);
  std::string text =
      text_over(written, text_of(before, place, areas_told(before, place, here ? "" : "other ")),
                plain, known);
  name_area_files(text, scenario, place, told, folder);
  if (!text.empty() && says_the_same(text, file, place, plain)) return write_file(file, text);
  // Written in a way that is not known here: the comments on top are kept.
  text = with_comments(plain, scenario_comments(written), {});
  name_area_files(text, scenario, place, told, folder);
  write_file(file, text);
}

}  // namespace doorstep::io
