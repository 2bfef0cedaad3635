#include "geo/spatial_index.h"

#include <array>
#include <cmath>
#include <limits>
#include <thread>
#include <tuple>

#include "base/error.h"

namespace doorstep {

// ---------------------------------------------------------------- PolygonIndex

namespace {

/// The entry that an answer below −1 sends to, and back: both ways the same sum.
constexpr int32_t asked_first(int32_t answer) { return -2 - answer; }

/// Memory that will be read soon; a hint, without effect on any result.
inline void soon(const void* at) {
#if defined(__GNUC__) || defined(__clang__)
  __builtin_prefetch(at);
#else
  (void)at;
#endif
}

}  // namespace

long PolygonIndex::column_of(double x) const {
  return std::clamp(static_cast<long>((x - box_.min.x) * columns_per_m_), 0L, columns_ - 1);
}
long PolygonIndex::row_of(double y) const {
  return std::clamp(static_cast<long>((y - box_.min.y) * rows_per_m_), 0L, rows_ - 1);
}

/// Fills the raster shape by shape.
class PolygonIndex::Builder {
 public:
  explicit Builder(PolygonIndex& index) : index_(index) {}

  void build(std::span<const MultiPolygon> shapes) {
    choose_raster(shapes);
    if (index_.columns_ == 0) return;
    for (std::size_t s = 0; s < shapes.size(); ++s) add(static_cast<uint32_t>(s), shapes[s]);
    write_cells();
  }

 private:
  struct Placed {
    long cell;
    Entry entry;
  };

  void choose_raster(std::span<const MultiPolygon> shapes) {
    double vertices = 0.0;
    for (const MultiPolygon& shape : shapes) {
      index_.box_.add(bounds(shape));
      for (const Polygon& p : shape) vertices += static_cast<double>(p.outer.size());
    }
    if (index_.box_.empty()) return;
    double width = std::max(index_.box_.width(), 1e-3);
    double height = std::max(index_.box_.height(), 1e-3);
    // A dozen cells a vertex keeps the share of cells with a border small; a million cells
    // still fit the caches of the processor.
    double cells = std::clamp(vertices * 16.0, 64.0, 1048576.0);
    double side = std::sqrt(width * height / cells);
    index_.columns_ = std::clamp(std::lround(width / side), 1L, 4096L);
    index_.rows_ = std::clamp(std::lround(height / side), 1L, 4096L);
    index_.columns_per_m_ = static_cast<double>(index_.columns_) / width;
    index_.rows_per_m_ = static_cast<double>(index_.rows_) / height;
  }

  void add(uint32_t shape, const MultiPolygon& polygons) {
    Box box = bounds(polygons);
    if (box.empty()) return;
    long top = index_.row_of(box.max.y);
    first_row_ = index_.row_of(box.min.y);
    row_edges_.assign(static_cast<std::size_t>(top - first_row_ + 1), {});
    for (std::size_t part = 0; part < polygons.size(); ++part) {
      add_ring(polygons[part].outer);
      for (const Ring& hole : polygons[part].holes) add_ring(hole);
    }
    for (std::size_t r = 0; r < row_edges_.size(); ++r)
      add_row(shape, first_row_ + static_cast<long>(r), row_edges_[r], box);
  }

