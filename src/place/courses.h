#pragma once
// Course clusters 课程集群: which courses a campus offers to the pupils of its whole school or
// group. Tags that say what there is; no figure depends on them.

#include <string_view>

#include "place/place.h"

namespace doorstep {

/// What a campus offers in a year: its own courses, then those of groups that it leads or is tied
/// to then. Each once.
[[nodiscard]] std::vector<Name> courses_of(const Place& place, CampusId campus, Year year);

/// Courses of two cells, one a language, each a list parted by ";" or "；"; the lists go together
/// by position. Where one is shorter, the other names both.
[[nodiscard]] std::vector<Name> courses_in_cells(std::string_view zh, std::string_view en);

}  // namespace doorstep
