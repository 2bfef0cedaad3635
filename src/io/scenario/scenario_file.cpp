#include "io/scenario/scenario_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/file.h"
#include "geo/crs.h"
#include "io/config.h"
#include "io/place/context.h"
#include "io/place/practices.h"
#include "place/plausible.h"
#include "scenario/procedure.h"

namespace doorstep::io {
namespace fs = std::filesystem;
namespace {

constexpr int kMaxYears = 60;
/// A new campus or housing project farther from all homes is most likely a slip of the pen.
constexpr double kFarM = 50000.0;

constexpr const char* kPage = "docs/scenario.md";

/// Reads one edit after another; knows the place's system and where the file lies.
class EditReader {
 public:
  EditReader(const Place& place, fs::path folder, Diagnostics& findings)
      : place_(&place), folder_(std::move(folder)), findings_(&findings) {}

  Edit operator()(Section& section) {
    std::string what = section.required_text("do");
    Edit edit = of_kind(section, what);
    if (section.has("cost")) {
      const double cost = amount(section, "cost");
      std::visit([cost](auto& e) { e.cost = cost; }, edit);
    }
    section.finish(*findings_, kPage);
    return edit;
  }

 private:
  Edit of_kind(Section& s, const std::string& what) {
    if (what == "open_campus") return open_campus(s);
    if (what == "close_campus") return close_campus(s);
    if (what == "join_group")
      return JoinGroup{s.required_text("group"),  s.name("group_name"),
                       s.required_text("core"),   s.required_text("campus"),
                       s.required_text("form"),   s.required_integer("year"),
                       s.integer("until", 0),     practices(s),
                       s.flag("one_team", false), s.names("courses"),
                       s.names("core_courses")};
    if (what == "leave_group")
      return LeaveGroup{s.required_text("group"), s.text("campus"), s.required_integer("year")};
    if (what == "set_seats") return set_seats(s);
    if (what == "redraw_catchments") return redraw(s);
    if (what == "set_feeder")
      return SetFeeder{s.required_text("from"), s.required_text("to"), s.required_integer("year")};
    if (what == "add_housing") return add_housing(s);
    if (what == "set_policy") return set_policy(s);
    if (what == "rename_campus") return RenameCampus{s.required_text("campus"), s.name("name")};
    s.refuse("do", "unknown edit \"" + what + "\"",
             "use open_campus, close_campus, join_group, set_seats, redraw_catchments, set_feeder, "
             "add_housing, set_policy, leave_group or rename_campus");
  }

  static std::vector<std::string> practices(Section& s) {
    return s.has("practices") ? practices_of(s, known_practices(load_coefficients()))
                              : std::vector<std::string>();
  }

  static Edit set_policy(Section& s) {
    if (s.has("year"))
      s.refuse("year", "a policy has no year",
               "leave it out: the place's policy holds for the whole run");
    SetPolicy e{s.text("rule"), s.text("overflow"), s.text("eligibility")};
    if (s.has("private_first")) e.private_first = s.flag("private_first", false);
    e.private_losers = s.text("private_losers");
    if (s.has("transfers")) e.transfers = s.flag("transfers", false);
    return e;
  }

  /// Seats, or rooms from which seats follow.
  static Edit set_seats(Section& s) {
    SetSeats e;
    e.campus = s.required_text("campus");
    e.stage = s.required_text("stage");
    if (s.has("rooms")) e.rooms = at_least_none(s, "rooms", "write the number of classrooms");
    e.seats = s.has("seats") || e.rooms < 0 ? seats(s, "seats") : -1.0;
    if (s.has("intake")) e.intake = seats(s, "intake");
    e.year = s.required_integer("year");
    return e;
  }

  static double amount(Section& s, const std::string& key) {
    return at_least_none(s, key, "write an amount in the place's currency");
  }
  static double seats(Section& s, const std::string& key) {
    return at_least_none(s, key, "write the number of pupils");
  }
  static double at_least_none(Section& s, const std::string& key, const char* hint) {
    double value = s.required_number(key);
    if (value < 0) s.refuse(key, "cannot be negative", hint);
    return value;
  }

  Xy position(Section& s) const {
    Xy at = written_position(s);
    Box homes;
    for (const Home& h : place_->homes) homes.add(h.at);
    double dx = std::max({homes.min.x - at.x, at.x - homes.max.x, 0.0});
    double dy = std::max({homes.min.y - at.y, at.y - homes.max.y, 0.0});
    if (!homes.empty() && std::hypot(dx, dy) > kFarM)
      findings_->warning("position-far",
                         fmt::format("lies {:.0f} km from the homes", std::hypot(dx, dy) / 1000.0),
                         s.at("at"), "write longitude first, or at_xy in the place's own metres");
    return at;
  }

