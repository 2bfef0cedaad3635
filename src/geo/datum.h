#pragma once
// The shifted coordinates of Chinese web maps: GCJ-02 (Amap, Tencent) and BD-09 (Baidu), to and
// from WGS 84. Files in them claim to be WGS 84 and are 80 to 700 m off.
// Which file is in which is the caller's knowledge; nothing is guessed here.

#include "geo/geometry.h"

namespace doorstep {

/// Which of the two shifts, if any, positions carry.
enum class Shift { None, Gcj02, Bd09 };

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
[[nodiscard]] LonLat bd09mc_to_bd09(Xy mc);

/// To WGS 84 from whatever the shift says.
[[nodiscard]] LonLat unshifted(LonLat p, Shift shift);

}  // namespace doorstep
