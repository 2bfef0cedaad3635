#include "scenario/workbench.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"

namespace doorstep {
namespace {

template <class Items>
std::vector<std::string> codes(const Items& items) {
  std::vector<std::string> out;
  for (const auto& item : items) out.push_back(item.code);
  return out;
}

}  // namespace

void Workbench::fail(const std::string& what, const std::string& hint) const {
  throw Error(what, at.text(), hint);
}

void Workbench::fail_unknown(const char* kind, const std::string& code,
                             const std::vector<std::string>& known) const {
  std::string near = closest(code, known);
  std::string hint = near.empty() ? fmt::format("use the code of a {} of this place", kind)
                                  : fmt::format("did you mean {}?", near);
  fail(fmt::format("unknown {} \"{}\"", kind, code), hint);
}

CampusId Workbench::campus(const std::string& code, const char* key) {
  at.field = key;
  CampusId id = find_campus(place, code);
  if (!id.valid()) fail_unknown("campus", code, codes(place.campuses));
  return id;
}

StageId Workbench::stage(const std::string& code) {
  at.field = "stage";
  StageId id = find_stage(place, code);
  if (!id.valid()) fail_unknown("stage", code, codes(place.stages));
  return id;
}

HomeId Workbench::home(const std::string& code) {
  at.field = "homes";
  if (home_of_code.size() != place.homes.size()) {
    home_of_code.clear();
    for (auto h : place.homes.ids()) home_of_code.emplace(place.homes[h].code, h);
  }
  auto found = home_of_code.find(code);
  if (found == home_of_code.end()) fail_unknown("home", code, codes(place.homes));
  return found->second;
}

SchoolId Workbench::school(const std::string& code) {
  at.field = "school";
  for (auto id : place.schools.ids())
    if (place.schools[id].code == code) return id;
  fail_unknown("school", code, codes(place.schools));
}

void Workbench::check_year(Year year) {
  if (year >= place.base_year) return;
  at.field = "year";
  fail(fmt::format("the edit holds from {}, before the base year {}", year, place.base_year),
       fmt::format("write {} or a later year", place.base_year));
}

void Workbench::say(Severity severity, std::string code, std::string message, std::string hint,
                    Xy spot) {
  findings.add({severity, std::move(code), std::move(message), at, std::move(hint),
                MapSpot{spot.x, spot.y}});
}

HomeId nearest_home(const Place& place, Xy at) {
  HomeId best;
  for (auto h : place.homes.ids()) {
    if (!best.valid()) {
      best = h;
      continue;
    }
    double d = distance_m(place.homes[h].at, at), b = distance_m(place.homes[best].at, at);
    if (d < b || (d == b && place.homes[h].code < place.homes[best].code)) best = h;
  }
  return best;
}

CatchmentId from_year_on(Place& place, CatchmentId id, Year year) {
  if (place.catchments[id].from >= year) return id;
  Catchment later = place.catchments[id];
  later.from = year;
  place.catchments[id].until = year - 1;
  return place.catchments.push_back(std::move(later));
}

}  // namespace doorstep
