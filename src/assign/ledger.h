#pragma once
// Writes down who was placed where while a rule works, and closes the books: unplaced pupils are
// what no flow took, so that a rule cannot lose a pupil unseen.

#include <vector>

#include "assign/assign.h"
#include "assign/refusals.h"

namespace doorstep {

/// Puts flows in order and adds up those of one row and campus.
void merge_by_row_and_campus(std::vector<Flow>& flows);

class Ledger {
 public:
  /// `input` outlives the ledger.
  explicit Ledger(const AdmissionInput& input);

  void place(std::size_t row, CampusId campus, double pupils);
  /// Books pupils whose flows are written down elsewhere (slot_grid.h): `of_rows` by row, `at` by
  /// campus. Pre: nothing was placed yet.
  void take_placed(std::vector<double> of_rows, const IdVector<CampusId, double>& at);
  /// Pupils of a row without a seat so far; rounding dust of a row that is placed counts as none.
  [[nodiscard]] double unplaced(std::size_t row) const;
  /// Seats not taken so far; 0 at a closed, full or crowded campus.
  [[nodiscard]] double seats_left(CampusId campus) const;
  [[nodiscard]] double admitted(CampusId campus) const { return admitted_[campus]; }
  [[nodiscard]] CampusOutcome& outcome(CampusId campus) { return result_.campuses[campus]; }
  /// As written so far, in the order of writing.
  [[nodiscard]] const std::vector<Flow>& flows() const { return result_.flows; }
  void set_rounds(int rounds, bool converged);
  /// From now on writes refusals down in `to`, which outlives the ledger; null: does not.
  void keep_refusals(Refusals* to) { refusals_ = to; }
  [[nodiscard]] Refusals* refusals() { return refusals_; }

  /// Sorts and merges the flows, counts who was entitled where, and checks conservation.
  [[nodiscard]] Admission close();

 private:
  void count_entitled();

  const AdmissionInput& input_;
  Admission result_;
  Refusals* refusals_ = nullptr;
  std::vector<double> placed_;
  IdVector<CampusId, double> admitted_;
  IdVector<CampusId, double> elsewhere_;  ///< of them, without a flow here; empty: none
};

}  // namespace doorstep
