#pragma once
// Writes the flows of many homes at once, by several threads, each a run of homes of its own.
// Internal to `simulate`.

#include <span>

#include "simulate/pupil_flows.h"

namespace doorstep {

class FlowWriter {
 public:
  /// `begin`: where the flows of each run of homes may begin, and the end of all. `memory`: of
  /// flows no longer needed, to be used again.
  FlowWriter(PupilFlows memory, std::size_t homes, std::size_t campuses,
             std::span<const std::size_t> begin);

  /// The next flow of a run goes to `at`, which moves on. Pre: homes of a run come in order.
  void put(std::size_t& at, HomeId home, CampusId campus, double pupils) {
    flows_.low_[at] = static_cast<uint16_t>(campus.index);
    if (!flows_.high_.empty()) flows_.high_[at] = static_cast<uint16_t>(campus.index >> 16U);
    flows_.pupils_[at++] = pupils;
    ++flows_.first_[home.index + std::size_t{1}];
  }
  /// Closes the gaps: run i ends at end[i].
  [[nodiscard]] PupilFlows finish(std::span<const std::size_t> end) &&;

 private:
  PupilFlows flows_;
  std::span<const std::size_t> begin_;
};

}  // namespace doorstep
