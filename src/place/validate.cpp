// What is wrong with stages, schools, campuses, groups and homes; catchments, shapes and figures
// are next door in validate_*.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "place/place.h"
#include "place/validate_catchments.h"
#include "place/validate_figures.h"
#include "place/validate_shapes.h"

namespace doorstep {
namespace {

/// A campus farther from all homes than this is most likely in another coordinate system.
constexpr Metres kFarFromHomes{50000.0};

void find(Diagnostics& out, Severity severity, std::string code, std::string message, InputRef at,
          std::string hint, Xy spot) {
  out.add({severity, std::move(code), std::move(message), std::move(at), std::move(hint),
           MapSpot{spot.x, spot.y}});
}

InputRef field_of(InputRef ref, const char* field) {
  ref.field = field;
  return ref;
}

template <class Items>
void check_codes(Diagnostics& out, const Items& items, const char* what) {
  // Where codes rise from row to row, none can stand twice.
  const auto rises = [](const auto& a, const auto& b) { return a.code < b.code; };
  if (std::ranges::adjacent_find(items, std::not_fn(rises)) == items.end() &&
      (items.empty() || !items.begin()->code.empty()))
    return;
  std::map<std::string, int> seen;
  for (const auto& item : items) {
    if (item.code.empty()) {
      out.error("code-missing", fmt::format("a {} has no code", what), {},
                "give every row a code of its own");
    } else if (++seen[item.code] == 2) {
      InputRef at;
      if constexpr (requires { item.source; }) at = field_of(item.source, "code");
      out.error("code-duplicate", fmt::format("two {} rows share the code {}", what, item.code), at,
                "codes are how rows find each other: make each unique");
    }
  }
}

void check_seats(Diagnostics& out, const Campus& campus, const Stage& stage,
                 const CampusStage& cs) {
  for (const Step& s : cs.seats)
    if (!(s.value >= 0) || !std::isfinite(s.value))
      find(out, Severity::Error, "seats-negative",
           fmt::format("{} has {} seats at {}", campus.code, s.value, stage.code),
           field_of(campus.source, "seats"), "seats are 0 or more", campus.at);
  for (const Step& s : cs.intake) {
    double seats = value_in(cs.seats, s.from);
    if (!(s.value >= 0) || !std::isfinite(s.value))
      find(out, Severity::Error, "intake-negative",
           fmt::format("{} plans an intake of {}", campus.code, s.value),
           field_of(campus.source, "intake"), "an intake is 0 or more", campus.at);
    else if (s.value > seats)
      find(out, Severity::Warning, "intake-over-seats",
           fmt::format("{} plans an intake of {} with {} seats for all {} grades", campus.code,
                       s.value, seats, stage.grades),
           field_of(campus.source, "intake"),
           "intake is pupils of one grade; seats are of the stage", campus.at);
    else if (s.value * stage.grades > seats * (1 + 1e-9))
      find(out, Severity::Info, "intake-fills-seats",
           fmt::format("{} grades of {} at {} would need {} seats; there are {}", stage.grades,
                       s.value, campus.code, s.value * stage.grades, seats),
           field_of(campus.source, "intake"), "later intakes shrink to the seats left", campus.at);
  }
  if (cs.seats.empty() || value_in(cs.seats, cs.seats.back().from) == 0.0)
    find(out, Severity::Warning, "seats-zero",
         fmt::format("{} teaches {} without seats", campus.code, stage.code),
         field_of(campus.source, "seats"), "write its seats, or leave the stage out", campus.at);
  if (cs.rooms > 0 && !cs.seats.empty() && cs.seats.back().value > cs.rooms * stage.class_standard)
    find(out, Severity::Info, "seats-over-rooms",
         fmt::format("{} has {} seats in {} rooms of {} pupils", campus.code, cs.seats.back().value,
                     cs.rooms, stage.class_standard),
         field_of(campus.source, "rooms"), "seats are usually rooms x class standard", campus.at);
  if (!cs.enrolment.empty() && cs.enrolment.size() != static_cast<std::size_t>(stage.grades))
    find(out, Severity::Warning, "enrolment-grades",
         fmt::format("{} lists {} grades of enrolment; {} has {}", campus.code, cs.enrolment.size(),
                     stage.code, stage.grades),
         field_of(campus.source, "enrolment"), "one number a grade", campus.at);
}

void check_campuses(Diagnostics& out, const Place& place) {
  Box homes;
  for (const Home& h : place.homes) homes.add(h.at);
  for (const Campus& c : place.campuses) {
    if (!(c.quality > 0) || !std::isfinite(c.quality))
      find(out, Severity::Error, "quality-not-positive",
           fmt::format("{} has quality {}", c.code, c.quality), field_of(c.source, "quality"),
           "quality is relative: 1 is the mean, always above 0", c.at);
    if (c.closes < c.opens)
      find(out, Severity::Warning, "closes-before-opening",
           fmt::format("{} closes in {} before it opens in {}", c.code, c.closes, c.opens),
           field_of(c.source, "closes"), "it never has pupils", c.at);
    bool teaches = false;
    int grades = 0;
    for (auto s : c.stages.ids())
      if (c.stages[s] && s.index < place.stages.size()) {
        teaches = true;
        grades = std::max(grades, place.stages[s].grades);
        check_seats(out, c, place.stages[s], *c.stages[s]);
      }
    if (teaches && c.opening_grades > grades)
      find(out, Severity::Warning, "more-grades-than-there-are",
           fmt::format("{} opens with {} grades; its stages have {} at most, all open from the "
                       "first year",
                       c.code, c.opening_grades, grades),
           field_of(c.source, "opening_grades"),
           "1 fills from the first grade up; write the stage's grades for all at once", c.at);
    if (!teaches)
      find(out, Severity::Warning, "campus-without-stage",
           fmt::format("{} teaches no stage", c.code), c.source, "give it a stage and seats", c.at);
    if (homes.empty()) continue;
    double dx = std::max({homes.min.x - c.at.x, c.at.x - homes.max.x, 0.0});
    double dy = std::max({homes.min.y - c.at.y, c.at.y - homes.max.y, 0.0});
    if (Metres(std::hypot(dx, dy)) > kFarFromHomes)
      find(out, Severity::Warning, "campus-far",
           fmt::format("{} lies {:.0f} km from the nearest edge of all homes", c.code,
                       std::hypot(dx, dy) / 1000.0),
           field_of(c.source, "position"), "check its coordinates and their system", c.at);
  }
}

void check_groups(Diagnostics& out, const Place& place) {
  auto known = [&](CampusId id) { return id.index < place.campuses.size(); };
  for (const Group& g : place.groups) {
    InputRef at{"", 0, "group " + g.code};
    if (!known(g.core) && !g.sponsor)
      out.error("group-without-core", fmt::format("group {} has no known core", g.code), at,
                "name the code of its core campus");
    for (const Tie& t : g.ties) {
      if (!known(t.member))
        out.error("tie-unknown-campus",
                  fmt::format("a tie of group {} names no known campus", g.code), at,
                  "name the code of a campus of this place");
      else if (t.member == g.core && !g.sponsor)
        find(out, Severity::Warning, "core-is-member",
             fmt::format("{} is the core of group {} and among its members",
                         place.campuses[t.member].code, g.code),
             at, "the core needs no tie; this one is ignored", place.campuses[t.member].at);
    }
  }
}

/// Policies that have nothing to act on: most likely a field that was not read.
void check_policy(Diagnostics& out, const Place& place) {
  const InputRef at{"", 0, "policy"};
  auto is_private = [](const School& s) { return s.ownership == Ownership::Private; };
  if (place.policy.private_first && std::ranges::none_of(place.schools, is_private))
    out.warning("no-private-school", "private_first is set and no school is private", at,
                "name the field of ownership, or leave private_first out");
  auto charges = [](const Campus& c) { return c.fee > 0; };
  auto any_fee = std::ranges::find_if(place.campuses, charges);
  const bool chosen = place.policy.rule == Rule::Choice || place.policy.rule == Rule::Micro ||
                      place.policy.private_first;
  if (any_fee != place.campuses.end() && !chosen)
    out.info("fee-not-used",
             fmt::format("{} has a fee, which the rule does not look at", any_fee->code),
             any_fee->source, "use rule = \"choice\", or private_first");
}

void check_children(Diagnostics& out, const Place& place) {
  const ChildTable& t = place.children;
  std::size_t row = t.classes * static_cast<std::size_t>(std::max(t.ages, 0));
  if (t.count.size() != row * place.homes.size() ||
      t.classes != std::max<std::size_t>(place.classes.size(), 1)) {
    out.error("children-shape",
              fmt::format("{} child counts for {} homes x {} classes x {} ages", t.count.size(),
                          place.homes.size(), place.classes.size(), t.ages),
              {}, "the table must have one number for each");
    return;
  }
  for (auto h : place.homes.ids())
    for (std::size_t k = 0; k < row; ++k) {
      double n = t.count[h.index * row + k];
      if (n >= 0 && std::isfinite(n)) continue;
      find(out, Severity::Error, "children-negative",
           fmt::format("home {} has {} children of age {}", place.homes[h].code, n,
                       k % static_cast<std::size_t>(t.ages)),
           field_of(place.homes[h].source, "children"), "counts are 0 or more", place.homes[h].at);
      break;  // one finding a home is enough to find the row
    }
}

void check_stages(Diagnostics& out, const Place& place) {
  for (auto s : place.stages.ids()) {
    const Stage& stage = place.stages[s];
    bool taught = false;
    for (const Campus& c : place.campuses)
      taught = taught || (s.index < c.stages.size() && c.stages[s]);
    InputRef at{"", 0, "stage " + stage.code};
    if (!taught)
      out.warning("stage-without-campus", fmt::format("no campus teaches {}", stage.code), at,
                  "its pupils stay unplaced; leave the stage out or add a campus");
    if (stage.grades < 1)
      out.error("stage-grades", fmt::format("{} has {} grades", stage.code, stage.grades), at,
                "a stage has at least one grade");
    if (stage.entry_age < 0 || stage.entry_age + stage.grades > place.children.ages)
      out.error(
          "stage-ages",
          fmt::format("{} takes ages {} to {}; children are known up to {}", stage.code,
                      stage.entry_age, stage.entry_age + stage.grades - 1, place.children.ages - 1),
          at, "give children of these ages, or fewer grades");
  }
}

void check_feeders(Diagnostics& out, const Place& place) {
  auto known = [&](CampusId id) { return id.index < place.campuses.size(); };
  for (const Feeder& f : place.feeders)
    if (!known(f.from) || !known(f.to))
      out.error("feeder-unknown-campus", "a feeder names no known campus", {"", 0, "feeders"},
                "name codes of campuses of this place");
}

}  // namespace

Diagnostics validate(const Place& place) {
  Diagnostics out;
  check_codes(out, place.stages, "stage");
  check_codes(out, place.schools, "school");
  check_codes(out, place.campuses, "campus");
  check_codes(out, place.groups, "group");
  check_codes(out, place.classes, "household class");
  check_codes(out, place.areas, "area");
  check_codes(out, place.homes, "home");
  check_stages(out, place);
  check_campuses(out, place);
  check_groups(out, place);
  check_policy(out, place);
  check_feeders(out, place);
  check_children(out, place);
  check_catchments(place, out);
  check_shapes(place, out);
  check_figures(place, out);
  return out;
}

}  // namespace doorstep
