#include "place/validate_shapes.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "geo/polygon.h"

namespace doorstep {
namespace {

/// A piece narrower than this is a slip of drawing, not ground that anyone claims. Units: metres.
constexpr double kSliverWidthM = 5.0;
/// Below these, a piece is what rounding leaves between borders that are meant to be one.
constexpr double kDustM2 = 1.0;
constexpr double kDustWidthM = 0.02;
/// Two shapes that share this much of the larger are one shape given twice.
constexpr double kSameShare = 0.999;

/// Twice the area by the perimeter: of a long strip its width.
double width_m(const Polygon& piece) {
  MultiPolygon one{piece};
  double round = perimeter_m(one);
  return round > 0 ? 2.0 * area_m2(one) / round : 0.0;
}

/// Pieces of ground of one kind, summed up, with the place of the largest.
struct Pieces {
  int count = 0;
  double area = 0.0;
  double largest = 0.0;
  MapSpot spot;

  void add(const Polygon& piece) {
    double own = area_m2(piece);
    ++count;
    area += own;
    if (own <= largest) return;
    largest = own;
    Xy inside = interior_point({piece});
    spot = {inside.x, inside.y};
  }
  [[nodiscard]] std::string text() const {
    return count == 1 ? fmt::format("{} m²", grouped(area))
                      : fmt::format("{} m² in {} pieces", grouped(area), count);
  }
};

/// Adds each piece to the broad or the narrow ones, dust to none.
void sort_pieces(const MultiPolygon& shape, Pieces& broad, Pieces& narrow) {
  for (const Polygon& piece : shape) {
    double width = width_m(piece);
    if (area_m2(piece) < kDustM2 || width < kDustWidthM) continue;
    (width < kSliverWidthM ? narrow : broad).add(piece);
  }
}

void say(Diagnostics& out, Severity severity, const char* code, std::string message,
         const InputRef& at, const char* hint, MapSpot spot) {
  out.add({severity, code, std::move(message), at, hint, spot});
}

void check_pair(const CoverShape& a, const CoverShape& b, const std::string& what,
                Diagnostics& out) {
  MultiPolygon both = intersection(*a.shape, *b.shape);
  Pieces broad, narrow;
  sort_pieces(both, broad, narrow);
  double larger = std::max(area_m2(*a.shape), area_m2(*b.shape));
  if (larger > 0 && area_m2(both) >= kSameShare * larger) {
    say(out, Severity::Warning, "shape-duplicate",
        fmt::format("{}: {} and {} are the same shape of {} m²", what, a.code, b.code,
                    grouped(larger)),
        b.source, "leave one of them out, or draw the other", broad.spot);
    return;
  }
  if (broad.count > 0)
    say(out, Severity::Warning, "shape-overlap",
        fmt::format("{}: {} and {} overlap by {}", what, a.code, b.code, broad.text()), b.source,
        "draw the border between them once", broad.spot);
  if (narrow.count > 0)
    say(out, Severity::Info, "shape-sliver",
        fmt::format("{}: {} and {} overlap by {}, less than {} m wide", what, a.code, b.code,
                    narrow.text(), kSliverWidthM),
        b.source, "snap their common border", narrow.spot);
}

/// Up to three codes of shapes that touch a hole: who is to close it.
std::string beside(std::span<const CoverShape> shapes, const Ring& hole) {
  constexpr double kTouchM = 0.01;
  std::string names;
  int found = 0;
  Box box = bounds(hole);
  for (const CoverShape& s : shapes) {
    if (!bounds(*s.shape).overlaps(box)) continue;
    bool touches = std::ranges::any_of(
        hole, [&](Xy p) { return distance_to_border_m(*s.shape, p) < kTouchM; });
    if (!touches) continue;
    if (++found <= 3) names += (names.empty() ? "" : ", ") + s.code;
  }
  return found > 3 ? names + fmt::format(" and {} more", found - 3) : names;
}

/// Ground that the shapes go round without covering it.
void check_gaps(std::span<const CoverShape> shapes, const std::string& what, Diagnostics& out) {
  std::vector<MultiPolygon> all;
  for (const CoverShape& s : shapes) all.push_back(*s.shape);
  Pieces narrow;
  for (const Polygon& whole : united(all))
    for (Ring hole : whole.holes) {
      std::ranges::reverse(hole);
      Pieces broad;
      sort_pieces({{hole, {}}}, broad, narrow);
      if (broad.count == 0) continue;
      say(out, Severity::Warning, "shape-gap",
          fmt::format("{}: a gap of {} between {}", what, broad.text(), beside(shapes, hole)),
          shapes.front().source, "extend one of them, unless nobody lives there", broad.spot);
    }
  if (narrow.count > 0)
    say(out, Severity::Info, "shape-sliver",
        fmt::format("{}: gaps of {}, less than {} m wide", what, narrow.text(), kSliverWidthM),
        shapes.front().source, "snap their common borders", narrow.spot);
}

}  // namespace

void check_cover(std::span<const CoverShape> shapes, const std::string& what, Diagnostics& out) {
  if (shapes.size() < 2) return;
  std::vector<Box> boxes;
  for (const CoverShape& s : shapes) boxes.push_back(bounds(*s.shape));
  try {
    for (std::size_t i = 0; i < shapes.size(); ++i)
      for (std::size_t k = i + 1; k < shapes.size(); ++k)
        if (boxes[i].overlaps(boxes[k])) check_pair(shapes[i], shapes[k], what, out);
    check_gaps(shapes, what, out);
  } catch (const Error& e) {
    out.warning("shapes-not-compared",
                fmt::format("{} could not be held against one another: {}", what, e.what()),
                shapes.front().source, "repair the shapes in a GIS, then check again");
  }
}

void check_shapes(const Place& place, Diagnostics& out) {
  for (auto s : place.stages.ids()) {
    std::vector<CoverShape> shapes;
    for (const Catchment& c : place.catchments)
      if (c.stage == s && c.holds_in(place.base_year) && !c.area.empty())
        shapes.push_back({c.code, &c.area, c.source});
    check_cover(shapes, "catchments of " + place.stages[s].code, out);
  }
  std::vector<CoverShape> areas;
  for (const Area& a : place.areas)
    if (!a.shape.empty()) areas.push_back({a.code, &a.shape, a.source});
  check_cover(areas, "areas", out);
}

}  // namespace doorstep
