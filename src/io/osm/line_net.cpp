#include "io/osm/line_net.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

namespace doorstep::io {
namespace {

/// Side of the cells in which segments look for each other. Units: metres.
constexpr double kCellM = 100.0;

struct Segment {
  uint32_t line;
  uint32_t index;  ///< from point index to index + 1
};

/// A place on a line where a junction lies.
struct Cut {
  uint32_t segment;
  double along;  ///< 0 … 1 on the segment
  uint32_t node;
};

double cross(Xy a, Xy b) { return a.x * b.y - a.y * b.x; }
double dot(Xy a, Xy b) { return a.x * b.x + a.y * b.y; }

using CellKey = std::pair<int64_t, int64_t>;
CellKey cell_of(Xy p, double side) {
  return {static_cast<int64_t>(std::floor(p.x / side)),
          static_cast<int64_t>(std::floor(p.y / side))};
}

/// Joins points within a tolerance to the one that came first.
class NodeSnapper {
 public:
  explicit NodeSnapper(double tolerance) : tolerance_(std::max(tolerance, 1e-6)) {}

  uint32_t node(Xy p) {
    CellKey key = cell_of(p, tolerance_);
    std::optional<uint32_t> nearest;
    double least = tolerance_;
    for (int64_t dx = -1; dx <= 1; ++dx) {
      for (int64_t dy = -1; dy <= 1; ++dy) {
        auto found = cells_.find({key.first + dx, key.second + dy});
        if (found == cells_.end()) continue;
        for (uint32_t n : found->second) {
          double off = distance_m(at_[n], p);
          if (off > least || (nearest && off == least && n > *nearest)) continue;
          nearest = n;
          least = off;
        }
      }
    }
    if (nearest) return *nearest;
    at_.push_back(p);
    auto made = static_cast<uint32_t>(at_.size() - 1);
    cells_[key].push_back(made);
    return made;
  }
  [[nodiscard]] const std::vector<Xy>& at() const { return at_; }

 private:
  double tolerance_;
  std::vector<Xy> at_;
  std::map<CellKey, std::vector<uint32_t>> cells_;
};

class LineNoder {
 public:
  LineNoder(const std::vector<StreetLine>& lines, const LineNoding& noding)
      : lines_(lines), noding_(noding), snapper_(noding.tolerance_m), cuts_(lines.size()) {}

  StreetNet build() {
    cut_ends();
    for (const auto& [a, b] : neighbours()) meet(a, b);
    StreetNet net;
    net.junctions = snapper_.at();
    kinds_.assign(net.junctions.size(), 0);
    for (uint32_t l = 0; l < lines_.size(); ++l) {
      sort_cuts(l);
      for (const Cut& cut : cuts_[l]) kinds_[cut.node] |= lines_[l].kinds;
    }
    for (uint32_t l = 0; l < lines_.size(); ++l) {
      if (lines_[l].usable) add_stretches(l, net);
    }
    return net;
  }

 private:
  [[nodiscard]] Xy begin(Segment s) const { return lines_[s.line].line[s.index]; }
  [[nodiscard]] Xy end(Segment s) const { return lines_[s.line].line[s.index + 1]; }

  void cut_ends() {
    for (uint32_t l = 0; l < lines_.size(); ++l) {
      const Polyline& line = lines_[l].line;
      if (line.size() < 2) continue;
      cuts_[l].push_back({0, 0.0, snapper_.node(line.front())});
      auto last = static_cast<uint32_t>(line.size() - 2);
      cuts_[l].push_back({last, 1.0, snapper_.node(line.back())});
    }
  }

