#include "synth/recipe.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "geo/crs.h"
#include "io/toml_section.h"
#include "place/stage_kind.h"

namespace doorstep::synth {
namespace {

using io::Section;

double positive(Section& s, const std::string& key) {
  double value = s.required_number(key);
  if (value <= 0) s.refuse(key, "must be above 0", "");
  return value;
}

double not_negative(Section& s, const std::string& key, double fallback) {
  double value = s.number(key, fallback);
  if (value < 0) s.refuse(key, "cannot be negative", "");
  return value;
}

/// `item` joins `list`, unless its code is there already.
template <class Item>
void add_once(std::vector<Item>& list, Item item, Section& s) {
  auto same = [&](const Item& x) { return x.code == item.code; };
  if (std::ranges::any_of(list, same)) s.refuse("code", "\"" + item.code + "\" stands twice", "");
  list.push_back(std::move(item));
}

UrbanClass urban_of(Section& s) {
  std::string word = s.required_text("urban");
  if (word == "city") return UrbanClass::City;
  if (word == "town") return UrbanClass::Town;
  if (word == "rural") return UrbanClass::Rural;
  s.refuse("urban", "unknown class \"" + word + "\"", "use city, town or rural");
}

StageKind kind_of(Section& s) {
  std::string word = s.required_text("kind");
  if (const auto kind = stage_kind_of(word)) return *kind;
  s.refuse("kind", "unknown kind \"" + word + "\"", "use kindergarten, primary, junior or senior");
}

void read_ages(Recipe& recipe, Section section) {
  for (const std::string& key : section.keys()) {
    std::size_t dash = key.find('-');
    double first = -1.0;
    double last = -1.0;
    bool ok = parse_number(key.substr(0, dash), first);
    ok = ok && parse_number(dash == std::string::npos ? key : key.substr(dash + 1), last);
    if (!ok || first < 0 || last < first || last > 30)
      section.refuse(key, "is no band of ages", "write \"5-9\" = 54838");
    double children = section.number(key, 0.0);
    if (children < 0) section.refuse(key, "children cannot be negative", "");
    recipe.ages.push_back({static_cast<int>(first), static_cast<int>(last), children});
  }
  std::ranges::sort(recipe.ages, {}, &AgeBand::first);
  for (std::size_t i = 0; i < recipe.ages.size(); ++i)
    if (recipe.ages[i].first != (i == 0 ? 0 : recipe.ages[i - 1].last + 1))
      section.refuse(fmt::format("{}-{}", recipe.ages[i].first, recipe.ages[i].last),
                     "leaves a gap or an overlap", "bands must follow one another from age 0");
}

void read_stage(Recipe& recipe, Section s, Diagnostics& findings) {
  StageRecipe stage;
  stage.code = s.required_text("code");
  stage.name = s.name("name");
  stage.kind = kind_of(s);
  stage.grades = s.required_integer("grades");
  stage.entry_age = s.required_integer("entry_age");
  if (stage.grades < 1) s.refuse("grades", "must be at least 1", "");
  if (stage.entry_age < 0) s.refuse("entry_age", "cannot be negative", "");
  stage.pupils_core = positive(s, "pupils_core");
  stage.pupils_rural = positive(s, "pupils_rural");
  Name synthetic = s.name("synthetic_name");
  stage.synthetic_zh = synthetic.in_chinese();
  stage.synthetic_en = synthetic.in_english();
  if (stage.synthetic_zh.empty())
    s.refuse("synthetic_name", "is missing", "campuses beyond the named ones need it");
  stage.count_core = s.integer("count_core", 0);
  stage.count_rural = s.integer("count_rural", 0);
  stage.utilisation = not_negative(s, "utilisation", 0.0);
  stage.attended = not_negative(s, "attended", 1.0);
  if (stage.attended > 1.0) s.refuse("attended", "must be at most 1", "");
  stage.only_core = s.flag("only_core", false);
  stage.catchments = s.flag("catchments", true);
  stage.private_campuses = s.integer("private_campuses", 0);
  stage.private_share = not_negative(s, "private_share", 0.0);
  if (stage.count_core < 0 || stage.count_rural < 0 || stage.private_campuses < 0)
    s.refuse("private_campuses", "there cannot be fewer than no campuses", "");
  if (stage.private_share >= 1.0) s.refuse("private_share", "must be below 1", "");
  Name of_private = s.name("private_name");
  stage.private_zh = of_private.zh.empty() ? stage.synthetic_zh + "(民办)" : of_private.zh;
  stage.private_en = of_private.en.empty() ? stage.synthetic_en + " (private)" : of_private.en;
  if (recipe.ages.empty() || stage.entry_age + stage.grades - 1 > recipe.ages.back().last)
    s.refuse("entry_age", "children of the stage's ages are not given", "add bands to [ages]");
  s.finish(findings);
  add_once(recipe.stages, std::move(stage), s);
}

void read_utilisation(Recipe& recipe, Section s, Diagnostics& findings) {
  UtilisationRecipe& u = recipe.utilisation;
  for (auto [key, value] : {std::pair{"core", &u.core},
                            {"new_side", &u.new_side},
                            {"edge", &u.edge},
                            {"town", &u.town},
                            {"village", &u.village},
                            {"largest_campus", &u.largest_campus}}) {
    *value = s.number(key, *value);
    if (*value <= 0) s.refuse(key, "must be above 0", "");
  }
  for (auto [key, value] : {std::pair{"core_spread", &u.core_spread},
                            {"town_spread", &u.town_spread},
                            {"township", &u.township},
                            {"village_spread", &u.village_spread}})
    *value = not_negative(s, key, *value);
  s.finish(findings);
}

void read_resources(Recipe& recipe, Section s, Diagnostics& findings) {
  ResourceRecipe& r = recipe.resources;
  for (auto [key, value] : {std::pair{"town", &r.town}, {"village", &r.village}}) {
    *value = s.number(key, *value);
    if (*value <= 0) s.refuse(key, "must be above 0", "");
  }
  r.spread = not_negative(s, "spread", r.spread);
  for (const StageRecipe& stage : recipe.stages) {
    auto given = s.section(stage.code);
    if (!given) continue;
    ResourceRecipe::Amounts amounts{};
    for (std::size_t k = 0; k < kResourceKinds.size(); ++k)
      amounts[k] = not_negative(*given, kResourceKinds[k].code, 0.0);
    given->finish(findings);
    r.stages.emplace_back(stage.code, amounts);
  }
  if (r.stages.empty())
    s.refuse("resources", "names no stage of the recipe",
             "write [resources.STAGE] with amounts per pupil");
  s.finish(findings);
}

std::map<Year, double> factors(Section& s, const std::string& key) {
  std::map<Year, double> out;
  for (const auto& [year, text] : s.by_year(key, 0)) {
    double value = 0.0;
    if (!parse_number(text, value) || value < 0)
      s.refuse(key, "is not a number from 0 up", "write { 2021 = 0.88 }");
    out[year] = value;
  }
  return out;
}

void read_ground(Recipe& r, Section& top) {
  r.people = positive(top, "people");
  r.urban_people = positive(top, "urban_people");
  if (r.urban_people > r.people) top.refuse("urban_people", "is more than people", "");
  r.area_km2 = positive(top, "area_km2");
  r.core_radius_km = positive(top, "core_radius_km");
  r.density_scale_km = positive(top, "density_scale_km");
  r.block_m = top.number("block_m", r.block_m);
  if (r.block_m < 50) top.refuse("block_m", "must be at least 50", "");
  if (3.1416 * r.core_radius_km * r.core_radius_km > 0.8 * r.area_km2)
    top.refuse("core_radius_km", "the core fills the area", "make it smaller, or area_km2 larger");
  r.villages = top.integer("villages", 0);
  if (r.villages < 0 || r.villages > 200000) top.refuse("villages", "must be 0 to 200000", "");
  r.river = top.flag("river", false);
  r.railway = top.flag("railway", false);
  r.new_side_deg = top.number("new_side_deg", r.new_side_deg);
}

bool ownership_is_private(Section& s) {
  std::string word = s.text("ownership", "public");
  if (word != "public" && word != "private")
    s.refuse("ownership", "unknown word \"" + word + "\"", "use public or private");
  return word == "private";
}

void read_migrants(MigrantRecipe& m, Section s, Diagnostics& findings) {
  m.share = not_negative(s, "share", 0.0);
  if (m.share > 0.8) s.refuse("share", "must be at most 0.8", "");
  for (auto [key, value] : {std::pair{"core", &m.core},
                            {"new_side", &m.new_side},
                            {"edge", &m.edge},
                            {"town", &m.town},
                            {"village", &m.village}})
    *value = not_negative(s, key, *value);
  s.finish(findings);
}

void read_counties(Recipe& r, Section& top, Diagnostics& findings) {
  for (Section& s : top.sections("county")) {
    CountyRecipe county;
    county.code = s.required_text("code");
    county.name = s.name("name");
    county.city = s.text("city");
    county.people = positive(s, "people");
    county.urban_people = not_negative(s, "urban", 0.0);
    for (std::size_t b = 0; b < r.ages.size(); ++b) {
      const AgeBand& band = r.ages[b];
      county.children.push_back(not_negative(s,
                                             band.first == band.last
                                                 ? fmt::format("{}", band.first)
                                                 : fmt::format("{}-{}", band.first, band.last),
                                             0.0));
    }
    s.finish(findings);
    add_once(r.counties, std::move(county), s);
  }
  r.zones = top.integer("zones", 0);
  r.homes_per_county = top.integer("homes_per_county", r.homes_per_county);
  if (r.homes_per_county < 10) top.refuse("homes_per_county", "must be at least 10", "");
  auto g = top.section("grouping");
  if (!g) return;
  r.grouping.groups = g->required_integer("groups");
  r.grouping.schools = g->required_integer("schools");
  r.grouping.first = g->integer("first", r.base_year);
  r.grouping.last = g->integer("last", r.grouping.first);
  r.grouping.full = g->texts("full");
  r.grouping.as_scenarios = g->flag("as_scenarios", false);
  if (auto forms = g->section("forms"))
    for (const std::string& form : forms->keys())
      r.grouping.forms.emplace_back(form, forms->required_number(form));
  if (r.grouping.forms.empty()) g->refuse("forms", "is missing", "write forms = { alliance = 1 }");
  g->finish(findings);
}

/// Further tables of place.toml (totals, migration, policy …), copied as they are.
void read_place_extra(Recipe& r, const toml::table& parsed, Section& top) {
  if (!top.has("place")) return;
  static_cast<void>(top.section("place"));  // read below, as a whole
  const toml::table& extra = *parsed["place"].as_table();
  for (const auto& [key, node] : extra)
    if (!node.is_table() && !node.is_array_of_tables())
      top.refuse("place", "\"" + std::string(key.str()) + "\" is no table",
                 "only tables of place.toml are copied, such as [[place.totals]]");
  std::ostringstream text;
  text << toml::toml_formatter{extra};
  r.place_extra = text.str();
  r.own_policy = extra.contains("policy");
}

/// What a recipe leaves out it takes from the one it extends, which lies beside it.
toml::table parsed_with_base(const std::filesystem::path& file, int depth = 0) {
  std::string shown = file.filename().string();
  toml::table parsed = io::parse_toml(read_file(file), shown);
  auto base = parsed["extends"].value<std::string>();
  if (!base) return parsed;
  if (std::filesystem::path(*base).filename().string() != *base || depth > 4)
    throw Error("extends \"" + *base + "\" is no file beside the recipe", shown,
                "name a recipe of the same folder");
  parsed.erase("extends");
  toml::table whole = parsed_with_base(file.parent_path() / *base, depth + 1);
  for (auto&& [key, node] : parsed) whole.insert_or_assign(key, std::move(node));
  return whole;
}

void read_schools_and_groups(Recipe& r, Section& top, Diagnostics& findings) {
  for (Section& s : top.sections("school")) {
    SchoolRecipe school{s.required_text("code"), s.name("name"),         s.required_text("stage"),
                        s.text("town"),          s.text("school"),       s.number("quality", 1.0),
                        s.number("brand", 0.0),  ownership_is_private(s)};
    auto knows = [&](const auto& list, const std::string& code) {
      return std::ranges::any_of(list, [&](const auto& x) { return x.code == code; });
    };
    if (!knows(r.stages, school.stage))
      s.refuse("stage", "unknown stage \"" + school.stage + "\"", "");
    if (!school.town.empty() && !knows(r.towns, school.town) && !knows(r.counties, school.town))
      s.refuse("town", "unknown town \"" + school.town + "\"", "write it as [[town]] first");
    if (school.quality <= 0) s.refuse("quality", "must be above 0", "");
    s.finish(findings);
    add_once(r.schools, std::move(school), s);
  }
  for (Section& s : top.sections("group")) {
    GroupRecipe group{s.required_text("code"), s.name("name"), s.required_text("core"), {}};
    std::string form = s.text("form");
    Year since = s.integer("since", r.base_year);
    for (const std::string& member : s.texts("members"))
      group.ties.push_back({member, form, since});
    for (Section& tie : s.sections("tie")) {
      group.ties.push_back(
          {tie.required_text("campus"), tie.text("form", form), tie.integer("since", since)});
      tie.finish(findings);
    }
    for (const TieRecipe& tie : group.ties)
      if (tie.form.empty()) s.refuse("form", "is missing", "give the group a form, or each tie");
    s.finish(findings);
    add_once(r.groups, std::move(group), s);
  }
}

}  // namespace

Recipe read_recipe(const std::filesystem::path& path) {
  std::filesystem::path file = std::filesystem::is_directory(path) ? path / "recipe.toml" : path;
  std::string shown = file.filename().string();
  toml::table parsed = parsed_with_base(file);
  Section top(parsed, shown, "");
  Diagnostics findings;
  Recipe r;
  if (top.required_integer("format") != 1)
    top.refuse("format", "recipe of another format", "this program reads format 1");
  r.code = top.required_text("code");
  r.name = top.name("name");
  r.note = top.name("note");
  r.seed = static_cast<uint64_t>(top.integer("seed", 1));
  r.base_year = top.required_integer("base_year");
  r.crs = top.required_text("crs");
  if (Crs(r.crs).is_geographic())
    top.refuse("crs", "is in degrees", "use a projected system in metres, for example EPSG:4548");
  auto centre = top.pair("centre");
  if (!centre) top.refuse("centre", "is missing", "write centre = [lon, lat]");
  r.centre = {centre->first, centre->second};
  r.facts_source = top.text("facts_source");
  read_ground(r, top);
  if (auto ages = top.section("ages")) read_ages(r, std::move(*ages));
  if (r.ages.empty()) top.refuse("ages", "is missing", "write [ages]");
  for (Section& s : top.sections("town")) {
    TownRecipe town{s.required_text("code"), s.name("name"), urban_of(s),
                    not_negative(s, "people", 0.0)};
    s.finish(findings);
    add_once(r.towns, std::move(town), s);
  }
  read_counties(r, top, findings);
  auto in_core = [](const TownRecipe& t) { return t.urban == UrbanClass::City; };
  if (r.counties.empty() && std::ranges::none_of(r.towns, in_core))
    top.refuse("town", "none of the core", "write at least one [[town]] with urban = \"city\"");
  for (Section& s : top.sections("stage")) read_stage(r, std::move(s), findings);
  if (r.stages.empty()) top.refuse("stage", "is missing", "write at least one [[stage]]");
  read_schools_and_groups(r, top, findings);
  if (auto u = top.section("utilisation")) read_utilisation(r, std::move(*u), findings);
  if (auto m = top.section("migrants")) read_migrants(r.migrants, std::move(*m), findings);
  if (auto given = top.section("resources")) read_resources(r, std::move(*given), findings);
  if (auto q = top.section("quality")) {
    r.quality_bearing_deg = q->number("bearing_deg", r.quality_bearing_deg);
    r.quality_slope = q->number("slope", r.quality_slope);
    r.quality_spread = not_negative(*q, "spread", r.quality_spread);
    q->finish(findings);
  }
  read_place_extra(r, parsed, top);
  if (auto births = top.section("births")) {
    r.birth_factor = factors(*births, "factor");
    r.birth_factor_low = factors(*births, "low");
    r.birth_factor_high = factors(*births, "high");
    r.births_source = births->text("source");
    r.births_mark = births->text("mark", "assumed");
    births->finish(findings);
  }
  top.finish(findings);
  for (const Diagnostic& d : findings.items())  // a misspelt key would silently change the town
    throw Error(d.message, d.at.text(), d.hint);
  return r;
}

}  // namespace doorstep::synth
