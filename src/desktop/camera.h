#pragma once
// Where the map looks, and how it gets there: panning, zooming about the cursor, fitting. Knows no
// window; times come in seconds.

#include "scene/display_list.h"

namespace doorstep::desktop {

class Camera {
 public:
  /// Size of the map's rectangle. Units: pixels at 100 %, device pixels a pixel.
  void resize(double width_px, double height_px, double scale);
  /// Moves with the mouse at once. Units: pixels, y down.
  void pan_by(Xy px);
  /// Zooms in by `factor` (> 1) so that what lies under `at_px` stays there; takes kZoomSeconds
  /// from `now`, or no time where motion is reduced.
  void zoom_at(Xy at_px, double factor, double now);
  /// Shows `box` whole with a margin, at once where `now` < 0.
  void fit(const Box& box, double now);
  /// Brings `at` to the middle.
  void centre_on(Xy at, double now);
  /// Goes on with a movement. Returns true while one is under way.
  bool advance(double now);
  [[nodiscard]] bool moving() const { return moving_; }
  [[nodiscard]] const scene::Viewport& view() const { return view_; }
  /// 1 : N at 96 pixels an inch.
  [[nodiscard]] double scale_number() const;
  bool reduced_motion = false;

  static constexpr double kZoomSeconds = 0.18;
  static constexpr double kNearest = 0.05;  ///< metres a pixel
  static constexpr double kFarthest = 5000.0;

 private:
  void go(scene::Viewport target, double now);
  scene::Viewport view_;
  scene::Viewport from_;
  scene::Viewport target_;
  double started_ = 0.0;
  bool moving_ = false;
};

}  // namespace doorstep::desktop
