#include "assign/choice_pull.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.h"

namespace doorstep {

namespace {

/// Fees are large numbers; their coefficient is for this many units of currency.
constexpr double kFeeUnit = 10000.0;

/// The entry that says most about a stage and a household class.
double nearest_entry(const Coefficients& c, const std::string& name, const std::string& stage,
                     const std::string& household) {
  for (const std::string& own :
       {name + "." + stage + "." + household, name + "." + stage, name + "." + household})
    if (c.has(own)) return c.value(own);
  return c.value(name);
}

}  // namespace

ChoicePull::ChoicePull(const AdmissionInput& input)
    : form_(input.policy.distance_form),
      km_per_min_(input.travel->speed().value / 1000.0),
      group_bonus_(input.coefficients->value("choice.group_bonus")) {
  const Coefficients& c = *input.coefficients;
  const std::string stage =
      input.stage.index < input.place->stages.size() ? input.place->stages[input.stage].code : "";
  const bool fees = std::any_of(input.offers.begin(), input.offers.end(),
                                [](const Offer& o) { return o.open && o.fee > 0.0; });
  auto add = [&](const std::string& household) {
    auto entry = [&](const char* name) { return nearest_entry(c, name, stage, household); };
    tastes_.push_back({entry("choice.a_quality"), entry("choice.b_distance"),
                       fees ? entry("choice.p_fee") / kFeeUnit : 0.0});
  };
  for (const HouseholdClass& h : input.place->classes) add(h.code);
  if (tastes_.empty()) add("");
  // Where it is missing it has to be asked for only if someone is somewhere: rows may be many.
  if (c.has("choice.stay") || std::any_of(input.entrants.begin(), input.entrants.end(),
                                          [](const Entrants& e) { return e.present.valid(); }))
    stay_ = nearest_entry(c, "choice.stay", stage, "");
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
  return standing_value(row.household, offer, log_quality) + lasting_value(row, offer, distance);
}

double ChoicePull::lasting_value(const Entrants& row, const Offer& offer, double distance) const {
  const std::size_t h = row.household.valid() ? row.household.index : 0;
  const Taste& taste = tastes_[std::min(h, tastes_.size() - 1)];
  double v = -taste.distance * distance;
  if (offer.fee > 0.0) v -= taste.fee * offer.fee;
  if (h < offer.brand_of_class.size()) v += offer.brand_of_class[h];
  return v;
}

StandingWeights::StandingWeights(const AdmissionInput& input, const ChoicePull& pull)
    : classes_(std::max<std::size_t>(input.place->classes.size(), 1)),
      weight_(input.offers.size() * classes_, 1.0) {
  constexpr double kModerate = 50.0;  // e^50 times the least weight of a way is still a number
  for (CampusId c : input.offers.ids()) {
    if (!input.offers[c].open) continue;
    const double log_quality = std::log(input.offers[c].quality);
    for (std::size_t h = 0; h < classes_; ++h) {
      const double v = pull.standing_value(ClassId(h), input.offers[c], log_quality);
      moderate_ = moderate_ && std::abs(v) <= kModerate;
      weight_[c.index * classes_ + h] = std::exp(v);
    }
  }
}

double choice_weight(double value, double reference) {
  return std::exp(std::clamp(value - reference, -600.0, 600.0));
}

}  // namespace doorstep
