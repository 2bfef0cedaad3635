#pragma once
// From GDAL's geometries to Shape, and on to the place: curves made straight, surfaces split,
// heights left out, coordinates moved, rings repaired, each said once. Internal to io/table.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>

#include "io/table/table.h"

class OGRGeometry;

namespace doorstep::io {

/// What was done to the shapes of a layer, counted by code.
class ShapeNotes {
 public:
  void note(const std::string& code, long row);
  void forget(const std::string& code) { counts_.erase(code); }
  /// Each code once with its count and first row.
  void report(const std::string& file, Diagnostics& findings) const;

 private:
  struct Count {
    std::size_t times = 0;
    long first_row = 0;
  };
  std::map<std::string, Count> counts_;
};

/// The geometry of a row; null and empty ones are noted.
[[nodiscard]] Shape shape_of(const OGRGeometry* geometry, long row, ShapeNotes& notes);
/// From WKT; nothing where it cannot be read.
[[nodiscard]] std::optional<Shape> shape_of_wkt(const std::string& wkt, long row,
                                                ShapeNotes& notes);

/// Brings shapes to the place's system and makes areas valid.
class ShapePlacer {
 public:
  /// `findings` must outlive it. Throws: Error for an unknown system or datum.
  ShapePlacer(const TableRequest& request, Diagnostics& findings);
  /// `crs`: what the file says. Throws: Error where the shape cannot be brought to the place, or
  /// where nothing says in which system it is and its numbers cannot be the place's.
  void place(Shape& shape, const std::string& crs, const InputRef& at);

 private:
  void choose_way(const Shape& shape, const std::string& crs, const std::string& file);
  void repair(Shape& shape, const InputRef& at);
  void look_for_twin(const Shape& shape, const InputRef& at);

  TableRequest request_;
  Diagnostics* findings_;
  std::optional<PointMover> move_;
  bool chosen_ = false;
  std::unordered_set<std::uint64_t> seen_;
  bool twin_said_ = false;
};

}  // namespace doorstep::io
