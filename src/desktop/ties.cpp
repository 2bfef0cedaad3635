#include "desktop/ties.h"

#include <algorithm>

#include "desktop/tools.h"

namespace doorstep::desktop {

namespace {

constexpr Year kNoEnd = 1000000;  // of a Tie

const Tie* held(const Group& group, CampusId campus, Year year) {
  for (const Tie& tie : group.ties)
    if (tie.member == campus && tie.since <= year && tie.until >= year) return &tie;
  return nullptr;
}

}  // namespace

std::vector<HeldTie> ties_of(const Place& place, CampusId campus, Year year) {
  std::vector<HeldTie> out;
  for (GroupId g : place.groups.ids())
    if (const Tie* tie = held(place.groups[g], campus, year))
      out.push_back({g, place.groups[g].core, tie->form, tie->since});
  return out;
}

int edit_of_tie(const Scenario& scenario, const std::string& campus, const std::string& group) {
  for (std::size_t i = scenario.edits.size(); i-- > 0;) {
    const auto* join = std::get_if<JoinGroup>(&scenario.edits[i]);
    if (join != nullptr && join->campus == campus && join->group == group)
      return static_cast<int>(i);
  }
  return -1;
}

Merging merging(const Place& place, CampusId core, CampusId member, const std::string& form,
                Year year) {
  Merging out;
  for (const HeldTie& tie : ties_of(place, member, year)) {
    if (tie.core == core)
      out.already = tie;
    else
      out.kept.push_back(tie);
  }
  out.leads = std::ranges::any_of(place.groups, [&](const Group& group) {
    return group.core == member && std::ranges::any_of(group.ties, [&](const Tie& tie) {
             return tie.since <= year && tie.until >= year;
           });
  });
  if (!out.already)
    out.edit =
        join_group(place, core, member, out.kept.empty() ? form : out.kept.back().form, year);
  return out;
}

JoinGroup with_form(const Place& place, const HeldTie& tie, CampusId member,
                    const std::string& form, Year year) {
  const Group& group = place.groups[tie.group];
  JoinGroup edit;
  edit.group = group.code;
  edit.group_name = group.name;
  if (tie.core.valid()) edit.core = place.campuses[tie.core].code;
  edit.campus = place.campuses[member].code;
  edit.form = form;
  edit.year = year;
  if (const Tie* was = held(group, member, year)) {
    if (was->until < kNoEnd) edit.until = was->until;
    edit.practices = was->practices;
    edit.courses = was->courses;
  }
  return edit;
}

}  // namespace doorstep::desktop
