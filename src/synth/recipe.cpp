#include "synth/recipe.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "geo/crs.h"
#include "io/toml_section.h"

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
  if (word == "kindergarten") return StageKind::Kindergarten;
  if (word == "primary") return StageKind::Primary;
  if (word == "junior") return StageKind::Junior;
  if (word == "senior") return StageKind::Senior;
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
                            {"village_spread", &u.village_spread}})
    *value = not_negative(s, key, *value);
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

void read_schools_and_groups(Recipe& r, Section& top, Diagnostics& findings) {
  for (Section& s : top.sections("school")) {
    SchoolRecipe school{s.required_text("code"), s.name("name"),   s.required_text("stage"),
                        s.text("town"),          s.text("school"), s.number("quality", 1.0)};
    auto knows = [&](const auto& list, const std::string& code) {
      return std::ranges::any_of(list, [&](const auto& x) { return x.code == code; });
    };
    if (!knows(r.stages, school.stage))
      s.refuse("stage", "unknown stage \"" + school.stage + "\"", "");
    if (!school.town.empty() && !knows(r.towns, school.town))
      s.refuse("town", "unknown town \"" + school.town + "\"", "write it as [[town]] first");
    if (school.quality <= 0) s.refuse("quality", "must be above 0", "");
    s.finish(findings);
    add_once(r.schools, std::move(school), s);
  }
  for (Section& s : top.sections("group")) {
    GroupRecipe group{s.required_text("code"), s.name("name"),
                      s.required_text("core"), s.texts("members"),
                      s.required_text("form"), s.integer("since", r.base_year)};
    s.finish(findings);
    add_once(r.groups, std::move(group), s);
  }
}

}  // namespace

Recipe read_recipe(const std::filesystem::path& path) {
  std::filesystem::path file = std::filesystem::is_directory(path) ? path / "recipe.toml" : path;
  std::string shown = file.filename().string();
  toml::table parsed = io::parse_toml(read_file(file), shown);
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
  auto in_core = [](const TownRecipe& t) { return t.urban == UrbanClass::City; };
  if (std::ranges::none_of(r.towns, in_core))
    top.refuse("town", "none of the core", "write at least one [[town]] with urban = \"city\"");
  for (Section& s : top.sections("stage")) read_stage(r, std::move(s), findings);
  if (r.stages.empty()) top.refuse("stage", "is missing", "write at least one [[stage]]");
  read_schools_and_groups(r, top, findings);
  if (auto u = top.section("utilisation")) read_utilisation(r, std::move(*u), findings);
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
