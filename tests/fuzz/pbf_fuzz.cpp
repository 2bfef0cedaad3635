// Any bytes as a packed OpenStreetMap extract: read into streets and features. Nothing but Error
// may come of it, and every edge leads to a node.

#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "fuzz/scratch_folder.h"
#include "geo/crs.h"
#include "io/osm/features.h"
#include "io/osm/streets.h"

using namespace doorstep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::ScratchFolder folder(DOORSTEP_FUZZ_TOWN);
  static const Crs kPlace("EPSG:4549");
  auto path =
      folder.write("fuzz.osm.pbf", std::string_view(reinterpret_cast<const char*>(data), size));
  try {
    io::OsmOptions options;
    options.threads = 1;
    Streets streets = io::read_osm(path, options, kPlace).value.streets;
    DOORSTEP_ASSERT(streets.first.size() == streets.nodes() + 1);
    DOORSTEP_ASSERT(streets.first.back() == streets.edges());
    for (uint32_t head : streets.head) DOORSTEP_ASSERT(head < streets.nodes());
    (void)io::read_osm_features(path, "EPSG:4549");
  } catch (const Error&) {
  }
  return 0;
}
