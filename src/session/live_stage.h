#pragma once
// A stage of one year under the mouse: every grade of it where the year is the run's first, else
// entry to the first grade above older pupils who stay where the run has them. Turns each frame
// into an Outcome of that year, so that map and panels show it as they show a run.
// One thread owns it.

#include "session/live_engine.h"

namespace doorstep::session {

/// How good what is shown is.
struct LiveStatus {
  bool exact = false;
  /// Where not exact: no assignment travels less by more than this share.
  std::optional<double> gap;
  /// Where not exact, under choice: pupils by whom a campus is off its seats at most.
  std::optional<double> off_seats;
  /// Whether older pupils are worked out too; else they stay where the run has them.
  bool whole_stage = false;
};

class LiveStage {
 public:
  /// The stage in `year` of the run that `base` belongs to; null where it cannot be told at once
  /// (docs/live.md). Cost: the run of the stage up to that year, and engines. Throws: Cancelled.
  [[nodiscard]] static std::unique_ptr<LiveStage> create(std::shared_ptr<const Outcome> base,
                                                         StageId stage, Year year, unsigned threads,
                                                         Progress& progress);
  ~LiveStage();

  [[nodiscard]] StageId stage() const;
  [[nodiscard]] Year year() const;
  /// Shows the stage with one edit more, or with another in the place of the edit `replaces` of the
  /// scenario. What was shown before is superseded. Returns false, and shows nothing, where only a
  /// run can tell.
  bool show(const Edit& edit, std::optional<std::size_t> replaces,
            std::chrono::microseconds budget);
  /// Goes on with what is shown; true where it became exact.
  bool go_on(std::chrono::microseconds budget);
  /// Takes the edit back.
  void clear();
  [[nodiscard]] bool showing() const;
  [[nodiscard]] const LiveStatus& status() const;
  /// The entry to the first grade. Pre: showing().
  [[nodiscard]] const LiveFrame& entry() const;
  /// The year as it stands: where the status is not exact, pupils are where the last exact frame
  /// had them, and ways are new. Another object whenever a figure changed. Null where nothing
  /// could be told of this edit yet.
  [[nodiscard]] std::shared_ptr<const Outcome> picture() const;
  void upkeep();

 private:
  struct Prepared;
  explicit LiveStage(std::unique_ptr<Prepared> prepared);
  std::unique_ptr<Prepared> p_;
};

}  // namespace doorstep::session
