#include "scene/label_placement.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace doorstep::scene {
namespace {

std::vector<LabelSpot> near_spots(const LabelRequest& r) {
  constexpr double kGap = 4.0;
  double right = std::max(r.radius, 3.0) + kGap, left = -right - r.width;
  double top = -r.radius - kGap - r.height / 2, bottom = r.below + kGap + r.height / 2;
  double lift = r.radius * 0.7 + r.height / 2;
  // Beside a small symbol the text rises a little, clear of the gauge below.
  double beside = r.below > r.radius ? std::min(0.0, r.gauge_top - r.height / 2) : 0.0;
  return {{right, beside},
          {left, beside},
          {-r.width / 2, top},
          {-r.width / 2, bottom},
          {right * 0.7, -lift},
          {right * 0.7, r.below + r.height / 2},
          {left + right * 0.3, -lift},
          {left + right * 0.3, r.below + r.height / 2}};
}

/// Rings of positions farther and farther off, right and left first.
std::vector<LabelSpot> far_spots(const LabelRequest& r, double most) {
  std::vector<LabelSpot> out;
  constexpr int kDirections = 16;
  for (double ring : {18.0, 30.0, 48.0, 70.0, 96.0, 126.0, 160.0, 200.0}) {
    if (ring > most) break;
    for (int i = 0; i < kDirections; ++i) {
      // 0, 8, 1, 15, 7, 9, …: sideways before up and down.
      int quarter = i / 4, turn = i % 4;
      int step = turn == 0 ? quarter : turn == 1 ? 8 - quarter : turn == 2 ? -quarter : 8 + quarter;
      double angle = 2 * std::numbers::pi * step / kDirections;
      double x = (r.radius + ring) * std::cos(angle), y = (r.radius + ring) * std::sin(angle);
      out.push_back({std::cos(angle) < -1e-9 ? x - r.width : x, y, true});
    }
  }
  return out;
}

/// What is tried in turn: the whole text beside its symbol, what may stand alone there, then both
/// a little farther off. What has nothing to stand alone is led as far as need be.
std::vector<LabelSpot> spots_of(const LabelRequest& r) {
  constexpr double kFarthest = 200.0, kNearBy = 70.0, kBriefFarthest = 126.0;
  std::vector<LabelSpot> out = near_spots(r);
  auto add = [&](std::vector<LabelSpot> more, bool brief) {
    for (LabelSpot& s : more) {
      s.brief = brief;
      out.push_back(s);
    }
  };
  LabelRequest brief = r;
  brief.width = r.brief_width;
  if (r.brief_width > 0) add(near_spots(brief), true);
  if (!r.may_lead) return out;
  add(far_spots(r, r.brief_width > 0 ? kNearBy : kFarthest), false);
  if (r.brief_width > 0) add(far_spots(brief, kBriefFarthest), true);
  return out;
}

PixelBox box_at(Xy px, const LabelSpot& s, const LabelRequest& r) {
  const double width = s.brief ? r.brief_width : r.width;
  return {px.x + s.dx - 1, px.y + s.dy - r.height / 2, px.x + s.dx + width + 1,
          px.y + s.dy + r.height / 2};
}

/// The line to a label in pieces, from where it leaves its symbol.
std::vector<PixelBox> leader_pieces(Xy px, const LabelSpot& s, const LabelRequest& r) {
  constexpr double kStep = 5.0, kHalf = 1.5;
  const Xy end = leader_end(s, s.brief ? r.brief_width : r.width);
  const double length = std::hypot(end.x, end.y);
  std::vector<PixelBox> out;
  for (double at = std::max({r.radius, r.below, r.half_symbol}) + 3; at < length; at += kStep) {
    const Xy p = px + end * (at / length);
    out.push_back({p.x - kHalf, p.y - kHalf, p.x + kHalf, p.y + kHalf});
  }
  return out;
}

/// How bad a line is: its length, more where it crosses symbols; infinite across a text.
double cost_of_leader(Xy px, const LabelSpot& s, const LabelRequest& r, const PixelGrid& taken,
                      const PixelGrid& texts) {
  constexpr double kCrossed = 60.0, kBrief = 25.0;
  const Xy end = leader_end(s, s.brief ? r.brief_width : r.width);
  double cost = std::hypot(end.x, end.y) + (s.brief ? kBrief : 0.0);
  bool crosses = false;
  for (const PixelBox& piece : leader_pieces(px, s, r)) {
    if (texts.hits(piece)) return std::numeric_limits<double>::infinity();
    crosses = crosses || taken.hits(piece);
  }
  return crosses ? cost + kCrossed : cost;
}

/// The first beside the symbol that fits whole, else the one with least to pay.
template <class Fits, class Cost>
std::optional<LabelSpot> best_spot(const LabelRequest& r, const Fits& fits, const Cost& cost_of) {
  std::optional<LabelSpot> best;
  double least = std::numeric_limits<double>::infinity();
  for (const LabelSpot& s : spots_of(r)) {
    if (!fits(s)) continue;
    if (!s.led && !s.brief) return s;
    const double cost = (s.led ? cost_of(s) : 0.0) + (s.brief ? r.brief_loss : 0.0);
    if (cost >= least) continue;
    best = s;
    least = cost;
  }
  return best;
}

bool inside(const PixelBox& b, const PixelFrame& f) {
  return b.x0 >= f.x && b.y0 >= f.y && b.x1 <= f.x + f.width && b.y1 <= f.y + f.height;
}

}  // namespace

Xy leader_end(const LabelSpot& spot, double width) {
  constexpr double kBeside = 2.0, kOver = 8.0;
  if (spot.dx >= 0) return {spot.dx - kBeside, spot.dy};
  if (spot.dx + width <= 0) return {spot.dx + width + kBeside, spot.dy};
  return {0.0, spot.dy + (spot.dy < 0 ? kOver : -kOver)};
}

std::vector<std::optional<LabelSpot>> place_labels(const std::vector<LabelRequest>& requests,
                                                   const Viewport& view,
                                                   const std::optional<PixelFrame>& frame,
                                                   std::size_t most,
                                                   const std::vector<LabelObstacle>& obstacles) {
  auto anchored = [&](Xy p) { return Xy{p.x / view.m_per_px, -p.y / view.m_per_px}; };
  PixelGrid taken, texts;
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
    out[i] = best_spot(r, fits, [&](const LabelSpot& s) {
      return cost_of_leader(anchored(r.at), s, r, taken, texts);
    });
    if (!out[i]) continue;
    if (out[i]->led)
      for (const PixelBox& piece : leader_pieces(anchored(r.at), *out[i], r)) {
        texts.add(piece);
        taken.add(piece);
      }
    texts.add(box_at(anchored(r.at), *out[i], r));
    taken.add(box_at(anchored(r.at), *out[i], r));
    in_view += visible;
  }
  return out;
}

}  // namespace doorstep::scene
