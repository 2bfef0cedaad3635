#pragma once
// Year after year: children age, pupils are promoted, entrants are admitted, groups lend their
// name, births move on. Gives for every year where each pupil is; what that means is `indicators`'.

#include <functional>
#include <vector>

#include "assign/assign.h"
#include "place/place.h"
#include "simulate/pupil_flows.h"

namespace doorstep {

enum class Births { Low, Middle, High };

struct YearResult;

/// Pupils above the first grade who changed campus; `from` invalid: had no seat, `to` invalid: lost
/// theirs, since the campus closed.
struct PupilMove {
  HomeId home;
  CampusId from, to;
  double pupils = 0.0;
  bool returned = false;  ///< looked again and came back to the own catchment's campus
};

/// Pupils of one household class.
struct ClassPupils {
  HomeId home;
  ClassId household;
  CampusId campus;
  double pupils = 0.0;
};

/// One stage in one year, row by row: what sums by campus are added up from.
struct StageRows {
  std::vector<PupilMove> moves;
  std::vector<ClassPupils> pupils;  ///< of all grades; a key may stand more than once
};

struct RunOptions {
  Year first_year = 0;  ///< 0: the place's base year
  int years = 10;       ///< years after the first; 0: the first year alone
  uint64_t seed = 1;
  Births births = Births::Middle;
  /// Sees every entry to a first grade with what it was decided from, for explaining figures.
  std::function<void(const AdmissionInput&, const Admission&)> watch;
  /// Sees the admissions that fill the older grades of the first year; the grade counts from 0.
  std::function<void(int grade, const AdmissionInput&, const Admission&)> watch_older;
  /// Sees where the pupils of a stage are and who moved, row by row, for explaining figures.
  std::function<void(Year, StageId, const StageRows&)> watch_rows;
  /// Works out the demand that groups displace and induce, which costs about a clearing each.
  bool relief = true;
  /// Only this stage, and the earlier ones whose pupils it takes over; the others come back empty.
  /// Its figures are those of the whole run. Invalid: all stages.
  StageId only;
  /// Sees each year as soon as it is complete.
  std::function<void(const YearResult&)> each_year;
  /// Keeps flows, and by home who is unplaced, of the last year alone: `each_year` sees the
  /// others'. Flows of the first grade are left out. For places so large that all would not fit in
  /// memory, and for who holds no two runs against each other.
  bool flows_at_end = false;
};

/// One campus and stage in one year.
struct CampusYear {
  bool open = false;
  double enrolment = 0.0;
  std::vector<double> by_grade;
  std::vector<double> by_class;  ///< pupils by household class
  double seats = 0.0;
  double rooms = 0.0;  ///< 0 unknown
  double entry_seats = 0.0;
  double planned_intake = 0.0;
  double entrants = 0.0;  ///< admitted to the first grade this year
  double entitled = 0.0;
  double turned_away = 0.0;
  double came = 0.0;  ///< pupils of later grades who came from another campus or had no seat
  double left = 0.0;  ///< pupils of later grades who went to another campus, or whose campus closed
  double returned = 0.0;  ///< of those who came by looking again: its own catchment's children
  double applied = 0.0;   ///< 公民同招: families whose one application went here
  Tier cutoff_tier = Tier::Other;
  double cutoff_share = 1.0;
  double quality = 1.0;
  double brand = 0.0;
  [[nodiscard]] double utilisation() const { return seats > 0 ? enrolment / seats : 0.0; }
};

struct StageYear {
  IdVector<CampusId, CampusYear> campuses;
  PupilFlows flows;                       ///< ordered by (home, campus)
  PupilFlows first_grade;                 ///< those of the first grade alone, in the same order
  IdVector<HomeId, double> unplaced_of;   ///< pupils of the stage's ages without a seat
  std::vector<double> unplaced_by_class;  ///< the same by household class
  double pupils = 0.0;                    ///< placed + unplaced
  double placed = 0.0;
  double unplaced = 0.0;
  double moved = 0.0;     ///< pupils of later grades at another campus than the year before
  double returned = 0.0;  ///< 回流: who looked again and came back to the own catchment's campus
  int rounds = 0;
  bool converged = true;
  bool flows_kept = true;  ///< false: `flows` and `unplaced_of` are let go (flows_at_end)
};

/// What a group does in one year. Demand is the first choice of families with children entering a
/// first grade, beside what it would be if the group lent nothing. Units: pupils, persons.
struct GroupYear {
  int members = 0;           ///< open campuses tied to it, the core apart
  double staff_sent = 0.0;   ///< share of the core's staff that works at members
  double posts_saved = 0.0;  ///< posts of leadership that one team for all does without
  double gained = 0.0;       ///< demand at members through the group
  double displaced = 0.0;    ///< of `gained`, what would have gone to the core: its relief
  double induced = 0.0;      ///< of `gained`, what would have gone elsewhere
};

struct YearResult {
  Year year = 0;
  IdVector<StageId, StageYear> stages;
  IdVector<GroupId, GroupYear> groups;
};

struct RunResult {
  std::vector<YearResult> years;
  /// Largest |pupils in − placed − unplaced| / pupils over all years and stages.
  double conservation_error = 0.0;
  Diagnostics notes;
};

/// Rates of one group form, from group_forms.toml. Values by name: brand_share, staff, pooled, …
using GroupForms = std::map<std::string, Coefficients>;

/// Pre: `travel` was computed for `place`. Throws: Error, Cancelled.
[[nodiscard]] RunResult simulate(const Place& place, const TravelTable& travel,
                                 const Coefficients& coefficients, const GroupForms& forms,
                                 const RunOptions& options, Progress& progress);

}  // namespace doorstep
