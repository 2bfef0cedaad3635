#include "simulate/children.h"

#include <fmt/format.h>
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

namespace doorstep {
namespace {

/// Lowest age with any child in the base table: below it nothing is known, not nothing there.
int youngest_known(const Place& place) {
  const ChildTable& t = place.children;
  int lowest = t.ages;
  for (std::size_t i = 0; i < t.count.size(); ++i)
    if (t.count[i] > 0)
      lowest = std::min(lowest, static_cast<int>(i % static_cast<std::size_t>(t.ages)));
  return lowest == t.ages ? 0 : lowest;
}

/// As value_in, but nothing before the first step: a move that has not begun.
double value_from(const std::vector<Step>& steps, Year year) {
  return steps.empty() || year < steps.front().from ? 0.0 : value_in(steps, year);
}

const std::vector<Step>& variant(const Growth& growth, Births births) {
  if (births == Births::Low && !growth.birth_factor_low.empty()) return growth.birth_factor_low;
  if (births == Births::High && !growth.birth_factor_high.empty()) return growth.birth_factor_high;
  return growth.birth_factor;
}

}  // namespace

ChildForecast::ChildForecast(const Place& place, const Coefficients& coefficients, Births births)
    : place_(place), youngest_(youngest_known(place)) {
  const std::vector<Step>& given = variant(place.growth, births);
  if (!given.empty()) {
    factors_ = &given;
    return;
  }
  auto change = coefficients.items().find("births.yearly_change");
  if (change == coefficients.items().end()) return;
  const Coefficient& c = change->second;
  yearly_change_ = births == Births::Low ? c.low : births == Births::High ? c.high : c.value;
}

double ChildForecast::birth_factor(Year born) const {
  if (born <= place_.base_year) return 1.0;
  if (factors_) return value_in(*factors_, born);
  return std::pow(1.0 + yearly_change_, born - place_.base_year);
}

double ChildForecast::moving_share(HomeId home, Year year) const {
  double share = 0.0;
  for (const Migration& m : place_.growth.migration)
    if (m.area == place_.homes[home].area && year > place_.base_year)
      share += value_from(m.yearly_share, year);
  return share;
}

/// 1 in the base year; families carry children of all ages with them, and births after.
double ChildForecast::moved_share_since_base(AreaId area, Year year) const {
  double factor = 1.0;
  for (Year y = place_.base_year + 1; y <= year; ++y) {
    double share = 0.0;
    for (const Migration& m : place_.growth.migration)
      if (m.area == area) share += value_from(m.yearly_share, y);
    factor *= 1.0 + share;
  }
  return factor;
}

HomeChildren ChildForecast::of_table(int age, Year year) const {
  const ChildTable& t = place_.children;
  HomeChildren out(place_.homes.size() * t.classes, 0.0);
  int then = age - (year - place_.base_year);
  double factor = 1.0;
  if (then < youngest_) {
    factor = birth_factor(year - age);
    then = std::min(youngest_, age);
  }
  if (then >= t.ages) return out;
  const auto ages = static_cast<std::size_t>(t.ages), age_then = static_cast<std::size_t>(then);
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, out.size(), 16384), [&](const auto& run) {
    for (std::size_t i = run.begin(); i < run.end(); ++i)
      out[i] = t.count[i * ages + age_then] * factor;
  });
  if (place_.growth.migration.empty()) return out;
  IdVector<AreaId, double> moved(place_.areas.size(), 1.0);
  for (auto a : place_.areas.ids()) moved[a] = moved_share_since_base(a, year);
  for (std::size_t i = 0; i < out.size(); ++i)
    if (AreaId area = place_.homes[HomeId(i / t.classes)].area; area.valid()) out[i] *= moved[area];
  return out;
}

