#pragma once
// Stages, schools, campuses with their seats by year, and education groups.

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/quantity.h"
#include "geo/geometry.h"
#include "place/ids.h"
#include "place/policy.h"
#include "place/resources.h"

namespace doorstep {

/// A name in both languages; either may be empty.
struct Name {
  std::string zh;
  std::string en;
  [[nodiscard]] const std::string& in_chinese() const { return zh.empty() ? en : zh; }
  [[nodiscard]] const std::string& in_english() const { return en.empty() ? zh : en; }
};

enum class StageKind { Kindergarten, Primary, Junior, Senior };

/// A stage of schooling with its grades.
struct Stage {
  std::string code;
  Name name;
  StageKind kind = StageKind::Primary;
  int grades = 6;
  /// Age in whole years of a pupil who enters the first grade.
  int entry_age = 6;
  /// Pupils per class the stage is planned for (standards.toml unless the place says otherwise).
  int class_standard = 45;
  Metres service_radius{500.0};
};

/// Urban class of a campus: 城 / 镇 / 乡.
enum class UrbanClass { City, Town, Rural };
enum class Ownership { Public, Private };
/// Small schools that stay where children would travel too far: 必要的小规模学校, 教学点.
enum class Protection { None, SmallSchool, TeachingPoint };

/// Real, derived from real figures, or synthetic: shown on every export.
enum class Origin { Real, Derived, Synthetic };

/// A value that holds from a year on until the next one. Ordered by year.
struct Step {
  Year from = 0;
  double value = 0.0;
};
/// The value in force in `year`; before the first step the first value; 0 where there is none.
[[nodiscard]] double value_in(const std::vector<Step>& steps, Year year);

/// What a campus offers at one stage.
struct CampusStage {
  /// Seats 学位 of the whole stage, all grades. Units: pupils.
  std::vector<Step> seats;
  /// Planned intake of the first grade where the source gives it. Units: pupils a year.
  std::vector<Step> intake;
  /// Classrooms for this stage; 0 unknown.
  double rooms = 0.0;
  /// Classrooms from a year on, where they change; before the first step, `rooms`.
  std::vector<Step> rooms_from;
  /// Pupils by grade in the base year where known; else empty.
  std::vector<double> enrolment;
  /// Classes it is planned for, where the source gives them; 0 unknown.
  double classes = 0.0;
  Resources resources;  ///< where the source gives them
};

/// A campus 校区: one site of a school.
struct Campus {
  std::string code;
  Name name;
  Xy at;
  SchoolId school;
  AreaId area;
  UrbanClass urban = UrbanClass::City;
  Origin origin = Origin::Real;
  /// Relative quality, > 0; 1 is the pupil-weighted mean of the base year.
  double quality = 1.0;
  /// Pull of the name in the utility of choice, in utility units.
  double brand = 0.0;
  /// Extra utility by household class (a faith school for its own); empty: none.
  std::vector<double> brand_of_class;
  /// First and last autumn with pupils. A campus open from the start has opens = min.
  Year opens = -1000000;
  Year closes = 1000000;
  /// Grades that a new campus has in its first year; the others follow one a year.
  int opening_grades = 1;
  /// Yearly fee. Units: the place's currency.
  double fee = 0.0;
  /// What it does with guaranteed tiers when it is full; empty: as the place's policy says.
  std::optional<Overflow> overflow;
  /// Why closing it is not a matter of numbers alone.
  Protection protection = Protection::None;
  /// 课程集群: the courses it offers to pupils of its whole school. Tags; no effect on figures.
  std::vector<Name> courses;
  /// By stage id; empty where the campus does not teach that stage.
  IdVector<StageId, std::optional<CampusStage>> stages;
  InputRef source;

  [[nodiscard]] bool open_in(Year y) const { return y >= opens && y <= closes; }
};

/// A school 学校: the legal person over one or more campuses.
struct School {
  std::string code;
  Name name;
  Ownership ownership = Ownership::Public;
};

/// One member's tie to a group: the form is a key of group_forms.toml.
struct Tie {
  CampusId member;
  std::string form;
  Year since = -1000000;
  Year until = 1000000;
  /// What it really does ("mutual_shared.teachers"): its depth is their weight among their set's.
  std::vector<std::string> practices;
  /// 课程集群: what the member offers to pupils of the group while the tie holds.
  std::vector<Name> courses;
};

/// Who lends name and quality without being a campus: a university (高校附属).
struct Sponsor {
  Name name;
  double quality = 1.0;  ///< what its schools come near to; 1 is the mean of the place
  double brand = 0.0;    ///< Units: utility
};

/// An education group 教育集团: a core campus and the ties of its members.
struct Group {
  std::string code;
  Name name;
  CampusId core;  ///< invalid only where there is a sponsor
  std::vector<Tie> ties;
  std::optional<Sponsor> sponsor;
  /// 雁阵管理: one team runs core and members, instead of one each.
  bool one_team = false;
  std::vector<Name> courses = {};  ///< those of the core, as Tie::courses
};

/// Classrooms of a campus and stage in a year; 0 unknown.
[[nodiscard]] double rooms_in(const CampusStage& stage, Year year);

}  // namespace doorstep
