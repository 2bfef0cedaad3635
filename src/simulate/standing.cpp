#include "simulate/standing.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace doorstep {
namespace {

constexpr const char* kFormsFile = "config/group_forms.toml";

const Coefficients& form_named(const GroupForms& forms, const std::string& name,
                               const std::string& group) {
  auto found = forms.find(name);
  if (found != forms.end()) return found->second;
  std::vector<std::string> known;
  std::string list;
  for (const auto& [form, rates] : forms) {
    known.push_back(form);
    list += (list.empty() ? "" : ", ") + form;
  }
  std::string near = closest(name, known);
  throw Error(fmt::format("unknown group form \"{}\"", name), "group " + group,
              near.empty() ? fmt::format("{} has {}", kFormsFile, list)
                           : fmt::format("did you mean {}? {} has {}", near, kFormsFile, list));
}

double rate(const Coefficients& form, const std::string& form_name, const char* name) {
  if (form.has(name)) return form.value(name);
  throw Error(fmt::format("form {} has no {}", form_name, name), kFormsFile,
              "write it there with value, low, high, source and mark");
}

}  // namespace

/// From 0 before the tie to 1 in phase_in_years equal steps; the founding autumn is the first.
double GroupEffects::Bond::phase(Year year) const {
  if (year < since || year > until) return 0.0;
  double lived = static_cast<double>(year) - since + 1.0;
  return rates.phase_in_years > 0 ? std::min(1.0, lived / rates.phase_in_years) : 1.0;
}

GroupEffects::GroupEffects(const Place& place, const GroupForms& forms)
    : place_(place), quality_(place.campuses.size()) {
  for (auto c : place.campuses.ids()) quality_[c] = place.campuses[c].quality;
  for (auto g : place.groups.ids()) {
    const Group& group = place.groups[g];
    for (const Tie& tie : group.ties) {
      const Coefficients& form = form_named(forms, tie.form, group.code);
      auto get = [&](const char* name) { return rate(form, tie.form, name); };
      if (tie.member == group.core || !tie.member.valid() || !group.core.valid()) continue;
      bonds_.push_back({.group = g,
                        .core = group.core,
                        .member = tie.member,
                        .since = tie.since,
                        .until = tie.until,
                        .rates = {get("brand_share"), get("phase_in_years"), get("depth"),
                                  get("quality_rate"), get("staff_sent"), get("core_loss"),
                                  get("crowding"), get("free_members"), get("pooled")}});
    }
  }
}

bool GroupEffects::works(const Bond& bond, Year year) const {
  return bond.phase(year) > 0 && place_.campuses[bond.core].open_in(year) &&
         place_.campuses[bond.member].open_in(year);
}

int GroupEffects::members(GroupId group, Year year) const {
  return static_cast<int>(std::ranges::count_if(
      bonds_, [&](const Bond& b) { return b.group == group && works(b, year); }));
}

void GroupEffects::live_through(Year year) {
  IdVector<CampusId, double> gain(quality_.size(), 0.0);
  for (const Bond& b : bonds_) {
    if (!works(b, year)) continue;
    double ahead = std::max(0.0, quality_[b.core] - quality_[b.member]);
    // The strongest tie counts, never the sum.
    gain[b.member] = std::max(gain[b.member], b.rates.quality_rate * b.rates.depth * ahead);
  }
  for (auto c : quality_.ids()) quality_[c] += gain[c];
}

void GroupEffects::lend_names(Year year, IdVector<CampusId, Standing>& out) const {
  IdVector<CampusId, double> strongest(quality_.size(), 0.0);
  for (const Bond& b : bonds_) {
    if (!works(b, year)) continue;
    double crowd =
        1.0 + b.rates.crowding * std::max(0.0, members(b.group, year) - b.rates.free_members);
    double lent = b.rates.brand_share * b.phase(year) / crowd * place_.campuses[b.core].brand;
    Standing& member = out[b.member];
    member.brand = std::max(member.brand, lent);
    double strength = b.rates.depth * b.phase(year);
    if (!member.group.valid() || strength > strongest[b.member]) {
      strongest[b.member] = strength;
      member.group = b.group;
    }
  }
  IdVector<CampusId, char> leads(quality_.size(), 0);
  for (const Bond& b : bonds_) {
    if (!works(b, year) || leads[b.core]) continue;
    leads[b.core] = 1;
    out[b.core].group = b.group;
  }
}

void GroupEffects::pool_seats(Year year, IdVector<CampusId, Standing>& out) const {
  for (const Bond& b : bonds_) {
    if (!works(b, year) || b.rates.pooled < 0.5) continue;
    int& core = out[b.core].pool;
    if (core < 0) core = static_cast<int>(b.group.index);
    if (out[b.member].pool < 0) out[b.member].pool = core;
  }
}

IdVector<CampusId, Standing> GroupEffects::standing(Year year) const {
  IdVector<CampusId, Standing> out(quality_.size());
  for (auto c : out.ids()) {
    out[c].quality = quality_[c];
    out[c].brand = place_.campuses[c].brand;
  }
  lend_names(year, out);
  pool_seats(year, out);
  IdVector<CampusId, double> sent(quality_.size(), 0.0);  // share of the core's staff
  IdVector<CampusId, double> loss(quality_.size(), 0.0);
  for (const Bond& b : bonds_) {
    if (!works(b, year)) continue;
    sent[b.core] += b.rates.staff_sent * b.phase(year);
    loss[b.core] = std::max(loss[b.core], b.rates.core_loss);
  }
  for (auto c : out.ids()) out[c].quality *= 1.0 - loss[c] * std::min(1.0, sent[c]);
  return out;
}

void GroupEffects::note_idle_ties(Year first, Year last, Diagnostics& notes) const {
  for (const Bond& b : bonds_) {
    bool ever = false;
    for (Year y = first; y <= last && !ever; ++y) ever = works(b, y);
    if (!ever)
      notes.info(
          "tie-without-effect",
          fmt::format("the tie of {} in group {} does nothing from {} to {}",
                      place_.campuses[b.member].code, place_.groups[b.group].code, first, last),
          {"", 0, "group " + place_.groups[b.group].code},
          "it begins later, has ended, or its core or member is closed");
  }
}

}  // namespace doorstep
