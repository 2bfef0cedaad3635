#include "assign/choice_pull.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.h"

namespace doorstep {

namespace {

double of_class(const Coefficients& c, const std::string& name, const std::string& code) {
  const std::string own = name + "." + code;
  return c.value(c.has(own) ? own : name);
}

}  // namespace

ChoicePull::ChoicePull(const AdmissionInput& input)
    : form_(input.policy.distance_form),
      km_per_min_(input.travel->speed().value / 1000.0),
      group_bonus_(input.coefficients->value("choice.group_bonus")) {
  const Coefficients& c = *input.coefficients;
  for (const HouseholdClass& h : input.place->classes)
    tastes_.push_back(
        {of_class(c, "choice.a_quality", h.code), of_class(c, "choice.b_distance", h.code)});
  if (tastes_.empty())
    tastes_.push_back({c.value("choice.a_quality"), c.value("choice.b_distance")});
  if (form_ != DistanceForm::TruncatedPower) return;
  const double kappa_km = c.value("choice.kappa_km");
  if (!(kappa_km > 0.0))
    throw Error("the distance where choice thins out must be above 0", "choice.kappa_km",
                "1.5 km is the value found in Shenyang");
  kappa_min_ = kappa_km / km_per_min_;
}

double ChoicePull::distance(uint32_t decisec) const {
  const double minutes = decisec / 600.0;
  if (form_ == DistanceForm::Exponential) return minutes * km_per_min_;
  const double power = std::log(std::max(minutes, 1.0));
  return form_ == DistanceForm::Power ? power : power + minutes / kappa_min_;
}

double ChoicePull::value(const Entrants& row, const Offer& offer, double log_quality,
                         double distance) const {
  const std::size_t h = row.household.valid() ? row.household.index : 0;
  const Taste& taste = tastes_[std::min(h, tastes_.size() - 1)];
  double v = taste.quality * log_quality + offer.brand - taste.distance * distance;
  if (h < offer.brand_of_class.size()) v += offer.brand_of_class[h];
  return v;
}

double choice_weight(double value, double reference) {
  return std::exp(std::clamp(value - reference, -600.0, 600.0));
}

}  // namespace doorstep
