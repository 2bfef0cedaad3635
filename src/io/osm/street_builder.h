#pragma once
// From the ways of an extract to stretches of street that a traveller may use. Internal to io.

#include "io/osm/raw.h"
#include "io/osm/street_net.h"

namespace doorstep::io {

/// Splits the ways open to the traveller where they meet; barriers that stop the traveller part
/// them. `raw` must outlive the net.
[[nodiscard]] StreetNet street_net(const OsmRaw& raw, const OsmOptions& options,
                                   const CrossingRules& crossings, OsmCounts& counts);

/// 0 path, 1 service, 2 residential, 3 tertiary, 4 secondary and primary, 5 trunk and motorway.
[[nodiscard]] uint8_t road_class_of(std::string_view highway);

}  // namespace doorstep::io
