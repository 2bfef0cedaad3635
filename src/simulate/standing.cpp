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

/// A rate that a form may leave out: then it does nothing.
double rate_or_none(const Coefficients& form, const char* name) {
  return form.has(name) ? form.value(name) : 0.0;
}

/// What may have been meant by a practice that is unknown or of another set.
std::string practice_hint(const std::string& wrong, const Coefficients& coefficients) {
  constexpr std::string_view kPrefix = "practice.";
  std::vector<std::string> known;
  for (const auto& [name, c] : coefficients.items())
    if (name.starts_with(kPrefix)) known.push_back(name.substr(kPrefix.size()));
  std::string near = closest(wrong, known);
  if (!near.empty() && near != wrong) return fmt::format("did you mean {}?", near);
  return fmt::format("{} lists the sets; one tie names practices of one set", kFormsFile);
}

/// The share of a set of practices that a tie works by: "mutual.teachers" is of the set "mutual".
double depth_of(const std::vector<std::string>& practices, const Coefficients& coefficients,
                const std::string& group) {
  const std::string set = practices.front().substr(0, practices.front().find('.') + 1);
  double on = 0.0;
  for (const std::string& p : practices) {
    if (!p.starts_with(set) || !coefficients.has("practice." + p))
      throw Error(fmt::format("\"{}\" is no practice of the set {}", p, set),
                  fmt::format("group {}, practices", group), practice_hint(p, coefficients));
    on += coefficients.value("practice." + p);
  }
  double all = 0.0;
  for (const auto& [name, c] : coefficients.items())
    if (name.starts_with("practice." + set)) all += c.value;
  return all > 0 ? on / all : 0.0;
}

}  // namespace

/// From 0 before the tie to 1 in phase_in_years equal steps; the founding autumn is the first.
double GroupEffects::Bond::phase(Year year) const {
  if (year < since || year > until) return 0.0;
  double lived = static_cast<double>(year) - since + 1.0;
  return rates.phase_in_years > 0 ? std::min(1.0, lived / rates.phase_in_years) : 1.0;
}

GroupEffects::GroupEffects(const Place& place, const GroupForms& forms,
                           const Coefficients& coefficients)
    : place_(place), quality_(place.campuses.size()) {
  if (coefficients.has("governance.posts_per_school"))
    posts_per_school_ = coefficients.value("governance.posts_per_school");
  for (auto c : place.campuses.ids()) quality_[c] = place.campuses[c].quality;
  for (auto g : place.groups.ids()) {
    const Group& group = place.groups[g];
    for (const Tie& tie : group.ties) {
      const Coefficients& form = form_named(forms, tie.form, group.code);
      auto get = [&](const char* name) { return rate(form, tie.form, name); };
      const bool sponsored =
          group.sponsor && (rate_or_none(form, "sponsored") > 0.5 || !group.core.valid());
      if (!tie.member.valid() || (!sponsored && (tie.member == group.core || !group.core.valid())))
        continue;
      bonds_.push_back(
          {.group = g,
           .core = sponsored ? CampusId() : group.core,
           .member = tie.member,
           .since = tie.since,
           .until = tie.until,
           .rates = {get("brand_share"), get("phase_in_years"), get("depth"), get("quality_rate"),
                     get("staff_sent"), get("core_loss"), get("crowding"), get("free_members"),
                     get("pooled"), rate_or_none(form, "flagship_gain"),
                     rate_or_none(form, "start_share")}});
      if (!tie.practices.empty())
        bonds_.back().rates.depth = depth_of(tie.practices, coefficients, group.code);
    }
  }
}

bool GroupEffects::works(const Bond& bond, Year year) const {
  return bond.phase(year) > 0 && (!bond.core.valid() || place_.campuses[bond.core].open_in(year)) &&
         place_.campuses[bond.member].open_in(year);
}

int GroupEffects::members(GroupId group, Year year) const {
  return static_cast<int>(members_of(group, year).size());
}

std::vector<CampusId> GroupEffects::members_of(GroupId group, Year year) const {
  std::vector<CampusId> out;
  for (const Bond& b : bonds_)
    if (b.group == group && works(b, year) && b.member != place_.groups[group].core &&
        std::ranges::count(out, b.member) == 0)
      out.push_back(b.member);
  return out;
}

/// How far the core's members lag behind it, each with what its tie lends to the core's name.
double GroupEffects::gap_of_members(CampusId core, Year year) const {
  double gap = 0.0;
  for (const Bond& b : bonds_)
    if (b.core == core && b.rates.flagship_gain > 0 && works(b, year))
      gap += b.rates.flagship_gain * b.phase(year) *
             std::max(0.0, 1.0 - quality_[b.member] / quality_[core]);
  return gap;
}

