#pragma once
// The tools that change a place on the map, as state machines without a window: what a press, a
// move and a release mean as edits. One gesture is one undo step.

#include <optional>
#include <string>

#include "scenario/scenario.h"

namespace doorstep::desktop {

enum class ToolKind {
  None,
  NewCampus,
  CloseCampus,
  AddSeats,
  JoinGroup,
  Housing,
  Paint,
  Feeder,
  Policy,
  Measure,
  Box,
  Lasso,
  Pin
};

/// What the tools write into their edits; set in the palette.
struct ToolSettings {
  double seats = 0.0;       ///< of a new campus
  double more_seats = 0.0;  ///< what a click of AddSeats adds
  double dwellings = 1000.0;
  double pupils_per_dwelling = 0.3;  ///< shown beside it, for the user to set
  std::string form;                  ///< key of group_forms.toml
};

/// What a tool wants of the document.
struct ToolRequest {
  enum class Kind { None, Preview, ClearPreview, Add };
  Kind kind = Kind::None;
  std::optional<Edit> edit;
};

/// A new campus: dragged from the palette, or armed by its key and then placed by a click.
class NewCampusTool {
 public:
  enum class Phase { Idle, Armed, Dragging };

  void arm() { phase_ = Phase::Armed; }
  /// The palette entry was pressed and the mouse has left it, or an armed tool pressed the map.
  void begin_drag() { phase_ = Phase::Dragging; }
  /// The mouse is at `at`; `over_map` where it is on the map.
  ToolRequest move(Xy at, bool over_map, const OpenCampus& model);
  /// Ends the drag: over the map it places the campus, elsewhere it cancels.
  ToolRequest release(Xy at, bool over_map, const OpenCampus& model);
  ToolRequest cancel();
  [[nodiscard]] Phase phase() const { return phase_; }
  /// Where the ghost is to be drawn.
  [[nodiscard]] std::optional<Xy> ghost() const { return ghost_; }

 private:
  Phase phase_ = Phase::Idle;
  std::optional<Xy> ghost_;
};

/// A campus of the scenario's place that does not exist yet, with a code that is not taken.
[[nodiscard]] OpenCampus model_campus(const Place& place, StageId stage, Year year, double seats);
/// Adds to the seats that the campus has in `year`. Pre: the campus teaches the stage.
[[nodiscard]] SetSeats more_seats(const Place& place, CampusId campus, StageId stage, Year year,
                                  double more);
/// Ties `member` to the group led by `core`, which is made where there is none.
[[nodiscard]] JoinGroup join_group(const Place& place, CampusId core, CampusId member,
                                   const std::string& form, Year year);
[[nodiscard]] AddHousing housing_at(const Place& place, Xy at, double dwellings,
                                    double pupils_per_dwelling, Year year);

}  // namespace doorstep::desktop
