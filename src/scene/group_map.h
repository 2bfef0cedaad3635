#pragma once
// What the group map shows beside ties: which campuses are of a group, which schools have several
// campuses. Read by the tie layer, the labels and the legend, so that they agree.

#include <map>
#include <string>
#include <vector>

#include "scene/map_content.h"

namespace doorstep::scene {

/// A campus as part of a group in the year shown. A campus of several groups comes once, in the
/// first group that it leads, else in the first that it is tied to.
struct GroupPart {
  CampusId campus;
  GroupId group;
  bool core = false;
};
/// Whether a group has to do with the stage shown: its core, or a member of the year, teaches it.
[[nodiscard]] bool group_shown(const MapContent& content, const Group& group);

/// By campus, of the groups shown. Groups without a tie in the year shown have no part.
[[nodiscard]] std::vector<GroupPart> group_parts(const MapContent& content);

/// Campuses open in the year shown, by school, of the schools that have several on different sites.
[[nodiscard]] std::vector<std::vector<CampusId>> schools_of_several_sites(
    const MapContent& content);

/// Ties at work in the year shown, by form.
[[nodiscard]] std::map<std::string, int> ties_by_form(const MapContent& content);

/// "机器人 · 戏曲": the courses of a campus in the year shown; "" without any.
[[nodiscard]] std::string course_tag(const MapContent& content, CampusId campus);

}  // namespace doorstep::scene
