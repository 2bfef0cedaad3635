#pragma once
// From flows on cheapest arcs with some campuses over their seats to the certified optimum.

#include <chrono>

#include "assign/live/shortest_path.h"

namespace doorstep::live {

enum class Repaired { Optimal, OutOfTime, NoProgress };

struct RepairTimes {
  double repair_ms = 0.0;
  double smallest_ms = 0.0;
  double certify_ms = 0.0;
};

/// Pushes, pulls, lowers prices to the smallest, and certifies; again while the certificate moves
/// pupils. NoProgress: far more rounds than ever seen; the caller starts again with wider bands.
Repaired repair(State& s, ShortestPaths& paths, std::chrono::steady_clock::time_point deadline,
                RepairTimes* times = nullptr);

}  // namespace doorstep::live
