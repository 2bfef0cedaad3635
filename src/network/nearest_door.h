#pragma once
// How far anywhere on the streets is from the nearest of several campuses, in one search from all
// of them at once: what isochrones and blind spots are drawn from. Travel tables are not made here.

#include <span>
#include <vector>

#include "network/street_router.h"

namespace doorstep {

class NearestDoor {
 public:
  /// Looks no farther than `limit_ms`. Pre: `router` outlives this. Cost: the streets within the
  /// limit, once, however many campuses there are.
  NearestDoor(const StreetRouter& router, std::span<const Xy> campuses, uint32_t limit_ms);

  /// Door to door from a point to the campus that is nearest by way; kNoTime beyond the limit.
  /// Units: milliseconds.
  [[nodiscard]] uint32_t ms_from(const StreetSnap& home) const;

 private:
  const StreetRouter& router_;
  std::vector<StreetSnap> campuses_;  ///< by link
  std::vector<uint32_t> ms_;          ///< by node
  uint32_t limit_ms_;
};

}  // namespace doorstep
