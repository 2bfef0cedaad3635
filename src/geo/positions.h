#pragma once
// Positions as files hold them, in any system a bureau meets: degrees, a plane PROJ knows, or the
// shifted coordinates of Chinese web maps. The way between two of them always leads through
// WGS 84. crs.h is PROJ alone and datum.h the shifts alone; this joins them.

#include <optional>
#include <span>
#include <string>

#include "geo/crs.h"
#include "geo/datum.h"

namespace doorstep {

/// What the two numbers of a position mean. A value: cheap to copy.
class PositionSystem {
 public:
  /// From "wgs84", "gcj02", "bd09", "bd09mc", "cgcs2000", "EPSG:4547", a PROJ string or WKT.
  /// Throws: Error as Crs does, with the nearest of these names.
  explicit PositionSystem(const std::string& user_text);

  [[nodiscard]] Shift shift() const { return shift_; }
  /// What PROJ is to read; WGS 84 under a shift.
  [[nodiscard]] const Crs& crs() const { return crs_; }
  /// In degrees, longitude first.
  [[nodiscard]] bool in_degrees() const { return shift_ != Shift::Bd09mc && crs_.is_geographic(); }

 private:
  Shift shift_ = Shift::None;
  Crs crs_;
};

/// Carries positions from one system to another. Not to be shared by threads at the same time.
class PositionPath {
 public:
  /// Throws: Error where there is no way between the two.
  PositionPath(const PositionSystem& from, const PositionSystem& to);

  /// Many positions in place. One that fails becomes NaN, NaN; returns how many did.
  std::size_t transform(std::span<Xy> positions) const;

 private:
  Shift from_;
  Shift to_;
  /// To WGS 84, from it, or straight where neither side is shifted.
  std::optional<Transformer> before_;
  std::optional<Transformer> after_;
};

}  // namespace doorstep
