#pragma once
// The map in its rectangle: builds the display list when what it shows changes, draws it into a
// texture when the view changes, and otherwise keeps what it has. Needs a current GL context.

#include <filesystem>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "desktop/app.h"
#include "desktop/layout.h"
#include "render/cairo/cairo_render.h"
#include "render/gl/shifted_map.h"

namespace doorstep::desktop {

class MapView {
 public:
  MapView();

  /// What lies over the map where no name may go. Units: pixels.
  void keep_clear_of(std::vector<scene::PixelFrame> pins) { pins_ = std::move(pins); }
  /// Whether the texture is drawn; where not, what it owes is drawn once it is again.
  void paint(bool painted) { painted_ = painted; }
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
  [[nodiscard]] int bases_drawn() const { return map_.drawn(); }

 private:
  struct Side {
    std::shared_ptr<const Outcome> outcome;
    std::size_t year = 0;
    StageId stage;
    std::shared_ptr<const scene::MapGeometry> geometry;
    std::shared_ptr<const scene::Ground> ground;
  };
  void follow_basemap(const Place* place);
  void follow(Side& side, const std::shared_ptr<const Outcome>& outcome, std::size_t year,
              StageId stage);
  bool take_content(const App& app, const Rect& map, scene::MapMode mode, bool at_rest);
  void follow_ground(const App& app, const Rect& map, Side& side, bool at_rest) const;
  void build_list(const scene::Viewport& view, double scale);
  void build_overlay(const App& app, const Rect& map, double scale);
  void compose(const scene::Viewport& view);

  static constexpr double kMargin = render::ShiftedMap::kMargin;

  render::GlShared shared_;
  render::ShiftedMap map_;  ///< without notes and hover
  render::GlMap overlay_;
  render::Frame frame_;  ///< what the window shows
  render::CairoTextMeasure measure_;
  scene::MapContent content_;
  Side a_, b_;
  std::filesystem::path basemap_file_;
  std::optional<scene::ImageMark> basemap_;
  scene::Viewport built_for_;
  scene::Viewport drawn_for_;
  scene::MapItem overlay_hover_;
  double overlay_top_ = 0.0;
  bool overlay_presents_ = false;
  bool painted_ = true, owed_ = false;
  bool hints_kept_ = false;                          ///< names keep clear of the keys of a tool
  std::vector<scene::PixelFrame> pins_, pins_kept_;  ///< as they stand; as names kept clear of
  int lists_built_ = 0;
};

}  // namespace doorstep::desktop
