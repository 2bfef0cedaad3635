#pragma once
// The map in its rectangle: builds the display list when what it shows changes, draws it into a
// texture when the view changes, and otherwise keeps what it has. Needs a current GL context.

#include <filesystem>
#include <memory>
#include <optional>

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
  /// labels may be placed anew. `mode`: what is shown, which a swipe sets apart. Returns true where
  /// the texture changed.
  bool update(const App& app, const Rect& map, double scale, bool at_rest, scene::MapMode mode);
  [[nodiscard]] unsigned texture() const { return frame_.texture(); }
  [[nodiscard]] Xy device_size() const { return {double(frame_.width()), double(frame_.height())}; }
  /// What is drawn; valid while its outcomes live (kept here).
  [[nodiscard]] const scene::MapContent& content() const { return content_; }
  [[nodiscard]] bool ready() const { return content_.current.place != nullptr; }
  /// Under a point of the map's rectangle. Units: pixels.
  [[nodiscard]] scene::MapItem pick(const scene::Viewport& view, Xy px) const;
  /// All of them, in the order Tab walks.
  [[nodiscard]] std::vector<scene::MapItem> pick_all(const scene::Viewport& view, Xy px) const;
  /// Probes for tests: display lists made, and times the map itself was drawn.
  [[nodiscard]] int lists_built() const { return lists_built_; }
  [[nodiscard]] int bases_drawn() const { return bases_drawn_; }

 private:
  struct Side {
    std::shared_ptr<const Outcome> outcome;
    std::size_t year = 0;
    StageId stage;
    std::shared_ptr<const scene::MapGeometry> geometry;
  };
  void follow_basemap(const Place* place);
  void follow(Side& side, const std::shared_ptr<const Outcome>& outcome, std::size_t year,
              StageId stage);
  bool take_content(const App& app, const Rect& map, scene::MapMode mode);
  void build_list(const scene::Viewport& view, double scale);
  void build_overlay(const App& app, const Rect& map, double scale);
  [[nodiscard]] bool base_covers(const scene::Viewport& view) const;
  void draw_base(const scene::Viewport& view);
  void compose(const scene::Viewport& view);

  /// The map is drawn this much wider on every side, so that panning shifts a picture. Units:
  /// pixels.
  static constexpr double kMargin = 160.0;

  render::GlShared shared_;
  render::GlMap map_;
  render::GlMap overlay_;
  render::Frame base_;   ///< the map without notes and hover, with its margin
  render::Frame frame_;  ///< what the window shows
  render::CairoTextMeasure measure_;
  scene::MapContent content_;
  Side a_, b_;
  std::filesystem::path basemap_file_;
  std::optional<scene::ImageMark> basemap_;
  scene::Viewport built_for_;
  scene::Viewport base_view_;
  scene::Viewport drawn_for_;
  scene::MapItem overlay_hover_;
  double overlay_top_ = 0.0;
  int lists_built_ = 0;
  int bases_drawn_ = 0;
};

}  // namespace doorstep::desktop
