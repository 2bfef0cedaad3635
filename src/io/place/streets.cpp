// Travel over streets: an OpenStreetMap extract or a line layer named by the place.

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "base/error.h"
#include "base/text.h"
#include "geo/crs.h"
#include "io/osm/streets.h"
#include "io/place/context.h"
#include "io/place/streets.h"

namespace doorstep::io {

namespace {

/// The profile a place chooses, with what it says otherwise.
StreetProfile chosen_profile(Section& section, double walking_m_per_min) {
  std::string name = section.text("profile", "walk");
  StreetProfile profile;
  try {
    profile = travel_profile(name, walking_m_per_min);
  } catch (const Error& e) {
    section.refuse("profile", e.what(), e.hint());
  }
  profile.ferries = section.flag("ferries", profile.ferries);
  if (section.has("street_speed_kmh")) {
    double speed = section.required_number("street_speed_kmh");
    if (name == "walk") {
      section.refuse("street_speed_kmh", "is not for walkers", "write speed_m_per_min");
    }
    if (speed <= 0 || speed > 200) {
      section.refuse("street_speed_kmh", "must lie between 0 and 200", "write 18");
    }
    profile.speed_m_per_min = speed * 1000.0 / 60.0;
    profile.speed_of.clear();
    profile.speed_assumed = false;
  }
  return profile;
}

/// What every output says of the ways: how, over how much, how fast.
Name travel_note(const StreetProfile& profile, double street_km) {
  std::string length = grouped(street_km);
  if (profile.name == "walk") {
    double speed = profile.speed_m_per_min;
    return {fmt::format("沿 {} 千米路网步行，{:.0f} 米/分", length, speed),
            fmt::format("on foot over {} km of streets, {:.0f} m/min", length, speed)};
  }
  double speed = profile.speed_m_per_min * 60.0 / 1000.0;
  bool by_class = !profile.speed_of.empty();
  const char* assumed_zh = profile.speed_assumed ? "（假定）" : "";
  const char* assumed_en = profile.speed_assumed ? " (assumed)" : "";
  if (by_class) {
    return {fmt::format("沿 {} 千米路网{}，按道路等级车速{}", length, profile.title.zh, assumed_zh),
            fmt::format("{} over {} km of streets, speeds by class of road{}", profile.title.en,
                        length, assumed_en)};
  }
  return {fmt::format("沿 {} 千米路网{}，{:.0f} 千米/时{}", length, profile.title.zh, speed,
                      assumed_zh),
          fmt::format("{} over {} km of streets, {:.0f} km/h{}", profile.title.en, length, speed,
                      assumed_en)};
}

}  // namespace

namespace {

/// Whether the file is one of OpenStreetMap's own; any other is a line layer.
bool is_osm_file(const std::string& name) {
  std::string lower = name;
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const char* ending :
       {".pbf", ".osm", ".opl", ".osm.bz2", ".osm.gz", ".opl.gz", ".opl.bz2"}) {
    if (lower.ends_with(ending)) return true;
  }
  return false;
}

OsmExtract read_extract(PlaceContext& context, Section& section, const StreetProfile& profile) {
  ResolvedFile file = resolve_file(context.folder, section, "file");
  record_source(context, section, file, "streets");
  OsmOptions options;
  options.profile = profile;
  options.walking_m_per_min = context.place.travel.speed.value;
  options.with_backdrop = section.flag("backdrop", true);
  Loaded<OsmExtract> extract = read_osm(file.path, options, Crs(context.place.crs));
  for (Diagnostic d : extract.findings.items()) {
    if (d.at.file.empty()) d.at.file = file.shown;
    context.findings.add(std::move(d));
  }
  return std::move(extract.value);
}

}  // namespace

void read_streets(PlaceContext& context, Section& section) {
  Place& place = context.place;
  StreetProfile profile = chosen_profile(section, place.travel.speed.value);
  bool osm = is_osm_file(section.required_text("file"));
  OsmExtract extract =
      osm ? read_extract(context, section, profile) : read_line_streets(context, section, profile);
  if (profile.name == "car") {
    context.findings.info("osm.turns", "turn restrictions are not followed", section.at("profile"),
                          "ways by car may be shorter than they are");
  }
  place.travel.note = travel_note(profile, extract.counts.street_km);
  place.travel.streets = std::make_shared<const Streets>(std::move(extract.streets));
  std::ranges::move(extract.backdrop, std::back_inserter(place.backdrop));
}

}  // namespace doorstep::io
