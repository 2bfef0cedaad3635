#pragma once
// What a run means: crowding, classes, travel, balance, by campus, stage and year; and what a
// scenario changes against a baseline. Standards (limits, bands) come from standards.toml.

#include <array>
#include <vector>

#include "simulate/simulate.h"

namespace doorstep {

/// Seven bands: ≤25, 26-30, 31-35, 36-45, 46-55, 56-65, ≥66. Units: classes.
using ClassBands = std::array<double, 7>;
inline constexpr std::array<const char*, 7> kBandNames{"<=25",  "26-30", "31-35", "36-45",
                                                       "46-55", "56-65", ">=66"};

struct CampusIndicators {
  bool open = false;
  double utilisation = 0.0;  ///< enrolment / seats
  int classes = 0;
  double class_size = 0.0;  ///< average
  int band = 0;
  int large = 0;       ///< classes of 56 and more
  int very_large = 0;  ///< classes of 66 and more
  double travel_mean_min = 0.0;
  double travel_mean_m = 0.0;
  double pressure =
      0.0;  ///< entitled / planned intake; NaN where children are entitled to no intake
  /// 0 none, 1 yellow [0.90, 1.00), 2 red ≥ 1.00.
  int warning = 0;
};

struct StageIndicators {
  double pupils = 0.0, placed = 0.0, unplaced = 0.0, seats = 0.0, utilisation = 0.0;
  double over_seats = 0.0;  ///< pupils beyond seats, summed over campuses
  int campuses_over = 0;    ///< campuses above 100 %
  int classes = 0, large = 0, very_large = 0;
  ClassBands bands{};
  double travel_mean_min = 0.0, travel_median_min = 0.0, travel_p90_min = 0.0;
  double travel_mean_m = 0.0, travel_median_m = 0.0, travel_p90_m = 0.0;
  double share_over_radius = 0.0;  ///< beyond the stage's service radius
  double share_over_1km = 0.0;
  double share_over_30min = 0.0;
  double own_catchment_share = 0.0;  ///< NaN where there are no catchments
  /// Balance coefficient 差异系数 of seats per pupil over campuses, weighted by pupils; NaN where
  /// undefined.
  double balance = 0.0;
  IdVector<CampusId, CampusIndicators> campuses;
};

struct YearIndicators {
  Year year = 0;
  IdVector<StageId, StageIndicators> stages;
};

struct Standards {
  double large_class = 56, very_large_class = 66;
  double yellow = 0.90, red = 1.00;
  Metres long_way{1000.0};
  Minutes long_time{30.0};
  Coefficients all;  ///< as read, with sources
};

/// The limits that figures use, from the entries of standards.toml ("class.large",
/// "travel.long_way", "warning.red" …). Throws: Error naming a missing entry.
[[nodiscard]] Standards standards_from(const Coefficients& entries);

/// Indicators of every year of a run. Pre: `run` is of `place` and `travel`.
[[nodiscard]] std::vector<YearIndicators> measure(const Place& place, const TravelTable& travel,
                                                  const RunResult& run, const Standards& standards);

/// Pupil-weighted coefficient of variation of resources per pupil over schools.
/// Pre: same length, some pupils > 0. Source: 教督〔2012〕3号; S = √Σ (P_i/P_N)(X_i − X̄)², CV =
/// S/X̄.
[[nodiscard]] double balance_coefficient(const std::vector<double>& pupils,
                                         const std::vector<double>& resources);

/// The composite of several balance coefficients: their mean; NaN of none. Source: as above.
[[nodiscard]] double composite_balance(const std::vector<double>& coefficients);

/// What changes from A to B in one stage and year.
struct StageComparison {
  double must_move = 0.0;  ///< pupils at another campus than in A
  double nearer = 0.0, farther = 0.0;
  struct Row {
    std::string campus;  ///< code
    bool in_a = false, in_b = false;
    double pupils_a = 0.0, pupils_b = 0.0, seats_a = 0.0, seats_b = 0.0;
  };
  std::vector<Row> rows;  ///< by campus code; every campus of A or B
};
/// Campuses and homes of A and B are matched by code.
[[nodiscard]] StageComparison compare_stage(const Place& a, const TravelTable& travel_a,
                                            const StageYear& run_a, const Place& b,
                                            const TravelTable& travel_b, const StageYear& run_b);

}  // namespace doorstep
