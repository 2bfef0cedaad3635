#pragma once
// How strongly a campus draws a row of pupils: the utility V of docs/model.md, "One year's
// admission". Knows nothing of seats and priorities.

#include <vector>

#include "assign/assign.h"

namespace doorstep {

class ChoicePull {
 public:
  /// Coefficients: choice.a_quality, choice.b_distance, and where an offer has a fee choice.p_fee,
  /// each also by stage, household class, or both (".STAGE", ".CLASS", ".STAGE.CLASS": the last
  /// named counts before the others, a stage before a class); choice.kappa_km, choice.group_bonus,
  /// and where someone has a present campus choice.stay, also by stage.
  /// Throws: Error naming a missing coefficient.
  explicit ChoicePull(const AdmissionInput& input);

  /// f(m) of the distance form. Units: tenths of a second in; for the exponential form kilometres
  /// out, so that its rate is per km.
  [[nodiscard]] double distance(uint32_t decisec) const;
  /// V without the bonus of a shared group. `distance` as above.
  [[nodiscard]] double value(const Entrants& row, const Offer& offer, double log_quality,
                             double distance) const;
  /// What of V the year's standing of the campus makes: quality and name.
  [[nodiscard]] double standing_value(ClassId household, const Offer& offer,
                                      double log_quality) const {
    return quality_taste(household) * log_quality + offer.brand;
  }
  /// The rest of it: the way, the fee, the pull of the campus's own on the class.
  [[nodiscard]] double lasting_value(const Entrants& row, const Offer& offer,
                                     double distance) const;
  [[nodiscard]] double group_bonus() const { return group_bonus_; }
  /// What ln quality weighs for a household class.
  [[nodiscard]] double quality_taste(ClassId household) const {
    const std::size_t h = household.valid() ? household.index : 0;
    return tastes_[h < tastes_.size() ? h : tastes_.size() - 1].quality;
  }
  /// Pull of the campus where a pupil is now.
  [[nodiscard]] double stay() const { return stay_; }

 private:
  /// What a household class weighs.
  struct Taste {
    double quality = 0.0;
    double distance = 0.0;
    double fee = 0.0;  ///< Units: utility per unit of currency
  };

  std::vector<Taste> tastes_;
  DistanceForm form_;
  double km_per_min_ = 0.08;
  double kappa_min_ = 1.0;
  double group_bonus_ = 0.0;
  double stay_ = 0.0;
};

/// The weight that the standing of each campus has for each household class: a factor of exp(V)
/// that alone changes from year to year.
class StandingWeights {
 public:
  StandingWeights() = default;
  StandingWeights(const AdmissionInput& input, const ChoicePull& pull);
  /// Whether all are moderate numbers; else V has to be taken as a whole.
  [[nodiscard]] bool moderate() const { return moderate_; }
  [[nodiscard]] double of(ClassId household, CampusId campus) const {
    const std::size_t h =
        household.valid() && household.index < classes_ ? household.index : classes_ - 1;
    return weight_[campus.index * classes_ + (household.valid() ? h : 0)];
  }

 private:
  std::size_t classes_ = 1;
  bool moderate_ = true;
  std::vector<double> weight_;  ///< by campus and class
};

/// The weight of V beside the largest V of the row. Below e^-600 a weight would vanish, and with it
/// a row to whom nothing else is open.
[[nodiscard]] double choice_weight(double value, double reference);

}  // namespace doorstep
