#pragma once
// Where a point lies among many shapes, and which points lie near one. Built once, asked often;
// both may be asked by several threads at a time.

#include <cstdint>
#include <span>
#include <vector>

#include "geo/geometry.h"

namespace doorstep {

/// Finds the shapes that hold a point. A raster over the extent knows for each cell which shapes
/// cover it whole; only where a border passes are edges looked at, and of them only those that a
/// ray to the east may meet differently from place to place in the cell.
class PolygonIndex {
 public:
  PolygonIndex() = default;
  /// Keeps its own copy of the edges. Cost: O(edges · cells an edge crosses).
  explicit PolygonIndex(std::span<const MultiPolygon> shapes);

  /// Indices of all shapes that hold the point, ascending; borders belong to their shapes.
  [[nodiscard]] std::vector<uint32_t> find(Xy p) const;
  /// As find, into a vector that is cleared first: no allocation in loops.
  void find(Xy p, std::vector<uint32_t>& out) const;
  /// The lowest of them, -1 where none. Cost: about 20 ns where no border is near.
  [[nodiscard]] int first(Xy p) const;
  /// `first` of many points, by several threads; the answers do not depend on their number.
  /// Shape: out as long as points. Cost: a third of asking one by one, divided by the threads.
  void first(std::span<const Xy> points, std::span<int> out, int threads = 1) const;

 private:
  struct Edge {
    Xy a, b;
  };
  /// A shape in a cell: edges by edge_ids_[begin, end) to be tried, and whether the others that a
  /// ray to the east meets from anywhere in the cell are odd in number. No edges: the whole cell.
  struct Entry {
    uint32_t shape;
    uint32_t begin, end;
    bool odd;
    bool last;  ///< of its cell
    [[nodiscard]] bool whole() const { return begin == end; }
  };
  class Builder;

  [[nodiscard]] std::size_t cell_of(Xy p) const;
  [[nodiscard]] std::span<const Entry> entries_in(std::size_t cell) const;
  [[nodiscard]] bool holds(std::span<const uint32_t> edges, bool odd, Xy p) const;
  [[nodiscard]] bool holds(const Entry& entry, Xy p) const;
  [[nodiscard]] int first_from(std::size_t entry, Xy p) const;
  void first_in_turn(std::span<const Xy> points, std::span<int> out) const;
  [[nodiscard]] long column_of(double x) const;
  [[nodiscard]] long row_of(double y) const;

  Box box_;
  double columns_per_m_ = 0.0;
  double rows_per_m_ = 0.0;
  long columns_ = 0;
  long rows_ = 0;
  /// By cell, and one more for all that lies outside: what `first` answers wherever in the cell
  /// a point lies, or −2 − the entry to begin with where that depends.
  std::vector<int32_t> answer_;
  std::vector<uint32_t> cell_start_;
  std::vector<Entry> entries_;
  std::vector<uint32_t> edge_ids_;
  std::vector<Edge> edges_;
};

/// Finds points near a position, by a balanced k-d tree. Equal distances: the lower index first.
class PointIndex {
 public:
  PointIndex() = default;
  /// Points with coordinates that are not finite are never found.
  explicit PointIndex(std::span<const Xy> points);

  [[nodiscard]] std::size_t size() const { return order_.size(); }
  /// Index of the nearest point, -1 where there is none.
  [[nodiscard]] int nearest(Xy p) const;
  /// The k nearest, near to far; fewer where there are fewer.
  [[nodiscard]] std::vector<uint32_t> nearest(Xy p, std::size_t k) const;
  /// All in a box with its border, ascending.
  [[nodiscard]] std::vector<uint32_t> within(const Box& box) const;
  /// All within a distance, ascending. Units: metres.
  [[nodiscard]] std::vector<uint32_t> within(Xy p, double radius_m) const;

 private:
  struct Node {
    Xy at;
    uint32_t index;
  };
  void build(std::size_t begin, std::size_t end, bool by_x);
  template <class Visit>
  void search(std::size_t begin, std::size_t end, bool by_x, Xy p, Visit& visit) const;
  template <class Visit>
  void search_box(std::size_t begin, std::size_t end, bool by_x, const Box& box,
                  Visit& visit) const;

  std::vector<Node> order_;
};

}  // namespace doorstep
