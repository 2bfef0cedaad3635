#include "scene/label_placement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

namespace doorstep::scene {
namespace {

std::array<LabelSpot, 8> spots(const LabelRequest& r) {
  constexpr double kGap = 4.0;
  double right = std::max(r.radius, 3.0) + kGap, left = -right - r.width;
  double top = -r.radius - kGap - r.height / 2, bottom = r.below + kGap + r.height / 2;
  double lift = r.radius * 0.7 + r.height / 2;
  // Beside a small symbol the text rises a little, clear of the gauge below.
  double beside = r.below > r.radius ? std::min(0.0, r.gauge_top - r.height / 2) : 0.0;
  return {{{right, beside},
           {left, beside},
           {-r.width / 2, top},
           {-r.width / 2, bottom},
           {right * 0.7, -lift},
           {right * 0.7, r.below + r.height / 2},
           {left + right * 0.3, -lift},
           {left + right * 0.3, r.below + r.height / 2}}};
}

/// Rings of positions farther and farther off, right and left first.
std::vector<LabelSpot> far_spots(const LabelRequest& r) {
  std::vector<LabelSpot> out;
  constexpr int kDirections = 16;
  for (double ring : {30.0, 48.0, 70.0, 96.0, 126.0, 160.0, 200.0})
    for (int i = 0; i < kDirections; ++i) {
      // 0, 8, 1, 15, 7, 9, …: sideways before up and down.
      int quarter = i / 4, turn = i % 4;
      int step = turn == 0 ? quarter : turn == 1 ? 8 - quarter : turn == 2 ? -quarter : 8 + quarter;
      double angle = 2 * std::numbers::pi * step / kDirections;
      double x = (r.radius + ring) * std::cos(angle), y = (r.radius + ring) * std::sin(angle);
      out.push_back({std::cos(angle) < -1e-9 ? x - r.width : x, y, true});
    }
  return out;
}

PixelBox box_at(Xy px, const LabelSpot& s, const LabelRequest& r) {
  return {px.x + s.dx - 1, px.y + s.dy - r.height / 2, px.x + s.dx + r.width + 1,
          px.y + s.dy + r.height / 2};
}

bool inside(const PixelBox& b, const PixelFrame& f) {
  return b.x0 >= f.x && b.y0 >= f.y && b.x1 <= f.x + f.width && b.y1 <= f.y + f.height;
}

}  // namespace

std::vector<std::optional<LabelSpot>> place_labels(const std::vector<LabelRequest>& requests,
                                                   const Viewport& view,
                                                   const std::optional<PixelFrame>& frame,
                                                   std::size_t most,
                                                   const std::vector<LabelObstacle>& obstacles) {
  auto anchored = [&](Xy p) { return Xy{p.x / view.m_per_px, -p.y / view.m_per_px}; };
  PixelGrid taken;
  for (const LabelObstacle& o : obstacles) {
    Xy px = anchored(o.at);
    taken.add({px.x - o.half_px, px.y - o.half_px, px.x + o.half_px, px.y + o.half_px});
  }
  for (const LabelRequest& r : requests) {
    Xy px = anchored(r.at);
    double half = std::max(r.radius, 3.0);
    taken.add({px.x - half, px.y - half, px.x + half, px.y + half});
    if (r.below > r.radius)
      taken.add({px.x - r.half_symbol, px.y + r.gauge_top, px.x + r.half_symbol, px.y + r.below});
  }
  std::vector<std::size_t> order(requests.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return requests[a].priority > requests[b].priority;
  });
  std::vector<std::optional<LabelSpot>> out(requests.size());
  PixelFrame window = frame.value_or(PixelFrame{0, 0, view.width_px, view.height_px});
  // A name that touches the edge looks cut.
  constexpr double kEdge = 5.0;
  const PixelFrame page{window.x + kEdge, window.y + kEdge, window.width - 2 * kEdge,
                        window.height - 2 * kEdge};
  std::size_t in_view = 0;
  for (std::size_t i : order) {
    const LabelRequest& r = requests[i];
    Xy screen = view.to_px(r.at);
    PixelBox point{screen.x, screen.y, screen.x, screen.y};
    bool visible = inside(point, window);
    if (frame && !visible) continue;
    if (r.width <= 0.0 || (visible && in_view == most)) continue;
    auto fits = [&](const LabelSpot& s) {
      return !taken.hits(box_at(anchored(r.at), s, r)) &&
             (!frame || inside(box_at(screen, s, r), page));
    };
    auto near = spots(r);
    if (auto found = std::find_if(near.begin(), near.end(), fits); found != near.end()) {
      out[i] = *found;
    } else if (r.may_lead) {
      std::vector<LabelSpot> far = far_spots(r);
      if (auto led = std::find_if(far.begin(), far.end(), fits); led != far.end()) out[i] = *led;
    }
    if (!out[i]) continue;
    taken.add(box_at(anchored(r.at), *out[i], r));
    in_view += visible;
  }
  return out;
}

}  // namespace doorstep::scene
