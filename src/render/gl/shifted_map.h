#pragma once
// The map drawn once into a picture, which is copied until something changes. Where the map is
// panned the picture is wider than the window and only shifted; while it zooms or changes, a margin
// would be drawn for nothing. The window and the benchmark of drawing both draw through it.

#include "render/gl/frame.h"
#include "render/gl/gl_map.h"

namespace doorstep::render {

class ShiftedMap {
 public:
  /// A panned map is drawn this much wider on every side. Units: logical pixels.
  static constexpr double kMargin = 160.0;

  /// Pre: `shared` outlives the map.
  explicit ShiftedMap(GlShared& shared) : map_(shared) {}

  /// Takes a list; the next draw shows it.
  void upload(const scene::DisplayList& list, double scale);
  /// Fills `frame` with what `view` shows: by a copy where the picture reaches, else drawn anew.
  /// Pre: `frame` has the size of the view in device pixels.
  /// Cost: a copy of the frame; or a draw of it, where the zoom stayed wider by the margin.
  void draw(const scene::Viewport& view, const Frame& frame);
  /// Whether draw() would only copy.
  [[nodiscard]] bool covers(const scene::Viewport& view) const;

  // Probes for tests.
  [[nodiscard]] DrawCounts counts() const { return map_.counts(); }
  /// Times the map itself was drawn.
  [[nodiscard]] int drawn() const { return drawn_; }

 private:
  void draw_base(const scene::Viewport& view, const Frame& frame);

  GlMap map_;
  Frame base_;
  scene::Viewport base_view_;
  double margin_ = 0.0;  ///< of what is in `base_`
  bool stale_ = true;
  int drawn_ = 0;
};

}  // namespace doorstep::render
