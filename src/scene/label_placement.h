#pragma once
// Where labels go: eight positions round a point, tried in order, on a grid of what is taken.
// Works in pixels anchored to the map, not the window: panning moves no label against its point.

#include <optional>
#include <vector>

#include "scene/display_list.h"
#include "scene/map_content.h"
#include "scene/pixel_grid.h"

namespace doorstep::scene {

struct LabelRequest {
  Xy at;                     ///< map position
  double radius = 0.0;       ///< of the symbol, pixels
  double gauge_top = 0.0;    ///< from here under the centre to `below` it is `half_symbol` wide
  double below = 0.0;        ///< how far the symbol reaches under its centre (gauge), pixels
  double half_symbol = 0.0;  ///< half its width, pixels
  double width = 0.0;        ///< of the text, pixels; 0: no label, but keep its symbol free
  double height = 16.0;
  double priority = 0.0;
  /// Where nothing beside the symbol is free, farther off with a line to it rather than left out.
  bool may_lead = false;
  /// Of what may stand there alone where the whole text finds no room near by (a chip of change),
  /// pixels; 0: all of it or nothing. Such a label is never led far: its place says more.
  double brief_width = 0.0;
  /// What is lost where it stands alone, as pixels of a line to the whole text: 0, and it stands
  /// beside the symbol rather than the whole text farther off.
  double brief_loss = 0.0;
};

/// Offset of the left end and vertical middle of the text from the point; nothing: left out.
struct LabelSpot {
  double dx = 0.0, dy = 0.0;
  bool led = false;    ///< so far off that a line must lead to it
  bool brief = false;  ///< for the brief text alone
};

/// A square that labels keep clear of: a piece of a river's name.
struct LabelObstacle {
  Xy at;  ///< map position
  double half_px = 0.0;
};

/// Where the line to a led label of this width ends, from the symbol's middle. Units: pixels.
[[nodiscard]] Xy leader_end(const LabelSpot& spot, double width);

/// By request. Symbols always keep free of text; higher priority first, then earlier.
/// `frame` (window pixels), where given, must hold the whole label. At most `most` labels in view.
[[nodiscard]] std::vector<std::optional<LabelSpot>> place_labels(
    const std::vector<LabelRequest>& requests, const Viewport& view,
    const std::optional<PixelFrame>& frame, std::size_t most = 120,
    const std::vector<LabelObstacle>& obstacles = {});

}  // namespace doorstep::scene