  Xy written_position(Section& s) const {
    if (auto xy = s.pair("at_xy")) return {xy->first, xy->second};
    auto at = s.pair("at");
    if (!at) s.refuse("at", "is missing", "write at = [lon, lat]");
    if (std::abs(at->first) > 180 || std::abs(at->second) > 90)
      s.refuse("at", "is not a longitude and latitude",
               "write at = [117.98, 37.38], or at_xy in metres");
    return Transformer(Crs("EPSG:4326"), Crs(place_->crs)).to_xy({at->first, at->second});
  }

  /// procedure = { appraisal = "2021-03", notice = "2021-04", hearing = "", approval = "" }
  static Edit close_campus(Section& s) {
    CloseCampus e{s.required_text("campus"), s.required_integer("year"), {}, false};
    e.opposed = s.flag("opposed", false);
    auto given = s.section("procedure");
    if (!given) return e;
    for (const std::string& step : given->keys())
      if (std::ranges::find(kClosureSteps, step) == kClosureSteps.end())
        given->refuse(step, "is no step of a closure",
                      "use appraisal, notice, hearing and approval");
    for (std::string_view step : kClosureSteps) {
      std::string when = given->text(std::string(step));
      if (!when.empty() && !step_date(when))
        given->refuse(std::string(step), "\"" + when + "\" is no date", kStepDateHint);
      e.procedure.push_back({std::string(step), std::move(when)});
    }
    return e;
  }

  Edit open_campus(Section& s) const {
    OpenCampus e;
    e.code = s.required_text("code");
    e.name = s.name("name");
    if (e.name.zh.empty() && e.name.en.empty()) e.name = {e.code, e.code};
    e.at = position(s);
    e.stage = s.required_text("stage");
    e.seats = seats(s, "seats");
    if (s.has("intake")) e.intake = seats(s, "intake");
    e.year = s.required_integer("year");
    e.school = s.text("school");
    e.quality = s.number("quality", e.quality);
    e.opening_grades = s.integer("opening_grades", e.opening_grades);
    if (e.opening_grades < 1)
      s.refuse("opening_grades", "must be at least 1", "1 fills from the first grade up");
    if (e.quality <= 0) s.refuse("quality", "must be above 0", "1 is the mean of the place");
    return e;
  }

  Edit add_housing(Section& s) const {
    AddHousing e;
    e.code = s.required_text("code");
    e.name = s.name("name");
    e.at = position(s);
    e.dwellings = at_least_none(s, "dwellings", "write the number of dwellings");
    e.pupils_per_dwelling = at_least_none(
        s, "pupils_per_dwelling", "write children of school age a dwelling, for example 0.35");
    if (e.pupils_per_dwelling > kMostPupilsPerDwelling)
      s.refuse(
          "pupils_per_dwelling",
          fmt::format("{} is no number of children of one dwelling", e.pupils_per_dwelling),
          "0.3 is three children in ten dwellings; if it is a sum, divide it by the dwellings");
    e.year = s.required_integer("year");
    return e;
  }

  Edit redraw(Section& s) {
    RedrawCatchments e;
    e.stage = s.required_text("stage");
    e.year = s.required_integer("year");
    e.replace_all = s.flag("replace_all", false);
    e.keep = s.texts("keep");
    if (auto move = s.section("move")) {
      for (const std::string& code : move->keys()) {
        RedrawCatchments::Area area;
        area.code = code;
        area.homes = move->texts(code);
        area.source = move->at(code);
        e.catchments.push_back(std::move(area));
      }
    }
    if (s.has("file")) read_areas_of(s, e);
    if (e.catchments.empty())
      s.refuse("file", "is missing", "give a file of areas, or move = { … }");
    return e;
  }

  void read_areas_of(Section& s, RedrawCatchments& e) {
    if (!e.catchments.empty()) s.refuse("file", "cannot stand beside move", "write two edits");
    ResolvedFile file = resolve_file(folder_, s, "file");
    TableRequest request{
        file.path,  file.shown, s.text("layer"), s.text("crs"), s.text("datum", "wgs84"),
        place_->crs};
    request.may_lack_shapes = true;  // a catchment may have lost all its ground
    Table table = read_table(request, *findings_);
    FieldOf code = required_field(table, s, "code");
    FieldOf zh = field_of(table, s, "name_zh");
    FieldOf en = field_of(table, s, "name_en");
    std::map<std::string, std::string> rename;
    if (auto names = s.section("rename"))
      for (const std::string& key : names->keys()) rename[key] = names->required_text(key);
    std::map<std::string, std::size_t> by_code;
    for (std::size_t r = 0; r < table.rows(); ++r) {
      std::string name = code.text(r);
      if (auto row = rename.find(fmt::format("#{}", table.at(r).row)); row != rename.end())
        name = row->second;
      if (auto renamed = rename.find(name); renamed != rename.end()) name = renamed->second;
      if (name.empty())
        throw Error("catchment has no code", table.at(r, code.name).text(),
                    fmt::format("name it with rename = {{ \"#{}\" = \"…\" }}", table.at(r).row));
      auto [at, added] = by_code.emplace(name, e.catchments.size());
      if (added) e.catchments.push_back({name, {zh.text(r), en.text(r)}, {}, {}, {}, table.at(r)});
      if (!table.shapes.empty())
        std::ranges::copy(table.shapes[r].areas, std::back_inserter(e.catchments[at->second].area));
    }
    auto lists = [&](const char* name, std::vector<std::string> RedrawCatchments::Area::*list) {
      auto given = s.section(name);
      if (!given) return;
      for (const std::string& key : given->keys()) {
        auto found = by_code.find(key);
        if (found == by_code.end())
          given->refuse(key, "is no catchment of " + file.shown, "use a code after rename");
        e.catchments[found->second].*list = given->texts(key);
      }
    };
    lists("campuses", &RedrawCatchments::Area::campuses);
    lists("homes", &RedrawCatchments::Area::homes);
  }

