// Edits that change who belongs to which catchment, and which campuses serve it.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "geo/polygon.h"
#include "place/catchments.h"
#include "scenario/workbench.h"

namespace doorstep {
namespace {

/// Catchments of a stage that hold in `year` or begin later, as they are before the edit.
std::vector<CatchmentId> holding_from(const Place& place, StageId stage, Year year) {
  std::vector<CatchmentId> ids;
  for (auto id : place.catchments.ids()) {
    const Catchment& c = place.catchments[id];
    if (c.stage == stage && c.until >= std::max(year, c.from)) ids.push_back(id);
  }
  return ids;
}

/// Ends a catchment before `year`; one that would only begin then never holds.
void end_before(Workbench& work, CatchmentId id, Year year) {
  Catchment& c = work.place.catchments[id];
  if (c.from > year)
    work.findings.warning(
        "later-catchment-dropped",
        fmt::format("catchment {} from {} is replaced by this edit", c.code, c.from), work.at,
        "give the edit the later year to keep it");
  c.until = std::min(c.until, std::max(year, c.from) - 1);
}

/// The catchment an edit asks for, before its homes are taken from others.
Catchment drawn(Workbench& work, const RedrawCatchments::Area& area, StageId stage, Year year,
                const Catchment* before) {
  Catchment c;
  c.code = area.code;
  c.name = area.name;
  if (before && c.name.zh.empty() && c.name.en.empty()) c.name = before->name;
  c.stage = stage;
  c.from = year;
  c.area = area.area;
  c.source = area.source;
  for (const std::string& code : area.campuses) c.campuses.push_back(work.campus(code, "campuses"));
  if (area.campuses.empty() && before) c.campuses = before->campuses;
  for (const std::string& code : area.homes) c.homes.push_back(work.home(code));
  bool moves_homes = area.area.empty() && area.campuses.empty() && before;
  if (moves_homes) {
    c.area = before->area;
    c.homes.insert(c.homes.end(), before->homes.begin(), before->homes.end());
  }
  if (c.campuses.empty())
    work.findings.warning("catchment-without-campus",
                          fmt::format("catchment {} is served by no campus", c.code), work.at,
                          "its children are diverted; name the campuses that serve it");
  std::ranges::sort(c.homes);
  c.homes.erase(std::ranges::unique(c.homes).begin(), c.homes.end());
  return c;
}

/// Lists the homes inside each new area, so that it goes before older lists and outlines. A home
/// that one new catchment lists is not taken by the outline of another.
void list_homes_inside(Workbench& work, std::vector<Catchment>& fresh,
                       const std::vector<std::vector<HomeId>>& asked) {
  const Place& place = work.place;
  IdVector<HomeId, int> listed_by(place.homes.size(), -1);
  for (std::size_t i = 0; i < fresh.size(); ++i)
    for (HomeId h : asked[i]) {
      if (listed_by[h] >= 0 && listed_by[h] != static_cast<int>(i))
        work.say(Severity::Warning, "home-moved-twice",
                 fmt::format("home {} is moved to two catchments; {} is taken", place.homes[h].code,
                             fresh[i].code),
                 "list it once", place.homes[h].at);
      listed_by[h] = static_cast<int>(i);
    }
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    auto elsewhere = [&](HomeId h) {
      return listed_by[h] >= 0 && listed_by[h] != static_cast<int>(i);
    };
    std::erase_if(fresh[i].homes, elsewhere);
    for (HomeId h : homes_inside(place, fresh[i].area))
      if (!elsewhere(h)) fresh[i].homes.push_back(h);
    std::ranges::sort(fresh[i].homes);
    fresh[i].homes.erase(std::ranges::unique(fresh[i].homes).begin(), fresh[i].homes.end());
  }
}

/// Takes homes off the lists of catchments that go on; outlines need no change, lists go first.
void take_homes_from_others(Place& place, const std::vector<CatchmentId>& others,
                            const std::vector<Catchment>& fresh, Year year) {
  IdVector<HomeId, char> taken(place.homes.size(), 0);
  for (const Catchment& c : fresh)
    for (HomeId h : c.homes) taken[h] = 1;
  for (CatchmentId id : others) {
    auto is_taken = [&](HomeId h) { return taken[h] != 0; };
    if (std::ranges::none_of(place.catchments[id].homes, is_taken)) continue;
    CatchmentId later = from_year_on(place, id, year);
    std::erase_if(place.catchments[later].homes, is_taken);
  }
}

}  // namespace