  void add_ring(const Ring& ring) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      Edge e{ring[j], ring[i]};
      auto id = static_cast<uint32_t>(index_.edges_.size());
      index_.edges_.push_back(e);
      long to = index_.row_of(std::max(e.a.y, e.b.y));
      for (long r = index_.row_of(std::min(e.a.y, e.b.y)); r <= to; ++r)
        row_edges_[static_cast<std::size_t>(r - first_row_)].push_back(id);
    }
  }

  /// An edge within one row: the columns it meets, and whether it crosses the row from bottom to
  /// top. Both with a margin against rounding.
  struct Crossing {
    uint32_t edge;
    long from, to;
    bool spans;
  };

  [[nodiscard]] Crossing crossing(uint32_t id, long row) const {
    const Edge& e = index_.edges_[id];
    double y0 = index_.box_.min.y + static_cast<double>(row) / index_.rows_per_m_;
    double y1 = index_.box_.min.y + static_cast<double>(row + 1) / index_.rows_per_m_;
    double x0 = e.a.x;
    double x1 = e.b.x;
    if (e.a.y != e.b.y) {
      auto x_at = [&](double y) {
        double t = std::clamp((y - e.a.y) / (e.b.y - e.a.y), 0.0, 1.0);
        return e.a.x + t * (e.b.x - e.a.x);
      };
      x0 = x_at(y0);
      x1 = x_at(y1);
    }
    double rounding = 1e-9 * (std::abs(x0) + std::abs(x1) + std::abs(y0) + std::abs(y1));
    double margin = 1e-6 / index_.columns_per_m_ + rounding;
    double above = 1e-6 / index_.rows_per_m_ + rounding;
    return {id, index_.column_of(std::min(x0, x1) - margin),
            index_.column_of(std::max(x0, x1) + margin),
            std::min(e.a.y, e.b.y) < y0 - above && std::max(e.a.y, e.b.y) > y1 + above};
  }

  void add_row(uint32_t shape, long row, const std::vector<uint32_t>& edges, const Box& box) {
    std::vector<Crossing> crossings;
    for (uint32_t e : edges) crossings.push_back(crossing(e, row));
    long first_column = index_.column_of(box.min.x);
    long last_column = index_.column_of(box.max.x);
    std::vector<char> marked(static_cast<std::size_t>(last_column - first_column + 1), 0);
    for (const Crossing& c : crossings)
      for (long column = std::max(c.from, first_column); column <= std::min(c.to, last_column);
           ++column)
        marked[static_cast<std::size_t>(column - first_column)] = 1;
    bool known = false;
    bool inside = false;
    for (long c = first_column; c <= last_column; ++c) {
      long cell = row * index_.columns_ + c;
      if (marked[static_cast<std::size_t>(c - first_column)] != 0) {
        placed_.push_back({cell, border_entry(shape, c, crossings)});
        known = false;
        continue;
      }
      if (!known) {  // between borders one look serves the whole run
        Xy centre{index_.box_.min.x + (static_cast<double>(c) + 0.5) / index_.columns_per_m_,
                  index_.box_.min.y + (static_cast<double>(row) + 0.5) / index_.rows_per_m_};
        inside = index_.holds(edges, false, centre);
        known = true;
      }
      if (inside) placed_.push_back({cell, {shape, 0, 0, true, false}});
    }
  }

  /// Edges west of the cell never meet the ray, spanning ones east of it always do.
  Entry border_entry(uint32_t shape, long column, const std::vector<Crossing>& crossings) {
    Entry entry{shape, static_cast<uint32_t>(index_.edge_ids_.size()), 0, false, false};
    for (const Crossing& c : crossings) {
      if (c.to < column) continue;
      if (c.from > column && c.spans)
        entry.odd = !entry.odd;
      else
        index_.edge_ids_.push_back(c.edge);
    }
    entry.end = static_cast<uint32_t>(index_.edge_ids_.size());
    return entry;
  }

  /// Counting sort by cell; shapes came in ascending order and stay so.
  void write_cells() {
    index_.cell_start_.assign(static_cast<std::size_t>(index_.columns_ * index_.rows_) + 1, 0);
    for (const Placed& p : placed_) ++index_.cell_start_[static_cast<std::size_t>(p.cell) + 1];
    for (std::size_t c = 1; c < index_.cell_start_.size(); ++c)
      index_.cell_start_[c] += index_.cell_start_[c - 1];
    std::vector<uint32_t> fill(index_.cell_start_.begin(), index_.cell_start_.end() - 1);
    index_.entries_.resize(placed_.size());
    for (const Placed& p : placed_)
      index_.entries_[fill[static_cast<std::size_t>(p.cell)]++] = p.entry;
    index_.answer_.assign(index_.cell_start_.size(), -1);
    for (std::size_t c = 0; c + 1 < index_.cell_start_.size(); ++c) {
      if (index_.cell_start_[c] == index_.cell_start_[c + 1]) continue;
      auto start = static_cast<int32_t>(index_.cell_start_[c]);
      index_.entries_[index_.cell_start_[c + 1] - 1].last = true;
      const Entry& lowest = index_.entries_[index_.cell_start_[c]];
      index_.answer_[c] = lowest.whole() ? static_cast<int32_t>(lowest.shape) : asked_first(start);
    }
  }

  PolygonIndex& index_;
  long first_row_ = 0;
  std::vector<std::vector<uint32_t>> row_edges_;  ///< ids

  std::vector<Placed> placed_;
};

