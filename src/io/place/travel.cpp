// What changes with the years (births, entrants, housing), how pupils travel, and the backdrop.

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "io/place/context.h"
#include "place/plausible.h"

namespace doorstep::io {
namespace {

/// Figures by year, none below `least`; `example` says how to write them.
std::vector<Step> steps_of(Section& section, const std::string& key, double least = 0.0,
                           const char* example = "write { 2025 = 0.95 }") {
  std::vector<Step> steps;
  for (const auto& [year, text] : section.by_year(key, 0)) {
    double value = 0.0;
    if (!parse_number(text, value) || value < least)
      section.refuse(key, "\"" + text + "\" does not fit here", example);
    steps.push_back({year, value});
  }
  return steps;
}

void read_given_table(PlaceContext& context, Section& section) {
  Table table = read_layer(context, section, "travel");
  FieldOf home = required_field(table, section, "home");
  FieldOf campus = required_field(table, section, "campus");
  FieldOf minutes = required_field(table, section, "minutes");
  auto by_key = campuses_by(context, section.text("campus_key"), section.at("campus_key").text());
  std::map<std::string, long> unknown;
  auto known_or_report = [&](const FieldOf& field, std::size_t row) {
    if (unknown[field.text(row)]++ == 0)
      context.findings
          .warning(
              "unknown-code",
              fmt::format("travel names \"{}\", which the place does not have", field.text(row)),
              table.at(row, field.name), "its rows are not used")
          .done = Done::Skipped;
  };
  std::map<std::pair<HomeId, CampusId>, bool> seen;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const HomeId h = context.homes.find(context.place.homes, home.view(r));
    auto c = by_key.find(campus.text(r));
    if (!h.valid()) known_or_report(home, r);
    if (c == by_key.end()) known_or_report(campus, r);
    if (!h.valid() || c == by_key.end()) continue;
    auto value = amount_in_cell(context, minutes, r, "minutes");
    if (!value) continue;
    if (!seen.emplace(std::pair{h, c->second}, true).second) {
      context.findings
          .warning("duplicate-row",
                   fmt::format("travel from {} to {} stands twice", home.view(r), c->first),
                   table.at(r), "the first row is used")
          .done = Done::Skipped;
      continue;
    }
    context.place.travel.given.push_back({h, c->second, Minutes(*value)});
  }
}

Backdrop::Kind backdrop_kind(Section& section) {
  using Kind = Backdrop::Kind;
  static const std::map<std::string, Kind> kKinds{
      {"water", Kind::Water},       {"river", Kind::River},   {"rail", Kind::Rail},
      {"arterial", Kind::Arterial}, {"street", Kind::Street}, {"border", Kind::Border},
      {"park", Kind::Park}};
  std::string word = section.required_text("kind");
  auto found = kKinds.find(word);
  if (found == kKinds.end())
    section.refuse("kind", "unknown kind \"" + word + "\"",
                   "use water, river, rail, arterial, street, border or park");
  return found->second;
}

}  // namespace

void read_growth(PlaceContext& context, Section section) {
  Growth& growth = context.place.growth;
  growth.birth_factor = steps_of(section, "birth_factor");
  growth.birth_factor_low = steps_of(section, "birth_factor_low");
  growth.birth_factor_high = steps_of(section, "birth_factor_high");
  growth.source = section.text("source");
  growth.mark = section.text("mark", "assumed");
  section.finish(context.findings);
}

void read_entrants(PlaceContext& context, Section section) {
  StageId stage = context.stage(section, "stage");
  Table table = read_layer(context, section, "entrants");
  FieldOf area = field_of(table, section, "area");
  FieldOf year = required_field(table, section, "year");
  FieldOf pupils = required_field(table, section, "pupils");
  section.finish(context.findings);
  for (std::size_t r = 0; r < table.rows(); ++r) {
    auto y = year_in_cell(context, year, r);
    auto count = amount_in_cell(context, pupils, r, "pupils");
    if (!y || !count) continue;
    AreaId id;
    if (area.present()) {
      auto found = context.areas.find(area.text(r));
      if (found == context.areas.end()) {
        context.findings
            .warning("unknown-area",
                     fmt::format("entrants of area \"{}\", where no home lies", area.text(r)),
                     table.at(r, area.name), "the row is not used")
            .done = Done::Skipped;
        continue;
      }
      id = found->second;
    }
    context.place.growth.entrants.push_back({id, stage, *y, *count});
  }
}

