#pragma once
// Where the dots of homes lie: pupils of a home as dots round it. Made once and lent on for as long
// as neither homes nor areas nor pupils change; the homes' layer chooses how many are drawn.

#include <cstdint>
#include <memory>
#include <vector>

#include "place/place.h"

namespace doorstep::scene {

struct AreaGeometry;

/// How far from a home its dots may lie, and how far the nearest border is. Units: metres.
struct DotReach {
  float radius = -1.0F;  ///< below 0: not worked out yet
  float clear = 0.0F;
};

struct HomeDots {
  std::vector<Xy> at;
  std::vector<int> area;  ///< by dot, index into areas or -1
  /// 5, or more where the dots would pass kMostDots.
  double pupils_per_dot = 5.0;

  // What they were made from.
  std::shared_ptr<const AreaGeometry> areas;
  uint64_t homes_key = 0;  ///< of number and places of the homes
  IdVector<HomeId, double> pupils;
  IdVector<HomeId, DotReach> reach;
};

inline constexpr double kMostDots = 400000.0;

/// Dots inside each home's own area and not nearer to its neighbours. `previous` lends all where
/// nothing changed, and the distances where only pupils did.
/// Cost: a search of the neighbour and a walk round the area a home with dots, the first time.
[[nodiscard]] std::shared_ptr<const HomeDots> home_dots(
    const Place& place, const std::shared_ptr<const AreaGeometry>& areas,
    const IdVector<HomeId, double>& pupils, const std::shared_ptr<const HomeDots>& previous);

/// Only each n-th dot is drawn where they would cover the fills at this zoom: 1, 2, 4, 10, 20
/// or 40. Cost: linear in the dots.
[[nodiscard]] int dot_step(const HomeDots& dots, double m_per_px);

}  // namespace doorstep::scene
