#pragma once
// What is looked up about a campus rather than watched: how far its pupils come, whose children
// they are, whether it is too large or too small, staff and beds. Beside `measure`.

#include "indicators/way_crossings.h"

namespace doorstep {

/// How a campus stands by its size. Limits: standards.toml, scale.*.
enum class Scale {
  None,      ///< no pupils
  Point,     ///< 教学点: so small that balance leaves it out
  FundedUp,  ///< protected: funded as the larger number
  Usual,
  TooLarge,  ///< above the cap of its kind of school
};
[[nodiscard]] const char* scale_name(Scale scale);

struct CampusFigures {
  /// Over pupils who travel daily; NaN without any who has a way.
  double travel_median_min = 0.0, travel_p90_min = 0.0;
  double share_over_radius = 0.0, share_over_1km = 0.0, share_over_30min = 0.0;
  double share_crossing = 0.0;       ///< crosses a trunk road or railway at grade; NaN: not known
  double own_catchment_share = 0.0;  ///< of pupils who have one; NaN where none has
  double migrant_share = 0.0;        ///< NaN where the place names no migrant class
  double teachers_needed = 0.0;      ///< 0 for kindergartens
  double teachers_short = 0.0;       ///< needed beyond those it has; NaN: not reported
  Scale scale = Scale::None;
  double funded_pupils =
      0.0;  ///< pupils that funding counts: at least scale.funded_as in the country
  bool below_viable = false;  ///< flagged, never closed by itself
  /// Pupils with a longer way than travel.long_time who need a bed or a bus, and how many of them
  /// are too young to board (grades below boarding.first_grade), by the campus's grades.
  double far_pupils = 0.0, far_and_young = 0.0;
  double boarders = 0.0;    ///< of the others, those with a bed: they do not travel daily
  double beds_short = 0.0;  ///< far pupils old enough to board beyond its beds; NaN: beds not given
};

/// What all campuses of one stage in one year are measured from.
struct FiguresInput {
  const Place& place;
  const TravelTable& travel;
  const Standards& standards;
  const WayCrossings* crossings = nullptr;  ///< null: not known
};

/// By campus; those not open come back empty. Throws: Error naming a missing standard.
/// Source: 国办发〔2018〕27号 (below 100 funded as 100, grades 1-3 do not board, half an hour).
[[nodiscard]] IdVector<CampusId, CampusFigures> campus_figures(const FiguresInput& in,
                                                               const YearResult& year,
                                                               StageId stage);

/// Ways of many pupils, summed up. Shared with the figures of towns.
class WaySums {
 public:
  void add(uint32_t decisec, double pupils);
  [[nodiscard]] double mean_min() const;
  /// The way that a share of the pupils do not exceed; NaN of none. Pre: 0 < share <= 1.
  [[nodiscard]] double percentile_min(double share);
  [[nodiscard]] double share_over(Minutes limit) const;
  [[nodiscard]] double pupils() const { return pupils_; }
  /// Pupils beyond a limit; those without a way are not counted.
  [[nodiscard]] double pupils_over(Minutes limit) const;

 private:
  std::vector<std::pair<uint32_t, double>> ways_;
  bool sorted_ = true;
  double pupils_ = 0.0;     ///< all
  double unreached_ = 0.0;  ///< of them without a way
};

}  // namespace doorstep
