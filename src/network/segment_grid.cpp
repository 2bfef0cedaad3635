#include "network/segment_grid.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace doorstep {
namespace {

/// Where p falls on the segment, and how far off. Zero-length segments count as their point.
SegmentHit project(Xy p, const SegmentGrid::Segment& s, uint32_t index) {
  Xy d = s.b - s.a;
  double length2 = d.x * d.x + d.y * d.y;
  double along = 0.0;
  if (length2 > 0.0) {
    along = std::clamp(((p.x - s.a.x) * d.x + (p.y - s.a.y) * d.y) / length2, 0.0, 1.0);
  }
  Xy at = along == 1.0 ? s.b : s.a + d * along;
  return {index, along, at, distance_m(p, at)};
}

}  // namespace

SegmentGrid::SegmentGrid(std::vector<Segment> segments) : segments_(std::move(segments)) {
  if (segments_.empty()) return;
  Box box;
  for (const Segment& s : segments_) {
    box.add(s.a);
    box.add(s.b);
  }
  origin_ = box.min;
  // About two segments a cell; never more cells than four times the segments.
  double area = std::max(box.width(), 1.0) * std::max(box.height(), 1.0);
  double longest = std::max(box.width(), box.height());
  double count = static_cast<double>(segments_.size());
  cell_m_ = std::max({std::sqrt(2.0 * area / count), longest / (2.0 * count), 1.0});
  columns_ = static_cast<int64_t>(box.width() / cell_m_) + 1;
  rows_ = static_cast<int64_t>(box.height() / cell_m_) + 1;

  first_.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
  for (const Segment& s : segments_) each_cell(s, [&](std::size_t c) { ++first_[c + 1]; });
  for (std::size_t c = 1; c < first_.size(); ++c) first_[c] += first_[c - 1];
  members_.resize(first_.back());
  std::vector<uint32_t> next(first_.begin(), first_.end() - 1);
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    each_cell(segments_[i], [&](std::size_t c) { members_[next[c]++] = static_cast<uint32_t>(i); });
  }
}

SegmentGrid::Cell SegmentGrid::cell_of(Xy p) const {
  return {static_cast<int64_t>(std::floor((p.x - origin_.x) / cell_m_)),
          static_cast<int64_t>(std::floor((p.y - origin_.y) / cell_m_))};
}

/// Row by row, the cells between where the segment enters and leaves the row.
template <class Visit>
void SegmentGrid::each_cell(const Segment& s, Visit visit) const {
  const Xy& low = s.a.y <= s.b.y ? s.a : s.b;
  const Xy& high = s.a.y <= s.b.y ? s.b : s.a;
  int64_t row_end = std::clamp<int64_t>(cell_of(high).y, 0, rows_ - 1);
  for (int64_t row = std::clamp<int64_t>(cell_of(low).y, 0, rows_ - 1); row <= row_end; ++row) {
    auto x_at = [&](double y) {
      double rise = high.y - low.y;
      double t = rise > 0.0 ? std::clamp((y - low.y) / rise, 0.0, 1.0) : 0.0;
      return low.x + (high.x - low.x) * t;
    };
    double y0 = origin_.y + static_cast<double>(row) * cell_m_;
    double xa = x_at(y0);
    double xb = x_at(y0 + cell_m_);
    if (high.y == low.y) xb = high.x;
    // A hair wider on both sides, so that rounding never loses a cell.
    double hair = 1e-6 * cell_m_;
    int64_t from = std::clamp<int64_t>(cell_of({std::min(xa, xb) - hair, y0}).x, 0, columns_ - 1);
    int64_t to = std::clamp<int64_t>(cell_of({std::max(xa, xb) + hair, y0}).x, 0, columns_ - 1);
    for (int64_t c = from; c <= to; ++c) visit(static_cast<std::size_t>(row * columns_ + c));
  }
}

void SegmentGrid::look_in_cell(Cell c, Xy p, SegmentHit& best) const {
  if (c.x < 0 || c.y < 0 || c.x >= columns_ || c.y >= rows_) return;
  std::size_t cell = static_cast<std::size_t>(c.y * columns_ + c.x);
  for (uint32_t k = first_[cell]; k < first_[cell + 1]; ++k) {
    SegmentHit hit = project(p, segments_[members_[k]], members_[k]);
    bool better = hit.distance_m < best.distance_m ||
                  (hit.distance_m == best.distance_m && hit.segment < best.segment);
    if (better) best = hit;
  }
}

void SegmentGrid::look_in_ring(Cell middle, int64_t r, Xy p, SegmentHit& best) const {
  if (r == 0) return look_in_cell(middle, p, best);
  int64_t left = std::max<int64_t>(middle.x - r, 0);
  int64_t right = std::min(middle.x + r, columns_ - 1);
  for (int64_t x = left; x <= right; ++x) {
    look_in_cell({x, middle.y - r}, p, best);
    look_in_cell({x, middle.y + r}, p, best);
  }
  int64_t bottom = std::max<int64_t>(middle.y - r + 1, 0);
  int64_t top = std::min(middle.y + r - 1, rows_ - 1);
  for (int64_t y = bottom; y <= top; ++y) {
    look_in_cell({middle.x - r, y}, p, best);
    look_in_cell({middle.x + r, y}, p, best);
  }
}

SegmentHit SegmentGrid::nearest(Xy p) const {
  DOORSTEP_ASSERT(!segments_.empty());
  DOORSTEP_ASSERT(std::isfinite(p.x) && std::isfinite(p.y));
  Cell middle = cell_of(p);
  auto outside = [](int64_t v, int64_t n) { return v < 0 ? -v : std::max<int64_t>(v - n + 1, 0); };
  auto farthest = [](int64_t v, int64_t n) { return std::max(std::abs(v), std::abs(v - n + 1)); };
  int64_t r = std::max(outside(middle.x, columns_), outside(middle.y, rows_));
  int64_t last = std::max(farthest(middle.x, columns_), farthest(middle.y, rows_));
  SegmentHit best{std::numeric_limits<uint32_t>::max(), 0.0, {}, 1e300};
  for (; r <= last; ++r) {
    // Nothing in ring r is nearer than r - 1 whole cells.
    if (static_cast<double>(r - 1) * cell_m_ > best.distance_m) break;
    look_in_ring(middle, r, p, best);
  }
  return best;
}

}  // namespace doorstep