void redraw(Workbench& work, const RedrawCatchments& edit) {
  StageId stage = work.stage(edit.stage);
  work.check_year(edit.year);
  std::vector<CatchmentId> before = holding_from(work.place, stage, edit.year);
  std::vector<Catchment> fresh;
  std::vector<std::vector<HomeId>> asked;
  std::vector<CatchmentId> others;
  for (const auto& area : edit.catchments) {
    CatchmentId old = find_catchment(work.place, stage, area.code);
    if (!old.valid() && area.area.empty() && area.campuses.empty()) {
      std::vector<std::string> known;
      for (CatchmentId id : before) known.push_back(work.place.catchments[id].code);
      work.fail_unknown("catchment", area.code, known);
    }
    // By value: the vector of catchments may grow later.
    std::optional<Catchment> kept;
    if (old.valid()) kept = work.place.catchments[old];
    fresh.push_back(drawn(work, area, stage, edit.year, kept ? &*kept : nullptr));
    asked.emplace_back();
    for (const std::string& code : area.homes) asked.back().push_back(work.home(code));
  }
  for (CatchmentId id : before) {
    auto same = [&](const Catchment& c) { return c.code == work.place.catchments[id].code; };
    bool kept = std::ranges::count(edit.keep, work.place.catchments[id].code) > 0;
    if ((edit.replace_all && !kept) || std::ranges::any_of(fresh, same))
      end_before(work, id, edit.year);
    else
      others.push_back(id);
  }
  list_homes_inside(work, fresh, asked);
  take_homes_from_others(work.place, others, fresh, edit.year);
  for (Catchment& c : fresh) work.place.catchments.push_back(std::move(c));
}

namespace {

/// Not where an earlier edit has moved all its homes to other catchments.
bool holds_homes(const Place& place, CatchmentId id, Year year) {
  const IdVector<HomeId, CatchmentId> of =
      catchment_of_homes(place, place.catchments[id].stage, year);
  return std::ranges::find(of, id) != of.end();
}

}  // namespace

void leave_catchments(Workbench& work, CampusId campus, Year year) {
  std::vector<CatchmentId> served;
  for (auto id : work.place.catchments.ids()) {
    const Catchment& c = work.place.catchments[id];
    if (c.until >= std::max(year, c.from) && std::ranges::count(c.campuses, campus) > 0)
      served.push_back(id);
  }
  for (CatchmentId id : served) {
    CatchmentId later = from_year_on(work.place, id, year);
    Catchment& c = work.place.catchments[later];
    std::erase(c.campuses, campus);
    if (c.campuses.empty() && holds_homes(work.place, later, std::max(year, c.from)))
      work.say(Severity::Warning, "catchment-left-without-campus",
               fmt::format("catchment {} has no campus after {} closes", c.code,
                           work.place.campuses[campus].code),
               "its children are diverted; redraw the catchments of that year",
               work.place.campuses[campus].at);
  }
}

void enter_catchment(Workbench& work, CampusId campus, StageId stage, Year year) {
  Place& place = work.place;
  bool follows_catchments =
      place.policy.rule == Rule::Catchment || place.policy.eligibility == Eligibility::OwnCatchment;
  if (!follows_catchments) return;
  auto names_it = [&](const Catchment& c) {
    return c.stage == stage && c.holds_in(year) && std::ranges::count(c.campuses, campus) > 0;
  };
  if (std::ranges::any_of(place.catchments, names_it)) return;  // a redraw has placed it
  Xy at = place.campuses[campus].at;
  CatchmentId inside;
  for (auto id : place.catchments.ids()) {
    const Catchment& c = place.catchments[id];
    if (c.stage != stage || !c.holds_in(year) || !contains(c.area, at)) continue;
    if (!inside.valid() || c.code < place.catchments[inside].code) inside = id;
  }
  HomeId home = nearest_home(place, at);
  if (!inside.valid() && home.valid()) inside = catchment_of_homes(place, stage, year)[home];
  if (!inside.valid()) {
    work.say(Severity::Warning, "campus-without-catchment",
             fmt::format("{} lies in no catchment and gets pupils only by diversion",
                         place.campuses[campus].code),
             "redraw the catchments of that year", at);
    return;
  }
  CatchmentId later = from_year_on(place, inside, year);
  place.catchments[later].campuses.push_back(campus);
  work.say(Severity::Info, "campus-shares-catchment",
           fmt::format("{} serves catchment {} together with its campuses so far (多校划片)",
                       place.campuses[campus].code, place.catchments[later].code),
           "redraw the catchments to give it one of its own", at);
}

}  // namespace doorstep
