#pragma once
// What painting stands on: the homes, numbers and catchments of the newest result, who borders
// whom (made in the background), and what the plan has cut off.

#include <future>
#include <memory>
#include <vector>

#include "desktop/paint_tool.h"
#include "session/document.h"

namespace doorstep::desktop {

class PaintDesk {
 public:
  /// Lays out what belongs to the document's newest result. A stroke under way is left alone.
  /// Returns true where something changed.
  bool follow(const session::Document& document, StageId stage, Year year, PaintTool& tool);
  /// Pieces that the plan cuts off and the baseline did not.
  [[nodiscard]] const std::vector<Piece>& breaks() const { return breaks_; }
  /// The box of a break, to zoom to.
  [[nodiscard]] Box box_of(const Piece& piece) const;
  /// Whether the stage has catchments to paint.
  [[nodiscard]] bool has_catchments() const { return has_catchments_; }
  /// Whether borders between homes are still being made.
  [[nodiscard]] bool waiting() const { return coming_.valid(); }

 private:
  bool take_graph(const Place& place);
  std::shared_ptr<const session::Outcome> outcome_;
  std::size_t year_ = 0;
  StageId stage_;
  bool has_catchments_ = false;
  PaintGround ground_;
  std::future<std::shared_ptr<const HomeGraph>> coming_;
  std::shared_ptr<const HomeGraph> graph_;
  std::vector<Piece> breaks_;
};

/// Homes, children and catchments of a stage and year. Shape: `year` indexes run.years.
[[nodiscard]] PaintGround ground_of(const session::Outcome& outcome, std::size_t year,
                                    StageId stage, Year edit_year,
                                    std::shared_ptr<const HomeGraph> graph);

}  // namespace doorstep::desktop
