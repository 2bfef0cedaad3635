#include "geo/arrangement.h"

#include <algorithm>
#include <numeric>

#include "geo/noding.h"
#include "geo/polygon.h"

namespace doorstep {

namespace {

constexpr uint32_t kNone = 0xFFFFFFFFU;

/// Holes go to the smallest outer ring around them. The rings of one label never cross, so the
/// middle of any edge of a hole decides.
MultiPolygon assembled(std::vector<Ring> rings) {
  MultiPolygon shape;
  std::vector<Ring> holes;
  for (Ring& ring : rings) {
    if (signed_area_m2(ring) > 0.0)
      shape.push_back({std::move(ring), {}});
    else
      holes.push_back(std::move(ring));
  }
  std::vector<Box> boxes;
  std::vector<double> areas;
  for (const Polygon& p : shape) {
    boxes.push_back(bounds(p.outer));
    areas.push_back(signed_area_m2(p.outer));
  }
  std::vector<std::vector<Ring>> holes_of(shape.size());
  for (Ring& hole : holes) {
    Xy middle = (hole[0] + hole[1]) * 0.5;
    std::size_t best = shape.size();
    for (std::size_t i = 0; i < shape.size(); ++i)
      if (boxes[i].contains(middle) && (best == shape.size() || areas[i] < areas[best]) &&
          contains(shape[i], middle))
        best = i;
    if (best < shape.size()) holes_of[best].push_back(std::move(hole));
  }
  for (std::size_t i = 0; i < shape.size(); ++i) shape[i].holes = std::move(holes_of[i]);
  return shape;
}

/// Cuts a closed walk where it comes back to a vertex, so that every ring is simple.
class RingCutter {
 public:
  explicit RingCutter(std::size_t vertices) : position_(vertices, kNone) {}

  void add(uint32_t vertex) {
    if (position_[vertex] != kNone) cut_back_to(position_[vertex]);
    position_[vertex] = static_cast<uint32_t>(path_.size());
    path_.push_back(vertex);
  }
  void finish() { cut_back_to(0); }

  std::vector<std::vector<uint32_t>> rings;

 private:
  void cut_back_to(std::size_t start) {
    if (path_.size() - start >= 3)
      rings.emplace_back(path_.begin() + static_cast<std::ptrdiff_t>(start), path_.end());
    for (std::size_t i = start; i < path_.size(); ++i) position_[path_[i]] = kNone;
    path_.resize(start);
  }
  std::vector<uint32_t> position_;
  std::vector<uint32_t> path_;
};

}  // namespace

Arrangement::Arrangement(std::span<const Segment> segments, double grid_m) {
  Noding noding(segments, grid_m);
  at_ = std::move(noding.at);
  auto low = [](const Noding::Piece& p) { return std::min(p.from, p.to); };
  auto high = [](const Noding::Piece& p) { return std::max(p.from, p.to); };
  std::sort(noding.pieces.begin(), noding.pieces.end(), [&](const auto& p, const auto& q) {
    if (low(p) != low(q)) return low(p) < low(q);
    return high(p) != high(q) ? high(p) < high(q) : p.segment < q.segment;
  });
  for (const Noding::Piece& p : noding.pieces) {
    if (edge_from_.empty() || edge_from_.back() != low(p) || edge_to_.back() != high(p)) {
      edge_from_.push_back(low(p));
      edge_to_.push_back(high(p));
      source_start_.push_back(static_cast<uint32_t>(sources_.size()));
    }
    sources_.push_back({p.segment, p.from > p.to});
  }
  source_start_.push_back(static_cast<uint32_t>(sources_.size()));
  link_faces(noding.x, noding.y);
}

std::span<const Arrangement::Source> Arrangement::sources(uint32_t half) const {
  return std::span<const Source>(sources_).subspan(
      source_start_[half / 2], source_start_[half / 2 + 1] - source_start_[half / 2]);
}

void Arrangement::link_faces(const std::vector<int64_t>& grid_x,
                             const std::vector<int64_t>& grid_y) {
  std::vector<uint32_t> order(half_edges());
  std::iota(order.begin(), order.end(), 0U);
  auto direction = [&](uint32_t h) {
    uint32_t a = origin_id(h);
    uint32_t b = origin_id(twin(h));
    return std::pair<int64_t, int64_t>(grid_x[b] - grid_x[a], grid_y[b] - grid_y[a]);
  };
  // Outgoing half-edges of a vertex, counter-clockwise from east.
  std::sort(order.begin(), order.end(), [&](uint32_t g, uint32_t h) {
    if (origin_id(g) != origin_id(h)) return origin_id(g) < origin_id(h);
    auto [gx, gy] = direction(g);
    auto [hx, hy] = direction(h);
    bool g_low = gy < 0 || (gy == 0 && gx < 0);
    bool h_low = hy < 0 || (hy == 0 && hx < 0);
    if (g_low != h_low) return h_low;
    return gx * hy - gy * hx > 0;
  });
  next_.assign(order.size(), kNone);
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && origin_id(order[end]) == origin_id(order[begin])) ++end;
    // Who arrives against order[i] turns on into the next one clockwise: the face on the left.
    for (std::size_t i = begin; i < end; ++i)
      next_[twin(order[i])] = order[i == begin ? end - 1 : i - 1];
    begin = end;
  }
  loop_of_.assign(next_.size(), kNone);
  for (uint32_t h = 0; h < next_.size(); ++h) {
    if (loop_of_[h] != kNone) continue;
    auto loop = static_cast<uint32_t>(loop_start_.size());
    loop_start_.push_back(h);
    for (uint32_t g = h; loop_of_[g] == kNone; g = next_[g]) loop_of_[g] = loop;
  }
}

std::vector<uint32_t> Arrangement::halves_of(std::size_t loop) const {
  std::vector<uint32_t> halves;
  uint32_t start = loop_start_[loop];
  uint32_t h = start;
  do {
    halves.push_back(h);
    h = next_[h];
  } while (h != start);
  return halves;
}

std::vector<MultiPolygon> Arrangement::shapes(const std::vector<int>& label_of_loop,
                                              std::size_t count) const {
  auto label = [&](uint32_t h) { return label_of_loop[loop_of_[h]]; };
  auto on_border = [&](uint32_t h) { return label(h) >= 0 && label(h) != label(twin(h)); };
  std::vector<std::vector<Ring>> rings(count);
  std::vector<bool> done(half_edges(), false);
  RingCutter cutter(at_.size());
  for (uint32_t start = 0; start < half_edges(); ++start) {
    if (done[start] || !on_border(start)) continue;
    for (uint32_t h = start; !done[h];) {
      done[h] = true;
      cutter.add(origin_id(h));
      // Inner edges of the label are passed over, so that the walk stays on its border.
      uint32_t g = next_[h];
      while (!on_border(g)) g = next_[twin(g)];
      h = g;
    }
    cutter.finish();
    for (const auto& ids : cutter.rings) {
      Ring ring;
      for (uint32_t id : ids) ring.push_back(at_[id]);
      rings[static_cast<std::size_t>(label(start))].push_back(std::move(ring));
    }
    cutter.rings.clear();
  }
  std::vector<MultiPolygon> out(count);
  for (std::size_t i = 0; i < count; ++i) out[i] = assembled(std::move(rings[i]));
  return out;
}

}  // namespace doorstep