  /// Pairs of segments that share a cell, each once, in the order of the lines.
  [[nodiscard]] std::vector<std::pair<Segment, Segment>> neighbours() const {
    std::vector<Segment> segments;
    std::vector<std::pair<CellKey, uint32_t>> in_cell;
    for (uint32_t l = 0; l < lines_.size(); ++l) {
      for (uint32_t i = 0; i + 1 < lines_[l].line.size(); ++i) {
        auto number = static_cast<uint32_t>(segments.size());
        segments.push_back({l, i});
        each_cell({l, i}, [&](CellKey key) { in_cell.push_back({key, number}); });
      }
    }
    std::ranges::sort(in_cell);
    std::vector<std::pair<uint32_t, uint32_t>> pairs;
    for (std::size_t i = 0; i < in_cell.size(); ++i) {
      for (std::size_t j = i + 1; j < in_cell.size() && in_cell[j].first == in_cell[i].first; ++j) {
        Segment a = segments[in_cell[i].second];
        Segment b = segments[in_cell[j].second];
        bool adjacent = a.line == b.line && b.index <= a.index + 1;
        if (!adjacent && may_meet(a, b)) pairs.push_back({in_cell[i].second, in_cell[j].second});
      }
    }
    std::ranges::sort(pairs);
    pairs.erase(std::ranges::unique(pairs).begin(), pairs.end());
    std::vector<std::pair<Segment, Segment>> out;
    out.reserve(pairs.size());
    for (auto [a, b] : pairs) out.push_back({segments[a], segments[b]});
    return out;
  }

  /// The cells that a segment passes, column by column, so that a long one takes few.
  template <class Visit>
  void each_cell(Segment s, Visit visit) const {
    Xy a = begin(s);
    Xy b = end(s);
    if (a.x > b.x) std::swap(a, b);
    double margin = noding_.tolerance_m;
    auto first = static_cast<int64_t>(std::floor((a.x - margin) / kCellM));
    auto last = static_cast<int64_t>(std::floor((b.x + margin) / kCellM));
    double slope = b.x > a.x ? (b.y - a.y) / (b.x - a.x) : 0.0;
    for (int64_t col = first; col <= last; ++col) {
      double west = std::clamp(double(col) * kCellM - margin, a.x, b.x);
      double east = std::clamp(double(col + 1) * kCellM + margin, a.x, b.x);
      double y0 = b.x > a.x ? a.y + (west - a.x) * slope : a.y;
      double y1 = b.x > a.x ? a.y + (east - a.x) * slope : b.y;
      if (y0 > y1) std::swap(y0, y1);
      auto low = static_cast<int64_t>(std::floor((y0 - margin) / kCellM));
      auto high = static_cast<int64_t>(std::floor((y1 + margin) / kCellM));
      for (int64_t row = low; row <= high; ++row) visit(CellKey{col, row});
    }
  }

  [[nodiscard]] bool may_meet(Segment a, Segment b) const {
    if (lines_[a.line].level != lines_[b.line].level) return false;
    Box box;
    box.add(begin(a));
    box.add(end(a));
    Box other;
    other.add(begin(b));
    other.add(end(b));
    Xy margin{noding_.tolerance_m, noding_.tolerance_m};
    other.add(other.min - margin);
    other.add(other.max + margin);
    return box.overlaps(other);
  }

  void meet(Segment a, Segment b) {
    bool touched = touch(begin(a), a, 0.0, b);
    touched |= touch(end(a), a, 1.0, b);
    touched |= touch(begin(b), b, 0.0, a);
    touched |= touch(end(b), b, 1.0, a);
    if (touched || !noding_.at_crossings) return;
    Xy along_a = end(a) - begin(a);
    Xy along_b = end(b) - begin(b);
    double turn = cross(along_a, along_b);
    if (turn == 0.0) return;
    Xy between = begin(b) - begin(a);
    double on_a = cross(between, along_b) / turn;
    double on_b = cross(between, along_a) / turn;
    if (on_a <= 0.0 || on_a >= 1.0 || on_b <= 0.0 || on_b >= 1.0) return;
    uint32_t node = snapper_.node(begin(a) + along_a * on_a);
    cuts_[a.line].push_back({a.index, on_a, node});
    cuts_[b.line].push_back({b.index, on_b, node});
  }

