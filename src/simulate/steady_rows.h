#pragma once
// The entrant rows of one stage, kept from admission to admission where only numbers of pupils
// change. Internal to `simulate`.

#include "simulate/carry_over.h"

namespace doorstep {

class SteadyRows {
 public:
  /// Rows as entrant_rows makes them when steady, with those of earlier calls besides: a home that
  /// once had a row has it for good, with nobody in it. Lent until give_back().
  [[nodiscard]] std::vector<Entrants> of(const HomeChildren& children, std::size_t classes,
                                         const Cohort* finished, bool whole_cohort,
                                         std::vector<Brought> brought);
  void give_back(std::vector<Entrants> rows) { rows_ = std::move(rows); }
  /// Another number whenever the rows are others, never 0.
  [[nodiscard]] uint64_t stamp() const { return stamp_; }
  /// The homes (rising) where rows were added to those of the stamp before; nothing where the last
  /// call kept all rows as they were, or made all anew.
  [[nodiscard]] std::vector<HomeId> take_grown() { return std::move(grown_); }

 private:
  struct Leavers;
  struct Lacking;

  void make_all(const Leavers& leavers, const std::vector<Entrants>* earlier);
  void map_slots(const Leavers& leavers, Lacking& lacking);
  [[nodiscard]] bool map_key(std::size_t key);
  void fill(const Leavers& leavers, Lacking& lacking);
  [[nodiscard]] bool fill_key(const Leavers& leavers, std::size_t key, RowWalk& placed,
                              RowWalk& waiting);
  void grow(const Leavers& leavers, std::vector<HomeId> homes);
  [[nodiscard]] std::size_t row_with(std::size_t key, const Brought& b) const;

  std::vector<Entrants> rows_;
  std::vector<uint32_t> first_row_;  ///< by home and class, and one more
  std::vector<Brought> brought_;     ///< what the rows were made with
  std::shared_ptr<const SlotPattern> pattern_;
  std::vector<uint16_t> row_of_slot_;  ///< of `pattern_`, counted from the first of home and class
  uint64_t stamp_ = 0;
  std::vector<HomeId> grown_;
};

}  // namespace doorstep
