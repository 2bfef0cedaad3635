// Course clusters: tags of campuses, their groups and their years.
#include "place/courses.h"

#include <catch2/catch.hpp>

using namespace doorstep;

TEST_CASE("courses in two cells go together by position, whatever the semicolon") {
  const auto courses = courses_in_cells("机器人； 戏曲;", "Robotics;Opera;Swimming");
  REQUIRE(courses.size() == 3);
  CHECK(courses[0].zh == "机器人");
  CHECK(courses[0].en == "Robotics");
  CHECK(courses[1].zh == "戏曲");
  CHECK(courses[2].in_chinese() == "Swimming");
  CHECK(courses_in_cells(" ; ", "").empty());
}

TEST_CASE("a campus offers its own courses and, while it is tied, those of its group") {
  Place place;
  for (const char* code : {"A", "B"}) {
    Campus campus;
    campus.code = code;
    place.campuses.push_back(campus);
  }
  place.campuses[CampusId(1)].courses = {{"戏曲", "Opera"}};
  Group group{.code = "G", .name = {}, .core = CampusId(0)};
  group.courses = {{"机器人", "Robotics"}};
  Tie tie{.member = CampusId(1), .form = "close_knit", .since = 2022, .until = 2024};
  tie.courses = {{"戏曲", "Opera"}, {"游泳", "Swimming"}};
  group.ties = {tie};
  place.groups.push_back(group);
  CHECK(courses_of(place, CampusId(0), 2021).size() == 1);
  CHECK(courses_of(place, CampusId(1), 2021).size() == 1);
  CHECK(courses_of(place, CampusId(1), 2022).size() == 2);  // opera once
  CHECK(courses_of(place, CampusId(1), 2025).size() == 1);
}
