#pragma once
// Edits to a place, by stable code and with the year they hold from. Applying a scenario makes a
// changed copy of the place; the base stays as it was, so reverting is forgetting the copy.
// Reading and writing the file is `io`'s.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "place/place.h"

namespace doorstep {

/// What an edit costs in the place's currency, where nobody said: the standard of config/costs.toml
/// stands in its place.
inline constexpr double kNoCost = -1.0;

/// Opens a new campus. `school` empty: a school of its own.
struct OpenCampus {
  std::string code;
  Name name;
  Xy at;
  std::string stage;
  double seats = 0.0;
  double intake = 0.0;  ///< 0: seats / grades
  Year year = 0;
  std::string school;
  double quality = 1.0;
  double cost = kNoCost;
  int opening_grades = 1;  ///< grades open in the first year; the others follow one a year
};
/// A step that a closure has to go through, with when it was taken; "" where it was not yet.
struct ClosureStep {
  std::string step;  ///< appraisal 论证, notice 公示, hearing 听证, approval 报批
  std::string when;
};
/// In the order of 国办发〔2012〕48号.
inline constexpr std::array<std::string_view, 4> kClosureSteps{"appraisal", "notice", "hearing",
                                                               "approval"};
/// Last pupils leave before `year`; who is enrolled is placed again.
struct CloseCampus {
  std::string campus;
  Year year = 0;
  std::vector<ClosureStep> procedure;  ///< steps that the file names
  bool opposed = false;                ///< parents oppose it
  double cost = kNoCost;
};
/// Ties a campus into a group led by `core` (code of the core campus) in a form.
struct JoinGroup {
  std::string group;
  Name group_name;
  std::string core;
  std::string campus;
  std::string form;
  Year year = 0;
  Year until = 0;  ///< last year of the tie (委托管理 has an end); 0: for good
  std::vector<std::string> practices;  ///< as Tie::practices
  bool one_team = false;               ///< 雁阵管理: one team runs core and members
  std::vector<Name> courses;           ///< as Tie::courses
  std::vector<Name> core_courses;      ///< as Group::courses; empty: as they are
  double cost = kNoCost;
};
/// Ends ties of a group: of one campus, or all of them (the group is dissolved). `year` is the
/// first one without.
struct LeaveGroup {
  std::string group;
  std::string campus;  ///< "": all members
  Year year = 0;
  double cost = kNoCost;
};
/// Sets the seats of a campus and stage from `year` on; intake < 0 leaves it to seats / grades.
struct SetSeats {
  std::string campus;
  std::string stage;
  double seats = 0.0;
  double intake = -1.0;
  Year year = 0;
  double cost = kNoCost;
  double rooms = -1.0;  ///< from `year` on; < 0: as they are. Seats follow where they are not given
};
/// Moves homes to a catchment (by home code), or replaces areas of all catchments of the stage.
struct RedrawCatchments {
  std::string stage;
  Year year = 0;
  /// New catchments by code; campuses by code. A catchment of the same code is replaced.
  struct Area {
    std::string code;
    Name name;
    MultiPolygon area;
    std::vector<std::string> campuses;
    std::vector<std::string> homes;  ///< by code, in addition to those inside `area`
    InputRef source;
  };
  std::vector<Area> catchments;
  bool replace_all = false;
  std::vector<std::string> keep;  ///< catchments that go on where all others end, by code
  double cost = kNoCost;
};
struct SetFeeder {
  std::string from;
  std::string to;
  Year year = 0;
  double cost = kNoCost;
};
/// A housing project: dwellings complete in `year`, with children who move in then.
struct AddHousing {
  std::string code;
  Name name;
  Xy at;
  double dwellings = 0.0;
  /// Over all ages of compulsory schooling, spread evenly; younger children at the same rate an
  /// age.
  double pupils_per_dwelling = 0.0;
  Year year = 0;
  double cost = kNoCost;
};

/// Another admission policy, for the whole run: a place has one policy for all its years.
struct SetPolicy {
  std::string rule;         ///< as rule_name() writes it; "": as it is
  std::string overflow;     ///< "crowd" or "divert"; "": as it is
  std::string eligibility;  ///< "all" or "own_catchment"; "": as it is
  Year year = 0;            ///< not written: it holds from the first year on
  double cost = kNoCost;
  std::optional<bool> private_first = {};  ///< 公民同招; nothing: as it is
  std::string private_losers = {};         ///< "keep" or "last"; "": as it is
  std::optional<bool> transfers = {};      ///< a yearly share looks again; nothing: as it is
};

/// Another name, for the whole run. The code stays, so nothing that names the campus breaks.
struct RenameCampus {
  std::string campus;
  Name name;      ///< a language that is empty is as it was
  Year year = 0;  ///< not written
  double cost = kNoCost;
};

using Edit = std::variant<OpenCampus, CloseCampus, JoinGroup, SetSeats, RedrawCatchments, SetFeeder,
                          AddHousing, SetPolicy, LeaveGroup, RenameCampus>;

inline constexpr int kScenarioVersion = 1;

struct Scenario {
  int version = kScenarioVersion;
  std::string code;
  Name name;
  std::string place;    ///< code of the place it was written for; "" any
  Year first_year = 0;  ///< 0: the place's base year
  int years = 10;
  uint64_t seed = 1;
  double budget = kNoCost;  ///< what the plan may cost, in the place's currency
  std::vector<Edit> edits;
  std::vector<InputRef> sources;  ///< one an edit: where in the file it stands
};

/// The place after every edit: new campuses and homes first, then edits by year, those of one year
/// in order. Without edits the place is the base's equal.
/// `known_forms`: the forms of group_forms.toml; empty: forms are checked when the place is run.
/// What has no effect, or contradicts another edit, is a warning (effect.h).
/// Throws: Error naming an unknown code (and the nearest known one), a year before the base year,
/// or a form that is not among `known_forms`.
[[nodiscard]] Loaded<Place> apply(const Place& base, const Scenario& scenario,
                                  const std::vector<std::string>& known_forms = {});
/// One line for history and reports: "New campus 东城分校, 1,260 seats, 2028".
[[nodiscard]] std::string describe(const Edit& edit, bool chinese);

}  // namespace doorstep
