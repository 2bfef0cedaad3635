#include "scene/campus_symbols.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scene/map_values.h"
#include "scene/pixel_grid.h"

namespace doorstep::scene {
namespace {

double pupils_of(const Snapshot& s, CampusId campus) {
  return s.run && campus.index < s.run->campuses.size() ? s.run->campuses[campus].enrolment : 0.0;
}

struct Disc {
  Xy px;
  double radius;
};

/// By disc, the factor at which it just keeps clear of all others; 1 where it does already.
std::vector<double> clear_factors(std::vector<Disc> discs) {
  constexpr double kAir = 6.0;  // pixels between two circles
  std::sort(discs.begin(), discs.end(),
            [](const Disc& a, const Disc& b) { return a.px.x < b.px.x; });
  double widest = 0.0;
  for (const Disc& d : discs) widest = std::max(widest, d.radius);
  std::vector<double> out(discs.size(), 1.0);
  for (std::size_t i = 0; i < discs.size(); ++i)
    for (std::size_t j = i + 1; j < discs.size(); ++j) {
      if (discs[j].px.x - discs[i].px.x > discs[i].radius + widest + kAir) break;
      double room = std::max(0.0, distance_m(discs[i].px, discs[j].px) - kAir);
      double factor = room / (discs[i].radius + discs[j].radius);
      out[i] = std::min(out[i], factor);
      out[j] = std::min(out[j], factor);
    }
  return out;
}

double factor_of(const Snapshot& s, StageId stage, const Viewport& view) {
  // A few campuses on one site must not make all others dots.
  constexpr double kMayTouch = 0.15;
  constexpr double kLeast = 0.4, kStep = 0.05;
  std::vector<Disc> discs;
  for (CampusId c : open_campuses(s, stage))
    discs.push_back(
        {s.place->campuses[c].at * (1.0 / view.m_per_px), campus_radius_px(pupils_of(s, c), 1.0)});
  if (discs.empty()) return 1.0;
  std::vector<double> clear = clear_factors(std::move(discs));
  auto at =
      clear.begin() + static_cast<std::ptrdiff_t>(kMayTouch * static_cast<double>(clear.size()));
  std::nth_element(clear.begin(), at, clear.end());
  // In whole steps, so that a few pupils more next year do not resize every campus.
  return std::clamp(std::floor(*at / kStep + 1e-9) * kStep, kLeast, 1.0);
}

}  // namespace

double campus_radius_px(double pupils, double factor) {
  return std::max(3.6, 0.245 * std::sqrt(std::max(0.0, pupils)) * factor);
}

bool seen_from_far(std::size_t campuses, double factor) {
  constexpr std::size_t kMany = 250;
  constexpr double kSmallest = 0.401;  // the factor at which circles are as small as they get
  return campuses > kMany && factor <= kSmallest;
}

double campus_factor(const MapContent& content, const Viewport& view) {
  double factor = factor_of(content.current, content.stage, view);
  if (content.baseline.place)
    factor = std::min(factor, factor_of(content.baseline, content.stage, view));
  return factor;
}

std::vector<CampusSymbol> campus_symbols(const MapContent& content, const Viewport& view,
                                         double factor) {
  const Snapshot& s = content.shown();
  std::vector<CampusSymbol> out;
  std::vector<double> rank;
  PixelGrid taken;
  auto anchored = [&](CampusId c) {
    Xy at = s.place->campuses[c].at;
    return Xy{at.x / view.m_per_px, -at.y / view.m_per_px};
  };
  for (CampusId c : open_campuses(s, content.stage)) {
    double pupils = pupils_of(s, c), radius = campus_radius_px(pupils, factor);
    out.push_back({c, radius, false});
    bool selected =
        content.selection.kind == MapItem::Kind::Campus && content.selection.campus == c;
    bool changed = changed_points(content, c).has_value();
    rank.push_back((selected ? 2e9 : changed ? 1e9 : 0.0) + pupils);
    double half = radius + 2.0;
    Xy px = anchored(c);
    taken.add({px.x - half, px.y - half, px.x + half, px.y + half});
  }
  if (seen_from_far(out.size(), factor)) {
    // What is selected or new is what the reader came for, and stays a circle.
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i].dot = rank[i] < 2e9 && !is_new_campus(content, out[i].campus);
  }
  std::vector<std::size_t> order(out.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rank[a] > rank[b]; });
  for (std::size_t i : order) {
    if (out[i].dot || std::isnan(campus_utilisation(s, out[i].campus))) continue;
    Xy px = anchored(out[i].campus);
    double top = px.y + out[i].radius_px + kGaugeGap - 1.0;
    PixelBox box{px.x - kGaugeWidth / 2 - 1, top, px.x + kGaugeWidth / 2 + 1,
                 top + kGaugeHeight + 2.0};
    bool chosen = rank[i] >= 2e9;
    constexpr double kAir = 4.0;  // closer together they read as one dark band
    if (!chosen && taken.hits({box.x0 - kAir, box.y0, box.x1 + kAir, box.y1 + kAir})) continue;
    taken.add(box);
    out[i].gauge = true;
  }
  return out;
}

}  // namespace doorstep::scene
