// Making invalid polygons valid through an arrangement of their rings.

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "geo/arrangement.h"
#include "geo/polygon.h"

namespace doorstep {

namespace {

/// The rings of one polygon as segments; ring 0 is the outer one.
struct Rings {
  std::vector<Segment> segments;
  std::vector<uint32_t> ring_of;
};

Rings rings_of(const Polygon& polygon) {
  Rings out;
  auto add = [&](const Ring& ring, uint32_t id) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      out.segments.push_back({ring[i], ring[(i + 1) % ring.size()]});
      out.ring_of.push_back(id);
    }
  };
  add(polygon.outer, 0);
  for (std::size_t h = 0; h < polygon.holes.size(); ++h)
    add(polygon.holes[h], static_cast<uint32_t>(h) + 1);
  return out;
}

/// The rings that wind round a place an odd number of times, ascending.
using Around = std::vector<uint32_t>;

void toggle(Around& around, uint32_t ring) {
  auto it = std::lower_bound(around.begin(), around.end(), ring);
  if (it != around.end() && *it == ring)
    around.erase(it);
  else
    around.insert(it, ring);
}

/// Which rings lie around each face, spread from face to face over the edges between them.
class Parity {
 public:
  Parity(const Arrangement& plane, const std::vector<uint32_t>& ring_of)
      : plane_(plane), ring_of_(ring_of), around_(plane.loops()), piece_(plane.loops(), -1) {
    find_pieces();
    for (std::size_t piece = 0; piece < outside_of_.size(); ++piece) spread(piece);
  }
  /// Inside the outer ring and in no hole.
  [[nodiscard]] bool inside(std::size_t loop) const {
    return around_[loop] && around_[loop]->size() == 1 && around_[loop]->front() == 0;
  }

 private:
  void cross(Around& around, uint32_t half) const {
    for (const auto& s : plane_.sources(half)) toggle(around, ring_of_[s.segment]);
  }

  /// Connected pieces of the drawing, and of each the loop that has the outside on its left.
  void find_pieces() {
    for (std::size_t start = 0; start < plane_.loops(); ++start) {
      if (piece_[start] >= 0) continue;
      int piece = static_cast<int>(outside_of_.size());
      outside_of_.push_back(start);
      std::vector<std::size_t> open{start};
      piece_[start] = piece;
      while (!open.empty()) {
        std::size_t loop = open.back();
        open.pop_back();
        Ring ring;
        for (uint32_t h : plane_.halves_of(loop)) {
          ring.push_back(plane_.origin(h));
          std::size_t next = plane_.loop_of(Arrangement::twin(h));
          if (piece_[next] >= 0) continue;
          piece_[next] = piece;
          open.push_back(next);
        }
        if (signed_area_m2(ring) <= 0.0) outside_of_.back() = loop;
      }
    }
  }

  /// Rings of other pieces around a piece, by a ray to the east from its westernmost vertex.
  [[nodiscard]] Around around_piece(std::size_t piece) const {
    Xy p{1e300, 0.0};
    for (uint32_t h : plane_.halves_of(outside_of_[piece]))
      if (plane_.origin(h).x < p.x) p = plane_.origin(h);
    Around around;
    for (uint32_t h = 0; h < plane_.half_edges(); h += 2) {
      if (piece_[plane_.loop_of(h)] == static_cast<int>(piece)) continue;
      Xy a = plane_.origin(h);
      Xy b = plane_.target(h);
      if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y))
        cross(around, h);
    }
    return around;
  }

  void spread(std::size_t piece) {
    std::vector<std::size_t> open{outside_of_[piece]};
    around_[open.back()] = around_piece(piece);
    while (!open.empty()) {
      std::size_t loop = open.back();
      open.pop_back();
      for (uint32_t h : plane_.halves_of(loop)) {
        std::size_t next = plane_.loop_of(Arrangement::twin(h));
        if (around_[next]) continue;
        Around around = *around_[loop];
        cross(around, h);
        around_[next] = std::move(around);
        open.push_back(next);
      }
    }
  }

  const Arrangement& plane_;
  const std::vector<uint32_t>& ring_of_;
  std::vector<std::optional<Around>> around_;
  std::vector<int> piece_;
  std::vector<std::size_t> outside_of_;
};

MultiPolygon uncrossed(const Polygon& polygon) {
  Rings rings = rings_of(polygon);
  Arrangement plane(rings.segments);
  Parity parity(plane, rings.ring_of);
  std::vector<int> label(plane.loops(), -1);
  for (std::size_t loop = 0; loop < plane.loops(); ++loop)
    if (parity.inside(loop)) label[loop] = 0;
  return normalised(plane.shapes(label, 1).front());
}

std::size_t rings_in(const MultiPolygon& shape) {
  std::size_t n = shape.size();
  for (const Polygon& p : shape) n += p.holes.size();
  return n;
}

bool all_finite(const MultiPolygon& shape) {
  auto finite = [](const Ring& ring) {
    return std::all_of(ring.begin(), ring.end(),
                       [](Xy p) { return std::isfinite(p.x) && std::isfinite(p.y); });
  };
  return std::all_of(shape.begin(), shape.end(), [&](const Polygon& p) {
    return finite(p.outer) && std::all_of(p.holes.begin(), p.holes.end(), finite);
  });
}

void note(Diagnostics& findings, const char* code, std::string message, const InputRef& at,
          const MultiPolygon& where) {
  Diagnostic d{Severity::Warning, code, std::move(message), at, "", std::nullopt, Done::Repaired};
  Box box = bounds(where);
  if (!box.empty()) d.spot = MapSpot{box.centre().x, box.centre().y};
  findings.add(std::move(d));
}

}  // namespace

Loaded<MultiPolygon> repaired(const MultiPolygon& shape, const InputRef& at) {
  Loaded<MultiPolygon> out;
  MultiPolygon clean = normalised(shape);
  if (!all_finite(shape))
    note(out.findings, "polygon.not-finite", "points without finite coordinates were left out", at,
         clean);
  if (std::size_t lost = rings_in(shape) - rings_in(clean); lost > 0)
    note(out.findings, "polygon.ring-dropped",
         fmt::format("{} rings of fewer than three points were left out", lost), at, clean);
  if (why_invalid(clean).empty()) {
    out.value = std::move(clean);
    return out;
  }
  std::vector<MultiPolygon> parts;
  for (const Polygon& polygon : clean) {
    std::string reason = why_invalid({polygon});
    if (reason.empty()) {
      parts.push_back({polygon});
      continue;
    }
    parts.push_back(uncrossed(polygon));
    note(out.findings, "polygon.crossing",
         fmt::format("rings that cross or touch themselves were cut apart into {} polygons; "
                     "{:.1f} m² became {:.1f} m²",
                     parts.back().size(), area_m2(polygon), area_m2(parts.back())),
         at, {polygon});
  }
  for (const MultiPolygon& part : parts)
    out.value.insert(out.value.end(), part.begin(), part.end());
  if (!why_invalid(out.value).empty()) {
    double before = area_m2(out.value);
    out.value = united(parts);
    note(out.findings, "polygon.overlap",
         fmt::format("overlapping parts were merged: {:.1f} m² became {:.1f} m²", before,
                     area_m2(out.value)),
         at, out.value);
  }
  return out;
}

}  // namespace doorstep
