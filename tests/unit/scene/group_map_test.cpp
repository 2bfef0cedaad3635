// The group map: who is of which group, campuses of one school, course tags, counts in the legend.
#include "scene/group_map.h"

#include <catch2/catch.hpp>

#include "sample_town.h"
#include "scene/legend.h"
#include "scene/map_scene.h"

using namespace doorstep;
using namespace doorstep::scene;

namespace {

/// W leads E from 2024 to 2026, with a course each.
test::Town paired_town() {
  test::Town town = test::two_catchments();
  Group group{.code = "g", .name = {"集团", "Group"}, .core = CampusId(0)};
  group.courses = {{"机器人", "Robotics"}};
  Tie tie{.member = CampusId(1), .form = "paired", .since = 2024, .until = 2026};
  tie.courses = {{"戏曲", "Opera"}};
  group.ties = {tie};
  town.place.groups.push_back(group);
  return town;
}

std::vector<std::string> texts_of(const DisplayList& list) {
  std::vector<std::string> out;
  for (const Mark& mark : list.marks)
    if (const auto* label = std::get_if<LabelMark>(&mark)) out.push_back(label->text);
  return out;
}

bool shows(const DisplayList& list, const std::string& text) {
  const std::vector<std::string> all = texts_of(list);
  return std::find(all.begin(), all.end(), text) != all.end();
}

}  // namespace

TEST_CASE("core and member are parts of a group while the tie holds") {
  const test::Town town = paired_town();
  Words words;
  MapContent content = test::content_of(town, words);
  content.year = 2025;
  const auto parts = group_parts(content);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].core);
  CHECK_FALSE(parts[1].core);
  CHECK(ties_by_form(content) == std::map<std::string, int>{{"paired", 1}});
  content.year = 2027;
  CHECK(group_parts(content).empty());
  CHECK(ties_by_form(content).empty());
}

TEST_CASE("campuses of one school on two sites are joined, stages on one site are not") {
  test::Town town = test::two_catchments();
  Words words;
  const SchoolId school = town.place.schools.push_back({"s", {"一小", "No. 1"}});
  for (Campus& c : town.place.campuses) c.school = school;
  MapContent content = test::content_of(town, words);
  REQUIRE(schools_of_several_sites(content).size() == 1);
  CHECK(schools_of_several_sites(content).front().size() == 2);
  town.place.campuses[CampusId(1)].at = town.place.campuses[CampusId(0)].at;
  CHECK(schools_of_several_sites(content).empty());
}

TEST_CASE("courses stand on the map where ties are shown, and only then") {
  const test::Town town = paired_town();
  const Words words = test::words_from_config(Language::English);
  MapContent content = test::content_of(town, words);
  content.year = 2025;
  const Viewport view{{1000, 500}, 4, 800, 600, 1};
  CHECK_FALSE(shows(build_map(content, view, test::SquareMeasure()), "Robotics"));
  content.layers.ties = true;
  const DisplayList list = build_map(content, view, test::SquareMeasure());
  CHECK(shows(list, "Robotics"));
  CHECK(shows(list, "Opera"));
  content.year = 2027;
  CHECK_FALSE(shows(build_map(content, view, test::SquareMeasure()), "Opera"));
}

TEST_CASE("the legend counts ties by form, groups, members and course clusters") {
  const test::Town town = paired_town();
  const Words words = test::words_from_config(Language::English);
  MapContent content = test::content_of(town, words);
  content.year = 2025;
  content.layers.ties = true;
  const LegendModel legend = build_legend(content, {{1000, 500}, 4, 800, 600, 1});
  REQUIRE(legend.ties.size() == 1);
  CHECK(legend.ties[0].count == 1);
  CHECK(legend.ties[0].label == "paired 1");
  CHECK(legend.tie_note == "groups with members: 1, members: 1; bold ring: the core");
  CHECK(legend.course_label == "course clusters: 2 campuses");
  CHECK(legend.sites_label.empty());
}
