#pragma once
// What pupils compete for: the seats of one campus, or of merged campuses that pool theirs.

#include <cstdint>
#include <vector>

#include "assign/assign.h"
#include "assign/ledger.h"

namespace doorstep {

/// One campus, or the open campuses of one pool.
struct SeatUnit {
  std::vector<CampusId> campuses;
  double seats = 0.0;
  bool crowds = false;  ///< takes its own catchment whole, over its seats
};

/// All open campuses as seat units.
struct SeatUnits {
  static constexpr uint32_t kNone = 0xFFFFFFFFu;
  std::vector<SeatUnit> units;
  IdVector<CampusId, uint32_t> unit_of;  ///< kNone where the campus is not open
};

[[nodiscard]] SeatUnits seat_units(const AdmissionInput& input);

/// Writes who was turned away to the outcome; at a pool by campus in proportion to seats.
void count_turned_away(const AdmissionInput& input, const SeatUnit& unit, double pupils,
                       Ledger& ledger);
/// The part of a campus in what is counted of its unit: in a pool in proportion to seats.
[[nodiscard]] double part_of_unit(const AdmissionInput& input, const SeatUnit& unit,
                                  CampusId campus);
/// Writes down whom a unit refused of one row, where somebody asks for it.
void write_refused(const AdmissionInput& input, const SeatUnit& unit, std::size_t row,
                   double pupils, Ledger& ledger);

}  // namespace doorstep
