#pragma once
// The transport problem under capacity: fewest pupils without a seat, then least total travel.
// Exact; knows nothing of homes and campuses beyond numbers.

#include <cstdint>
#include <vector>

namespace doorstep {

/// Sources with pupils, sinks with seats, and the arcs between them, grouped by source.
struct Transport {
  struct Arc {
    uint32_t sink = 0;
    uint32_t cost = 0;  ///< Units: tenths of a second
  };
  std::vector<double> supply;  ///< pupils, by source
  /// Break ties among equal optima: fixed for a source or sink, whatever the order of rows.
  std::vector<uint64_t> source_key;
  std::vector<uint64_t> sink_key;
  std::vector<double> capacity;  ///< seats, by sink
  std::vector<Arc> arcs;
  std::vector<std::size_t> first_arc;  ///< sources + 1 entries: arcs of source i start at [i]
};

struct TransportPlan {
  /// Part of a source's pupils sent to a sink; ordered by source.
  struct Part {
    uint32_t source = 0;
    uint32_t sink = 0;
    double share = 0.0;  ///< of the source's supply, > 0
  };
  std::vector<Part> parts;
  /// What one more seat would save, the smallest optimal dual price. Units: tenths of a second.
  std::vector<double> seat_price;
  /// Whether one more seat would place one more pupil; its price in time is then given as 0.
  std::vector<bool> places_one_more;
};

/// Pre: supply and capacity finite and >= 0. Throws: Error where the numbers exceed the range.
/// Cost: contracted onto sinks (assign/live), network simplex where the matrix is mostly empty or
/// out of range; both give the same optimum. Pupils are counted in units of 1e-9.
[[nodiscard]] TransportPlan solve_transport(const Transport& problem);

}  // namespace doorstep