  const Place* place_;
  fs::path folder_;
  Diagnostics* findings_;
};

}  // namespace

fs::path scenario_file_of(const fs::path& path) {
  fs::path file = fs::is_directory(path) ? path / "scenario.toml" : path;
  if (!fs::exists(file))
    throw Error("no scenario here", path.string(),
                "name a folder with a scenario.toml, for example scenarios/bincheng-branch");
  return file;
}

Loaded<Scenario> read_scenario(const fs::path& path, const Place& place) {
  const fs::path file = scenario_file_of(path);
  return read_scenario_text(read_file(file), file, place);
}

namespace {

/// Years, seed, budget and edits.
void read_plan(Section& top, const fs::path& folder, const Place& place, Loaded<Scenario>& out) {
  Scenario& scenario = out.value;
  scenario.first_year = top.integer("first_year", 0);
  if (scenario.first_year != 0 &&
      (scenario.first_year < place.base_year || scenario.first_year > place.base_year + kMaxYears))
    top.refuse("first_year",
               scenario.first_year < place.base_year
                   ? fmt::format("{} lies before the place's base year {}", scenario.first_year,
                                 place.base_year)
                   : fmt::format("{} lies more than {} years after the place's base year {}",
                                 scenario.first_year, kMaxYears, place.base_year),
               "leave it out to begin with the base year; a plan of older data: "
               "doorstep carry with --from");
  scenario.years = top.integer("years", scenario.years);
  if (scenario.years < 0 || scenario.years > kMaxYears)
    top.refuse("years", fmt::format("{} is not 0 to {}", scenario.years, kMaxYears),
               "write how many years to go on after the first");
  scenario.seed = top.seed("seed", 1);
  if (top.has("budget")) {
    scenario.budget = top.required_number("budget");
    if (scenario.budget < 0)
      top.refuse("budget", "cannot be negative", "write an amount in the place's currency");
  }
  EditReader reader(place, folder, out.findings);
  for (Section& section : top.sections("edit")) {
    // What applies the edit adds the key: "plan/scenario.toml, edit[2], campus".
    scenario.sources.push_back({section.at("").text(), 0, ""});
    scenario.edits.push_back(reader(section));
  }
  top.finish(out.findings, kPage);
}

}  // namespace

Loaded<Scenario> read_scenario_text(const std::string& text, const fs::path& file,
                                    const Place& place) {
  // With its folder: two scenarios are often compared, and both files are called scenario.toml.
  fs::path folder = fs::absolute(file).lexically_normal().parent_path();
  std::string shown = (folder.filename() / file.filename()).string();
  toml::table parsed = parse_toml(text, shown);
  Section top(parsed, shown, "");
  Loaded<Scenario> out;
  Scenario& scenario = out.value;
  int format = top.required_integer("format");
  if (format != kScenarioFormat)
    top.refuse(
        "format",
        fmt::format("scenario of format {}, this program reads {}", format, kScenarioFormat),
        "open it with the program version that wrote it, or bring it up to docs/scenario.md");
  scenario.code = top.required_text("code");
  scenario.name = top.name("name");
  if (scenario.name.zh.empty() && scenario.name.en.empty())
    scenario.name = {scenario.code, scenario.code};
  scenario.place = top.text("place");
  try {
    read_plan(top, folder, place, out);
  } catch (const Error&) {  // told so rather than of its first year or code that does not fit
    if (scenario.place.empty() || scenario.place == place.code) throw;
    top.refuse(
        "place",
        fmt::format("the scenario was written for {}, not for {}", scenario.place, place.code),
        "name that place; a plan is brought to other data by doorstep carry --from");
  }
  return out;
}

}  // namespace doorstep::io