/// Branches make a flagship better known, the more so the wider the gap to them stays.
double GroupEffects::name_of_lender(const Bond& bond, Year year) const {
  if (!bond.core.valid()) return place_.groups[bond.group].sponsor->brand;
  return place_.campuses[bond.core].brand * (1.0 + gap_of_members(bond.core, year));
}

/// What is left of the quality of each campus while teachers it sends are away, as a share of it.
IdVector<CampusId, double> GroupEffects::left_at_home(Year year) const {
  IdVector<CampusId, double> sent(quality_.size(), 0.0);  // share of the core's staff
  IdVector<CampusId, double> loss(quality_.size(), 0.0);
  for (const Bond& b : bonds_) {
    if (!works(b, year) || !b.core.valid()) continue;
    sent[b.core] += b.rates.staff_sent * b.phase(year);
    loss[b.core] = std::max(loss[b.core], b.rates.core_loss);
  }
  IdVector<CampusId, double> left(quality_.size(), 1.0);
  for (auto c : left.ids()) left[c] -= loss[c] * std::min(1.0, sent[c]);
  return left;
}

/// How far members are behind what is left of their core, in this autumn or the next: teachers that
/// are away teach nobody at home, and no core lifts a member above itself (ADR 11).
std::vector<double> GroupEffects::behind(Year year) const {
  const IdVector<CampusId, double> now = left_at_home(year), next = left_at_home(year + 1);
  std::vector<double> out;
  for (const Bond& b : bonds_) {
    double lender = b.core.valid() ? quality_[b.core] * std::min(now[b.core], next[b.core])
                                   : place_.groups[b.group].sponsor->quality;
    out.push_back(std::max(0.0, lender - quality_[b.member]));
  }
  return out;
}

void GroupEffects::live_through(Year year) {
  const std::vector<double> gap = behind(year);
  IdVector<CampusId, double> gain(quality_.size(), 0.0);
  for (std::size_t i = 0; i < bonds_.size(); ++i) {
    const Bond& b = bonds_[i];
    double share = works(b, year) ? b.rates.quality_rate * b.rates.depth : 0.0;
    // A new school whose team comes from the lender begins with a part of the lender's quality.
    if (works(b, year + 1) && !place_.campuses[b.member].open_in(year)) share = b.rates.start_share;
    // The strongest tie counts, never the sum.
    gain[b.member] = std::max(gain[b.member], share * gap[i]);
  }
  for (auto c : quality_.ids()) quality_[c] += gain[c];
}

void GroupEffects::lend_names(Year year, IdVector<CampusId, Standing>& out) const {
  IdVector<CampusId, double> strongest(quality_.size(), 0.0);
  for (const Bond& b : bonds_) {
    if (!works(b, year)) continue;
    double crowd =
        1.0 + b.rates.crowding * std::max(0.0, members(b.group, year) - b.rates.free_members);
    double lent = b.rates.brand_share * b.phase(year) / crowd * name_of_lender(b, year);
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
    if (!works(b, year) || !b.core.valid() || leads[b.core]) continue;
    leads[b.core] = 1;
    out[b.core].group = b.group;
    out[b.core].brand *= 1.0 + gap_of_members(b.core, year);
  }
}

void GroupEffects::pool_seats(Year year, IdVector<CampusId, Standing>& out) const {
  for (const Bond& b : bonds_) {
    if (!works(b, year) || !b.core.valid() || b.rates.pooled < 0.5) continue;
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
  const IdVector<CampusId, double> left = left_at_home(year);
  for (auto c : out.ids()) out[c].quality *= left[c];
  return out;
}

IdVector<CampusId, Standing> GroupEffects::alone(Year year) const {
  IdVector<CampusId, Standing> out(quality_.size());
  for (auto c : out.ids()) {
    out[c].quality = place_.campuses[c].quality;
    out[c].brand = place_.campuses[c].brand;
  }
  pool_seats(year, out);
  return out;
}

IdVector<GroupId, GroupYear> GroupEffects::work(Year year) const {
  IdVector<GroupId, GroupYear> out(place_.groups.size());
  for (const Bond& b : bonds_)
    if (works(b, year) && b.core.valid())
      out[b.group].staff_sent += b.rates.staff_sent * b.phase(year);
  for (auto g : out.ids()) {
    out[g].members = static_cast<int>(members_of(g, year).size());
    out[g].staff_sent = std::min(1.0, out[g].staff_sent);
    // The core keeps its team; every member does without one of its own.
    if (place_.groups[g].one_team) out[g].posts_saved = posts_per_school_ * out[g].members;
  }
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
