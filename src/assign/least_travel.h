#pragma once
// Least travel over given seats: the exact transport optimum of some pupils over some seats.
// Used as a rule, for 统筹 of who is left, and inside pools of merged campuses.

#include <functional>
#include <vector>

#include "assign/assign.h"
#include "assign/ledger.h"

namespace doorstep {

/// Pupils of one entrant row that are to be placed.
struct RowPupils {
  std::size_t row = 0;
  double pupils = 0.0;
};

/// Seats of one campus that they are to be placed in.
struct CampusSeats {
  CampusId campus;
  double seats = 0.0;
};

struct SeatPrice {
  double minutes = 0.0;
  bool places_one_more = false;
};

/// Places `pupils` in `seats` and writes the flows to the ledger. Rows of one home share its
/// campuses in the same proportions. `allowed` is asked for reachable pairs only; it allows nothing
/// farther than `limit_ds` tenths of a second but the campuses of the own catchment.
/// Returns the price of a seat, in the order of `seats`.
std::vector<SeatPrice> place_by_least_travel(const AdmissionInput& input,
                                             const std::vector<RowPupils>& pupils,
                                             const std::vector<CampusSeats>& seats,
                                             const std::function<bool(HomeId, CampusId)>& allowed,
                                             Ledger& ledger,
                                             uint32_t limit_ds = TravelTable::kUnreachable - 1);

/// Counts as turned away those for whom a campus would have been nearer than where they ended. The
/// optimum passes over full campuses only. With a large table those within its reach count.
/// Cost: flows × campuses, with a large table their rows.
void count_passed_over(const AdmissionInput& input, Ledger& ledger);

/// Spreads pupils admitted to a pool over its campuses by least travel, all of them: what a pool
/// takes beyond its free seats its campuses share by planned intake.
void spread_in_pool(const AdmissionInput& input, const std::vector<RowPupils>& pupils,
                    const std::vector<CampusId>& campuses, Ledger& ledger);

}  // namespace doorstep
