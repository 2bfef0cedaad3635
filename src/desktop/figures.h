#pragma once
// Series and bars that the panels draw, read from outcomes; nothing is modelled here.

#include <array>
#include <vector>

#include "scene/classes.h"
#include "session/outcome.h"

namespace doorstep::desktop {

using session::Outcome;

/// Pupils and seats of one year. Units: pupils.
struct YearFigure {
  Year year = 0;
  double pupils = 0.0;
  double seats = 0.0;
};
/// Of one campus, or of the whole stage where `campus` is invalid.
[[nodiscard]] std::vector<YearFigure> seats_and_pupils(const Outcome& outcome, StageId stage,
                                                       CampusId campus);

/// Pupils by way to school in equal bins; the last bin takes all beyond.
struct DistanceBars {
  double bin_m = 125.0;
  std::vector<double> pupils;
  double total = 0.0;
  double beyond_500 = 0.0, beyond_1000 = 0.0;  ///< shares
};
[[nodiscard]] DistanceBars way_to_school(const Outcome& outcome, std::size_t year, StageId stage,
                                         CampusId campus);

/// Pupils of a year by the utilisation class of their campus, low to high.
[[nodiscard]] std::array<double, 7> pupils_by_class(const Outcome& outcome, std::size_t year,
                                                    StageId stage,
                                                    const scene::ClassScheme& scheme);

/// Classes of a campus or, where `campus` is invalid, of the stage, by band; all classes
/// of one campus count in the band of their average.
[[nodiscard]] ClassBands class_bands(const Outcome& outcome, std::size_t year, StageId stage,
                                     CampusId campus);

/// Pupils by grade in one year, of one campus or, where `campus` is invalid, of the stage.
struct GradeStrip {
  std::vector<double> pupils;  ///< first grade first
  double seats = 0.0;          ///< of one grade: all seats over the grades
};
[[nodiscard]] GradeStrip grade_strip(const Outcome& outcome, std::size_t year, StageId stage,
                                     CampusId campus);

/// Index of `year` among the years of the run, the nearest where it is outside.
[[nodiscard]] std::size_t year_index(const Outcome& outcome, Year year);

}  // namespace doorstep::desktop
