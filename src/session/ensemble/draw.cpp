#include "session/ensemble/draw.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/random.h"

namespace doorstep::session {
namespace {

constexpr const char* kBirths = "ensemble.births";
constexpr const char* kDelivered = "ensemble.housing_delivered";
constexpr const char* kDelay = "ensemble.housing_delay";
constexpr const char* kForm = "form.";

bool varies(const Coefficient& c) { return c.low < c.high && c.mark != "numerical"; }

void add_forms_in_use(const OpenPlace& opened, const std::vector<const Place*>& plans,
                      std::vector<Uncertain>& out) {
  std::set<std::string> used;
  for (const Place* plan : plans)
    for (const Group& g : plan->groups)
      for (const Tie& t : g.ties) used.insert(t.form);
  for (const auto& [form, rates] : opened.forms) {
    if (!used.contains(form)) continue;
    for (const auto& [rate, c] : rates.items())
      if (varies(c)) out.push_back({kForm + form + "." + rate, c});
  }
}

/// The sets of practices that some tie names: "mutual_shared".
std::set<std::string> practised_sets(const std::vector<const Place*>& plans) {
  std::set<std::string> out;
  for (const Place* plan : plans)
    for (const Group& g : plan->groups)
      for (const Tie& t : g.ties)
        for (const std::string& p : t.practices) out.insert(p.substr(0, p.find('.')));
  return out;
}

/// Whether a plan's rule reads a coefficient of choice: what is switched off moves nothing.
bool reads(const Place& plan, const std::string& name) {
  const Policy& policy = plan.policy;
  if (policy.rule != Rule::Choice && policy.rule != Rule::Micro) return false;
  auto is = [&](const std::string& base) { return name == base || name.starts_with(base + "."); };
  if (is("choice.p_fee"))
    return std::ranges::any_of(plan.campuses, [](const Campus& c) { return c.fee > 0; });
  if (is("choice.public_bonus")) return policy.private_first;
  if (is("choice.transfer_share")) return policy.transfers;
  if (is("choice.stay")) return policy.transfers || policy.through_schools;
  if (is("choice.kappa_km")) return policy.distance_form == DistanceForm::TruncatedPower;
  if (is("choice.group_bonus")) return !plan.groups.empty() || !plan.catchments.empty();
  return name.starts_with("choice.");
}

/// A step function from two, `share` of the way from the first to the second.
std::vector<Step> between(const std::vector<Step>& from, const std::vector<Step>& to,
                          double share) {
  std::set<Year> years;
  for (const Step& s : from) years.insert(s.from);
  for (const Step& s : to) years.insert(s.from);
  std::vector<Step> out;
  for (Year y : years)
    out.push_back({y, (1.0 - share) * value_in(from, y) + share * value_in(to, y)});
  return out;
}

void move_births(Growth& growth, double position) {
  const std::vector<Step>& end = position < 0 ? growth.birth_factor_low : growth.birth_factor_high;
  if (position == 0 || end.empty() || growth.birth_factor.empty()) return;
  growth.birth_factor = between(growth.birth_factor, end, std::abs(position));
}

}  // namespace

double triangular(const Coefficient& range, double u) {
  double width = range.high - range.low;
  if (!(width > 0)) return range.value;
  double rising = range.value - range.low;
  if (u * width < rising) return range.low + std::sqrt(u * width * rising);
  return range.high - std::sqrt((1.0 - u) * width * (range.high - range.value));
}

std::vector<Uncertain> uncertain_inputs(const OpenPlace& opened,
                                        const std::vector<const Place*>& plans,
                                        const Coefficients& entries) {
  std::vector<Uncertain> out;
  const Growth& growth = opened.place.growth;
  const std::set<std::string> sets = practised_sets(plans);
  auto practised = [&](const std::string& name) {
    return std::ranges::any_of(
        sets, [&](const std::string& set) { return name.starts_with("practice." + set + "."); });
  };
  for (const auto& [name, c] : opened.coefficients.items()) {
    bool used = std::ranges::any_of(plans, [&](const Place* p) { return reads(*p, name); }) ||
                practised(name) || (name.starts_with("births.") && growth.birth_factor.empty());
    if (used && varies(c)) out.push_back({name, c});
  }
  add_forms_in_use(opened, plans, out);
  auto add = [&](const char* name, bool used) {
    if (used && entries.has(name) && varies(entries.items().at(name)))
      out.push_back({name, entries.items().at(name)});
  };
  add(kBirths, !growth.birth_factor.empty() &&
                   !(growth.birth_factor_low.empty() && growth.birth_factor_high.empty()));
  bool builds = std::ranges::any_of(plans, [](const Place* p) { return !p->housing.empty(); });
  add(kDelivered, builds);
  add(kDelay, builds);
  return out;
}

Draw values_as_they_stand(const std::vector<Uncertain>& inputs) {
  Draw draw;
  for (const Uncertain& i : inputs) draw.push_back(i.range.value);
  return draw;
}

Draw draw_values(const std::vector<Uncertain>& inputs, uint64_t seed, int number) {
  Draw draw;
  RandomKey key = RandomKey(seed).with("ensemble").with(static_cast<uint64_t>(number));
  for (const Uncertain& i : inputs) draw.push_back(triangular(i.range, key.with(i.name).uniform()));
  return draw;
}

Place DrawnWorld::place_under(const Place& place, const std::vector<Uncertain>& inputs,
                              const Draw& draw) {
  Place out = place;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].name == kBirths) move_births(out.growth, draw[i]);
    for (Housing& h : out.housing) {
      if (inputs[i].name == kDelivered) h.dwellings *= draw[i];
      if (inputs[i].name == kDelay) h.completes += static_cast<Year>(std::lround(draw[i]));
    }
  }
  return out;
}

DrawnWorld world_under(const OpenPlace& opened, const std::vector<Uncertain>& inputs,
                       const Draw& draw) {
  DrawnWorld world{opened.coefficients, opened.forms};
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const std::string& name = inputs[i].name;
    Coefficient c = inputs[i].range;
    c.value = draw[i];
    if (world.coefficients.has(name)) world.coefficients.set(name, c);
    if (!name.starts_with(kForm)) continue;
    std::string rest = name.substr(std::string(kForm).size());
    std::size_t dot = rest.rfind('.');
    world.forms[rest.substr(0, dot)].set(rest.substr(dot + 1), c);
  }
  return world;
}

}  // namespace doorstep::session
