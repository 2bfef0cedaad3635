#pragma once
// Segments cut at every crossing into edges, the edges into faces: the plane divided once, so that
// what is built from it shares its borders vertex by vertex. Inside `geo`; polygons in, polygons
// out is polygon.h, voronoi.h and topology.h.
// Vertices are rounded onto a fine grid (snap rounding; Hobby 1999), which makes all decisions
// exact in integers; vertices of the input keep their own coordinates in the result.

#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.h"

namespace doorstep {

struct Segment {
  Xy from;
  Xy to;
};

class Arrangement {
 public:
  /// An input segment that runs along an edge, and whether against its direction.
  struct Source {
    uint32_t segment;
    bool reversed;
  };

  /// Units: grid in metres; made coarser where the extent is over 2^28 of it.
  /// Cost: O((n + crossings) log n) for segments of similar length.
  explicit Arrangement(std::span<const Segment> segments, double grid_m = 0.001);

  /// Half-edge 2e runs along edge e, 2e+1 against it; each has its face on the left.
  [[nodiscard]] std::size_t half_edges() const { return 2 * edge_from_.size(); }
  [[nodiscard]] static uint32_t twin(uint32_t half) { return half ^ 1U; }
  [[nodiscard]] Xy origin(uint32_t half) const { return at_[origin_id(half)]; }
  [[nodiscard]] Xy target(uint32_t half) const { return at_[origin_id(twin(half))]; }
  /// The input along the edge of a half-edge; `reversed` is as seen from the edge, not the half.
  [[nodiscard]] std::span<const Source> sources(uint32_t half) const;
  /// Whether a source runs in the direction of the half-edge.
  [[nodiscard]] static bool along(uint32_t half, const Source& s) {
    return s.reversed == ((half & 1U) != 0);
  }

  /// Closed walks with one face on the left: its outer border, or one of its inner ones.
  [[nodiscard]] std::size_t loops() const { return loop_start_.size(); }
  [[nodiscard]] uint32_t loop_of(uint32_t half) const { return loop_of_[half]; }
  [[nodiscard]] std::vector<uint32_t> halves_of(std::size_t loop) const;

  /// The union of the faces of each label, from a label for each loop; negative labels are dropped.
  /// Shape: labels 0 … count-1.
  [[nodiscard]] std::vector<MultiPolygon> shapes(const std::vector<int>& label_of_loop,
                                                 std::size_t count) const;

 private:
  friend class Noding;
  [[nodiscard]] uint32_t origin_id(uint32_t half) const {
    return (half & 1U) != 0 ? edge_to_[half / 2] : edge_from_[half / 2];
  }
  void link_faces(const std::vector<int64_t>& grid_x, const std::vector<int64_t>& grid_y);

  std::vector<Xy> at_;
  std::vector<uint32_t> edge_from_;
  std::vector<uint32_t> edge_to_;
  std::vector<uint32_t> source_start_;
  std::vector<Source> sources_;
  std::vector<uint32_t> next_;
  std::vector<uint32_t> loop_of_;
  std::vector<uint32_t> loop_start_;
};

}  // namespace doorstep
