// The drafted place.toml: complete, with every guess and assumption in its comments.

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "intake/making.h"

namespace doorstep::intake {
namespace {

/// A comment may hold anything a file says, but no line of its own.
std::string comment_text(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return text;
}

std::string confidence_text(double confidence) {
  return fmt::format("{:.2f}", std::clamp(confidence, 0.0, 1.0));
}

std::string head(const Making& making) {
  std::string out = fmt::format(
      "# {}: drafted by doorstep new. 由 doorstep new 起草。\n"
      "# Read the guesses and assumptions below before you trust a figure; change what is wrong, "
      "then\n# doorstep check. 使用前请核对下列推断与假定。docs/place.md describes every key.\n#\n",
      comment_text(making.request.name.empty() ? making.request.code : making.request.name));
  out += "# Files read 读入的文件\n";
  for (const LayerReport& l : making.draft.layers) {
    std::string name = l.layer.empty() ? l.file : l.file + "#" + l.layer;
    out +=
        comment_text(fmt::format("#   {}: {} ({}, {}; {} of {} rows)", name, l.role,
                                 confidence_text(l.confidence), l.evidence, l.rows_used, l.rows)) +
        "\n";
    for (const Guess& g : l.guesses)
      out += comment_text(fmt::format("#     {} → {} ({}, {})", g.subject, g.taken_as,
                                      confidence_text(g.confidence), g.evidence)) +
             "\n";
  }
  out += "#\n# Assumed 假定\n";
  for (const Assumption& a : making.draft.assumptions)
    out += comment_text(fmt::format("#   {} = {} (assumed: {})", a.key, a.value, a.reason)) + "\n";
  if (making.draft.assumptions.empty()) out += "#   nothing\n";
  return out + "\n";
}

std::string origin_note(const Making& making) {
  bool drawn = making.schematic;
  for (const Assumption& a : making.draft.assumptions)
    drawn |= a.key == "homes" || a.key == "children" || a.key == "campuses";
  if (!drawn) return "origin = \"real\"\n";
  return "origin = \"derived\"                  # real data with assumptions: see above\n"
         "origin_note = { zh = \"部分数据为假定,见 place.toml\", en = \"partly assumed, see "
         "place.toml\" "
         "}\n";
}

std::string stages_text(const Making& making) {
  std::string out;
  for (const MadeStage& s : making.stages) {
    out += fmt::format(
        "[[stage]]                           # assumed: as usual in {}\ncode = {}\nname = {{ zh = "
        "{}, en = {} }}\nkind = {}\ngrades = {}\nentry_age = {}\n",
        making.country->name, toml_text(s.kind), toml_text(s.is.name.zh), toml_text(s.is.name.en),
        toml_text(s.kind), s.is.grades, s.is.entry_age);
    if (s.is.class_standard > 0) out += fmt::format("class_standard = {}\n", s.is.class_standard);
    if (s.is.service_radius_m > 0)
      out += fmt::format("service_radius_m = {:g}\n", s.is.service_radius_m);
    out += "\n";
  }
  return out;
}

/// The layer that a table was made of, for its licence; null where it was made of nothing.
const SourceLayer* layer_of(const Making& making, const std::string& shown) {
  for (const SourceLayer& l : making.layers)
    if (l.shown == shown) return &l;
  return nullptr;
}

std::string licence_of(const Making& making, const std::string& shown) {
  if (const SourceLayer* layer = layer_of(making, shown)) return licence_lines(making, *layer);
  if (shown == "pupil list")
    return "licence = \"internal\"                # counted from a pupil list\nattribution = "
           "\"counted from the pupil list\"\n";
  return "licence = \"CC0-1.0\"\nattribution = \"assumed by doorstep new 起草时假定\"\norigin = "
         "\"synthetic\"\n";
}

std::string areas_text(const Making& making) {
  if (making.areas.empty()) return "";
  return "[areas]\nfile = \"areas.geojson\"\n" +
         licence_of(making, making.areas.front().source.file) +
         "code = \"code\"\nname_zh = \"name_zh\"\nname_en = \"name_en\"\nurban = \"urban\"\n\n";
}

std::string homes_text(const Making& making) {
  return "[homes]\nfile = \"homes.csv\"\n" + licence_of(making, making.homes.front().source.file) +
         "code = \"code\"\nx = \"x\"\ny = \"y\"\narea = \"area\"\n[homes.children]\npattern = "
         "\"a{age}\"                  # one column a year of age\n" +
         fmt::format("ages = [0, {}]\n", making.ages() - 1) +
         (making.children_from.empty()
              ? ""
              : fmt::format("assumed_from = {}            # see above: nobody counted them\n",
                            toml_text(making.children_from))) +
         "\n";
}

/// A field, or { year = field } where years are stated.
std::string by_year(const Making& making, const std::vector<StageColumn>& columns,
                    StageColumn::What what) {
  std::string list;
  std::size_t n = 0;
  bool years = false;
  bool base_stated = std::ranges::any_of(
      columns, [&](const StageColumn& c) { return c.what == what && c.year == making.base_year; });
  for (const StageColumn& c : columns) {
    if (c.what != what) continue;
    // Seats without a year hold from the start; where others begin in the base year, from before.
    Year year = c.year == 0 ? making.base_year - (base_stated ? 1 : 0) : c.year;
    years |= c.year != 0;
    list += fmt::format("{}{} = {}", n++ == 0 ? "" : ", ", year, toml_text(c.name));
  }
  if (n == 0) return "";
  if (!years) return list.substr(list.find('"'));
  return "{ " + list + " }";
}

std::string campuses_text(const Making& making) {
  std::string out =
      "[[campuses]]\nfile = \"campuses.csv\"\n" +
      licence_of(making, making.campuses.front().source.file) +
      "code = \"code\"\nname_zh = \"name_zh\"\nname_en = \"name_en\"\nx = \"x\"\ny = \"y\"\nschool "
      "= "
      "\"school\"\narea = \"area\"\nurban = \"urban\"\nownership = \"ownership\"\nquality = "
      "\"quality\"\nopens = \"opens\"\ncloses = \"closes\"\norigin_field = \"origin\"\n";
  for (const MadeStage& s : making.stages) {
    std::vector<StageColumn> columns = stage_columns(making, s.kind);
    out += fmt::format("[[campuses.stage]]\nstage = {}\n", toml_text(s.kind));
    out += "seats = " + by_year(making, columns, StageColumn::Seats) + "\n";
    std::string intake = by_year(making, columns, StageColumn::Intake);
    if (!intake.empty()) out += "intake = " + intake + "\n";
    std::string grades;
    for (const StageColumn& c : columns) {
      if (c.what == StageColumn::Rooms) out += "rooms = " + toml_text(c.name) + "\n";
      if (c.what == StageColumn::Grade) grades += (grades.empty() ? "" : ", ") + toml_text(c.name);
    }
    if (!grades.empty()) out += "enrolment = [" + grades + "]\n";
    bool headed = false;
    for (const StageColumn& c : columns) {
      if (c.what != StageColumn::Resource) continue;
      if (!headed) out += "[campuses.stage.resources]\n";
      headed = true;
      out += c.resource + " = " + toml_text(c.name) + "\n";
    }
  }
  return out + "\n";
}

std::string catchments_text(const Making& making) {
  std::string out;
  for (const MadeStage& s : making.stages) {
    const MadeCatchment* first = nullptr;
    for (const MadeCatchment& c : making.catchments)
      if (c.stage == s.kind && first == nullptr) first = &c;
    if (first == nullptr) continue;
    const char* ending = catchments_have_shapes(making, s.kind) ? "geojson" : "csv";
    out += fmt::format(
        "[[catchments]]\nstage = {}\nfile = \"catchments_{}.{}\"\n{}code = \"code\"\nname_zh = "
        "\"name_zh\"\nname_en = \"name_en\"\ncampuses = \"campuses\"\n",
        toml_text(s.kind), s.kind, ending, licence_of(making, first->source.file));
    if (auto column = making.home_catchment_of.find(s.kind);
        column != making.home_catchment_of.end())
      out += "home_field = " + toml_text(catchment_column(making.home_catchments[column->second])) +
             "\n";
    if (making.address_stage == s.kind)
      out +=
          "[catchments.addresses]             # communities and door numbers\nfile = "
          "\"addresses.csv\"\n" +
          licence_of(making, first->source.file) +
          "catchment = \"catchment\"\ntext = \"addresses\"\ncommunity = \"community\"\nstreet = "
          "\"street\"\nfrom = \"from\"\nto = \"to\"\nparity = \"parity\"\nhome_community = "
          "\"community\"\nhome_street = \"street\"\nhome_number = \"number\"\n";
    out += "\n";
  }
  return out;
}

std::string travel_text(const Making& making) {
  const Assumed& a = making.dictionary.assumed();
  if (!making.travel_table.empty())
    return "[travel]\nmode = \"table\"\nfile = \"travel.csv\"\n" +
           licence_of(making, making.travel_source) +
           "home = \"home\"\ncampus = \"campus\"\nminutes = \"minutes\"\n\n";
  std::string speed =
      fmt::format("speed_m_per_min = {:g}                # assumed: on foot\n", a.speed_m_per_min);
  if (!making.streets_source.empty())
    return "[travel]\nmode = \"streets\"\nfile = \"streets.geojson\"\n" +
           licence_of(making, making.streets_source) +
           "class_field = \"class\"\noneway_field = \"oneway\"\nprofile = \"walk\"\n" + speed +
           "\n";
  if (!making.streets_file.empty())
    return "[travel]\nmode = \"streets\"\nfile = " + toml_text(making.streets_file) +
           "\nlicence = \"ODbL-1.0\"\nattribution = \"© OpenStreetMap contributors, "
           "ODbL\"\nprofile = "
           "\"walk\"\nbackdrop = true\n" +
           speed + "\n";
  return "[travel]\nmode = \"straight\"                 # assumed: no streets and no table of "
         "minutes\n" +
         speed + fmt::format("detour = {:g}                        # assumed\n\n", a.detour);
}

std::string policy_text(const Making& making) {
  bool catchments = !making.catchments.empty();
  std::string rule = making.answer("rule");
  if (rule.empty())
    rule = catchments ? (making.schematic ? "catchment" : making.country->rule) : "choice";
  return fmt::format(
      "[policy]                            # assumed\nrule = {}\neligibility = \"all\"\noverflow = "
      "\"{}\"\ntiers = [{}\"other\"]\ndivert_unplaced = true\n",
      toml_text(rule), rule == "catchment" ? "crowd" : "divert",
      catchments ? "\"catchment\", " : "");
}

std::string observed_text(const Making& making) {
  std::string out;
  for (const MadeStage& s : making.stages) {
    bool any = std::ranges::any_of(making.history, [&](const MadeHistory& h) {
      return h.stage == s.kind && h.year == making.base_year && h.age == s.is.entry_age;
    });
    if (!any) continue;
    out += fmt::format(
        "[[observed]]                        # the first grade of {}\nlabel = \"{} {}\"\nyear = "
        "{}\nstage = {}\nfile = \"history.csv\"\n{}campus = \"campus\"\npupils = \"pupils\"\nwhere "
        "= {{ "
        "year = \"{}\", age = \"{}\" }}\n\n",
        making.base_year, s.is.name.in_english(), making.base_year, making.base_year,
        toml_text(s.kind), licence_of(making, making.history_source), making.base_year,
        s.is.entry_age);
  }
  return out;
}

}  // namespace

std::string licence_lines(const Making& making, const SourceLayer& layer) {
  std::string licence = making.answer(layer.shown + ".licence");
  std::string attribution = making.answer(layer.shown + ".attribution");
  if (layer.role == Role::Osm)
    return "licence = \"ODbL-1.0\"\nattribution = \"© OpenStreetMap contributors, ODbL\"\n";
  return fmt::format(
      "licence = {}{}\nattribution = {}\n", toml_text(licence),
      licence.empty() ? "                        # write it: it goes on every map" : "",
      toml_text(attribution.empty() ? layer.shown : attribution));
}

std::string place_toml(const Making& making) {
  std::string name = making.request.name.empty() ? making.request.code : making.request.name;
  std::string out = head(making);
  out += fmt::format(
      "format = 1\ncode = {}\nname = {}\nbase_year = {}\ncrs = {}\n{}map_approval = \"\"\n\n",
      toml_text(making.request.code), toml_text(name), making.base_year, toml_text(making.crs),
      origin_note(making));
  out += stages_text(making) + areas_text(making) + homes_text(making) + campuses_text(making) +
         catchments_text(making);
  for (const auto& [key, text] : making.toml_of) out += text + "\n";
  out += travel_text(making) + observed_text(making) + policy_text(making);
  return out;
}

}  // namespace doorstep::intake
