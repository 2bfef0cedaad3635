// Homes as dots: marks of their own while they are few, a picture stippled here where they are
// many, so that a million homes cost a frame no more than a picture does.
#include <algorithm>
#include <cmath>

#include "scene/map_layers.h"

namespace doorstep::scene {
namespace {

constexpr double kRadius = 1.0;
constexpr std::size_t kMostMarks = 20000;
/// How far beyond a view that pans dots are drawn, to be found there. Units: pixels.
constexpr double kBeyond = 400.0;
/// On a page, for dots that lie half in it.
constexpr double kEdge = 4.0;

struct Dots {
  std::vector<Xy> on_light, on_dark;
  [[nodiscard]] std::size_t size() const { return on_light.size() + on_dark.size(); }
};

/// A page has something round its map or a rim; a window's map is all of the view.
bool on_page(const MapContent& content, const Viewport& view) {
  return content.frame &&
         (content.frame->width < view.width_px || content.frame->height < view.height_px);
}

Box near_view(const MapContent& content, const Viewport& view) {
  const double beyond = on_page(content, view) ? kEdge : kBeyond;
  const Xy reach{view.m_per_px * (view.width_px / 2 + beyond),
                 view.m_per_px * (view.height_px / 2 + beyond)};
  Box box;
  box.add(view.centre - reach);
  box.add(view.centre + reach);
  return box;
}

/// Each n-th dot near the view, by whether the fill below it is dark.
Dots dots_near(const LayerContext& map, const HomeDots& dots) {
  auto is_dark = [&](int at) {
    return is_dark_fill(at < 0 ? map.theme.paper
                               : map.scheme.colours[static_cast<std::size_t>(at)]);
  };
  std::vector<bool> dark_area;  // by area, and last outside all
  for (double value : map.values)
    dark_area.push_back(is_dark(map.content.layers.catchments ? map.scheme.class_of(value) : -1));
  dark_area.push_back(is_dark(-1));
  const Box box = near_view(map.content, map.view);
  const auto step = static_cast<std::size_t>(dot_step(dots, map.view.m_per_px));
  Dots out;
  for (std::size_t i = 0; i < dots.at.size(); i += step) {
    if (!box.contains(dots.at[i])) continue;
    const int area = dots.area[i];
    const bool dark = dark_area[area < 0 ? dark_area.size() - 1 : static_cast<std::size_t>(area)];
    (dark ? out.on_dark : out.on_light).push_back(dots.at[i]);
  }
  return out;
}

/// A picture over the box of some dots, its pixels tied to the map.
class Stipple {
 public:
  /// `px_m`: side of a pixel in metres.
  Stipple(const Box& box, double px_m, double radius_px)
      : px_m_(px_m), radius_(static_cast<float>(radius_px)), picture_(std::make_shared<Picture>()) {
    const double edge = (radius_px + 1.0) * px_m;
    const auto down = [&](double v) { return std::floor(v / px_m) * px_m; };
    const auto up = [&](double v) { return std::ceil(v / px_m) * px_m; };
    box_.add(Xy{down(box.min.x - edge), down(box.min.y - edge)});
    box_.add(Xy{up(box.max.x + edge), up(box.max.y + edge)});
    picture_->width = static_cast<int>(std::lround(box_.width() / px_m));
    picture_->height = static_cast<int>(std::lround(box_.height() / px_m));
    picture_->rgba.resize(static_cast<std::size_t>(picture_->width) * picture_->height * 4);
  }

  /// A round dot with a soft edge, as the renderers draw one.
  void add(Xy at, Colour colour) {
    const auto x = static_cast<float>((at.x - box_.min.x) / px_m_),
               y = static_cast<float>((box_.max.y - at.y) / px_m_);
    const float reach = radius_ + 0.5F;
    const int x0 = static_cast<int>(x - reach), x1 = static_cast<int>(x + reach),
              y1 = static_cast<int>(y + reach);
    for (int row = static_cast<int>(y - reach); row <= y1; ++row) {
      const float dy = static_cast<float>(row) + 0.5F - y, left = reach * reach - dy * dy;
      if (left <= 0.0F) continue;
      uint8_t* p = picture_->rgba.data() +
                   (static_cast<std::size_t>(row) * static_cast<std::size_t>(picture_->width) +
                    static_cast<std::size_t>(x0)) *
                       4;
      for (int column = x0; column <= x1; ++column, p += 4) {
        const float dx = static_cast<float>(column) + 0.5F - x, square = dx * dx;
        if (square < left) blend(p, colour, reach - std::sqrt(square + dy * dy));
      }
    }
  }
  [[nodiscard]] ImageMark mark() { return {std::move(picture_), box_, 1.0}; }

 private:
  static void blend(uint8_t* p, Colour colour, float cover) {
    const float over = static_cast<float>(colour.a) / 255.0F * std::min(1.0F, cover);
    p[0] = colour.r;
    p[1] = colour.g;
    p[2] = colour.b;
    p[3] = static_cast<uint8_t>(static_cast<float>(p[3]) + static_cast<float>(255 - p[3]) * over +
                                0.5F);
  }
  double px_m_;
  float radius_;
  Box box_;
  std::shared_ptr<Picture> picture_;
};

ImageMark stippled(const LayerContext& map, const Dots& dots) {
  const double density = std::max(map.view.scale, map.content.dense_scale);
  Box box;
  for (const auto* some : {&dots.on_light, &dots.on_dark})
    for (Xy at : *some) box.add(at);
  Stipple picture(box, map.view.m_per_px / density, kRadius * density);
  for (Xy at : dots.on_light) picture.add(at, map.theme.dots);
  for (Xy at : dots.on_dark) picture.add(at, map.theme.dots_on_dark);
  return picture.mark();
}

}  // namespace

void draw_homes(LayerContext& map) {
  const MapGeometry* g = map.content.shown().geometry;
  if (!g || !g->dots || g->dots->at.empty()) return;
  Dots dots = dots_near(map, *g->dots);
  if (dots.size() > kMostMarks) {
    map.out.marks.emplace_back(stippled(map, dots));
    return;
  }
  if (!dots.on_light.empty())
    map.out.marks.push_back(DotsMark{std::move(dots.on_light), kRadius, map.theme.dots});
  if (!dots.on_dark.empty())
    map.out.marks.push_back(DotsMark{std::move(dots.on_dark), kRadius, map.theme.dots_on_dark});
}

}  // namespace doorstep::scene
