#pragma once
// The nearest of many segments to a point, through a uniform grid. Ties go to the lowest index.

#include <cstdint>
#include <vector>

#include "geo/geometry.h"

namespace doorstep {

/// Where a point meets the nearest segment.
struct SegmentHit {
  uint32_t segment = 0;
  /// From 0 at the start of the segment to 1 at its end.
  double along = 0.0;
  Xy at;
  double distance_m = 0.0;
};

class SegmentGrid {
 public:
  struct Segment {
    Xy a;
    Xy b;
  };

  SegmentGrid() = default;
  explicit SegmentGrid(std::vector<Segment> segments);

  [[nodiscard]] bool empty() const { return segments_.empty(); }
  [[nodiscard]] const Segment& operator[](uint32_t i) const { return segments_[i]; }
  /// Pre: not empty.
  [[nodiscard]] SegmentHit nearest(Xy p) const;

 private:
  struct Cell {
    int64_t x;
    int64_t y;
  };
  [[nodiscard]] Cell cell_of(Xy p) const;
  template <class Visit>
  void each_cell(const Segment& s, Visit visit) const;
  void look_in_cell(Cell c, Xy p, SegmentHit& best) const;
  void look_in_ring(Cell middle, int64_t r, Xy p, SegmentHit& best) const;

  std::vector<Segment> segments_;
  Xy origin_;
  double cell_m_ = 1.0;
  int64_t columns_ = 0;
  int64_t rows_ = 0;
  std::vector<uint32_t> first_;  // of each cell, into members_
  std::vector<uint32_t> members_;
};

}  // namespace doorstep
