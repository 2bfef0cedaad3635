#include "geo/datum.h"

#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "base/error.h"

namespace doorstep {

namespace {

constexpr double kPi = std::numbers::pi;
/// Krasovsky 1940, on which GCJ-02 reckons.
constexpr double kAxis = 6378245.0;
constexpr double kEccentricity2 = 0.00669342162296594323;
/// BD-09 wobbles with a period of 0.12°.
constexpr double kBaiduPi = kPi * 3000.0 / 180.0;
/// 1e-9° is a tenth of a millimetre.
constexpr double kEnoughDegrees = 1e-9;

double waves(double u) { return 20.0 * std::sin(6.0 * u * kPi) + 20.0 * std::sin(2.0 * u * kPi); }

LonLat shift_metres(double x, double y) {
  double root = std::sqrt(std::abs(x));
  double north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root;
  north += (waves(x) + 20.0 * std::sin(y * kPi) + 40.0 * std::sin(y / 3.0 * kPi) +
            160.0 * std::sin(y / 12.0 * kPi) + 320.0 * std::sin(y * kPi / 30.0)) *
           2.0 / 3.0;
  double east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root;
  east += (waves(x) + 20.0 * std::sin(x * kPi) + 40.0 * std::sin(x / 3.0 * kPi) +
           150.0 * std::sin(x / 12.0 * kPi) + 300.0 * std::sin(x / 30.0 * kPi)) *
          2.0 / 3.0;
  return {east, north};
}

LonLat gcj_shift(LonLat p) {
  LonLat metres = shift_metres(p.lon - 105.0, p.lat - 35.0);
  double phi = p.lat / 180.0 * kPi;
  double w = 1.0 - kEccentricity2 * std::sin(phi) * std::sin(phi);
  double meridian = kAxis * (1.0 - kEccentricity2) / (w * std::sqrt(w));
  double parallel = kAxis / std::sqrt(w) * std::cos(phi);
  return {metres.lon * 180.0 / (parallel * kPi), metres.lat * 180.0 / (meridian * kPi)};
}

/// Fixed-point iteration: the shifts change by a few per mille of a move, so each round gains
/// two to three digits; twenty rounds are far more than enough.
template <class Forward>
LonLat inverted(LonLat target, Forward forward) {
  LonLat guess = target;
  for (int round = 0; round < 20; ++round) {
    LonLat there = forward(guess);
    double dlon = target.lon - there.lon;
    double dlat = target.lat - there.lat;
    guess = {guess.lon + dlon, guess.lat + dlat};
    if (std::abs(dlon) < kEnoughDegrees && std::abs(dlat) < kEnoughDegrees) break;
  }
  return guess;
}

LonLat bd_from_gcj(LonLat p) {
  double r = std::hypot(p.lon, p.lat) + 0.00002 * std::sin(p.lat * kBaiduPi);
  double angle = std::atan2(p.lat, p.lon) + 0.000003 * std::cos(p.lon * kBaiduPi);
  return {r * std::cos(angle) + 0.0065, r * std::sin(angle) + 0.006};
}

using Row = std::array<double, 10>;
/// Lower ends of the bands, from the pole down.
constexpr std::array<double, 6> kBandLat{75, 60, 45, 30, 15, 0};
constexpr std::array<double, 6> kBandY{12890594.86, 8362377.87, 5591021.0,
                                       3481989.83,  1678043.12, 0.0};
/// Source: the public JavaScript of Baidu Maps (LL2MC, MC2LL).
constexpr std::array<Row, 6> kToPlane{{
    {-0.0015702102444, 111320.7020616939, 1704480524535203, -10338987376042340, 26112667856603880,
     -35149669176653700, 26595700718403920, -10725012454188240, 1800819912950474, 82.5},
    {0.0008277824516172526, 111320.7020463578, 647795574.6671607, -4082003173.641316,
     10774905663.51142, -15171875531.51559, 12053065338.62167, -5124939663.577472,
     913311935.9512032, 67.5},
    {0.00337398766765, 111320.7020202162, 4481351.045890365, -23393751.19931662, 79682215.47186455,
     -115964993.2797253, 97236711.15602145, -43661946.33752821, 8477230.501135234, 52.5},
    {0.00220636496208, 111320.7020209128, 51751.86112841131, 3796837.749470245, 992013.7397791013,
     -1221952.21711287, 1340652.697009075, -620943.6990984312, 144416.9293806241, 37.5},
    {-0.0003441963504368392, 111320.7020576856, 278.2353980772752, 2485758.690035394,
     6070.750963243378, 54821.18345352118, 9540.606633304236, -2710.55326746645, 1405.483844121726,
     22.5},
    {-0.0003218135878613132, 111320.7020701615, 0.00369383431289, 823725.6402795718,
     0.46104986909093, 2351.343141331292, 1.58060784298199, 8.77738589078284, 0.37238884252424,
     7.45},
}};
constexpr std::array<Row, 6> kFromPlane{{
    {1.410526172116255e-8, 0.00000898305509648872, -1.9939833816331, 200.9824383106796,
     -187.2403703815547, 91.6087516669843, -23.38765649603339, 2.57121317296198, -0.03801003308653,
     17337981.2},
    {-7.435856389565537e-9, 0.000008983055097726239, -0.78625201886289, 96.32687599759846,
     -1.85204757529826, -59.36935905485877, 47.40033549296737, -16.50741931063887, 2.28786674699375,
     10260144.86},
    {-3.030883460898826e-8, 0.00000898305509983578, 0.30071316287616, 59.74293618442277,
     7.357984074871, -25.38371002664745, 13.45380521110908, -3.29883767235584, 0.32710905363475,
     6856817.37},
    {-1.981981304930552e-8, 0.000008983055099779535, 0.03278182852591, 40.31678527705744,
     0.65659298677277, -4.44255534477492, 0.85341911805263, 0.12923347998204, -0.04625736007561,
     4482777.06},
    {3.09191371068437e-9, 0.000008983055096812155, 0.00006995724062, 23.10934304144901,
     -0.00023663490511, -0.6321817810242, -0.00663494467273, 0.03430082397953, -0.00466043876332,
     2555164.4},
    {2.890871144776878e-9, 0.000008983055095805407, -3.068298e-8, 7.47137025468032,
     -0.00000353937994, -0.02145144861037, -0.00001234426596, 0.00010322952773, -0.00000323890364,
     826088.5},
}};

Xy banded(const std::array<Row, 6>& rows, const std::array<double, 6>& bands, Xy p) {
  std::size_t band = 0;
  while (band + 1 < bands.size() && std::abs(p.y) < bands[band]) ++band;
  const Row& row = rows[band];
  double t = std::abs(p.y) / row[9];
  double y = 0.0;
  for (std::size_t k = 8; k >= 2; --k) y = y * t + row[k];
  double x = row[0] + row[1] * std::abs(p.x);
  return {std::copysign(x, p.x), std::copysign(y, p.y)};
}

}  // namespace

bool in_shift_area(LonLat p) {
  return p.lon >= 72.004 && p.lon <= 137.8347 && p.lat >= 0.8293 && p.lat <= 55.8271;
}

LonLat wgs84_to_gcj02(LonLat wgs) {
  if (!in_shift_area(wgs)) return wgs;
  LonLat shift = gcj_shift(wgs);
  return {wgs.lon + shift.lon, wgs.lat + shift.lat};
}

LonLat gcj02_to_wgs84(LonLat gcj) {
  if (!in_shift_area(gcj)) return gcj;
  return inverted(gcj, [](LonLat p) {
    LonLat shift = gcj_shift(p);
    return LonLat{p.lon + shift.lon, p.lat + shift.lat};
  });
}

LonLat gcj02_to_bd09(LonLat gcj) { return in_shift_area(gcj) ? bd_from_gcj(gcj) : gcj; }
LonLat bd09_to_gcj02(LonLat bd) { return in_shift_area(bd) ? inverted(bd, bd_from_gcj) : bd; }
LonLat wgs84_to_bd09(LonLat wgs) { return gcj02_to_bd09(wgs84_to_gcj02(wgs)); }
LonLat bd09_to_wgs84(LonLat bd) { return gcj02_to_wgs84(bd09_to_gcj02(bd)); }

Xy bd09_to_bd09mc(LonLat bd) { return banded(kToPlane, kBandLat, {bd.lon, bd.lat}); }

LonLat bd09mc_to_bd09(Xy mc) {
  Xy first = banded(kFromPlane, kBandY, mc);
  LonLat guess{first.x, first.y};
  // A degree of latitude is some 111 km of the plane at the equator and more towards the pole:
  // each round leaves a small share of the error, whatever the band.
  for (int round = 0; round < 30; ++round) {
    Xy there = bd09_to_bd09mc(guess);
    double stretch = std::cos(guess.lat * kPi / 180.0);
    double dlon = (mc.x - there.x) / 111320.7;
    double dlat = (mc.y - there.y) / 111320.7 * stretch;
    guess = {guess.lon + dlon, guess.lat + dlat};
    if (std::abs(dlon) < kEnoughDegrees && std::abs(dlat) < kEnoughDegrees) break;
  }
  return guess;
}

Xy wgs84_to_bd09mc(LonLat wgs) { return bd09_to_bd09mc(wgs84_to_bd09(wgs)); }
LonLat bd09mc_to_wgs84(Xy mc) { return bd09_to_wgs84(bd09mc_to_bd09(mc)); }

std::optional<Shift> shift_named(std::string_view name) {
  std::string plain;
  for (char c : name)
    if (c != '-' && c != '_' && c != ' ')
      plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (plain == "wgs84") return Shift::None;
  if (plain == "gcj02") return Shift::Gcj02;
  if (plain == "bd09" || plain == "bd09ll") return Shift::Bd09;
  if (plain == "bd09mc") return Shift::Bd09mc;
  return std::nullopt;
}

LonLat unshifted(LonLat p, Shift shift) {
  DOORSTEP_ASSERT(shift != Shift::Bd09mc);
  return unshifted(Xy{p.lon, p.lat}, shift);
}

LonLat unshifted(Xy stored, Shift shift) {
  LonLat degrees{stored.x, stored.y};
  switch (shift) {
    case Shift::Gcj02:
      return gcj02_to_wgs84(degrees);
    case Shift::Bd09:
      return bd09_to_wgs84(degrees);
    case Shift::Bd09mc:
      return bd09mc_to_wgs84(stored);
    case Shift::None:
      break;
  }
  return degrees;
}

Xy shifted(LonLat wgs, Shift shift) {
  LonLat moved = wgs;
  if (shift == Shift::Gcj02) moved = wgs84_to_gcj02(wgs);
  if (shift == Shift::Bd09) moved = wgs84_to_bd09(wgs);
  if (shift == Shift::Bd09mc) return wgs84_to_bd09mc(wgs);
  return {moved.lon, moved.lat};
}

}  // namespace doorstep
