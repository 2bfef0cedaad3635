#include "place/courses.h"

#include <algorithm>

namespace doorstep {
namespace {

void add_each_once(const std::vector<Name>& more, std::vector<Name>& out) {
  for (const Name& name : more)
    if (std::ranges::none_of(
            out, [&](const Name& known) { return known.zh == name.zh && known.en == name.en; }))
      out.push_back(name);
}

/// Parts between semicolons of either width, without blanks around them and without empty ones.
std::vector<std::string> parts_of(std::string_view cell) {
  constexpr std::string_view kWide = "；", kBlank = " \t";
  std::vector<std::string> out;
  while (!cell.empty()) {
    const std::size_t narrow = cell.find(';'), wide = cell.find(kWide);
    const std::size_t end = std::min({narrow, wide, cell.size()});
    std::string_view part = cell.substr(0, end);
    cell.remove_prefix(std::min(cell.size(), end + (end == wide ? kWide.size() : 1)));
    const std::size_t first = part.find_first_not_of(kBlank);
    if (first == std::string_view::npos) continue;
    out.emplace_back(part.substr(first, part.find_last_not_of(kBlank) - first + 1));
  }
  return out;
}

}  // namespace

std::vector<Name> courses_of(const Place& place, CampusId campus, Year year) {
  std::vector<Name> out = place.campuses[campus].courses;
  for (const Group& group : place.groups) {
    if (group.core == campus) add_each_once(group.courses, out);
    for (const Tie& tie : group.ties)
      if (tie.member == campus && year >= tie.since && year <= tie.until)
        add_each_once(tie.courses, out);
  }
  return out;
}

std::vector<Name> courses_in_cells(std::string_view zh, std::string_view en) {
  const std::vector<std::string> chinese = parts_of(zh), english = parts_of(en);
  std::vector<Name> out(std::max(chinese.size(), english.size()));
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i < chinese.size()) out[i].zh = chinese[i];
    if (i < english.size()) out[i].en = english[i];
  }
  return out;
}

}  // namespace doorstep
