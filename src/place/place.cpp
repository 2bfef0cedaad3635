#include "place/place.h"

#include <algorithm>

namespace doorstep {
namespace {

template <class Id, class T>
Id find_code(const IdVector<Id, T>& items, std::string_view code) {
  for (auto id : items.ids())
    if (items[id].code == code) return id;
  return Id();
}

}  // namespace

double value_in(const std::vector<Step>& steps, Year year) {
  if (steps.empty()) return 0.0;
  double value = steps.front().value;
  for (const Step& s : steps) {
    if (s.from > year) break;
    value = s.value;
  }
  return value;
}

double rooms_in(const CampusStage& stage, Year year) {
  bool known = !stage.rooms_from.empty() && stage.rooms_from.front().from <= year;
  return known ? value_in(stage.rooms_from, year) : stage.rooms;
}

CampusId find_campus(const Place& place, std::string_view code) {
  return find_code(place.campuses, code);
}

StageId find_stage(const Place& place, std::string_view code) {
  return find_code(place.stages, code);
}

CatchmentId find_catchment(const Place& place, StageId stage, std::string_view code) {
  // After a redraw one code names an ended catchment and its successor: the last one holds.
  CatchmentId found;
  for (auto id : place.catchments.ids()) {
    const Catchment& c = place.catchments[id];
    if (c.stage == stage && c.code == code &&
        (!found.valid() || c.from >= place.catchments[found].from))
      found = id;
  }
  return found;
}

GroupId find_group(const Place& place, std::string_view code) {
  return find_code(place.groups, code);
}

Box extent(const Place& place) {
  Box box;
  for (const Home& h : place.homes) box.add(h.at);
  for (const Campus& c : place.campuses) box.add(c.at);
  for (const Catchment& c : place.catchments) box.add(bounds(c.area));
  return box;
}

}  // namespace doorstep
