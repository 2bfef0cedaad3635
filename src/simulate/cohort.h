#pragma once
// Where the pupils of one grade are, as flat sorted rows, and how they move on year by year.
// Internal to `simulate`.

#include <vector>

#include "simulate/simulate.h"

namespace doorstep {

/// Pupils of one home and household class at one campus; an invalid campus: without a seat.
struct PupilRow {
  HomeId home;
  ClassId household;
  CampusId campus;
  double pupils = 0.0;
};

/// One grade. Rows are ordered by (home, household, campus), each key once.
struct Cohort {
  std::vector<PupilRow> placed;
  std::vector<PupilRow> waiting;
  /// Pupils who ever came in, counted on its own, so that a lost pupil is seen.
  double size = 0.0;
};

/// One stage: its grades from the first up, and who left its last grade this year.
struct StageState {
  std::vector<Cohort> grades;
  Cohort leavers;
};

/// Puts rows in order and adds up those of one key.
void sort_and_merge(std::vector<PupilRow>& rows);
/// Adds `more` (in any order) to ordered rows.
void merge_into(std::vector<PupilRow>& rows, std::vector<PupilRow> more);
/// Every grade moves up; the last leaves, the first is empty.
void promote(StageState& state);
/// Takes pupils of campuses that are not open out of their seats.
void displace_from_closed(StageState& state, const Place& place, Year year);
/// Families move: the pupils of a home change by its share. Who comes waits for a seat; who leaves
/// gives up seats and waiting alike. `size` follows.
void move_families(Cohort& cohort, const std::function<double(HomeId)>& share);
[[nodiscard]] double total(const std::vector<PupilRow>& rows);

}  // namespace doorstep
