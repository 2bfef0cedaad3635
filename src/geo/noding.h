#pragma once
// Cutting segments at every crossing on an integer grid (snap rounding): the first half of
// arrangement.h, apart because it is the part with the arithmetic.

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "geo/arrangement.h"

namespace doorstep {

/// The result: vertices, and pieces of input segments between them.
class Noding {
 public:
  struct Piece {
    uint32_t from;
    uint32_t to;
    uint32_t segment;
  };

  Noding(std::span<const Segment> segments, double grid_m);

  std::vector<int64_t> x, y;
  std::vector<Xy> at;
  std::vector<Piece> pieces;

 private:
  struct Line {
    uint32_t a, b, segment;
  };
  struct Split {
    uint32_t line, vertex;
  };
  void choose_grid(std::span<const Segment> segments, double grid_m);
  uint32_t vertex(int64_t gx, int64_t gy, Xy exact);
  uint32_t vertex_of(Xy p);
  void bucket_lines();
  /// The range of bucket rows that a line meets in one bucket column.
  template <class Visit>
  void visit_buckets(const Line& line, Visit visit) const;
  void find_crossings();
  void cross_pair(uint32_t i, uint32_t j);
  void find_touches();
  [[nodiscard]] bool passes_through_pixel(const Line& line, uint32_t v) const;
  void cut();

  Xy origin_;
  double unit_ = 0.001;
  std::unordered_map<uint64_t, uint32_t> vertex_at_;
  std::vector<Line> lines_;
  std::vector<Split> splits_;
  int64_t bucket_size_ = 1;
  int64_t columns_ = 1;
  int64_t rows_ = 1;
  std::vector<uint32_t> bucket_start_;
  std::vector<uint32_t> bucket_lines_;
};

}  // namespace doorstep
