#include "desktop/text_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scene/theme.h"

namespace doorstep::desktop {

namespace {

nlohmann::json as_json(const Rect& r) { return {r.x, r.y, r.w, r.h}; }

scene::Colour over(scene::Colour top, scene::Colour below) {
  const double a = top.a / 255.0;
  auto mix = [&](uint8_t t, uint8_t b) { return static_cast<uint8_t>(t * a + b * (1 - a) + 0.5); };
  return {mix(top.r, below.r), mix(top.g, below.g), mix(top.b, below.b), 255};
}

scene::Colour ground_at(Xy at, std::size_t painted, const std::vector<PaintedRect>& rects) {
  scene::Colour out{0, 0, 0, 255};
  for (std::size_t i = 0; i < painted && i < rects.size(); ++i)
    if (rects[i].at.contains(at)) out = over(rects[i].colour, out);
  return out;
}

double ratio(scene::Colour a, scene::Colour b) {
  const double x = scene::luminance(a), y = scene::luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

Rect common(const Rect& a, const Rect& b) {
  const double x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  return {x, y, std::min(a.right(), b.right()) - x, std::min(a.bottom(), b.bottom()) - y};
}

bool is_seen(const TextRecord& r, const std::vector<PaintedRect>& rects) {
  constexpr double kLeast = 2.0;  // pixels
  constexpr int kOpaque = 128;    // the veil under a dialogue takes what lies below out of play
  if (r.seen.w < kLeast || r.seen.h < kLeast) return false;
  for (std::size_t i = r.painted; i < rects.size(); ++i)
    if (rects[i].colour.a >= kOpaque && rects[i].at.contains(r.seen.centre())) return false;
  return true;
}

/// Letters of two lines may come as near as their boxes touch, and over one that a list or a
/// dialogue painted later hides there. Pre: `b` is painted after `a`.
bool overlap(const TextRecord& a, const TextRecord& b, const std::vector<PaintedRect>& rects) {
  constexpr double kSide = 2.0, kAbove = 3.0;
  const Rect both = common(a.seen, b.seen);
  if (both.w <= kSide || both.h <= kAbove) return false;
  for (std::size_t i = a.painted; i < b.painted && i < rects.size(); ++i)
    if (rects[i].colour.a == 255 && rects[i].at.contains(both.centre())) return false;
  return true;
}

}  // namespace

double contrast_of(const TextRecord& record, const std::vector<PaintedRect>& rects) {
  const Rect& box = record.seen;  // what is scrolled away lies on other panels
  double worst = 21.0;
  for (double share : {0.05, 0.5, 0.95}) {
    const auto ground = ground_at({box.x + box.w * share, box.centre().y}, record.painted, rects);
    worst = std::min(worst, ratio(over(record.ink, ground), ground));
  }
  return worst;
}

std::string text_report(const PaintedTexts& frame) {
  nlohmann::json out = nlohmann::json::array();
  for (const TextRecord& r : frame.texts) {
    out.push_back({{"text", r.text},
                   {"box", as_json(r.box)},
                   {"frame", as_json(r.frame)},
                   {"fits", r.fits()},
                   {"shrink", r.shrink},
                   {"contrast", contrast_of(r, frame.rects)}});
  }
  return out.dump(1) + "\n";
}

std::vector<std::string> text_complaints(const PaintedTexts& frame) {
  std::vector<std::string> out;
  auto say = [&](std::string complaint) {
    if (std::find(out.begin(), out.end(), complaint) == out.end())
      out.push_back(std::move(complaint));
  };
  std::vector<const TextRecord*> seen;
  for (const TextRecord& r : frame.texts) {
    if (!r.fits()) say(fmt::format("'{}' leaves its frame", r.text));
    if (!is_seen(r, frame.rects)) continue;
    const double contrast = contrast_of(r, frame.rects);
    if (contrast < kLeastContrast)
      say(fmt::format("'{}' has a contrast of {:.1f} only", r.text, contrast));
    if (r.shrink < kLeastShrink)
      say(fmt::format("'{}' is drawn at {:.0f} % of its size", r.text, 100 * r.shrink));
    for (const TextRecord* other : seen)
      if (overlap(*other, r, frame.rects))
        say(fmt::format("'{}' and '{}' overlap", other->text, r.text));
    seen.push_back(&r);
  }
  return out;
}

}  // namespace doorstep::desktop
