#pragma once
// The map in its rectangle: builds the display list when what it shows changes, draws it into a
// texture when the view changes, and otherwise keeps what it has. Needs a current GL context.

#include <memory>

#include "desktop/app.h"
#include "desktop/layout.h"
#include "render/cairo/cairo_render.h"
#include "render/gl/frame.h"
#include "render/gl/gl_map.h"

namespace doorstep::desktop {

class MapView {
 public:
  MapView();

  /// Brings content, list and texture up to date. `at_rest`: nothing is being dragged or zoomed, so
  /// labels may be placed anew. Returns true where the texture changed.
  bool update(const App& app, const Rect& map, double scale, bool at_rest);
  [[nodiscard]] unsigned texture() const { return frame_.texture(); }
  [[nodiscard]] Xy device_size() const { return {double(frame_.width()), double(frame_.height())}; }
  /// What is drawn; valid while its outcomes live (kept here).
  [[nodiscard]] const scene::MapContent& content() const { return content_; }
  [[nodiscard]] bool ready() const { return content_.current.place != nullptr; }
  /// Under a point of the map's rectangle. Units: pixels.
  [[nodiscard]] scene::MapItem pick(const scene::Viewport& view, Xy px) const;
  [[nodiscard]] int lists_built() const { return lists_built_; }

 private:
  struct Side {
    std::shared_ptr<const Outcome> outcome;
    std::size_t year = 0;
    StageId stage;
    std::shared_ptr<const scene::MapGeometry> geometry;
  };
  void follow(Side& side, const std::shared_ptr<const Outcome>& outcome, std::size_t year,
              StageId stage);
  bool take_content(const App& app, const Rect& map);

  render::GlShared shared_;
  render::GlMap map_;
  render::Frame frame_;
  render::CairoTextMeasure measure_;
  scene::MapContent content_;
  Side a_, b_;
  scene::Viewport built_for_;
  scene::Viewport drawn_for_;
  int lists_built_ = 0;
};

}  // namespace doorstep::desktop
