// A housing project becomes a home with no children yet, and a Housing that brings them.
#include <fmt/format.h>

#include <algorithm>

#include "geo/polygon.h"
#include "scenario/workbench.h"

namespace doorstep {
namespace {

/// Lists the new home beside its nearest neighbour at every stage where no outline holds it.
void list_like_neighbour(Place& place, HomeId home, HomeId neighbour) {
  for (auto s : place.stages.ids()) {
    auto outlined = [&](const Catchment& c) {
      return c.stage == s && contains(c.area, place.homes[home].at);
    };
    if (std::ranges::any_of(place.catchments, outlined)) continue;
    for (Catchment& c : place.catchments) {
      if (c.stage != s) continue;
      bool with_neighbour =
          std::ranges::count(c.homes, neighbour) > 0 || contains(c.area, place.homes[neighbour].at);
      if (with_neighbour) c.homes.push_back(home);
    }
  }
}

}  // namespace

void add_housing(Workbench& work, const AddHousing& edit) {
  Place& place = work.place;
  work.check_year(edit.year);
  work.at.field = "code";
  if (edit.code.empty()) work.fail("the housing project has no code", "give it one of its own");
  for (const Home& h : place.homes)
    if (h.code == edit.code)
      work.fail(fmt::format("the code {} is taken by a home", edit.code), "choose another");
  work.at.field = "dwellings";
  if (!(edit.dwellings >= 0) || !(edit.pupils_per_dwelling >= 0))
    work.fail(
        fmt::format("{} dwellings with {} pupils each", edit.dwellings, edit.pupils_per_dwelling),
        "both are 0 or more");
  HomeId neighbour = nearest_home(place, edit.at);
  Home home{.code = edit.code, .at = edit.at, .source = work.at};
  if (neighbour.valid()) home.area = place.homes[neighbour].area;
  HomeId id = place.homes.push_back(std::move(home));
  place.children.count.resize(
      place.homes.size() * place.children.classes * static_cast<std::size_t>(place.children.ages),
      0.0);
  if (neighbour.valid()) list_like_neighbour(place, id, neighbour);
  place.housing.push_back(housing_project(place, edit.code, edit.name, id, edit.year,
                                          edit.dwellings, edit.pupils_per_dwelling));
}

}  // namespace doorstep
