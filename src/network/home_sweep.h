#pragma once
// Travel from every home to any campus, again and again: homes stay where they are while campuses
// are tried, moved and added. Decides nothing about assignment; a row equals, to the decisecond,
// the column of TravelTable for the same campus. What is behind it stays out of this interface.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "network/street_router.h"

namespace doorstep {

struct DoorEnds;

/// Where a door meets the nodes of the router's hierarchy, for sweeps of one's own: `towards` the
/// nodes from a home, else to a campus.
[[nodiscard]] DoorEnds door_ends(const StreetRouter& router, const Hierarchy& hierarchy,
                                 const StreetSnap& snap, bool towards);

class HomeReach;

class HomeSweep {
 public:
  /// Prepares the streets for these homes. `threads` 0: as many as there are cores; results do not
  /// depend on it. Pre: snaps come from `router`.
  HomeSweep(std::shared_ptr<const StreetRouter> router, std::span<const StreetSnap> homes,
            unsigned threads);
  ~HomeSweep();
  HomeSweep(HomeSweep&&) noexcept;
  HomeSweep& operator=(HomeSweep&&) noexcept;

  [[nodiscard]] std::size_t homes() const;
  [[nodiscard]] const StreetRouter& router() const;

  /// Door to door from each home to one campus: milliseconds summed, then rounded once.
  /// Units: deciseconds; TravelTable::kUnreachable where no way leads there.
  /// Shape: homes. Safe to call from several threads at once.
  void to_campus(const StreetSnap& campus, std::span<uint32_t> ds) const;
  /// The same for many campuses. Shape: campuses × homes, a row for each campus.
  void to_campuses(std::span<const StreetSnap> campuses, std::span<uint32_t> ds) const;

  /// For a campus under the mouse: the ways to it as far as they matter. `nowhere` is written where
  /// there is none, or none up to `longest` deciseconds. Cost: a plan of its own at the first call.
  [[nodiscard]] std::unique_ptr<HomeReach> reach(uint32_t nowhere,
                                                 uint32_t longest = 0xFFFFFFFFu) const;
  /// The order of the homes in which what lies near each other is worked out together: who keeps
  /// homes so, and makes the sweep of them so, has the quickest reach.
  [[nodiscard]] static std::vector<uint32_t> order_of(std::span<const StreetSnap> homes);

 private:
  friend class HomeReach;
  struct Prepared;
  std::shared_ptr<const Prepared> prepared_;
};

}  // namespace doorstep
