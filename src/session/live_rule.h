#pragma once
// One rule of admission kept up while campuses are moved, added, closed and resized: what a
// LiveEngine asks of each of them. Internal to `session`.

#include <chrono>
#include <memory>
#include <span>
#include <string>

#include "assign/assign.h"
#include "session/live_engine.h"

namespace doorstep::session {

/// Columns have an entry a row of the engine's LiveTravel. Campuses are numbered as in the input;
/// the one added gets the next number.
class LiveRule {
 public:
  virtual ~LiveRule() = default;

  virtual void move(CampusId campus, std::span<const uint32_t> ds) = 0;
  /// The same for a place on the streets, for a rule that finds the ways it needs itself; false
  /// where it needs them all. Pre: travel is by streets.
  virtual bool move_to(CampusId, const StreetSnap&) { return false; }
  /// Pre: none is added that was not taken back.
  virtual void add(const Offer& offer, const std::string& code, std::span<const uint32_t> ds) = 0;
  virtual void take_back() = 0;
  /// `ds`: where it stands. Pre: same pool.
  virtual void set_offer(CampusId campus, const Offer& offer, std::span<const uint32_t> ds) = 0;
  /// Returns whether the answer is exact.
  virtual bool run(std::chrono::microseconds budget) = 0;
  /// Writes all figures of the frame but place and seats of campuses.
  virtual void read(LiveFrame& frame) = 0;
  /// Everything the rule decides, as a run would have it. `seen` is the input with the place and
  /// the travel as they are now. Pre: exact.
  [[nodiscard]] virtual Admission admission(const AdmissionInput& seen, Progress& progress) = 0;
  virtual void upkeep() {}
};

/// Null where a case is beyond what the rule can keep (docs/live.md).
[[nodiscard]] std::unique_ptr<LiveRule> live_least_travel(const AdmissionInput& input,
                                                          const LiveTravel& travel);
[[nodiscard]] std::unique_ptr<LiveRule> live_nearest(const AdmissionInput& input,
                                                     const LiveTravel& travel);
[[nodiscard]] std::unique_ptr<LiveRule> live_choice(const AdmissionInput& input,
                                                    const LiveTravel& travel);

}  // namespace doorstep::session
