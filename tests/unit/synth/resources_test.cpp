// What schools have in a made town: columns that the loader reads, by seats and by pupils.
#include <catch2/catch.hpp>

#include "io/config.h"
#include "io/place/place_file.h"
#include "recipes.h"
#include "synth/resource_columns.h"

using namespace doorstep;
using doorstep::test::plan_from;
using doorstep::test::town_of_100000;
using doorstep::test::with;

namespace {

std::string town_with_books() {
  return town_of_100000() +
         "\n[resources]\nvillage = 2.0\n[resources.primary]\nbooks = 20\nteachers = 0.05\n";
}

}  // namespace

TEST_CASE("without [resources] a town reports none") {
  const synth::Recipe recipe = test::recipe_from(town_of_100000());
  CHECK(synth::resource_header(recipe).empty());
  CHECK(synth::resource_fields(recipe, "primary").empty());
}

TEST_CASE("books go by seats, teachers by pupils, and villages have the share they are given") {
  const synth::Plan plan = plan_from(town_with_books());
  CHECK(synth::resource_header(plan.recipe) == ",primary_books,primary_teachers");
  int villages = 0;
  for (const synth::PlannedCampus& c : plan.campuses) {
    const double factor = c.zone == synth::Zone::Village ? 2.0 : 1.0;
    const std::string expected = "," + std::to_string(std::lround(20 * factor * c.seats)) + "," +
                                 std::to_string(std::lround(0.05 * factor * c.pupils));
    if (plan.recipe.stages[static_cast<std::size_t>(c.stage)].code == "primary")
      CHECK(synth::resource_cells(plan, c) == expected);
    else
      CHECK(synth::resource_cells(plan, c) == ",,");
    villages += c.zone == synth::Zone::Village ? 1 : 0;
  }
  CHECK(villages > 0);
}

TEST_CASE("what a recipe gives a school is what the place reads") {
  const test::ScratchFolder folder("resources");
  synth::write_plan(plan_from(town_with_books()), folder.path());
  Coefficients coefficients = io::load_coefficients();
  const Place place = io::read_place(folder.path(), coefficients).value;
  int told = 0;
  for (const Campus& c : place.campuses)
    for (const auto& stage : c.stages)
      if (stage && stage->resources.at(Resource::Books) > 0) ++told;
  CHECK(told > 10);
}

TEST_CASE("a kind of resource that nobody knows is refused") {
  CHECK_THROWS(plan_from(with(town_with_books(), "books = 20", "boks = 20")));
}
