#pragma once
// An order of contraction that does not depend on times: the plane is cut in two where few streets
// cross, the nodes at the cut go last, and so on in the halves (Dibbelt, Strasser, Wagner 2016,
// "Customizable Contraction Hierarchies"; cuts by inertial directions as in Schild and Sommer 2015,
// "On Balanced Separators in Road Networks", without their flows).

#include <cstdint>
#include <vector>

#include "network/street_graph.h"

namespace doorstep {

/// Positions of the graph in the order of contraction, first to last.
[[nodiscard]] std::vector<uint32_t> dissection_order(const StreetGraph& graph);

}  // namespace doorstep
