#pragma once
// One admission under the mouse, exact at each place a campus is dragged to: under least travel,
// nearest or choice, as docs/live.md says. What other grades and later years make of it is
// LiveStage's. One thread owns an engine.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "session/live_travel.h"

namespace doorstep::session {

/// What the admission gives one campus.
struct LiveCampus {
  std::string code;
  Xy at;
  double seats = 0.0;
  double admitted = 0.0;         ///< under choice before 统筹; of a pool by all of it together
  double seat_price_min = 0.0;   ///< under least travel: what one more seat would save
  bool places_one_more = false;  ///< under least travel: one more seat would place one more pupil
};

/// Pupils of a home at a campus, by its position in LiveFrame::campuses.
struct LiveFlow {
  HomeId home;
  std::size_t campus = 0;
  double pupils = 0.0;
};

/// One consistent answer. Where `exact` is false: under least travel the figures are those of the
/// last exact frame, feasible still, and `gap` says how far from the optimum they are at most, as a
/// share of all travel (without a gap they no longer fit); under choice they are those of the
/// cutoffs found so far, and no campus is off its seats by more than `off_seats`.
struct LiveFrame {
  bool exact = false;
  std::optional<double> gap;
  std::optional<double> off_seats;   ///< units: pupils
  std::vector<LiveCampus> campuses;  ///< of the place, by order; one that was added last
  double unplaced = 0.0;
  std::optional<double> pupil_minutes;  ///< under least travel
  std::vector<HomeId> changed;  ///< under least travel: whose pupils may have moved since the last
};

class LiveRule;

class LiveEngine {
 public:
  /// The first year's entry to `stage` as `outcome` has it; null where its rule is not one of the
  /// three, not everyone may apply everywhere, or travel is by a given table. Throws: Cancelled.
  [[nodiscard]] static std::unique_ptr<LiveEngine> create(std::shared_ptr<const Outcome> outcome,
                                                          StageId stage, unsigned threads,
                                                          Progress& progress);
  /// An admission that a run saw, with what it decided: null also where the engine would begin
  /// with anything else. `input` refers to the outcome that `travel` is of. Throws: Cancelled.
  [[nodiscard]] static std::unique_ptr<LiveEngine> of(const AdmissionInput& input,
                                                      const Admission& decided,
                                                      std::shared_ptr<const LiveTravel> travel,
                                                      Progress& progress);
  ~LiveEngine();

  [[nodiscard]] StageId stage() const;
  /// The admission as it stands.
  [[nodiscard]] const LiveFrame& frame() const;

  /// Edits; run() finds the answer, and a later edit supersedes it. A campus is numbered as in the
  /// place; the one added has the next number. Pre of add: what was added before is taken back.
  /// Pre of set_offer: same pool.
  void move(CampusId campus, Xy at);
  void add(const std::string& code, const Offer& offer, Xy at);
  void take_back();
  void set_offer(CampusId campus, const Offer& offer);
  [[nodiscard]] const Offer& offer(CampusId campus) const;

  /// Works until the answer is exact or `budget` is spent; goes on when called again.
  const LiveFrame& run(std::chrono::microseconds budget = std::chrono::hours(1));
  /// Everything that is decided, as a run of the edited place would. `place` and `travel`: with the
  /// edits made so far. Pre: frame().exact.
  [[nodiscard]] Admission admission(const Place& place, const TravelTable& travel) const;
  /// Who is admitted: row by row, with the children of each.
  [[nodiscard]] const AdmissionInput& input() const;
  /// admission() by home, for a frame without an added campus.
  [[nodiscard]] std::vector<LiveFlow> flows() const;
  /// Renews bounds; for the time between two frames. Cost: about a millisecond.
  void upkeep();

 private:
  struct Prepared;
  explicit LiveEngine(std::unique_ptr<Prepared> prepared);
  std::unique_ptr<Prepared> p_;
};

}  // namespace doorstep::session
