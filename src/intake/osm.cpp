// A first place from an OpenStreetMap extract alone: its schools, administrative areas and streets.

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "geo/spatial_index.h"
#include "intake/making.h"

namespace doorstep::intake {
namespace {

/// ISCED levels 0 to 3 are our four kinds.
std::vector<std::string> kinds_of_isced(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t level = 0; level < stage_kinds().size(); ++level)
    if (text.find(static_cast<char>('0' + level)) != std::string::npos)
      out.push_back(stage_kinds()[level]);
  return out;
}

struct Told {
  std::size_t by_level = 0, by_name = 0, assumed = 0;
};

std::vector<std::string> kinds_of(const Making& making, const io::OsmSchool& school, Told& told) {
  if (school.kindergarten) return {"kindergarten"};
  std::vector<std::string> kinds = kinds_of_isced(school.isced_level);
  if (!kinds.empty()) {
    ++told.by_level;
    return kinds;
  }
  for (const std::string* name : {&school.names.local, &school.names.zh, &school.names.en})
    if (kinds = making.dictionary.stages_of(*name, nullptr, making.country); !kinds.empty()) {
      ++told.by_name;
      return kinds;
    }
  ++told.assumed;
  return {"primary"};
}

MadeCampus campus_of(const Making& making, const io::OsmSchool& school, const std::string& file,
                     long row, Told& told) {
  MadeCampus c;
  c.code = school.ref.text();
  c.name = {school.names.zh, school.names.en};
  bool cjk = std::ranges::any_of(school.names.local,
                                 [](char b) { return static_cast<unsigned char>(b) >= 0xE0; });
  if (c.name.zh.empty() && cjk) c.name.zh = school.names.local;
  if (c.name.en.empty() && !cjk) c.name.en = school.names.local;
  if (c.name.zh.empty() && c.name.en.empty()) c.name.en = c.code;
  c.name_key = folded_name(school.names.local);
  c.at = school.at;
  c.located = true;
  c.source = {file, row, ""};
  if (school.operator_type == "private" || school.operator_type == "religious")
    c.ownership = "private";
  std::vector<std::string> kinds = kinds_of(making, school, told);
  for (const std::string& kind : kinds) {
    MadeOffer& offer = c.offers[kind];
    if (school.capacity && *school.capacity > 0)
      offer.seats[0] = static_cast<double>(*school.capacity) / static_cast<double>(kinds.size());
  }
  return c;
}

/// The administrative level that divides the schools: most of them inside, and the most parts.
int dividing_level(const Making& making) {
  std::map<int, std::vector<MultiPolygon>> by_level;
  for (const io::OsmBoundary& b : making.osm->boundaries)
    if (b.closed && !b.area.empty() && b.admin_level > 0) by_level[b.admin_level].push_back(b.area);
  int best = 0;
  std::size_t parts = 1;
  for (const auto& [level, shapes] : by_level) {
    PolygonIndex index(shapes);
    auto inside = std::ranges::count_if(
        making.osm->schools, [&](const io::OsmSchool& s) { return index.first(s.at) >= 0; });
    bool most = static_cast<std::size_t>(inside) * 10 >= making.osm->schools.size() * 7;
    if (most && shapes.size() > parts) {
      best = level;
      parts = shapes.size();
    }
  }
  return best;
}

void areas_of(Making& making, const std::string& file) {
  int level = dividing_level(making);
  if (level == 0) return;
  long row = 0;
  for (const io::OsmBoundary& b : making.osm->boundaries) {
    if (b.admin_level != level || !b.closed || b.area.empty()) continue;
    MadeArea area;
    area.code = b.code.empty() ? b.ref.text() : b.code;
    area.name = {b.names.zh.empty() ? b.names.local : b.names.zh, b.names.en};
    area.shape = b.area;
    area.source = {file, ++row, ""};
    bool known = std::ranges::find(making.areas, area.code, &MadeArea::code) != making.areas.end();
    if (known) area.code = b.ref.text();
    making.areas.push_back(std::move(area));
  }
  making.assume("areas", fmt::format("{} areas of administrative level {}", row, level),
                "the level whose areas hold most schools");
}

}  // namespace

void make_from_osm(Making& making) {
  if (!making.osm) return;
  SourceLayer& layer = *making.of(Role::Osm).front();
  const std::string& file = layer.shown;
  if (making.areas.empty()) areas_of(making, file);
  if (!making.of(Role::Campuses).empty()) {
    making.draft.findings.info("osm-schools",
                               fmt::format("{} schools of the extract are not used: another file "
                                           "lists schools",
                                           making.osm->schools.size()),
                               {file, 0, ""});
    return;
  }
  Told told;
  long row = 0;
  for (const io::OsmSchool& s : making.osm->schools)
    making.campuses.push_back(campus_of(making, s, file, ++row, told));
  layer.rows_used = layer.rows_read = making.campuses.size();
  if (told.assumed > 0)
    making.assume(
        "osm.stage", "primary",
        fmt::format("{} schools have neither a level nor a name that says it ({} by level, "
                    "{} by name)",
                    told.assumed, told.by_level, told.by_name));
}

}  // namespace doorstep::intake
