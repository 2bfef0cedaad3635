#pragma once
// A campus under the mouse, exact at each place it is dragged to: the entry admission of one stage
// by least travel, kept up as docs/live.md says. Decides nothing about later grades and years; the
// document's runs follow with those. One thread owns an engine.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "session/outcome.h"

namespace doorstep::session {

/// What the admission gives one campus.
struct LiveCampus {
  std::string code;
  Xy at;
  double seats = 0.0;
  double admitted = 0.0;
  double seat_price_min = 0.0;   ///< what one more seat would save
  bool places_one_more = false;  ///< one more seat would place one more pupil
};

/// Pupils of a home at a campus, by its position in LiveFrame::campuses.
struct LiveFlow {
  HomeId home;
  std::size_t campus = 0;
  double pupils = 0.0;
};

/// One consistent answer. Where `exact` is false the figures are those of the last exact frame,
/// feasible still, and `gap` says how far from the optimum they are at most, as a share of all
/// travel; without a gap they no longer fit.
struct LiveFrame {
  bool exact = false;
  std::optional<double> gap;
  std::vector<LiveCampus> campuses;  ///< of the place, by order; a candidate last
  double unplaced = 0.0;
  double pupil_minutes = 0.0;
  std::vector<HomeId> changed;  ///< homes whose pupils may have moved since the frame before
};

class LiveEngine {
 public:
  /// The first year's entry to `stage` as `outcome` has it; null where its rule is not least
  /// travel, not everyone may apply everywhere, travel is by a given table, or entry depends on
  /// where older pupils are: a campus cannot be moved then without asking for a whole run. Throws:
  /// Cancelled.
  [[nodiscard]] static std::unique_ptr<LiveEngine> create(std::shared_ptr<const Outcome> outcome,
                                                          StageId stage, unsigned threads,
                                                          Progress& progress);
  ~LiveEngine();

  [[nodiscard]] StageId stage() const;
  /// The admission as it stands.
  [[nodiscard]] const LiveFrame& frame() const;
  /// Where the pupils of a home go.
  [[nodiscard]] std::vector<LiveFlow> flows_of(HomeId home) const;
  [[nodiscard]] std::vector<LiveFlow> flows() const;

  /// Picks up a campus of the place, or a candidate that is not in it yet. Pre: none is in hand.
  void begin_drag(CampusId campus);
  void begin_new(std::string code, double seats);
  /// Puts what is in hand there. Works until the answer is exact or `budget` is spent; go_on()
  /// continues. Pre: a campus is in hand.
  const LiveFrame& drag_to(Xy at, std::chrono::microseconds budget = std::chrono::hours(1));
  const LiveFrame& go_on(std::chrono::microseconds budget = std::chrono::hours(1));
  /// Other seats for what is in hand.
  const LiveFrame& resize(double seats, std::chrono::microseconds budget = std::chrono::hours(1));
  /// Leaves it where it is, or takes everything back to where it was before the drag.
  const LiveFrame& release();
  const LiveFrame& cancel();
  /// Renews bounds; for the time between two frames. Cost: about a millisecond.
  void upkeep();

 private:
  struct Prepared;
  explicit LiveEngine(std::unique_ptr<Prepared> prepared);
  std::unique_ptr<Prepared> p_;
};

}  // namespace doorstep::session
