#pragma once
// Where the pupils of one grade are, as flat sorted rows, and how they move on year by year.
// Internal to `simulate`.

#include <vector>

#include "assign/slot_grid.h"
#include "simulate/simulate.h"

namespace doorstep {

/// Pupils of one home and household class at one campus; an invalid campus: without a seat.
struct PupilRow {
  HomeId home;
  ClassId household;
  CampusId campus;
  double pupils = 0.0;
};

/// One grade. Rows are ordered by (home, household, campus), each key once. Who was admitted by
/// `choice` may stand in the grid instead, beside others of the same home in `placed`.
struct Cohort {
  SlotGrid grid;
  std::vector<PupilRow> placed;
  std::vector<PupilRow> waiting;
  /// Pupils who ever came in, counted on its own, so that a lost pupil is seen.
  double size = 0.0;
};

/// Who changed campus above the first grade this year. By campus; empty before any year passed.
struct Moves {
  IdVector<CampusId, double> came, left, returned;
  double moved = 0.0;
  bool keep_rows = false;  ///< for who watches rows; else `rows` stays empty
  std::vector<PupilMove> rows;
  Moves() = default;
  explicit Moves(std::size_t campuses, bool keep = false)
      : came(campuses, 0.0), left(campuses, 0.0), returned(campuses, 0.0), keep_rows(keep) {}
  /// Counts a move where it ends and where it begins.
  void add(const PupilMove& move);
};

/// One stage: its grades from the first up, and who left its last grade this year.
struct StageState {
  std::vector<Cohort> grades;
  Cohort leavers;
  Moves moves;
  /// By grade: those of `waiting` whose campus closed this year, so that their move is seen.
  std::vector<std::vector<PupilRow>> displaced;
};

/// Puts rows in order and adds up those of one key.
void sort_and_merge(std::vector<PupilRow>& rows);
/// Adds `more` (in any order) to ordered rows.
void merge_into(std::vector<PupilRow>& rows, std::vector<PupilRow> more);
/// Turns the grid into rows: for what changes single pupils.
void dissolve(Cohort& cohort);
/// Adds who is placed to sums by campus.
void add_placed(const Cohort& cohort, IdVector<CampusId, double>& at);
[[nodiscard]] double placed_in(const Cohort& cohort);
/// Every grade moves up; the last leaves, the first is empty.
void promote(StageState& state);
/// Takes pupils of campuses that are not open out of their seats, and counts them as having left.
/// Pre: state.moves has the campuses of the place.
void displace_from_closed(StageState& state, const Place& place, Year year);
/// Counts those of the displaced who have a seat again, once `waiting` is what remained of
/// `waiting_before`.
void count_displaced_placed(StageState& state, std::size_t grade,
                            const std::vector<PupilRow>& waiting_before);
/// Families move: the pupils of a home change by its share. Who comes waits for a seat; who leaves
/// gives up seats and waiting alike. `size` follows.
void move_families(Cohort& cohort, const std::function<double(HomeId)>& share);
[[nodiscard]] double total(const std::vector<PupilRow>& rows);

}  // namespace doorstep
