#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/file.h"
#include "recipes.h"

using namespace doorstep;
using doorstep::test::plan_from;
using doorstep::test::recipe_from;
using doorstep::test::town_of_100000;
using doorstep::test::with;

namespace {

/// The message a recipe is refused with; "" where it is read.
std::string refusal_of(const std::string& text) {
  try {
    static_cast<void>(plan_from(text));
  } catch (const Error& e) {
    return e.message();
  }
  return "";
}

}  // namespace

TEST_CASE("a recipe says which key is missing, and in which file") {
  std::string message = refusal_of(with(town_of_100000(), "people = 100000\n", ""));
  CHECK_THAT(message, Catch::Contains("recipe.toml") && Catch::Contains("people"));
}

TEST_CASE("a misspelt key is refused, not ignored") {
  std::string message = refusal_of(with(town_of_100000(), "villages = 60", "vilages = 60"));
  CHECK_THAT(message, Catch::Contains("vilages"));
}

TEST_CASE("bands of ages may neither overlap nor leave a gap") {
  CHECK_THAT(refusal_of(with(town_of_100000(), "\"5-9\"", "\"6-9\"")), Catch::Contains("gap"));
  CHECK_THAT(refusal_of(with(town_of_100000(), "\"5-9\"", "\"4-9\"")), Catch::Contains("overlap"));
}

TEST_CASE("a recipe of another format is refused") {
  CHECK_THAT(refusal_of(with(town_of_100000(), "format = 1", "format = 2")),
             Catch::Contains("format"));
}

TEST_CASE("a school in a town that is not there is refused by name") {
  CHECK_THAT(refusal_of(with(town_of_100000(), "town = \"t2\"", "town = \"t9\"")),
             Catch::Contains("t9"));
}

TEST_CASE("a group of a school that is not there is refused by name") {
  CHECK_THAT(refusal_of(with(town_of_100000(), "members = [\"p02\"]", "members = [\"p99\"]")),
             Catch::Contains("p99"));
}

TEST_CASE("more people in towns than live outside the core are refused") {
  CHECK_THAT(refusal_of(with(town_of_100000(), "people = 5000", "people = 50000")),
             Catch::Contains("towns"));
}

TEST_CASE("negative or impossible figures are refused, each by its key") {
  struct Wrong {
    const char *from, *to, *key;
  };
  for (const Wrong& w : {Wrong{"people = 100000", "people = -5", "people"},
                         {"\"1-4\" = 5200", "\"1-4\" = -5200", "1-4"},
                         {"urban_people = 70000", "urban_people = 700000", "urban_people"},
                         {"people = 3000", "people = -3000", "people"},
                         {"grades = 6", "grades = 0", "grades"},
                         {"core_radius_km = 2.2", "core_radius_km = 22", "core_radius_km"},
                         {"quality = 1.3", "quality = 0", "quality"},
                         {"EPSG:4548", "EPSG:4490", "crs"},
                         {"code = \"p02\"", "code = \"p01\"", "code"},
                         {"urban = \"city\"", "urban = \"town\"", "town"}}) {
    std::string message = refusal_of(with(town_of_100000(), w.from, w.to));
    INFO(message);
    CHECK_THAT(message, Catch::Contains(w.key));
    CHECK(message.find('\n') == std::string::npos);
  }
}

TEST_CASE("a stage whose children are not given is refused") {
  CHECK_THAT(refusal_of(with(town_of_100000(), "\"10-14\" = 5900\n", "")), Catch::Contains("ages"));
}

TEST_CASE("a town that finds no place beside the core is refused, not put into it") {
  CHECK_THAT(refusal_of(with(town_of_100000(), "area_km2 = 120", "area_km2 = 19.1")),
             Catch::Contains("no place for town t2"));
}

TEST_CASE("more groups than schools can lead, or too few or too many schools, are refused") {
  auto refusal = [](int groups, int schools) {
    return refusal_of(with(town_of_100000(), "[[group]]",
                           fmt::format("[grouping]\ngroups = {}\nschools = {}\nfirst = 2015\n"
                                       "last = 2021\nforms = {{ alliance = 1.0 }}\n\n[[group]]",
                                       groups, schools)));
  };
  CHECK_THAT(refusal(900, 2000), Catch::Contains("grouping.groups"));
  CHECK_THAT(refusal(4, 7), Catch::Contains("grouping.schools"));  // 2 named, three groups of two
  CHECK_THAT(refusal(4, 9999), Catch::Contains("grouping.schools"));
}

TEST_CASE("the recipe of docs/synth.md makes a town") {
  std::string page = read_file(DOORSTEP_TREE "/docs/synth.md");
  std::size_t from = page.find("```toml\n") + 8;
  synth::Plan plan = plan_from(page.substr(from, page.find("```", from) - from));
  CHECK(plan.recipe.people == 100000);
  CHECK(plan.recipe.groups.size() == 2);  // the one that is named, and one by rule
  CHECK(plan.campuses.size() > 5);
}
