// Scale bar, north arrow, coordinate system and origin in the corners of a map.
#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "geo/crs.h"
#include "scene/format.h"
#include "scene/furniture.h"
#include "scene/pen.h"
#include "scene/text_fit.h"

namespace doorstep::scene {
namespace {

constexpr double kMargin = 12.0, kPad = 10.0, kBox = 26.0;

/// 1, 2 or 5 times a power of ten.
double round_metres_below(double metres) {
  double power = std::pow(10.0, std::floor(std::log10(metres)));
  for (double k : {5.0, 2.0})
    if (k * power <= metres) return k * power;
  return power;
}

void add_scale_bar(const MapContent& c, const Viewport& view, const PixelFrame& f, Pen& pen,
                   const TextMeasure& measure) {
  const Theme& t = pen.theme();
  double metres = round_metres_below(std::min(150.0, f.width * 0.25) * view.m_per_px);
  double length = metres / view.m_per_px;
  bool kilometres = metres >= 1000;
  std::string unit = (*c.words)(kilometres ? "map.kilometres" : "map.metres");
  double shown = kilometres ? metres / 1000 : metres;
  auto number = [](double v) { return grouped(v, v == std::floor(v) ? 0 : 1); };
  double unit_width = measure.width_px(unit, 12, false);
  double last_half = measure.width_px(number(shown), 11, false) / 2;
  double width = kPad + length + last_half + 8 + unit_width + kPad;
  double x = f.x + kMargin, y = f.y + f.height - kMargin - 34, bar_y = y + 21;
  pen.rect({x, y, width, 34}, t.panel, faded(t.line, 0.9), 4.0);
  double left = x + kPad;
  constexpr int kPieces = 4;
  for (int i = 0; i < kPieces; ++i)
    pen.rect({left + length * i / kPieces, bar_y, length / kPieces, 4.5},
             i % 2 == 0 ? t.map_ink : t.raised, t.map_ink);
  pen.text(left, y + 11, "0", t.ink, 11, false, Anchor::Centre);
  if (length > 90)
    pen.text(left + length / 2, y + 11, number(shown / 2), t.ink, 11, false, Anchor::Centre);
  pen.text(left + length, y + 11, number(shown), t.ink, 11, false, Anchor::Centre);
  pen.text(left + length + last_half + 8, bar_y + 2, unit, t.ink2);
}

void add_north_arrow(const PixelFrame& f, Pen& pen) {
  const Theme& t = pen.theme();
  double x = f.x + f.width - kMargin - 14, y = f.y + kMargin;
  pen.rect({x - 14, y, 28, 46}, t.panel, faded(t.line, 0.9), 4.0);
  pen.text(x, y + 10, "N", t.map_ink, 12, true, Anchor::Centre);
  double top = y + 18, bottom = y + 40;
  pen.polygon({{x, top}, {x - 7, bottom}, {x, bottom - 5}}, t.map_ink);
  pen.polygon({{x, top}, {x + 7, bottom}, {x, bottom - 5}}, t.raised);
  for (double side : {-1.0, 1.0}) {
    pen.line({x, top}, {x + side * 7, bottom}, t.map_ink, 1.2);
    pen.line({x + side * 7, bottom}, {x, bottom - 5}, t.map_ink, 1.2);
  }
}

std::string crs_text(const MapContent& c) {
  const std::string& crs = c.shown().place->crs;
  if (crs.empty()) return {};
  try {
    return display_name(Crs(crs), c.words->language());
  } catch (const Error&) {
    return crs;  // what the place says is better than no map
  }
}

std::string travel_text(const MapContent& c) {
  const Travel& travel = c.shown().place->travel;
  const Words& w = *c.words;
  switch (travel.mode) {
    case TravelMode::Streets:
      return w("map.travel_streets");
    case TravelMode::Table:
      return w("map.travel_table");
    case TravelMode::Straight:
      break;
  }
  return filled(w("map.travel_straight"), {grouped(travel.detour, 2)});
}

void add_system_note(const MapContent& c, const PixelFrame& f, Pen& pen,
                     const TextMeasure& measure) {
  const Theme& t = pen.theme();
  std::string crs = crs_text(c);
  std::string text = crs.empty() ? travel_text(c) : crs + " · " + travel_text(c);
  // The scale bar has the left of a narrow map.
  constexpr double kBar = 215.0, kLeast = 90.0;
  const double room = std::min(f.width * 0.55, f.width - kBar - kMargin) - 2 * kPad;
  if (room < kLeast && !c.basemap) return;
  text = ellipsised(text, std::max(60.0, room), 12, false, measure);
  double width = measure.width_px(text, 12, false) + 2 * kPad;
  double x = f.x + f.width - kMargin - width, y = f.y + f.height - kMargin - kBox;
  pen.rect({x, y, width, kBox}, t.panel, faded(t.line, 0.9), 4.0);
  pen.text(x + kPad, y + kBox / 2, text, t.ink2);
  if (!c.basemap || c.basemap_attribution.empty()) return;
  // Whose the picture is stands above, always whole where the map is wide enough.
  std::string whose =
      ellipsised(c.basemap_attribution, std::max(60.0, f.width - 200), 11, false, measure);
  double whose_width = measure.width_px(whose, 11, false) + 2 * kPad;
  double left = f.x + f.width - kMargin - whose_width;
  pen.rect({left, y - kBox - 6, whose_width, kBox}, t.panel, faded(t.line, 0.9), 4.0);
  pen.text(left + kPad, y - kBox - 6 + kBox / 2, whose, t.ink2, 11);
}

void add_top_notes(const MapContent& c, const PixelFrame& f, bool china, Pen& pen,
                   const TextMeasure& measure) {
  const Theme& t = pen.theme();
  const Place& place = *c.shown().place;
  double y = f.y + kMargin;
  auto note = [&](const std::string& words, Colour fill, Colour ink, bool bold) {
    // What a map warns of stays whole beside the arrow, on a second line in half a window.
    constexpr double kLine = 17.0;
    constexpr std::size_t kMostLines = 2;
    const auto lines =
        wrap_text(words, std::max(60.0, f.width - 70 - 2 * kPad), 12, bold, measure, kMostLines);
    double width = 0;
    for (const std::string& line : lines)
      width = std::max(width, measure.width_px(line, 12, bold) + 2 * kPad);
    const double height = kBox + kLine * static_cast<double>(lines.size() - 1);
    pen.rect({f.x + kMargin, y, width, height}, fill, faded(t.line, 0.9), 4.0);
    for (std::size_t i = 0; i < lines.size(); ++i)
      pen.text(f.x + kMargin + kPad, y + kBox / 2 + kLine * static_cast<double>(i), lines[i], ink,
               12, bold);
    y += height + 6;
  };
  if (place.origin == Origin::Synthetic)
    note((*c.words)("map.origin_synthetic"), t.panel, t.ink, false);
  if (place.origin == Origin::Derived)
    note((*c.words)("map.origin_derived"), t.panel, t.ink, false);
  if (china && place.map_approval.empty())
    note((*c.words)("map.not_for_zoning"), t.warn_soft, t.warn, true);
  if (china && !place.map_approval.empty())
    note(filled((*c.words)("map.approval"), {place.map_approval}), t.panel, t.ink, false);
}

}  // namespace

void add_corner_notes(const MapContent& content, const Viewport& view, const PixelFrame& frame,
                      bool china, const TextMeasure& measure, DisplayList& out) {
  Pen pen(out, theme(content.theme));
  add_top_notes(content, frame, china, pen, measure);
  add_north_arrow(frame, pen);
  add_scale_bar(content, view, frame, pen, measure);
  add_system_note(content, frame, pen, measure);
}

std::vector<PixelFrame> corner_note_frames(const MapContent& content, const Viewport& view,
                                           const PixelFrame& frame, bool china,
                                           const TextMeasure& measure) {
  constexpr double kClear = 4.0, kLeastBox = 20.0;  // pieces of the scale bar are smaller
  DisplayList notes;
  add_corner_notes(content, view, frame, china, measure, notes);
  std::vector<PixelFrame> out;
  for (const Mark& mark : notes.marks)
    if (const auto* box = std::get_if<ScreenRect>(&mark); box && box->height_px >= kLeastBox)
      out.push_back({box->x_px - kClear, box->y_px - kClear, box->width_px + 2 * kClear,
                     box->height_px + 2 * kClear});
  return out;
}

bool lies_in_china(const Place& place) {
  try {
    const Crs own(place.crs);
    if (own.name().find("CGCS2000") == std::string::npos) return false;
    const LonLat at = Transformer(own, Crs("EPSG:4326")).to_lonlat(extent(place).centre());
    return at.lon > 73.5 && at.lon < 135.1 && at.lat > 18.0 && at.lat < 53.6;
  } catch (const Error&) {
    return false;  // a local grid with no way to degrees
  }
}

}  // namespace doorstep::scene