  /// Joins a corner of `own` to the segment it lies on. Corners between the ends of a line join
  /// only where crossings do.
  bool touch(Xy corner, Segment own, double along_own, Segment other) {
    const Polyline& line = lines_[own.line].line;
    bool is_end =
        (own.index == 0 && along_own == 0.0) || (own.index + 2 == line.size() && along_own == 1.0);
    if (!is_end && !noding_.at_crossings) return false;
    Xy from = begin(other);
    Xy along = end(other) - from;
    double length2 = dot(along, along);
    double t = length2 > 0.0 ? std::clamp(dot(corner - from, along) / length2, 0.0, 1.0) : 0.0;
    if (distance_m(corner, from + along * t) > noding_.tolerance_m) return false;
    uint32_t node = snapper_.node(corner);
    cuts_[own.line].push_back({own.index, along_own, node});
    cuts_[other.line].push_back({other.index, t, node});
    return true;
  }

  [[nodiscard]] Xy at(uint32_t l, const Cut& cut) const {
    Segment s{l, cut.segment};
    return begin(s) + (end(s) - begin(s)) * cut.along;
  }

  /// Whether two cuts of a line are one: the same junction, and no loop between.
  [[nodiscard]] bool same(uint32_t l, const Cut& a, const Cut& b) const {
    if (a.node != b.node) return false;
    double length = 0.0;
    Xy last = at(l, a);
    double longest = 4.0 * noding_.tolerance_m;
    for (uint32_t k = a.segment + 1; k <= b.segment && length <= longest; ++k) {
      length += distance_m(last, lines_[l].line[k]);
      last = lines_[l].line[k];
    }
    return length + distance_m(last, at(l, b)) <= longest;
  }

  /// In the order of the line, a junction once where it comes twice in a row.
  void sort_cuts(uint32_t l) {
    auto place = [](const Cut& c) { return double(c.segment) + c.along; };
    std::ranges::stable_sort(cuts_[l], {}, place);
    auto rest =
        std::ranges::unique(cuts_[l], [&](const Cut& a, const Cut& b) { return same(l, a, b); });
    cuts_[l].erase(rest.begin(), rest.end());
  }

  void add_stretches(uint32_t l, StreetNet& net) const {
    const StreetLine& of = lines_[l];
    double whole = 0.0;
    for (std::size_t i = 0; i + 1 < of.line.size(); ++i) {
      whole += distance_m(of.line[i], of.line[i + 1]);
    }
    double speed = of.minutes > 0.0 && whole > 0.0 ? whole / of.minutes : of.speed_m_per_min;
    for (std::size_t c = 0; c + 1 < cuts_[l].size(); ++c) {
      const Cut& a = cuts_[l][c];
      const Cut& b = cuts_[l][c + 1];
      Stretch s;
      s.from = a.node;
      s.to = b.node;
      s.first = static_cast<uint32_t>(net.points.size());
      net.points.push_back(net.junctions[a.node]);
      for (uint32_t k = a.segment + 1; k <= b.segment; ++k) {
        if (of.line[k] != net.points.back()) net.points.push_back(of.line[k]);
      }
      if (net.points.back() == net.junctions[b.node] && net.points.size() - s.first > 1) {
        net.points.pop_back();
      }
      net.points.push_back(net.junctions[b.node]);
      s.count = static_cast<uint32_t>(net.points.size()) - s.first;
      for (uint32_t k = s.first + 1; k < s.first + s.count; ++k) {
        s.length_m += distance_m(net.points[k - 1], net.points[k]);
      }
      s.minutes_forward = s.minutes_backward = static_cast<float>(s.length_m / speed);
      s.road_class = of.road_class;
      s.open = of.open;
      s.traits_forward = s.traits_backward = of.traits;
      mark_crossings({kinds_[a.node], 0, kinds_[b.node]}, of.kinds, noding_.same_crossing_m, s);
      net.stretches.push_back(s);
    }
  }

  const std::vector<StreetLine>& lines_;
  const LineNoding& noding_;
  NodeSnapper snapper_;
  std::vector<std::vector<Cut>> cuts_;
  std::vector<uint8_t> kinds_;  ///< of junctions
};

}  // namespace

StreetNet net_of_lines(const std::vector<StreetLine>& lines, const LineNoding& noding) {
  return LineNoder(lines, noding).build();
}

}  // namespace doorstep::io
