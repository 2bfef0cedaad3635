#include "network/lending.h"

#include <string_view>
#include <unordered_map>

namespace doorstep {
namespace {

bool same_given(const std::vector<GivenTravel>& a, const std::vector<GivenTravel>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const GivenTravel& x, const GivenTravel& y) {
                      return x.minutes == y.minutes && x.home == y.home && x.campus == y.campus;
                    });
}

bool same_way_of_travelling(const Travel& a, const Travel& b) {
  if (a.mode != b.mode || a.speed != b.speed) return false;
  if (a.mode == TravelMode::Streets) return a.streets == b.streets;
  if (a.mode == TravelMode::Straight) return a.detour == b.detour;
  return same_given(a.given, b.given);
}

/// Edits mostly append, so the same index is tried before any map is built.
template <class Id, class Item>
IdVector<Id, Id> by_code(const IdVector<Id, Item>& items, const IdVector<Id, Item>& others) {
  IdVector<Id, Id> found(items.size());
  std::unordered_map<std::string_view, Id> map;
  for (Id id : items.ids()) {
    if (id.index < others.size() && others[id].code == items[id].code) {
      found[id] = id;
      continue;
    }
    if (map.empty()) {
      for (Id other : others.ids()) map.emplace(others[other].code, other);
    }
    auto hit = map.find(items[id].code);
    if (hit != map.end()) found[id] = hit->second;
  }
  return found;
}

}  // namespace

Lending::Lending(const Place& place)
    : homes(place.homes.size()), campuses(place.campuses.size()), moved(place.campuses.size(), 0) {}

Lending::Lending(const Place& place, const Place& from) : Lending(place) {
  if (!same_way_of_travelling(place.travel, from.travel)) return;
  homes = by_code(place.homes, from.homes);
  campuses = by_code(place.campuses, from.campuses);
  for (HomeId h : homes.ids()) {
    if (homes[h].valid() && !(from.homes[homes[h]].at == place.homes[h].at)) homes[h] = HomeId();
  }
  for (CampusId c : campuses.ids()) {
    if (!campuses[c].valid() || from.campuses[campuses[c]].at == place.campuses[c].at) continue;
    campuses[c] = CampusId();
    moved[c] = 1;
  }
}

bool Lending::all_homes() const {
  return std::ranges::all_of(homes, [](HomeId h) { return h.valid(); });
}

bool Lending::all_campuses() const {
  return std::ranges::all_of(campuses, [](CampusId c) { return c.valid(); });
}

void Lending::copy(const TravelTable& from, TravelTable& to) const {
  for (HomeId h : homes.ids()) {
    if (!homes[h].valid()) continue;
    for (CampusId c : campuses.ids()) {
      if (campuses[c].valid()) to.set_decisec(h, c, from.decisec(homes[h], campuses[c]));
    }
  }
}

}  // namespace doorstep
