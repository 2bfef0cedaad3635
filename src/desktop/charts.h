#pragma once
// Charts of the inspector, in the taste of the map: limits drawn in, hatches where colour says too
// much or too little, the year shown marked. Each draws into the panel's width and returns its
// height. Units: pixels at 100 %.

#include "desktop/figures.h"
#include "desktop/panels.h"

namespace doorstep::desktop {

/// Pupils against seats by year, the gap between them filled.
double draw_seats_chart(const PanelContext& panel, Xy at, double width,
                        const CampusChoice& campuses);
/// The same of any series; `title` is what stands over it.
double draw_years_chart(const PanelContext& panel, Xy at, double width, const std::string& title,
                        const std::vector<YearFigure>& years);
/// Classes by size, with the limits of large classes.
double draw_bands_chart(const PanelContext& panel, Xy at, double width,
                        const CampusChoice& campuses);
/// Pupils by way to school, with the limits of 500 m and 1 km.
double draw_ways_chart(const PanelContext& panel, Xy at, double width, const DistanceBars& bars);
/// Pupils by grade against the seats of a grade.
double draw_grades_chart(const PanelContext& panel, Xy at, double width,
                         const CampusChoice& campuses);

/// One year of a stacked column chart.
struct YearStack {
  Year year = 0;
  double lower = 0.0, upper = 0.0;
};
/// Columns of two parts by year; the upper part is hatched. Words name the parts.
double draw_stack_chart(const PanelContext& panel, Xy at, double width, const std::string& title,
                        const std::vector<YearStack>& years, const std::string& lower,
                        const std::string& upper);

}  // namespace doorstep::desktop
