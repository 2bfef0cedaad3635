#include "place/validate_catchments.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "geo/polygon.h"
#include "place/catchments.h"

namespace doorstep {
namespace {

MapSpot spot_of(Xy p) { return {p.x, p.y}; }

/// Codes must be unique among catchments of a stage that hold at the same time.
void check_codes(const Place& place, Diagnostics& out) {
  std::map<std::pair<StageId, std::string>, std::vector<CatchmentId>> by_code;
  for (auto id : place.catchments.ids()) {
    const Catchment& c = place.catchments[id];
    auto& same = by_code[{c.stage, c.code}];
    for (CatchmentId other : same) {
      const Catchment& o = place.catchments[other];
      if (c.from > o.until || o.from > c.until) continue;
      out.error("code-duplicate",
                fmt::format("two catchments of a stage share the code {}", c.code), c.source,
                "make each unique");
      break;
    }
    same.push_back(id);
  }
}

void check_campuses(const Place& place, Diagnostics& out) {
  std::map<CampusId, std::pair<bool, CatchmentId>> inside;  // by campus: inside one, the first
  for (auto id : place.catchments.ids()) {
    const Catchment& c = place.catchments[id];
    if (c.campuses.empty())
      out.add({Severity::Warning, "catchment-without-campus",
               fmt::format("catchment {} is served by no campus", c.code), c.source,
               "its children are diverted; name the campuses that serve it",
               c.area.empty() ? std::optional<MapSpot>() : spot_of(bounds(c.area).centre())});
    for (CampusId k : c.campuses) {
      if (k.index >= place.campuses.size()) {
        out.error("catchment-unknown-campus",
                  fmt::format("catchment {} names no known campus", c.code), c.source,
                  "name codes of campuses of this place");
        continue;
      }
      if (c.stage.index >= place.campuses[k].stages.size() || !place.campuses[k].stages[c.stage])
        out.warning("catchment-campus-stage",
                    fmt::format("{} serves catchment {} without teaching its stage",
                                place.campuses[k].code, c.code),
                    c.source, "give the campus seats at this stage");
      if (c.area.empty()) continue;
      auto& [is_inside, first] = inside.try_emplace(k, false, id).first->second;
      is_inside = is_inside || contains(c.area, place.campuses[k].at);
    }
  }
  for (const auto& [campus, found] : inside) {
    if (found.first) continue;
    const Campus& k = place.campuses[campus];
    out.add({Severity::Warning, "campus-outside-catchment",
             fmt::format("{} lies outside every catchment it serves (first {})", k.code,
                         place.catchments[found.second].code),
             k.source, "check its position, or the catchment's outline", spot_of(k.at)});
  }
}

/// One finding for each pair of catchments that claim the same homes, with the first such home.
void report_overlaps(const Place& place, const std::vector<Membership>& members, Diagnostics& out) {
  struct Overlap {
    int homes = 0;
    HomeId first;
  };
  std::map<std::pair<CatchmentId, CatchmentId>, Overlap> overlaps;
  for (std::size_t i = 0; i < members.size(); ++i)
    for (std::size_t k = i + 1; k < members.size() && members[k].home == members[i].home; ++k) {
      // A list that overrides a polygon is meant so: only like against like is a doubt.
      if (members[i].listed != members[k].listed) continue;
      Overlap& o = overlaps[{members[i].catchment, members[k].catchment}];
      if (o.homes++ == 0) o.first = members[i].home;
    }
  for (const auto& [pair, o] : overlaps) {
    const Home& home = place.homes[o.first];
    out.add({Severity::Warning, "home-in-two-catchments",
             fmt::format("{} homes lie in both {} and {}, first {}; the first is taken", o.homes,
                         place.catchments[pair.first].code, place.catchments[pair.second].code,
                         home.code),
             home.source, "draw the border between them once", spot_of(home.at)});
  }
}

void report_gaps(const Place& place, StageId stage, const std::vector<Membership>& members,
                 Diagnostics& out) {
  IdVector<HomeId, char> held(place.homes.size(), 0);
  for (const Membership& m : members) held[m.home] = 1;
  const auto missing = std::ranges::count(held, 0);
  if (missing == 0) return;
  for (auto h : place.homes.ids()) {
    if (held[h]) continue;
    const Home& home = place.homes[h];
    out.add({Severity::Warning, "home-without-catchment",
             fmt::format("{} homes lie in no catchment of {}, first {}", missing,
                         place.stages[stage].code, home.code),
             home.source, "their children are diverted; extend a catchment", spot_of(home.at)});
    return;
  }
}

}  // namespace

void check_catchments(const Place& place, Diagnostics& out) {
  check_codes(place, out);
  check_campuses(place, out);
  for (auto s : place.stages.ids()) {
    bool any = false;
    for (const Catchment& c : place.catchments)
      any = any || (c.stage == s && c.holds_in(place.base_year));
    if (!any) continue;
    std::vector<Membership> members = memberships(place, s, place.base_year);
    report_overlaps(place, members, out);
    report_gaps(place, s, members, out);
  }
}

}  // namespace doorstep
