#pragma once
// Coordinate reference systems and the way between them. All PROJ lives in crs.cpp.
// Axis order is always the traditional one (east, north / lon, lat), whatever the register says.
// GCJ-02 and BD-09 are no systems PROJ knows: see datum.h.

#include <memory>
#include <span>
#include <string>

#include "base/text.h"
#include "geo/geometry.h"

namespace doorstep {

/// A horizontal coordinate reference system, geographic or projected. A value: cheap to copy.
class Crs {
 public:
  /// From "EPSG:4547", a PROJ string, or WKT (also ESRI's .prj).
  /// Throws: Error where PROJ does not know it, where it is neither geographic nor projected, or
  /// where it names a file.
  explicit Crs(const std::string& user_text);

  /// The text it was made from, as PROJ reads it again.
  [[nodiscard]] const std::string& text() const { return text_; }
  /// PROJ's name, "CGCS2000 / 3-degree Gauss-Kruger CM 117E"; "unknown" for a PROJ string.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& wkt() const { return wkt_; }
  [[nodiscard]] bool is_geographic() const { return geographic_; }
  /// Length of one unit of a projected system; 0 for a geographic one. Units: metres.
  [[nodiscard]] double metres_per_unit() const { return metres_per_unit_; }

 private:
  std::string text_;
  std::string name_;
  std::string wkt_;
  bool geographic_ = false;
  double metres_per_unit_ = 0.0;
};

[[nodiscard]] bool is_geographic(const Crs& crs);

/// Carries points from one system to another. Not to be shared by threads at the same time.
class Transformer {
 public:
  /// Throws: Error where there is no way between the two.
  Transformer(const Crs& from, const Crs& to);
  ~Transformer();
  Transformer(Transformer&&) noexcept;
  Transformer& operator=(Transformer&&) noexcept;

  /// One point. Throws: Error naming the point where it cannot be transformed.
  [[nodiscard]] Xy transform(Xy p) const;
  /// From a geographic system. Throws: as transform. Pre: `from` is geographic, `to` projected.
  [[nodiscard]] Xy to_xy(LonLat p) const;
  /// To a geographic system. Throws: as transform. Pre: `from` is projected, `to` geographic.
  [[nodiscard]] LonLat to_lonlat(Xy p) const;

  /// Many points in place, of whichever kind; x holds the longitude where a side is geographic.
  /// A point that fails becomes NaN, NaN; returns how many did.
  std::size_t transform(std::span<Xy> points) const;
  /// As above between two geographic systems.
  std::size_t transform(std::span<LonLat> points) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Whether the best way from one system to another at a place only takes their datums for equal,
/// as between Xian 1980 and WGS 84: up to some hundred metres wrong, unsaid by PROJ.
[[nodiscard]] bool is_ballpark(const Crs& from, const Crs& to, LonLat at);

/// The projected system to plan in around a centre: CGCS2000 three-degree zone without prefix in
/// mainland China (EPSG:4534 at 75°E … EPSG:4554 at 135°E), UTM on WGS 84 elsewhere, UPS at the
/// poles. Source: EPSG register; the outline of the mainland is a coarse one (about 0.3°).
[[nodiscard]] std::string suggest_projected(LonLat centre);

/// Short, for the corner of a map: "CGCS2000 / 3°带 39", "WGS 84 / UTM 50N".
[[nodiscard]] std::string display_name(const Crs& crs, Language language = Language::Chinese);

/// "9.1.1", for provenance.
[[nodiscard]] std::string proj_version();

}  // namespace doorstep
