// Travel over streets: an OpenStreetMap extract named by the place.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>

#include "base/error.h"
#include "base/text.h"
#include "geo/crs.h"
#include "io/osm/streets.h"
#include "io/place/context.h"

namespace doorstep::io {

void read_streets(PlaceContext& context, Section& section) {
  ResolvedFile file = resolve_file(context.folder, section, "file");
  record_source(context, section, file, "streets");
  std::string profile = section.text("profile", "walk");
  if (profile != "walk")
    section.refuse("profile", "unknown profile \"" + profile + "\"", "use walk");
  Place& place = context.place;
  OsmOptions options;
  options.profile = walking_profile(place.travel.speed.value);
  options.with_backdrop = section.flag("backdrop", true);
  Transformer to_place(Crs("EPSG:4326"), Crs(place.crs));
  Loaded<OsmExtract> extract = read_osm(file.path, options, [&](LonLat p) {
    Xy at{p.lon, p.lat};
    to_place.transform(std::span(&at, 1));
    return at;
  });
  for (Diagnostic d : extract.findings.items()) {
    if (d.at.file.empty()) d.at.file = file.shown;
    context.findings.add(std::move(d));
  }
  const OsmCounts& counts = extract.value.counts;
  std::string length = grouped(counts.street_km);
  double speed = place.travel.speed.value;
  place.travel.note = {fmt::format("沿 {} 千米路网步行，{:.0f} 米/分", length, speed),
                       fmt::format("on foot over {} km of streets, {:.0f} m/min", length, speed)};
  place.travel.streets = std::make_shared<const Streets>(std::move(extract.value.streets));
  std::ranges::move(extract.value.backdrop, std::back_inserter(place.backdrop));
}

}  // namespace doorstep::io