PolygonIndex::PolygonIndex(std::span<const MultiPolygon> shapes) { Builder(*this).build(shapes); }

/// The cell beyond the last stands for all that lies outside.
std::size_t PolygonIndex::cell_of(Xy p) const {
  if (columns_ == 0 || !box_.contains(p)) return answer_.empty() ? 0 : answer_.size() - 1;
  return static_cast<std::size_t>(row_of(p.y) * columns_ + column_of(p.x));
}

std::span<const PolygonIndex::Entry> PolygonIndex::entries_in(std::size_t cell) const {
  if (cell + 1 >= cell_start_.size()) return {};
  return std::span<const Entry>(entries_).subspan(cell_start_[cell],
                                                  cell_start_[cell + 1] - cell_start_[cell]);
}

bool PolygonIndex::holds(std::span<const uint32_t> edges, bool odd, Xy p) const {
  // The rule of `contains` in polygon.h; edges of other rows cannot meet the ray. Without
  // branches where a branch could not be foretold.
  bool inside = odd;
  for (uint32_t id : edges) {
    const auto& [a, b] = edges_[id];
    double turn = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    if (turn == 0.0 && p.x >= std::min(a.x, b.x) && p.x <= std::max(a.x, b.x) &&
        p.y >= std::min(a.y, b.y) && p.y <= std::max(a.y, b.y))
      return true;
    bool meets = (a.y > p.y) != (b.y > p.y);
    bool east = (turn > 0.0) == (b.y > a.y);
    inside ^= meets & east;
  }
  return inside;
}

bool PolygonIndex::holds(const Entry& entry, Xy p) const {
  return holds(std::span<const uint32_t>(edge_ids_).subspan(entry.begin, entry.end - entry.begin),
               entry.odd, p);
}

void PolygonIndex::find(Xy p, std::vector<uint32_t>& out) const {
  out.clear();
  for (const Entry& entry : entries_in(cell_of(p)))
    if (entry.whole() || holds(entry, p)) out.push_back(entry.shape);
}

std::vector<uint32_t> PolygonIndex::find(Xy p) const {
  std::vector<uint32_t> out;
  find(p, out);
  return out;
}

int PolygonIndex::first_from(std::size_t entry, Xy p) const {
  for (;; ++entry) {
    const Entry& e = entries_[entry];
    if (e.whole() || holds(e, p)) return static_cast<int>(e.shape);
    if (e.last) return -1;
  }
}

int PolygonIndex::first(Xy p) const {
  if (answer_.empty()) return -1;
  int32_t answer = answer_[cell_of(p)];
  return answer >= -1 ? answer : first_from(static_cast<std::size_t>(asked_first(answer)), p);
}

