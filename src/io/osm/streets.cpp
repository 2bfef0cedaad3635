// An extract read from begin to end: file, positions, streets, background, findings.

#include "io/osm/streets.h"

#include <fmt/format.h>

#include <cmath>
#include <future>
#include <limits>

#include "geo/crs.h"
#include "io/osm/position_grid.h"
#include "io/osm/raw.h"
#include "io/osm/street_builder.h"

namespace doorstep::io {
namespace {

/// What a place's projection cannot carry is as good as missing.
void set_coordinates(OsmRaw& raw, std::vector<Xy> at, OsmCounts& counts) {
  raw.set_coordinates(std::move(at));
  if (raw.absent.empty()) return;
  for (std::size_t n = 0; n < raw.positions.size(); ++n) {
    counts.bad_positions += raw.positions[n].known() && raw.absent[n] != 0;
  }
}

template <class Carry>
Loaded<OsmExtract> read_with(const std::filesystem::path& path, const OsmOptions& options,
                             Carry carry) {
  Loaded<OsmExtract> out;
  OsmCounts& counts = out.value.counts;
  OsmRaw raw = read_osm_raw(path, {{true, options.with_backdrop, false}, options.threads}, counts);
  set_coordinates(raw, carry(raw.positions), counts);
  CrossingRules crossings = load_crossing_rules();
  out.value.streets = graph_of(street_net(raw, options, crossings, counts), options.least_island_m,
                               options.walking_m_per_min, options.threads, counts);
  if (options.with_backdrop) out.value.backdrop = backdrop_of(raw);
  report_streets(path.filename().string(), counts, out.findings);
  return out;
}

}  // namespace

void report_streets(const std::string& file, const OsmCounts& c, Diagnostics& findings) {
  InputRef at{file, 0, {}};
  findings.info(
      "osm.streets",
      fmt::format("{} street nodes, {} edges, {:.0f} km in {} connected parts; the largest "
                  "holds {:.1f}% of the nodes",
                  c.nodes, c.directed_edges, c.street_km, c.components,
                  c.nodes > 0 ? 100.0 * double(c.largest_component) / double(c.nodes) : 0.0),
      at);
  if (c.nodes == 0) {
    findings.warning("osm.no_streets", "no street of this file is open to the traveller", at,
                     "check that the extract holds highways");
  }
  if (c.islands_left_out > 0) {
    findings
        .info("osm.islands",
              fmt::format("{} pieces of street that connect to nothing, {:.1f} km in all, are left "
                          "out",
                          c.islands_left_out, c.islands_left_out_km),
              at)
        .done = Done::Skipped;
  }
  if (c.trunk_crossings + c.rail_crossings > 0) {
    findings.info("osm.crossings",
                  fmt::format("{} street edges cross a trunk road and {} a railway at grade",
                              c.trunk_crossings, c.rail_crossings),
                  at);
  }
  if (c.barriers > 0) {
    findings.info("osm.barriers",
                  fmt::format("{} barriers stop the traveller; streets end there", c.barriers), at);
  }
  if (c.ferries_unused > 0) {
    findings.info("osm.ferries", fmt::format("{} ferries are not used", c.ferries_unused), at,
                  "write ferries = true in [travel] to use them, without their waiting times");
  }
  auto warn = [&](std::size_t count, const char* code, const char* what, const char* done) {
    if (count > 0) findings.warning(code, fmt::format("{} {}; {}", count, what, done), at);
  };
  warn(c.missing_nodes, "osm.missing_nodes", "nodes that ways name are not in the file",
       "the ways are broken there, as at the border of an extract");
  warn(c.duplicate_ways, "osm.duplicate_ways", "ways stand more than once",
       "the first of each is used");
  warn(c.duplicate_nodes, "osm.duplicate_nodes", "nodes stand more than once",
       "the first of each is used");
  warn(c.bad_positions, "osm.bad_positions", "nodes lie off the globe or outside the projection",
       "the ways are broken there");
}

Loaded<OsmExtract> read_osm(const std::filesystem::path& path, const OsmOptions& options,
                            const Crs& place_crs) {
  // PROJ takes its time to find the way between two systems; the file is read meanwhile.
  auto to_place =
      std::async(std::launch::async, [&] { return Transformer(Crs("EPSG:4326"), place_crs); });
  return read_with(path, options, [&](const std::vector<OsmPosition>& positions) {
    return project_positions(positions, to_place.get(), options.threads);
  });
}

Loaded<OsmExtract> read_osm(const std::filesystem::path& path, const OsmOptions& options,
                            const Projection& project) {
  return read_with(path, options, [&](const std::vector<OsmPosition>& positions) {
    double nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<Xy> out(positions.size(), Xy{nan, nan});
    for (std::size_t n = 0; n < positions.size(); ++n) {
      if (!positions[n].on_globe()) continue;
      Xy at = project(positions[n].degrees());
      if (std::isfinite(at.x) && std::isfinite(at.y)) out[n] = at;
    }
    return out;
  });
}

}  // namespace doorstep::io
