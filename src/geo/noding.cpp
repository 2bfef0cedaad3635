#include "geo/noding.h"

#include <algorithm>
#include <cmath>

namespace doorstep {

namespace {

/// Grid coordinates stay below 2^28, doubled ones in products below 2^62: exact in int64.
constexpr double kGridCells = 268435456.0;

int64_t turn(int64_t ax, int64_t ay, int64_t bx, int64_t by, int64_t px, int64_t py) {
  return (bx - ax) * (py - ay) - (by - ay) * (px - ax);
}
int sign(int64_t v) { return v > 0 ? 1 : v < 0 ? -1 : 0; }

}  // namespace

Noding::Noding(std::span<const Segment> segments, double grid_m) {
  choose_grid(segments, grid_m);
  vertex_at_.reserve(segments.size() * 2);
  for (std::size_t s = 0; s < segments.size(); ++s) {
    uint32_t a = vertex_of(segments[s].from);
    uint32_t b = vertex_of(segments[s].to);
    if (a != b) lines_.push_back({a, b, static_cast<uint32_t>(s)});
  }
  bucket_lines();
  find_crossings();
  find_touches();
  cut();
}

void Noding::choose_grid(std::span<const Segment> segments, double grid_m) {
  Box box;
  for (const Segment& s : segments) {
    box.add(s.from);
    box.add(s.to);
  }
  if (box.empty()) return;
  // On whole metres, so that crossings come out in whole millimetres.
  origin_ = {std::floor(box.min.x), std::floor(box.min.y)};
  Xy extent = box.max - origin_;
  unit_ = std::max(grid_m, std::max(extent.x, extent.y) / (kGridCells - 16.0));
}

uint32_t Noding::vertex(int64_t gx, int64_t gy, Xy exact) {
  uint64_t key = (static_cast<uint64_t>(gx) << 32U) ^ static_cast<uint64_t>(gy);
  auto [it, is_new] = vertex_at_.try_emplace(key, static_cast<uint32_t>(at.size()));
  if (is_new) {
    x.push_back(gx);
    y.push_back(gy);
    at.push_back(exact);
  }
  return it->second;
}

uint32_t Noding::vertex_of(Xy p) {
  Xy local = (p - origin_) * (1.0 / unit_);
  return vertex(std::llround(local.x) + 2, std::llround(local.y) + 2, p);
}

template <class Visit>
void Noding::visit_buckets(const Line& line, Visit visit) const {
  int64_t ax = x[line.a], ay = y[line.a], bx = x[line.b], by = y[line.b];
  if (ax > bx) {
    std::swap(ax, bx);
    std::swap(ay, by);
  }
  int64_t low_y = std::min(ay, by);
  int64_t high_y = std::max(ay, by);
  double slope = bx == ax ? 0.0 : static_cast<double>(by - ay) / static_cast<double>(bx - ax);
  for (int64_t c = (ax - 1) / bucket_size_; c <= (bx + 1) / bucket_size_; ++c) {
    int64_t from_y = low_y;
    int64_t to_y = high_y;
    if (bx != ax) {  // the line over this column, with a pixel of margin for rounding
      double left = static_cast<double>(std::max(ax, c * bucket_size_ - 1) - ax);
      double right = static_cast<double>(std::min(bx, (c + 1) * bucket_size_ + 1) - ax);
      double y0 = static_cast<double>(ay) + slope * left;
      double y1 = static_cast<double>(ay) + slope * right;
      from_y = std::max(low_y, static_cast<int64_t>(std::floor(std::min(y0, y1))) - 1);
      to_y = std::min(high_y, static_cast<int64_t>(std::ceil(std::max(y0, y1))) + 1);
    }
    for (int64_t r = (from_y - 1) / bucket_size_; r <= (to_y + 1) / bucket_size_; ++r)
      visit(static_cast<std::size_t>(std::min(c, columns_ - 1) * rows_ + std::min(r, rows_ - 1)));
  }
}

void Noding::bucket_lines() {
  int64_t extent_x = 1;
  int64_t extent_y = 1;
  for (std::size_t v = 0; v < at.size(); ++v) {
    extent_x = std::max(extent_x, x[v] + 2);
    extent_y = std::max(extent_y, y[v] + 2);
  }
  double area = static_cast<double>(extent_x) * static_cast<double>(extent_y);
  double want = std::sqrt(area / static_cast<double>(lines_.size() + 1));
  // No side longer than 4,096 buckets, however thin the extent.
  int64_t longest = std::max(extent_x, extent_y);
  bucket_size_ = std::max<int64_t>({1, std::llround(want), longest / 4096 + 1});
  columns_ = extent_x / bucket_size_ + 1;
  rows_ = extent_y / bucket_size_ + 1;
  bucket_start_.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
  for (const Line& line : lines_)
    visit_buckets(line, [&](std::size_t b) { ++bucket_start_[b + 1]; });
  for (std::size_t b = 1; b < bucket_start_.size(); ++b) bucket_start_[b] += bucket_start_[b - 1];
  bucket_lines_.resize(bucket_start_.back());
  std::vector<uint32_t> fill(bucket_start_.begin(), bucket_start_.end() - 1);
  for (std::size_t i = 0; i < lines_.size(); ++i)
    visit_buckets(lines_[i],
                  [&](std::size_t b) { bucket_lines_[fill[b]++] = static_cast<uint32_t>(i); });
}

void Noding::find_crossings() {
  for (std::size_t b = 0; b + 1 < bucket_start_.size(); ++b)
    for (uint32_t i = bucket_start_[b]; i < bucket_start_[b + 1]; ++i)
      for (uint32_t j = i + 1; j < bucket_start_[b + 1]; ++j)
        cross_pair(bucket_lines_[i], bucket_lines_[j]);
}

void Noding::cross_pair(uint32_t i, uint32_t j) {
  const Line& p = lines_[i];
  const Line& q = lines_[j];
  if (p.a == q.a || p.a == q.b || p.b == q.a || p.b == q.b) return;
  int64_t c = turn(x[p.a], y[p.a], x[p.b], y[p.b], x[q.a], y[q.a]);
  int64_t d = turn(x[p.a], y[p.a], x[p.b], y[p.b], x[q.b], y[q.b]);
  if (sign(c) * sign(d) >= 0) return;
  int64_t a = turn(x[q.a], y[q.a], x[q.b], y[q.b], x[p.a], y[p.a]);
  int64_t b = turn(x[q.a], y[q.a], x[q.b], y[q.b], x[p.b], y[p.b]);
  if (sign(a) * sign(b) >= 0) return;
  double t = static_cast<double>(a) / (static_cast<double>(a) - static_cast<double>(b));
  double px = static_cast<double>(x[p.a]) + t * static_cast<double>(x[p.b] - x[p.a]);
  double py = static_cast<double>(y[p.a]) + t * static_cast<double>(y[p.b] - y[p.a]);
  int64_t gx = std::llround(px);
  int64_t gy = std::llround(py);
  Xy exact = origin_ + Xy{static_cast<double>(gx - 2), static_cast<double>(gy - 2)} * unit_;
  uint32_t v = vertex(gx, gy, exact);
  splits_.push_back({i, v});
  splits_.push_back({j, v});
}

bool Noding::passes_through_pixel(const Line& line, uint32_t v) const {
  int64_t vx = 2 * x[v], vy = 2 * y[v];
  int64_t ax = 2 * x[line.a], ay = 2 * y[line.a], bx = 2 * x[line.b], by = 2 * y[line.b];
  if (std::max(ax, bx) <= vx - 1 || std::min(ax, bx) >= vx + 1) return false;
  if (std::max(ay, by) <= vy - 1 || std::min(ay, by) >= vy + 1) return false;
  int above = 0;
  int below = 0;
  for (int64_t dx : {-1, 1})
    for (int64_t dy : {-1, 1}) {
      int side = sign(turn(ax, ay, bx, by, vx + dx, vy + dy));
      above += side > 0;
      below += side < 0;
    }
  return above > 0 && below > 0;
}

void Noding::find_touches() {
  for (uint32_t v = 0; v < at.size(); ++v) {
    auto b = static_cast<std::size_t>((x[v] / bucket_size_) * rows_ + y[v] / bucket_size_);
    for (uint32_t k = bucket_start_[b]; k < bucket_start_[b + 1]; ++k) {
      const Line& line = lines_[bucket_lines_[k]];
      if (line.a != v && line.b != v && passes_through_pixel(line, v))
        splits_.push_back({bucket_lines_[k], v});
    }
  }
}

void Noding::cut() {
  auto along = [&](const Split& s) {
    const Line& l = lines_[s.line];
    return (x[s.vertex] - x[l.a]) * (x[l.b] - x[l.a]) + (y[s.vertex] - y[l.a]) * (y[l.b] - y[l.a]);
  };
  std::sort(splits_.begin(), splits_.end(), [&](const Split& p, const Split& q) {
    if (p.line != q.line) return p.line < q.line;
    int64_t pa = along(p);
    int64_t qa = along(q);
    return pa != qa ? pa < qa : p.vertex < q.vertex;
  });
  std::size_t s = 0;
  for (uint32_t i = 0; i < lines_.size(); ++i) {
    uint32_t from = lines_[i].a;
    auto add = [&](uint32_t to) {
      if (to != from) pieces.push_back({from, to, lines_[i].segment});
      from = to;
    };
    for (; s < splits_.size() && splits_[s].line == i; ++s) add(splits_[s].vertex);
    add(lines_[i].b);
  }
}

}  // namespace doorstep