/// Block by block, each look at memory announced a round ahead: the points lie anywhere, so that
/// waiting for memory would cost more than the tests.
void PolygonIndex::first_in_turn(std::span<const Xy> points, std::span<int> out) const {
  constexpr std::size_t kBlock = 256;
  struct Asked {
    uint32_t point, entry;
  };
  std::array<uint32_t, kBlock> cells{};
  std::array<Asked, kBlock> asked{};
  for (std::size_t start = 0; start < points.size(); start += kBlock) {
    std::size_t n = std::min(kBlock, points.size() - start);
    for (std::size_t i = 0; i < n; ++i) {
      cells[i] = static_cast<uint32_t>(cell_of(points[start + i]));
      soon(&answer_[cells[i]]);
    }
    std::size_t open = 0;
    for (std::size_t i = 0; i < n; ++i) {
      int32_t answer = answer_[cells[i]];
      out[start + i] = answer;
      asked[open] = {static_cast<uint32_t>(i), static_cast<uint32_t>(asked_first(answer))};
      open += answer < -1;
    }
    for (std::size_t k = 0; k < open; ++k) soon(&entries_[asked[k].entry]);
    for (std::size_t k = 0; k < open; ++k) soon(&edge_ids_[entries_[asked[k].entry].begin]);
    for (std::size_t k = 0; k < open; ++k) soon(&edges_[edge_ids_[entries_[asked[k].entry].begin]]);
    for (std::size_t k = 0; k < open; ++k)
      out[start + asked[k].point] = first_from(asked[k].entry, points[start + asked[k].point]);
  }
}

void PolygonIndex::first(std::span<const Xy> points, std::span<int> out, int threads) const {
  DOORSTEP_ASSERT(points.size() == out.size());
  if (answer_.empty()) {
    std::fill(out.begin(), out.end(), -1);
    return;
  }
  // A thread takes some 20 µs to start: a share of the work must be worth that.
  constexpr std::size_t kLeastShare = 8192;
  std::size_t shares = std::clamp<std::size_t>(points.size() / kLeastShare, 1,
                                               static_cast<std::size_t>(std::max(1, threads)));
  auto part = [&](std::size_t k) {
    std::size_t from = points.size() * k / shares;
    std::size_t count = points.size() * (k + 1) / shares - from;
    first_in_turn(points.subspan(from, count), out.subspan(from, count));
  };
  std::vector<std::jthread> others;
  for (std::size_t k = 1; k < shares; ++k) others.emplace_back(part, k);
  part(0);
}

// ---------------------------------------------------------------- PointIndex

namespace {

double squared_m2(Xy a, Xy b) {
  double dx = a.x - b.x;
  double dy = a.y - b.y;
  return dx * dx + dy * dy;
}

/// A found point, ordered near to far, then by index.
struct Found {
  double squared_m2;
  uint32_t index;
  bool operator<(const Found& o) const {
    return std::tie(squared_m2, index) < std::tie(o.squared_m2, o.index);
  }
};

/// The k best so far as a heap with the worst on top.
struct KeepNearest {
  std::size_t k;
  std::vector<Found> heap;
  [[nodiscard]] double reach() const {
    return heap.size() < k ? std::numeric_limits<double>::infinity() : heap.front().squared_m2;
  }
  void operator()(uint32_t index, double d) {
    Found found{d, index};
    if (heap.size() == k && !(found < heap.front())) return;
    if (heap.size() == k) {
      std::pop_heap(heap.begin(), heap.end());
      heap.pop_back();
    }
    heap.push_back(found);
    std::push_heap(heap.begin(), heap.end());
  }
};

struct KeepOne {
  Found best{std::numeric_limits<double>::infinity(), std::numeric_limits<uint32_t>::max()};
  [[nodiscard]] double reach() const { return best.squared_m2; }
  void operator()(uint32_t index, double d) {
    if (Found found{d, index}; found < best) best = found;
  }
};

struct KeepWithin {
  double limit_m2;
  std::vector<uint32_t> found;
  [[nodiscard]] double reach() const { return limit_m2; }
  void operator()(uint32_t index, double d) {
    if (d <= limit_m2) found.push_back(index);
  }
};

constexpr std::size_t kLeaf = 8;

}  // namespace

