#pragma once
// Stages, schools, campuses with their seats by year, and education groups.

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/quantity.h"
#include "geo/geometry.h"
#include "place/ids.h"

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
  /// Pupils by grade in the base year where known; else empty.
  std::vector<double> enrolment;
  /// Classes it is planned for, where the source gives them; 0 unknown.
  double classes = 0.0;
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
  /// Extra utility by household class (a faith school for its own families); empty: none.
  std::vector<double> brand_of_class;
  /// First and last autumn with pupils. A campus open from the start has opens = min.
  Year opens = -1000000;
  Year closes = 1000000;
  /// Whether the first year fills grade by grade from the first grade up.
  bool fills_from_first_grade = true;
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
};

/// An education group 教育集团: a core campus and the ties of its members.
struct Group {
  std::string code;
  Name name;
  CampusId core;
  std::vector<Tie> ties;
};

}  // namespace doorstep
