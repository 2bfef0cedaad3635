#pragma once
// The two sources of streets that a place may name: an OpenStreetMap extract, or a line layer.
// Internal to io.

#include "io/osm/streets.h"
#include "io/place/context.h"

namespace doorstep::io {

/// Streets of a line layer (file, layer, crs … as of any layer; class_field, oneway_field,
/// speed_field or minutes_field, level_field, bridge_field, tunnel_field). Without backdrop.
/// Throws: Error naming the key or field.
[[nodiscard]] OsmExtract read_line_streets(PlaceContext& context, Section& section,
                                           const StreetProfile& profile);

}  // namespace doorstep::io