void read_migration(PlaceContext& context, Section section) {
  std::vector<std::string> codes = section.texts("areas");
  std::string urban = section.text("urban");
  std::vector<Step> steps =
      steps_of(section, "yearly_share", -1.0, "-0.03 takes three in a hundred away each year");
  if (codes.empty() == urban.empty())
    section.refuse("areas", "name either areas or an urban class",
                   "areas = [\"A01\"] or urban = \"rural\"");
  for (const Step& s : steps)
    if (s.value < -1.0 || s.value > 1.0)
      section.refuse("yearly_share", fmt::format("{} in {} is no share", s.value, s.from),
                     "-0.03 takes three in a hundred away each year");
  std::vector<AreaId> areas;
  for (const std::string& code : codes) {
    auto found = context.areas.find(code);
    if (found == context.areas.end())
      section.refuse("areas", "unknown area \"" + code + "\"", "use the code of an area");
    areas.push_back(found->second);
  }
  if (!urban.empty()) {
    static const std::map<std::string, UrbanClass> kClasses{
        {"city", UrbanClass::City}, {"town", UrbanClass::Town}, {"rural", UrbanClass::Rural}};
    auto found = kClasses.find(urban);
    if (found == kClasses.end())
      section.refuse("urban", "unknown urban class \"" + urban + "\"", "use city, town or rural");
    UrbanClass wanted = found->second;
    for (auto a : context.place.areas.ids())
      if (context.place.areas[a].urban == wanted) areas.push_back(a);
  }
  if (section.text("source").empty())
    context.findings.warning("migration-without-source", "moves of families name no source",
                             section.at("source"), "say where the share comes from, or mark it");
  (void)section.text("mark", "assumed");
  for (AreaId a : areas) context.place.growth.migration.push_back({a, steps});
  section.finish(context.findings);
}

void read_housing(PlaceContext& context, Section section) {
  Table table = read_layer(context, section, "housing");
  FieldOf code = required_field(table, section, "code");
  FieldOf zh = field_of(table, section, "name_zh");
  FieldOf en = field_of(table, section, "name_en");
  FieldOf home = required_field(table, section, "home");
  FieldOf year = required_field(table, section, "year");
  FieldOf dwellings = required_field(table, section, "dwellings");
  FieldOf yield = required_field(table, section, "pupils_per_dwelling");
  section.finish(context.findings);
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const HomeId found = context.homes.find(context.place.homes, home.view(r));
    if (!found.valid()) {
      context.findings.error("unknown-home", fmt::format("unknown home \"{}\"", home.text(r)),
                             table.at(r, home.name), "use the code of a home");
      continue;
    }
    auto y = year_in_cell(context, year, r);
    auto count = amount_in_cell(context, dwellings, r, "dwellings");
    auto pupils = amount_in_cell(context, yield, r, "pupils");
    if (!y || !count || !pupils) continue;
    if (*pupils > kManyPupilsPerDwelling)
      context.findings.warning(
          "many-pupils-per-dwelling",
          fmt::format("{} would bring {} pupils a dwelling", code.text(r), *pupils),
          table.at(r, yield.name), "0.3 is three children of school age in ten dwellings");
    context.place.housing.push_back(housing_project(
        context.place, code.text(r), {zh.text(r), en.text(r)}, found, *y, *count, *pupils));
  }
}

void read_travel(PlaceContext& context, Section section) {
  Travel& travel = context.place.travel;
  travel.speed = MetresPerMinute(section.number("speed_m_per_min", travel.speed.value));
  travel.detour = section.number("detour", travel.detour);
  if (travel.speed.value <= 0)
    section.refuse("speed_m_per_min", "must be above 0", "80 is a usual pace on foot");
  if (travel.detour < 1)
    section.refuse("detour", "must be at least 1", "1.3 is usual; 1 walks the straight line");
  std::string mode = section.required_text("mode");
  if (mode == "straight") {
    travel.mode = TravelMode::Straight;
    double speed = travel.speed.value;
    travel.note = {fmt::format("按直线距离 × {:.2f} 步行，{:.0f} 米/分", travel.detour, speed),
                   fmt::format("straight lines × {:.2f}, {:.0f} m/min", travel.detour, speed)};
  } else if (mode == "table") {
    travel.mode = TravelMode::Table;
    read_given_table(context, section);
  } else if (mode == "streets") {
    travel.mode = TravelMode::Streets;
    read_streets(context, section);
  } else {
    section.refuse("mode", "unknown mode \"" + mode + "\"", "use straight, table or streets");
  }
  section.finish(context.findings);
}

void read_backdrop(PlaceContext& context, Section section) {
  Table table = read_layer(context, section, "backdrop");
  Backdrop::Kind kind = backdrop_kind(section);
  FieldOf zh = field_of(table, section, "name_zh");
  FieldOf en = field_of(table, section, "name_en");
  section.finish(context.findings);
  if (table.shapes.empty())
    context.findings.warning("no-geometry", "backdrop has no geometry", {table.file, 0, ""},
                             "nothing of it is drawn");
  for (std::size_t r = 0; r < table.shapes.size(); ++r) {
    Shape& shape = table.shapes[r];
    context.place.backdrop.push_back(
        {kind, std::move(shape.lines), std::move(shape.areas), {zh.text(r), en.text(r)}});
  }
}

}  // namespace doorstep::io
