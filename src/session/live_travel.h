#pragma once
// Ways from the homes of a place to wherever a campus is dragged, as the place's travel table would
// have them. Shared by the engines of all grades; decides nothing about who goes where.

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "network/home_sweep.h"
#include "session/outcome.h"

namespace doorstep::session {

class LiveTravel {
 public:
  /// `homes` in any order; they are kept with neighbours together. `threads` 0: as many as there
  /// are cores. Pre: possible(outcome).
  LiveTravel(std::shared_ptr<const Outcome> outcome, std::vector<HomeId> homes, unsigned threads);

  /// Whether ways to a new place can be told at once: not where the place gives a table of them,
  /// nor where there are too many to keep.
  [[nodiscard]] static bool possible(const Outcome& outcome);

  [[nodiscard]] const std::vector<HomeId>& homes() const { return homes_; }
  /// The row of a home; kNone where it is not among them.
  [[nodiscard]] uint32_t row_of(HomeId home) const { return row_of_[home]; }
  static constexpr uint32_t kNone = 0xFFFFFFFFu;

  /// Door to door to a campus at `at`. Shape: homes(). Units: deciseconds; kUnreachable where no
  /// way leads there.
  void to(Xy at, std::vector<uint32_t>& ds) const;
  /// The same from the table, for a campus where it stands.
  void of(CampusId campus, std::vector<uint32_t>& ds) const;
  /// A column of rows as one of all homes of the place; kUnreachable for those not among homes().
  [[nodiscard]] std::vector<uint32_t> by_home(std::span<const uint32_t> ds) const;
  /// From homes() to anywhere on the streets; null where travel is along straight lines.
  [[nodiscard]] const HomeSweep* sweep() const { return sweep_ ? &*sweep_ : nullptr; }
  [[nodiscard]] const Outcome& outcome() const { return *outcome_; }

 private:
  std::vector<StreetSnap> snap_in_order();
  [[nodiscard]] uint32_t straight(Xy home, Xy campus) const;

  std::shared_ptr<const Outcome> outcome_;
  std::vector<HomeId> homes_;
  IdVector<HomeId, uint32_t> row_of_;
  std::optional<HomeSweep> sweep_;
};

}  // namespace doorstep::session
