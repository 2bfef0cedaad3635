#pragma once
// Painting homes from one catchment to another, as a state machine without a window: a stroke
// gathers homes under the brush, says live what that does to numbers and contiguity, and becomes
// one edit when it ends.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "desktop/home_graph.h"
#include "desktop/tools.h"

namespace doorstep::desktop {

/// Homes, numbers and catchments a stroke starts from.
struct PaintGround {
  const Place* place = nullptr;  ///< outlives the stroke
  StageId stage;
  Year year = 0;
  IdVector<HomeId, double> pupils;  ///< of the stage, by home
  IdVector<HomeId, CatchmentId> catchment_of;
  std::shared_ptr<const HomeGraph> graph;  ///< null while it is being made
};

/// One catchment that the stroke changes. Units: pupils living there, seats of its campuses.
struct PaintBalance {
  CatchmentId catchment;
  double before = 0.0, after = 0.0, seats = 0.0;
  std::size_t pieces_before = 1, pieces_after = 1;
};

class PaintTool {
 public:
  enum class Phase { Idle, Armed, Painting };
  static constexpr double kLeastRadius = 6.0, kMostRadius = 120.0;

  void arm() { phase_ = Phase::Armed; }
  /// Lays the brush down over other homes than before. A stroke under way is lost.
  void set_ground(PaintGround ground);
  [[nodiscard]] const PaintGround& ground() const { return ground_; }
  /// The catchment that homes are given to, by code; "": the one the next stroke begins in.
  void set_target(std::string code);
  [[nodiscard]] const std::string& target() const { return target_; }
  /// Units: pixels at 100 %.
  [[nodiscard]] double radius_px() const { return radius_px_; }
  void set_radius(double px);

  /// Begins a stroke: takes the catchment at `at` as target where there is none yet.
  /// Units: metres.
  ToolRequest press(Xy at, double radius_m);
  ToolRequest move(Xy at, double radius_m);
  /// Ends the stroke as one edit; nothing where no home changed hands.
  ToolRequest release();
  ToolRequest cancel();
  [[nodiscard]] Phase phase() const { return phase_; }

  /// Homes of the stroke, in order of id.
  [[nodiscard]] const std::vector<HomeId>& moved() const { return moved_; }
  /// What the stroke changes so far, the target first. Contiguity only where the graph is there.
  [[nodiscard]] std::vector<PaintBalance> balance() const;

 private:
  bool gather(Xy from, Xy to, double radius_m);
  [[nodiscard]] RedrawCatchments edit() const;
  [[nodiscard]] CatchmentId target_id() const;

  Phase phase_ = Phase::Idle;
  PaintGround ground_;
  IdVector<HomeId, CatchmentId> drawn_;  ///< with the stroke
  std::string target_;
  double radius_px_ = 22.0;
  Xy last_;
  std::vector<HomeId> moved_;
};

/// Two edits that move homes of one stage and year as one: the later word counts. Nothing where
/// they are not of that kind.
[[nodiscard]] std::optional<RedrawCatchments> merged(const Edit& earlier,
                                                     const RedrawCatchments& later);

/// What brings detached pieces back: each goes to the catchment round it. `pieces` are of the
/// ground. Nothing where none can be repaired.
[[nodiscard]] std::optional<RedrawCatchments> repair(const PaintGround& ground,
                                                     const std::vector<Piece>& pieces);
/// Detached pieces of the ground that were not cut off so in `before` already.
[[nodiscard]] std::vector<Piece> new_breaks(const PaintGround& ground, const PaintGround& before);

}  // namespace doorstep::desktop
