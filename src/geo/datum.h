#pragma once
// The shifted coordinates of Chinese web maps: GCJ-02 (Amap, Tencent) and BD-09 (Baidu), to and
// from WGS 84. Files in them claim to be WGS 84 and are 80 to 700 m off.
// Which file is in which is the caller's knowledge; nothing is guessed here.

#include <optional>
#include <string_view>

#include "geo/geometry.h"

namespace doorstep {

/// Which of the shifts, if any, positions carry; Bd09mc is BD-09 in Baidu's own plane.
enum class Shift { None, Gcj02, Bd09, Bd09mc };

/// From "wgs84", "gcj02", "bd09" or "bd09mc", in any case and also with hyphens ("GCJ-02");
/// nothing for other names.
[[nodiscard]] std::optional<Shift> shift_named(std::string_view name);

/// The box within which the shift is applied, as the maps' own code does: 72.004-137.8347°E,
/// 0.8293-55.8271°N. Everything outside stays as it is.
[[nodiscard]] bool in_shift_area(LonLat p);

/// Units: degrees. Source: the published formula of GCJ-02 on the Krasovsky ellipsoid (the
/// eviltransform and coordtransform projects).
[[nodiscard]] LonLat wgs84_to_gcj02(LonLat wgs);
/// The exact inverse, by iteration to less than a millimetre.
[[nodiscard]] LonLat gcj02_to_wgs84(LonLat gcj);
[[nodiscard]] LonLat gcj02_to_bd09(LonLat gcj);
/// The exact inverse, by iteration to less than a millimetre.
[[nodiscard]] LonLat bd09_to_gcj02(LonLat bd);
[[nodiscard]] LonLat wgs84_to_bd09(LonLat wgs);
[[nodiscard]] LonLat bd09_to_wgs84(LonLat bd);

/// Baidu's own plane, by its banded polynomial. Units: Baidu metres. Pre: |lat| <= 74.
[[nodiscard]] Xy bd09_to_bd09mc(LonLat bd);
/// The exact inverse, to less than a millimetre: Baidu's own inverse polynomial, which is up to a
/// metre off its forward one, corrected by iteration.
[[nodiscard]] LonLat bd09mc_to_bd09(Xy mc);
[[nodiscard]] Xy wgs84_to_bd09mc(LonLat wgs);
[[nodiscard]] LonLat bd09mc_to_wgs84(Xy mc);

/// To WGS 84 from whatever the shift says. Pre: not Bd09mc, which has no degrees.
[[nodiscard]] LonLat unshifted(LonLat p, Shift shift);
/// As above from coordinates as a file holds them. Units: degrees; Baidu metres for Bd09mc.
[[nodiscard]] LonLat unshifted(Xy stored, Shift shift);
/// From WGS 84 to what a file of that shift holds. Units: as above.
[[nodiscard]] Xy shifted(LonLat wgs, Shift shift);

}  // namespace doorstep
