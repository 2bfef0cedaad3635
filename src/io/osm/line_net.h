#pragma once
// Streets from plain lines: where lines of any map layer meet, and what lies between. Decides only
// geometry; which field says what is place/line_streets.cpp's matter. Internal to io.

#include <vector>

#include "io/osm/street_net.h"

namespace doorstep::io {

/// One line of a layer with what its fields say.
struct StreetLine {
  Polyline line;
  /// Lines of different levels pass over each other; their ends still join.
  int level = 0;
  /// Units: metres per minute, unless `minutes` says the whole line's time.
  double speed_m_per_min = 80.0;
  double minutes = 0.0;  ///< 0: by speed
  OpenWays open;
  /// Not for the traveller; but it may be crossed.
  bool usable = true;
  uint8_t road_class = 0;
  uint8_t traits = 0;  ///< kOnBridge, kInTunnel
  uint8_t kinds = 0;   ///< kCrossesTrunk, kCrossesRail: what it is to others that cross it
};

struct LineNoding {
  /// Ends within this of each other, or of a line, are joined. Units: metres.
  double tolerance_m = 0.5;
  /// Whether lines of one level that cross make a junction there.
  bool at_crossings = true;
  double same_crossing_m = 40.0;
};

/// Junctions in the order of the lines. Cost: as a sort of the segments, for lines of a town.
[[nodiscard]] StreetNet net_of_lines(const std::vector<StreetLine>& lines,
                                     const LineNoding& noding);

}  // namespace doorstep::io
