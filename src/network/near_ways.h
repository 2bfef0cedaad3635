#pragma once
// Ways to the campuses near each home, for places so large that a matrix of all pairs would not
// fit, and what is known of the pairs farther off.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/progress.h"
#include "place/place.h"

namespace doorstep {

/// A way from one home. Units: tenths of a second.
struct Way {
  CampusId campus;
  uint32_t decisec = 0;
  auto operator<=>(const Way&) const = default;
};

/// Rows of ways by home, each by rising campus.
struct NearWays {
  std::vector<std::size_t> first;  ///< homes + 1 entries
  std::vector<Way> ways;
  /// Every way up to this long is in its row. Units: tenths of a second.
  uint32_t reach_ds = 0;

  [[nodiscard]] std::span<const Way> row(HomeId h) const {
    return {ways.data() + first[h.index], ways.data() + first[h.index + 1]};
  }
  /// The way to one campus, null where the row has none. Cost: logarithm of the row.
  [[nodiscard]] const Way* find(HomeId h, CampusId c) const;
};

/// Ways beyond the rows that need no memory: straight lines.
struct FarWays {
  std::vector<Xy> homes;
  std::vector<Xy> campuses;
  double detour = 1.0;
  MetresPerMinute speed{80.0};
  /// Above 0: minutes per kilometre of straight line, instead of detour and speed.
  double min_per_km = 0.0;
  /// Homes and campuses that a given table knows: a pair of both that it lacks has no way. Empty
  /// where there is no such table.
  IdVector<HomeId, char> known_homes;
  IdVector<CampusId, char> known_campuses;

  [[nodiscard]] bool lacks(HomeId h, CampusId c) const {
    return !known_homes.empty() && known_homes[h] && known_campuses[c];
  }
  /// Units: tenths of a second. Pre: not lacks(h, c).
  [[nodiscard]] uint32_t decisec(HomeId h, CampusId c) const;
  /// The farthest that a way of `ds` tenths of a second may lead, a little more. Units: metres.
  [[nodiscard]] double farthest_m(uint32_t ds) const;
};

/// A way that is given rather than computed.
struct GivenWay {
  HomeId home;
  Way way;
};

/// The rows that straight lines up to `reach_ds` make, and the `given` ways, whatever their length.
/// Pre: given ways are ordered by (home, campus), each once. Throws: Cancelled.
[[nodiscard]] NearWays near_ways(const FarWays& far, const std::vector<GivenWay>& given,
                                 uint32_t reach_ds, Progress& progress);

/// What a limit of minutes admits; just below "unreachable" where there is none. The small addend
/// keeps a limit such as 0.1 min from falling short. Units: tenths of a second.
[[nodiscard]] uint32_t limit_decisec(Minutes limit);

}  // namespace doorstep