/// New homes have no class of their own in the data: their children are of the first class.
void ChildForecast::add_housing(HomeChildren& to, int age, Year year) const {
  for (const Housing& h : place_.housing) {
    // Projects from before the base year are in its table already.
    if (h.completes > year || h.completes < place_.base_year || h.yield_by_age.empty()) continue;
    int then = age - (year - h.completes);
    double factor = then < 0 ? birth_factor(year - age) / birth_factor(h.completes) : 1.0;
    auto index = static_cast<std::size_t>(std::max(then, 0));
    if (index < h.yield_by_age.size())
      to[h.home.index * classes()] += h.dwellings * h.yield_by_age[index] * factor;
  }
}

HomeChildren ChildForecast::of_age(int age, Year year) const {
  HomeChildren out = of_table(age, year);
  add_housing(out, age, year);
  return out;
}

bool ChildForecast::anyone_moves_in(Year year) const {
  return std::ranges::any_of(place_.housing, [&](const Housing& h) { return h.completes == year; });
}

HomeChildren ChildForecast::moved_in(int age, Year year) const {
  HomeChildren out(place_.homes.size() * classes(), 0.0);
  for (const Housing& h : place_.housing) {
    auto index = static_cast<std::size_t>(age);
    if (h.completes == year && index < h.yield_by_age.size())
      out[h.home.index * classes()] += h.dwellings * h.yield_by_age[index];
  }
  return out;
}

/// Spreads a given total as the base year's entrants are spread in the area, else as all its
/// children, else evenly over its homes.
void ChildForecast::share_given(HomeChildren& to, const EntrantTotal& given) const {
  const ChildTable& t = place_.children;
  HomeChildren weight = of_table(place_.stages[given.stage].entry_age, place_.base_year);
  auto in_area = [&](std::size_t i) {
    return place_.homes[HomeId(i / t.classes)].area == given.area;
  };
  auto total = [&] {
    double sum = 0.0;
    for (std::size_t i = 0; i < weight.size(); ++i)
      if (in_area(i)) sum += weight[i];
    return sum;
  };
  double sum = total();
  if (sum <= 0) {
    auto ages = static_cast<std::size_t>(t.ages);
    for (std::size_t i = 0; i < t.count.size(); ++i) weight[i / ages] += t.count[i];
    sum = total();
  }
  if (sum <= 0) {
    for (std::size_t i = 0; i < weight.size(); i += t.classes) weight[i] = 1.0;
    sum = total();
  }
  for (std::size_t i = 0; i < weight.size(); ++i)
    if (in_area(i)) to[i] = given.pupils * weight[i] / sum;
}

HomeChildren ChildForecast::entrants(StageId stage, Year year) const {
  int age = place_.stages[stage].entry_age;
  HomeChildren out = of_table(age, year);
  for (const EntrantTotal& given : place_.growth.entrants)
    if (given.stage == stage && given.year == year) share_given(out, given);
  add_housing(out, age, year);
  return out;
}

void ChildForecast::note_assumptions(Year last_year, Diagnostics& notes) const {
  int least_entry = place_.children.ages;
  for (const Stage& s : place_.stages) least_entry = std::min(least_entry, s.entry_age);
  bool reaches_births = least_entry - (last_year - place_.base_year) < youngest_;
  if (reaches_births && !factors_ && place_.growth.entrants.empty())
    notes.info(
        "births-assumed",
        fmt::format("no growth is given: births change by {:.1f} % a year", yearly_change_ * 100.0),
        {"", 0, "growth"}, "give birth_factor in place.toml, or change births.yearly_change");
  std::vector<char> has_homes(place_.areas.size(), 0);
  for (const Home& h : place_.homes)
    if (h.area.index < has_homes.size()) has_homes[h.area.index] = 1;
  for (const EntrantTotal& given : place_.growth.entrants)
    if (given.area.index >= has_homes.size() || !has_homes[given.area.index])
      notes.warning("entrants-without-homes",
                    fmt::format("{} entrants of {} belong to an area without homes", given.pupils,
                                given.year),
                    {"", 0, "entrants"}, "they are left out; give the area a home");
}

}  // namespace doorstep
