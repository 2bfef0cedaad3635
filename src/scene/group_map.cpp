#include "scene/group_map.h"

#include <algorithm>

#include "place/courses.h"
#include "scene/map_values.h"

namespace doorstep::scene {
namespace {

bool at_work(const Group& group, const Tie& tie, Year year) {
  return tie.member != group.core && year >= tie.since && year <= tie.until;
}

bool teaches(const Place& place, CampusId id, StageId stage) {
  return id.valid() && stage.index < place.campuses[id].stages.size() &&
         place.campuses[id].stages[stage].has_value();
}

}  // namespace

bool group_shown(const MapContent& content, const Group& group) {
  const Place& place = *content.shown().place;
  return teaches(place, group.core, content.stage) ||
         std::ranges::any_of(group.ties, [&](const Tie& tie) {
           return at_work(group, tie, content.year) && teaches(place, tie.member, content.stage);
         });
}

std::vector<GroupPart> group_parts(const MapContent& content) {
  const Place& place = *content.shown().place;
  std::map<uint32_t, GroupPart> by_campus;
  for (const bool core : {true, false})
    for (GroupId g : place.groups.ids()) {
      const Group& group = place.groups[g];
      if (!group_shown(content, group)) continue;
      for (const Tie& tie : group.ties) {
        if (!at_work(group, tie, content.year)) continue;
        const CampusId c = core ? group.core : tie.member;
        if (c.valid()) by_campus.emplace(c.index, GroupPart{c, g, core});
      }
    }
  std::vector<GroupPart> out;
  for (const auto& [index, part] : by_campus) out.push_back(part);
  return out;
}

std::vector<std::vector<CampusId>> schools_of_several_sites(const MapContent& content) {
  const Place& place = *content.shown().place;
  std::map<uint32_t, std::vector<CampusId>> by_school;
  for (CampusId c : place.campuses.ids()) {
    const Campus& campus = place.campuses[c];
    if (!campus.school.valid() || !campus.open_in(content.year)) continue;
    auto& sites = by_school[campus.school.index];
    if (std::ranges::none_of(sites, [&](CampusId other) {  // stages of one site are one campus
          return distance_m(place.campuses[other].at, campus.at) < 1.0;
        }))
      sites.push_back(c);
  }
  std::vector<std::vector<CampusId>> out;
  for (auto& [school, sites] : by_school)
    if (sites.size() > 1) out.push_back(std::move(sites));
  return out;
}

std::map<std::string, int> ties_by_form(const MapContent& content) {
  std::map<std::string, int> out;
  for (const Group& group : content.shown().place->groups)
    for (const Tie& tie : group.ties)
      if (group_shown(content, group) && at_work(group, tie, content.year)) ++out[tie.form];
  return out;
}

std::string course_tag(const MapContent& content, CampusId campus) {
  std::string out;
  for (const Name& course : courses_of(*content.shown().place, campus, content.year))
    out += (out.empty() ? "" : " · ") + name_of(course, content);
  return out;
}

}  // namespace doorstep::scene
