#pragma once
// Taking times: ours and the peer's in turn, so that whatever else the machine does falls on both,
// and the memory that ours needed at its peak.

#include <chrono>
#include <ctime>
#include <functional>
#include <vector>

#include "bench/bench.h"

namespace doorstep::bench {

/// Wall time of one call. Units: milliseconds.
template <class Work>
[[nodiscard]] double ms_of(Work&& work) {
  auto start = std::chrono::steady_clock::now();
  work();
  std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  return took.count();
}

/// Processor time of one call, all threads of the program added up. Units: milliseconds.
template <class Work>
[[nodiscard]] double cpu_ms_of(Work&& work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) * 1000.0 / CLOCKS_PER_SEC;
}

struct Interleaved {
  std::vector<double> ours_ms;
  std::vector<double> peer_ms;  ///< empty without a peer
};

/// Calls ours and the peer in turn, once each unmeasured to warm both where `warm_up`.
/// The peer, often a thousand times slower, runs `peer_repeat` times in all, spread over the runs.
/// An empty peer is left out.
[[nodiscard]] Interleaved interleave(int repeat, int peer_repeat, bool warm_up,
                                     const std::function<void()>& ours,
                                     const std::function<void()>& peer);

/// Puts the times into a report.
void put_times(const Interleaved& times, Report& report);

/// Largest resident memory since it was made, where the system can tell. Units: megabytes (10^6).
class PeakMemory {
 public:
  PeakMemory();
  [[nodiscard]] double mb() const;
};

}  // namespace doorstep::bench
