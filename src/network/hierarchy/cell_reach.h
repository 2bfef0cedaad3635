#pragma once
// The ways from all homes to one campus, exact as far as somebody needs them and bounded beyond.
// Knows nodes and milliseconds only; home_reach.h knows streets and snaps.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "network/hierarchy/big_array.h"
#include "network/hierarchy/cell_plan.h"
#include "network/street_graph.h"

namespace doorstep {

class CellReach {
 public:
  /// `nowhere` is written where there is no way, or none up to `longest` deciseconds. Pre: it is
  /// above every way.
  CellReach(std::shared_ptr<const Hierarchy> hierarchy, std::shared_ptr<const CellPlan> plan,
            uint32_t nowhere, uint32_t longest = kNoTime);

  /// A campus at another place: nothing is known until within(), settle() or complete(). A home
  /// beside it, on its own street, may have a way that avoids the ends of the street: `beside`
  /// gives it in milliseconds, door to door.
  struct Beside {
    uint32_t home = 0;
    uint32_t ms = 0;
  };
  void start(const DoorEnds& campus, std::span<const Beside> beside);

  /// Afterwards ds()[i] is exact where it is at most limit[i] − less, and elsewhere no more than
  /// the way is. Calls with the same campus may ask for more. Shape: homes. Units: deciseconds.
  void within(std::span<const uint32_t> limit, uint32_t less);
  /// One home, and those of its cell, exact. Pre: within() was called.
  void settle(uint32_t home);
  /// Every home exact. The result does not depend on `threads`.
  void complete(unsigned threads);

  /// Ways or bounds. Shape: homes. Units: deciseconds
  [[nodiscard]] std::span<const uint32_t> ds() const { return ds_; }
  /// Whether ds()[home] is the way itself.
  [[nodiscard]] bool exact(uint32_t home) const { return swept_[leaf_of_home_[home]] != 0; }
  /// Homes whose ways are exact.
  [[nodiscard]] std::size_t homes_exact() const;

 private:
  /// A time that the climb brings to a place.
  struct Seed {
    uint32_t place = 0;
    uint32_t ms = 0;
  };
  void climb(const DoorEnds& campus);
  [[nodiscard]] uint32_t bound_ds(uint32_t cell) const;
  void find_needs(std::span<const uint32_t> limit);
  [[nodiscard]] uint32_t decisec(uint32_t ms) const;
  void sweep(uint32_t cell);
  void bound_cells_below(uint32_t cell);
  void write_doors(uint32_t cell);
  void fill_below(uint32_t cell, uint32_t less);

  std::shared_ptr<const Hierarchy> hierarchy_;
  std::shared_ptr<const CellPlan> plan_;
  uint32_t nowhere_;
  uint32_t longest_;
  bool in_order_;  // doors stand in the order of homes
  std::vector<uint32_t> leaf_of_home_;
  Climb climb_;
  std::vector<uint32_t> above_;
  std::vector<Seed> seeds_;  // by place
  uint32_t off_ms_ = 0;
  BigArray<uint32_t> at_;         // by place; valid in swept cells
  std::vector<uint32_t> bound_;   // by cell: no time inside is less; valid below swept cells
  std::vector<uint8_t> swept_;    // by cell
  std::vector<uint32_t> need_;    // by cell: the largest limit inside, of what is not swept
  std::vector<uint32_t> filled_;  // by leaf: what its homes hold as a bound; 0: something else
  std::vector<Beside> beside_;
  std::vector<uint32_t> ds_;
};

}  // namespace doorstep
