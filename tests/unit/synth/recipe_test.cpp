#include <catch2/catch.hpp>

#include "base/error.h"
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
