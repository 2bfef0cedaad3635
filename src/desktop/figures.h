#pragma once
// Series and bars that the panels draw, read from outcomes; nothing is modelled here.

#include <algorithm>
#include <array>
#include <vector>

#include "scene/classes.h"
#include "session/outcome.h"

namespace doorstep::desktop {

using session::Outcome;

/// The campuses that figures are summed over; by default all of the stage.
class CampusChoice {
 public:
  CampusChoice() = default;
  /// Invalid: all of them. Meant to be given where a choice is asked for.
  CampusChoice(CampusId one) : all_(!one.valid()), named_{one} {}
  explicit CampusChoice(std::vector<CampusId> named) : all_(false), named_(std::move(named)) {}
  [[nodiscard]] bool all() const { return all_; }
  [[nodiscard]] bool has(CampusId campus) const {
    return all_ || std::find(named_.begin(), named_.end(), campus) != named_.end();
  }

 private:
  bool all_ = true;
  std::vector<CampusId> named_;
};

/// Pupils and seats of one year. Units: pupils.
struct YearFigure {
  Year year = 0;
  double pupils = 0.0;
  double seats = 0.0;
};
/// With all campuses also the pupils without a place.
[[nodiscard]] std::vector<YearFigure> seats_and_pupils(const Outcome& outcome, StageId stage,
                                                       const CampusChoice& campuses);

/// Pupils by way to school in equal bins; the last bin takes all beyond.
struct DistanceBars {
  double bin_m = 125.0;
  std::vector<double> pupils;
  double total = 0.0;
  double beyond_500 = 0.0, beyond_1000 = 0.0;  ///< shares
};
[[nodiscard]] DistanceBars way_to_school(const Outcome& outcome, std::size_t year, StageId stage,
                                         const CampusChoice& campuses);
/// Of the pupils who live at homes marked in `lives`, wherever they go.
[[nodiscard]] DistanceBars way_from_homes(const Outcome& outcome, std::size_t year, StageId stage,
                                          const IdVector<HomeId, char>& lives);

/// Pupils of a year by the utilisation class of their campus, low to high.
[[nodiscard]] std::array<double, 7> pupils_by_class(const Outcome& outcome, std::size_t year,
                                                    StageId stage,
                                                    const scene::ClassScheme& scheme);

/// Classes by band; all classes of one campus count in the band of their average.
[[nodiscard]] ClassBands class_bands(const Outcome& outcome, std::size_t year, StageId stage,
                                     const CampusChoice& campuses);
/// Mean class; NaN of none. Units: pupils.
[[nodiscard]] double mean_class(const Outcome& outcome, std::size_t year, StageId stage,
                                const CampusChoice& campuses);

/// Pupils by grade in one year.
struct GradeStrip {
  std::vector<double> pupils;  ///< first grade first
  double seats = 0.0;          ///< of one grade: all seats over the grades
};
[[nodiscard]] GradeStrip grade_strip(const Outcome& outcome, std::size_t year, StageId stage,
                                     const CampusChoice& campuses);

/// Index of `year` among the years of the run, the nearest where it is outside.
[[nodiscard]] std::size_t year_index(const Outcome& outcome, Year year);

}  // namespace doorstep::desktop
