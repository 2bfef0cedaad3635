#include "geo/coverage.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "geo/polygon.h"

namespace doorstep {

namespace {

/// Two shapes are the same where all but this share of both is common.
constexpr double kSameShare = 0.001;
/// How near a border runs to a gap that it bounds, after the rounding of a union. Units: metres.
constexpr double kAtBorderM = 0.01;

CoverageFault fault_of(CoverageFaultKind kind, std::vector<uint32_t> shapes, Polygon piece) {
  CoverageFault fault;
  fault.kind = kind;
  fault.shapes = std::move(shapes);
  fault.area_m2 = area_m2(piece);
  double around = perimeter_m({piece});
  fault.width_m = around > 0.0 ? 2.0 * fault.area_m2 / around : 0.0;
  fault.at = interior_point({piece});
  fault.piece = std::move(piece);
  return fault;
}

class Inspection {
 public:
  Inspection(std::span<const MultiPolygon> shapes, const CoverageSettings& settings)
      : shapes_(shapes), settings_(settings) {
    for (const MultiPolygon& shape : shapes) {
      boxes_.push_back(bounds(shape));
      areas_.push_back(area_m2(shape));
    }
  }

  std::vector<CoverageFault> run() {
    find_overlaps();
    find_gaps();
    find_slivers();
    std::stable_sort(faults_.begin(), faults_.end(), [](const auto& a, const auto& b) {
      return std::tuple(a.kind, a.shapes, -a.area_m2) < std::tuple(b.kind, b.shapes, -b.area_m2);
    });
    return std::move(faults_);
  }

 private:
  /// Pairs whose boxes meet, by a sweep from west to east.
  void find_overlaps() {
    std::vector<uint32_t> order(shapes_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::erase_if(order, [&](uint32_t s) { return boxes_[s].empty(); });
    std::stable_sort(order.begin(), order.end(),
                     [&](uint32_t a, uint32_t b) { return boxes_[a].min.x < boxes_[b].min.x; });
    for (std::size_t i = 0; i < order.size(); ++i)
      for (std::size_t j = i + 1;
           j < order.size() && boxes_[order[j]].min.x <= boxes_[order[i]].max.x; ++j)
        if (boxes_[order[i]].overlaps(boxes_[order[j]]))
          compare(std::min(order[i], order[j]), std::max(order[i], order[j]));
  }

  void compare(uint32_t a, uint32_t b) {
    MultiPolygon common = intersection(shapes_[a], shapes_[b]);
    double area = area_m2(common);
    if (area < settings_.least_area_m2) return;
    if (area >= (1.0 - kSameShare) * std::max(areas_[a], areas_[b])) {
      auto largest =
          std::max_element(common.begin(), common.end(),
                           [](const auto& p, const auto& q) { return area_m2(p) < area_m2(q); });
      faults_.push_back(fault_of(CoverageFaultKind::Duplicate, {a, b}, std::move(*largest)));
      return;
    }
    for (Polygon& piece : common)
      if (area_m2(piece) >= settings_.least_area_m2)
        faults_.push_back(fault_of(CoverageFaultKind::Overlap, {a, b}, std::move(piece)));
  }

  void find_gaps() {
    MultiPolygon all = united(std::vector<MultiPolygon>(shapes_.begin(), shapes_.end()));
    for (const Polygon& polygon : all)
      for (const Ring& hole : polygon.holes) {
        Polygon piece{{hole.rbegin(), hole.rend()}, {}};
        double area = area_m2(piece);
        if (area < settings_.least_area_m2 || area > settings_.largest_gap_m2) continue;
        // An island of the union within the hole is covered.
        MultiPolygon open{piece};
        for (const Polygon& other : all)
          if (&other != &polygon && contains(piece, other.outer.front()))
            open = difference(open, {{other.outer, {}}});
        for (Polygon& left : open) {
          std::vector<uint32_t> around = shapes_around(left);
          faults_.push_back(fault_of(CoverageFaultKind::Gap, std::move(around), std::move(left)));
        }
      }
  }

  /// Shapes on whose border a vertex of the gap lies.
  [[nodiscard]] std::vector<uint32_t> shapes_around(const Polygon& gap) const {
    Box near = bounds(gap.outer);
    near.add(near.min - Xy{kAtBorderM, kAtBorderM});
    near.add(near.max + Xy{kAtBorderM, kAtBorderM});
    std::vector<uint32_t> out;
    for (uint32_t s = 0; s < shapes_.size(); ++s)
      if (boxes_[s].overlaps(near) && std::any_of(gap.outer.begin(), gap.outer.end(), [&](Xy p) {
            return distance_to_border_m(shapes_[s], p) <= kAtBorderM;
          }))
        out.push_back(s);
    return out;
  }

  void find_slivers() {
    for (uint32_t s = 0; s < shapes_.size(); ++s)
      for (const Polygon& part : shapes_[s]) {
        CoverageFault fault = fault_of(CoverageFaultKind::Sliver, {s}, part);
        if (fault.width_m < settings_.sliver_width_m) faults_.push_back(std::move(fault));
      }
  }

  std::span<const MultiPolygon> shapes_;
  const CoverageSettings& settings_;
  std::vector<Box> boxes_;
  std::vector<double> areas_;
  std::vector<CoverageFault> faults_;
};

}  // namespace

std::vector<CoverageFault> coverage_faults(std::span<const MultiPolygon> shapes,
                                           const CoverageSettings& settings) {
  return Inspection(shapes, settings).run();
}

}  // namespace doorstep