PointIndex::PointIndex(std::span<const Xy> points) {
  order_.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i)
    if (std::isfinite(points[i].x) && std::isfinite(points[i].y))
      order_.push_back({points[i], static_cast<uint32_t>(i)});
  build(0, order_.size(), true);
}

void PointIndex::build(std::size_t begin, std::size_t end, bool by_x) {
  if (end - begin <= kLeaf) return;
  std::size_t middle = begin + (end - begin) / 2;
  auto at = [&](std::size_t i) { return order_.begin() + static_cast<std::ptrdiff_t>(i); };
  std::nth_element(at(begin), at(middle), at(end), [by_x](const Node& a, const Node& b) {
    double p = by_x ? a.at.x : a.at.y;
    double q = by_x ? b.at.x : b.at.y;
    return p != q ? p < q : a.index < b.index;
  });
  build(begin, middle, !by_x);
  build(middle + 1, end, !by_x);
}

template <class Visit>
void PointIndex::search(std::size_t begin, std::size_t end, bool by_x, Xy p, Visit& visit) const {
  if (end - begin <= kLeaf) {
    for (std::size_t i = begin; i < end; ++i) visit(order_[i].index, squared_m2(order_[i].at, p));
    return;
  }
  std::size_t middle = begin + (end - begin) / 2;
  const Node& node = order_[middle];
  double off = by_x ? p.x - node.at.x : p.y - node.at.y;
  visit(node.index, squared_m2(node.at, p));
  if (off <= 0.0)
    search(begin, middle, !by_x, p, visit);
  else
    search(middle + 1, end, !by_x, p, visit);
  // At equal distance the other side may hold a lower index.
  if (off * off > visit.reach()) return;
  if (off <= 0.0)
    search(middle + 1, end, !by_x, p, visit);
  else
    search(begin, middle, !by_x, p, visit);
}

template <class Visit>
void PointIndex::search_box(std::size_t begin, std::size_t end, bool by_x, const Box& box,
                            Visit& visit) const {
  if (end - begin <= kLeaf) {
    for (std::size_t i = begin; i < end; ++i) visit(order_[i]);
    return;
  }
  std::size_t middle = begin + (end - begin) / 2;
  const Node& node = order_[middle];
  visit(node);
  double at = by_x ? node.at.x : node.at.y;
  if ((by_x ? box.min.x : box.min.y) <= at) search_box(begin, middle, !by_x, box, visit);
  if ((by_x ? box.max.x : box.max.y) >= at) search_box(middle + 1, end, !by_x, box, visit);
}

int PointIndex::nearest(Xy p) const {
  if (order_.empty()) return -1;
  KeepOne keep;
  search(0, order_.size(), true, p, keep);
  return static_cast<int>(keep.best.index);
}

std::vector<uint32_t> PointIndex::nearest(Xy p, std::size_t k) const {
  std::vector<uint32_t> out;
  if (k == 0) return out;
  KeepNearest keep{k, {}};
  search(0, order_.size(), true, p, keep);
  std::sort(keep.heap.begin(), keep.heap.end());
  for (const Found& f : keep.heap) out.push_back(f.index);
  return out;
}

std::vector<uint32_t> PointIndex::within(const Box& box) const {
  std::vector<uint32_t> out;
  auto visit = [&](const Node& node) {
    if (box.contains(node.at)) out.push_back(node.index);
  };
  search_box(0, order_.size(), true, box, visit);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<uint32_t> PointIndex::within(Xy p, double radius_m) const {
  KeepWithin keep{radius_m * radius_m, {}};
  search(0, order_.size(), true, p, keep);
  std::sort(keep.found.begin(), keep.found.end());
  return keep.found;
}

}  // namespace doorstep
