#pragma once
// `choice` while someone drags: keeps the market of one admission, takes edits of campuses and of
// children, and finds the cutoffs again from the last ones. What it ends with is what a fresh start
// gives, to rounding. 统筹 of who holds no seat, and who sits where inside a pool, are left to
// assign_pupils.

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "assign/choice_market.h"
#include "assign/choice_pull.h"
#include "assign/clearing_state.h"
#include "assign/cutoff.h"

namespace doorstep {

/// One campus in a live result.
struct LiveCampus {
  double admitted = 0.0;  ///< of a pool: by all of it together
  Cutoff cutoff;
  bool full = false;  ///< refuses someone
  bool pooled = false;
};

class ChoiceLive {
 public:
  /// `input.place` and `input.travel` outlive it. Pre: suits(input). Throws: Error as `choice`.
  explicit ChoiceLive(AdmissionInput input);
  /// Whether the market is of a size that can be kept (clearing_state.h).
  [[nodiscard]] static bool suits(const ChoiceMarket& market) {
    return ClearingState::suits(market.market);
  }

  /// The campus stands elsewhere. Units: tenths of a second, by home; kUnreachable where no way.
  void move(CampusId campus, std::vector<uint32_t> decisec);
  /// Other seats, quality, brand, overflow, or opened or closed. Pre: same pool and group.
  void set_offer(CampusId campus, const Offer& offer);
  /// A campus that nobody knew, outside pools and catchments. Returns its id: the next one.
  CampusId add(const Offer& offer, std::vector<uint32_t> decisec);
  /// Children of rows of `input.entrants`.
  void set_pupils(std::span<const ClearingState::RowPupils> rows);

  /// At most `max_rounds` rounds; call again to go on. Returns whether the answer is exact.
  /// Throws: Cancelled (may be resumed).
  bool settle(int max_rounds, const Progress& progress);

  [[nodiscard]] bool exact() const { return state_->settled(); }
  /// Largest error at a campus of an answer not yet exact. Units: pupils.
  [[nodiscard]] double residual() const { return state_->residual(); }
  [[nodiscard]] LiveCampus campus(CampusId campus) const;
  /// Pupils who hold no seat, before 统筹.
  [[nodiscard]] double unplaced() const;
  /// Pupils of one row by campus; at a pool by the campus it is seen through.
  [[nodiscard]] std::vector<Flow> flows_of(std::size_t row) const;
  /// Writes to the ledger what a fresh `choice` would, before 统筹. `now`: the input with the place
  /// and the travel as edited so far. Pre: exact(). Cost: a pass over all options.
  void place(const AdmissionInput& now, Ledger& ledger) const;
  [[nodiscard]] const ClearingState& state() const { return *state_; }
  [[nodiscard]] const AdmissionInput& input() const { return input_; }

 private:
  [[nodiscard]] uint32_t decisec(HomeId home, CampusId campus) const;
  [[nodiscard]] bool may_apply_now(HomeId home, CampusId campus) const;
  void index_homes();
  void list_again(uint32_t unit);
  void list_group(GroupId group, CampusId but);
  void collect_homes(uint32_t unit);
  void look(HomeId home, uint32_t unit, std::vector<ClearingState::UnitOption>& out);
  [[nodiscard]] double value(const Entrants& row, CampusId campus, double distance) const;
  [[nodiscard]] uint32_t rank(const Entrants& row, uint32_t unit) const;
  uint32_t unit_for(CampusId campus);
  [[nodiscard]] std::vector<uint8_t> guaranteed(uint32_t unit) const;

  AdmissionInput input_;
  ChoicePull pull_;
  ChoiceMarket market_;  ///< its rows live in state_
  std::optional<ClearingState> state_;
  std::vector<uint32_t> first_row_;             ///< by home
  std::vector<std::vector<HomeId>> own_homes_;  ///< by campus: homes of its catchment
  std::vector<std::vector<uint32_t>> column_;   ///< by campus, where it moved
  IdVector<CampusId, double> log_quality_;
  std::vector<HomeId> homes_;  ///< scratch: who may list a unit
};

}  // namespace doorstep
