#pragma once
// The world as given: stages, schools, campuses, groups, homes, catchments, feeders, policy.
// Validated and immutable once loaded; scenarios make a changed copy. Everything that changes with
// time (seats, opening, membership, catchments, housing) carries its years here.
// Travel is computed by `network` from what `travel` describes.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/quantity.h"
#include "geo/geometry.h"
#include "place/coefficient.h"
#include "place/ids.h"
#include "place/policy.h"
#include "place/streets.h"

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

/// A class of household in admission order, e.g. owner with hukou, migrant.
struct HouseholdClass {
  std::string code;
  Name name;
};

/// Children at homes, home-major: index (home * classes + class) * ages + age. Units: pupils.
/// Age 0 … ages-1 in whole years at the cut-off of the base year.
struct ChildTable {
  std::size_t classes = 1;
  int ages = 19;
  std::vector<double> count;
  [[nodiscard]] double at(HomeId h, ClassId c, int age) const {
    return count[(h.index * classes + c.index) * static_cast<std::size_t>(ages) +
                 static_cast<std::size_t>(age)];
  }
  double& at(HomeId h, ClassId c, int age) {
    return count[(h.index * classes + c.index) * static_cast<std::size_t>(ages) +
                 static_cast<std::size_t>(age)];
  }
};

/// A home 居住点: a point, cell, community or village.
struct Home {
  std::string code;
  Xy at;
  AreaId area;
  InputRef source;
};

/// New homes from a housing project: pupils a year join at one home as dwellings complete.
struct Housing {
  std::string code;
  Name name;
  HomeId home;
  Year completes = 0;
  double dwellings = 0.0;
  /// Children per dwelling by age, same length as ChildTable::ages.
  std::vector<double> yield_by_age;
};

/// A catchment 学区 of one stage: its area, its homes, and the campuses that serve it.
struct Catchment {
  std::string code;
  Name name;
  StageId stage;
  Year from = -1000000;
  Year until = 1000000;
  MultiPolygon area;
  std::vector<HomeId> homes;
  std::vector<CampusId> campuses;
  InputRef source;
  [[nodiscard]] bool holds_in(Year y) const { return y >= from && y <= until; }
};

/// A feeder 对口直升: who finishes at `from` may enter `to`.
struct Feeder {
  CampusId from;
  CampusId to;
  Year since = -1000000;
};

/// A town, 街道 or district: where homes are counted.
struct Area {
  std::string code;
  Name name;
  UrbanClass urban = UrbanClass::City;
  MultiPolygon shape;
};

/// Entrants of a stage given outright for areas and years (a register or a forecast).
/// Shared among the area's homes as the base-year entrants are.
struct EntrantTotal {
  AreaId area;
  StageId stage;
  Year year = 0;
  double pupils = 0.0;
};

/// How births move on from the base year: factor a year on the base year's age-0 children.
struct Growth {
  std::vector<Step> birth_factor;      ///< middle variant, 1 = base year
  std::vector<Step> birth_factor_low;
  std::vector<Step> birth_factor_high;
  std::vector<EntrantTotal> entrants;
  std::string source;
  std::string mark = "assumed";
};

enum class TravelMode { Streets, Table, Straight };

/// One given row of a travel table.
struct GivenTravel {
  HomeId home;
  CampusId campus;
  Minutes minutes;
};

/// What travel is to be computed from. Speeds are door to door.
struct Travel {
  TravelMode mode = TravelMode::Straight;
  MetresPerMinute speed{80.0};
  double detour = 1.3;
  std::vector<GivenTravel> given;             ///< mode Table
  std::shared_ptr<const Streets> streets;     ///< mode Streets
  Name note;                                  ///< said on every output, e.g. the assumed detour
};

/// A background line or area to draw: river, railway, main road, district border.
struct Backdrop {
  enum class Kind { Water, River, Rail, Arterial, Street, Border, Park };
  Kind kind = Kind::Street;
  std::vector<Polyline> lines;
  MultiPolygon area;
  Name name;
};

/// One layer of input, for provenance.
struct LayerSource {
  std::string layer;
  std::string file;
  std::string licence;
  std::string attribution;
  std::string sha256;
  Origin origin = Origin::Real;
};

/// Observed numbers to compare with (an allocation round), per campus.
struct Observation {
  std::string label;  ///< "2023/24"
  Year year = 0;
  StageId stage;
  std::vector<std::pair<CampusId, double>> pupils;
};

/// The whole. All ids index into the vectors here.
struct Place {
  std::string code;
  Name name;
  Year base_year = 0;
  std::string crs;  ///< the projected system of every Xy, as PROJ reads it
  Origin origin = Origin::Real;
  std::string origin_note_zh;  ///< what is real, derived, synthetic; "" where all is real
  std::string origin_note_en;
  std::string map_approval;  ///< 审图号, "" where there is none

  IdVector<StageId, Stage> stages;
  IdVector<SchoolId, School> schools;
  IdVector<CampusId, Campus> campuses;
  IdVector<GroupId, Group> groups;
  IdVector<ClassId, HouseholdClass> classes;
  IdVector<AreaId, Area> areas;
  IdVector<HomeId, Home> homes;
  ChildTable children;
  std::vector<Housing> housing;
  IdVector<CatchmentId, Catchment> catchments;
  std::vector<Feeder> feeders;
  Growth growth;
  Travel travel;
  Policy policy;
  std::vector<Backdrop> backdrop;
  std::vector<Observation> observations;
  std::vector<LayerSource> sources;
};

/// By stable code; invalid id where unknown. Cost: linear (use a CodeIndex in loops).
[[nodiscard]] CampusId find_campus(const Place& place, std::string_view code);
[[nodiscard]] StageId find_stage(const Place& place, std::string_view code);
[[nodiscard]] CatchmentId find_catchment(const Place& place, StageId stage, std::string_view code);
[[nodiscard]] GroupId find_group(const Place& place, std::string_view code);

/// The catchment of every home for a stage and year; `none` where no catchment holds the home.
[[nodiscard]] IdVector<HomeId, CatchmentId> catchment_of_homes(const Place& place, StageId stage,
                                                               Year year);
/// A housing project whose children are spread evenly over the ages of the compulsory stages
/// (primary and junior; all stages where there is none of them), and as many a year below them: who
/// is small now comes to school later.
[[nodiscard]] Housing housing_project(const Place& place, std::string code, Name name, HomeId home,
                                      Year completes, double dwellings, double pupils_per_dwelling);
/// The box of homes, campuses and catchments. Units: metres.
[[nodiscard]] Box extent(const Place& place);

/// What is wrong or in doubt in a place as it stands: seats, positions, memberships, sums.
[[nodiscard]] Diagnostics validate(const Place& place);

}  // namespace doorstep
