#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "scenario/effect.h"
#include "scenario/procedure.h"
#include "scenario/workbench.h"

namespace doorstep {
namespace {

/// Sets a value from `year` on, for good: later values of the base are replaced too.
void set_from(std::vector<Step>& steps, Year year, double value) {
  std::erase_if(steps, [year](const Step& s) { return s.from >= year; });
  steps.push_back({year, value});
}

/// Creates the campus; what it does to catchments follows in its year.
void create_campus(Workbench& work, const OpenCampus& edit) {
  Place& place = work.place;
  work.check_year(edit.year);
  StageId stage = work.stage(edit.stage);
  work.at.field = "code";
  if (edit.code.empty()) work.fail("the new campus has no code", "give it one of its own");
  if (find_campus(place, edit.code).valid())
    work.fail(fmt::format("the code {} is taken by a campus", edit.code), "choose another");
  work.at.field = "seats";
  if (!(edit.seats > 0))
    work.fail(fmt::format("{} opens with {} seats", edit.code, edit.seats), "give it seats");
  work.at.field = "quality";
  if (!(edit.quality > 0))
    work.fail(fmt::format("{} has quality {}", edit.code, edit.quality),
              "quality is above 0; 1 is the mean");
  Campus c;
  c.code = edit.code;
  c.name = edit.name;
  c.at = edit.at;
  c.school = edit.school.empty() ? place.schools.push_back({.code = edit.code, .name = edit.name})
                                 : work.school(edit.school);
  HomeId neighbour = nearest_home(place, edit.at);
  if (neighbour.valid()) c.area = place.homes[neighbour].area;
  if (c.area.valid()) c.urban = place.areas[c.area].urban;
  c.origin = Origin::Synthetic;  // planned, not surveyed
  c.quality = edit.quality;
  c.opens = edit.year;
  c.opening_grades = edit.opening_grades;
  c.stages.resize(place.stages.size());
  CampusStage offer{.seats = {{edit.year, edit.seats}}};
  if (edit.intake > 0) offer.intake = {{edit.year, edit.intake}};
  c.stages[stage] = std::move(offer);
  c.source = work.at;
  place.campuses.push_back(std::move(c));
}

/// The steps of the procedure that are still open, and what speaks against closing at all. The edit
/// is run all the same: it is asked what would happen.
void check_procedure(Workbench& work, const CloseCampus& edit, const Campus& c) {
  std::string open;
  std::string latest;
  work.at.field = "procedure";
  for (std::string_view name : kClosureSteps) {
    auto step = std::ranges::find(edit.procedure, name, &ClosureStep::step);
    const bool written = step != edit.procedure.end() && !step->when.empty();
    const std::optional<StepDate> date = written ? step_date(step->when) : std::nullopt;
    if (!date) {
      open += (open.empty() ? "" : ", ") + std::string(name);
      if (written)
        work.say(Severity::Warning, "closure-date",
                 fmt::format("closing {}: \"{}\" is no date of {}, which counts as open", c.code,
                             step->when, name),
                 kStepDateHint, c.at);
      continue;
    }
    if (date->year > edit.year)
      work.say(Severity::Warning, "closure-order",
               fmt::format("closing {}: {} on {} comes after the closure in {}", c.code, name,
                           step->when, edit.year),
               "the procedure comes first; check the date or the year", c.at);
    if (!latest.empty() && is_before(*date, *step_date(latest)))
      work.say(Severity::Warning, "closure-order",
               fmt::format("closing {}: {} on {} comes before an earlier step on {}", c.code, name,
                           step->when, latest),
               "论证, 公示, 听证, 报批 follow one another; check the dates", c.at);
    else
      latest = step->when;
  }
  if (!open.empty())
    work.say(Severity::Info, "closure-procedure",
             fmt::format("closing {} still needs: {}", c.code, open),
             "论证, 公示, 听证, 报批 come first (国办发〔2012〕48号)", c.at);
  work.at.field = "campus";
  if (edit.opposed)
    work.say(Severity::Warning, "closure-opposed",
             fmt::format("parents oppose closing {}: it may not be closed", c.code),
             "国办发〔2012〕48号: none that most parents oppose", c.at);
  if (c.protection != Protection::None)
    work.say(
        Severity::Warning, "closure-protected",
        fmt::format("{} is a {} that stays", c.code,
                    c.protection == Protection::TeachingPoint ? "teaching point" : "small school"),
        "国办发〔2018〕27号: 必要的小规模学校 and 教学点 are kept", c.at);
}

void close_campus(Workbench& work, const CloseCampus& edit) {
  CampusId id = work.campus(edit.campus, "campus");
  work.check_year(edit.year);
  Campus& c = work.place.campuses[id];
  if (c.opens >= edit.year)
    work.fail(fmt::format("{} closes in {} but opens only in {}", c.code, edit.year, c.opens),
              "close it later, or leave both edits out");
  c.closes = std::min(c.closes, edit.year - 1);
  leave_catchments(work, id, edit.year);
  for (const Group& g : work.place.groups)
    if (g.core == id)
      work.say(Severity::Warning, "group-loses-core",
               fmt::format("group {} loses its core {}; its ties give nothing from then on", g.code,
                           c.code),
               "let another campus lead it", c.at);
  check_procedure(work, edit, c);
}

GroupId group_of(Workbench& work, const JoinGroup& edit) {
  Place& place = work.place;
  GroupId id = find_group(place, edit.group);
  work.at.field = "group";
  if (edit.group.empty()) work.fail("the edit names no group", "give its code, known or new");
  if (!id.valid()) {
    if (edit.core.empty())
      work.fail(fmt::format("the new group {} has no core", edit.group), "name its core campus");
    return place.groups.push_back(
        {.code = edit.group, .name = edit.group_name, .core = work.campus(edit.core, "core")});
  }
  const Group& known = place.groups[id];
  if (!edit.core.empty() && work.campus(edit.core, "core") != known.core)
    work.fail(
        fmt::format("group {} is led by {}, not by {}", edit.group,
                    known.core.valid() ? place.campuses[known.core].code : "nobody", edit.core),
        "leave core out, or form a new group");
  return id;
}

void join_group(Workbench& work, const JoinGroup& edit) {
  work.check_year(edit.year);
  CampusId member = work.campus(edit.campus, "campus");
  GroupId id = group_of(work, edit);
  Group& group = work.place.groups[id];
  work.at.field = "campus";
  if (group.core == member)
    work.fail(fmt::format("{} is the core of group {}", edit.campus, edit.group),
              "name a member other than the core");
  work.at.field = "form";
  if (!work.known_forms->empty() && std::ranges::count(*work.known_forms, edit.form) == 0)
    work.fail_unknown("form", edit.form, *work.known_forms);
  for (Tie& t : group.ties)
    if (t.member == member && t.until >= edit.year) t.until = edit.year - 1;
  Tie tie{.member = member, .form = edit.form, .since = edit.year};
  if (edit.until != 0) tie.until = edit.until;
  work.at.field = "until";
  if (tie.until < edit.year)
    work.fail(fmt::format("the tie would end in {}, before it begins", edit.until),
              "write the last year of the tie");
  tie.practices = edit.practices;
  tie.courses = edit.courses;
  if (!edit.core_courses.empty()) group.courses = edit.core_courses;
  group.ties.push_back(std::move(tie));
  group.one_team = group.one_team || edit.one_team;
}

void leave_group(Workbench& work, const LeaveGroup& edit) {
  Place& place = work.place;
  work.check_year(edit.year);
  GroupId id = find_group(place, edit.group);
  if (!id.valid()) {
    std::vector<std::string> known;
    for (const Group& g : place.groups) known.push_back(g.code);
    work.fail_unknown("group", edit.group, known);
  }
  CampusId member = edit.campus.empty() ? CampusId() : work.campus(edit.campus, "campus");
  bool any = false;
  for (Tie& t : place.groups[id].ties) {
    if ((member.valid() && t.member != member) || t.until < edit.year) continue;
    t.until = edit.year - 1;
    any = true;
  }
  work.at.field = member.valid() ? "campus" : "group";
  if (!any)
    work.fail(member.valid() ? fmt::format("{} has no tie to group {} in {}", edit.campus,
                                           edit.group, edit.year)
                             : fmt::format("group {} has no ties in {}", edit.group, edit.year),
              "leave the edit out, or give the year in which the tie holds");
}

void set_seats(Workbench& work, const SetSeats& edit) {
  CampusId id = work.campus(edit.campus, "campus");
  StageId stage = work.stage(edit.stage);
  work.check_year(edit.year);
  work.at.field = "seats";
  const bool from_rooms = edit.seats < 0 && edit.rooms >= 0;
  if (!(edit.seats >= 0) && !from_rooms)
    work.fail(fmt::format("{} would have {} seats", edit.campus, edit.seats),
              "seats are 0 or more");
  const double seats =
      from_rooms ? edit.rooms * work.place.stages[stage].class_standard : edit.seats;
  Campus& c = work.place.campuses[id];
  int grades = work.place.stages[stage].grades;
  if (c.stages.size() < work.place.stages.size()) c.stages.resize(work.place.stages.size());
  if (!c.stages[stage]) {
    work.say(Severity::Info, "stage-added",
             fmt::format("{} begins to teach {}", c.code, edit.stage), "", c.at);
    c.stages[stage].emplace();
    if (edit.year > work.place.base_year) c.stages[stage]->seats = {{work.place.base_year, 0.0}};
  }
  CampusStage& offer = *c.stages[stage];
  if (edit.intake >= 0 && offer.intake.empty() && edit.year > work.place.base_year)
    for (const Step& s : offer.seats) offer.intake.push_back({s.from, s.value / grades});
  set_from(offer.seats, edit.year, seats);
  if (edit.rooms >= 0) set_from(offer.rooms_from, edit.year, edit.rooms);
  if (edit.intake >= 0 || !offer.intake.empty())
    set_from(offer.intake, edit.year, edit.intake >= 0 ? edit.intake : seats / grades);
}

void set_feeder(Workbench& work, const SetFeeder& edit) {
  CampusId from = work.campus(edit.from, "from");
  CampusId to = work.campus(edit.to, "to");
  work.check_year(edit.year);
  work.place.feeders.push_back({from, to, edit.year});
}

void set_policy(Workbench& work, const SetPolicy& edit) {
  Policy& policy = work.place.policy;
  auto choose = [&](const char* key, const std::string& word, const char* one, const char* other) {
    work.at.field = key;
    if (word != one && word != other)
      work.fail(fmt::format("unknown {} \"{}\"", key, word),
                fmt::format("use {} or {}", one, other));
    return word == other;
  };
  work.at.field = "rule";
  if (edit.rule.empty() && edit.overflow.empty() && edit.eligibility.empty() &&
      !edit.private_first && edit.private_losers.empty() && !edit.transfers)
    work.fail("the edit changes nothing",
              "name a rule, overflow, eligibility, private_first, private_losers or transfers");
  if (!edit.rule.empty()) policy.rule = rule_from(edit.rule, work.at.text());
  if (!edit.overflow.empty())
    policy.overflow =
        choose("overflow", edit.overflow, "crowd", "divert") ? Overflow::Divert : Overflow::Crowd;
  if (!edit.eligibility.empty())
    policy.eligibility = choose("eligibility", edit.eligibility, "all", "own_catchment")
                             ? Eligibility::OwnCatchment
                             : Eligibility::All;
  if (edit.private_first) policy.private_first = *edit.private_first;
  if (!edit.private_losers.empty())
    policy.private_losers = choose("private_losers", edit.private_losers, "keep", "last")
                                ? LotteryLosers::Last
                                : LotteryLosers::Keep;
  if (edit.transfers) policy.transfers = *edit.transfers;
}

void rename_campus(Workbench& work, const RenameCampus& edit) {
  Campus& c = work.place.campuses[work.campus(edit.campus, "campus")];
  work.at.field = "name";
  if (edit.name.zh.empty() && edit.name.en.empty())
    work.fail(fmt::format("{} would have no name", edit.campus), "give zh, en or both");
  if (!edit.name.zh.empty()) c.name.zh = edit.name.zh;
  if (!edit.name.en.empty()) c.name.en = edit.name.en;
}

/// Puts what names new things first: other edits may refer to it in any order.
void create(Workbench& work, const Edit& edit) {
  if (const auto* open = std::get_if<OpenCampus>(&edit)) create_campus(work, *open);
  if (const auto* housing = std::get_if<AddHousing>(&edit)) add_housing(work, *housing);
}

struct Change {
  Workbench& work;
  void operator()(const OpenCampus& e) {
    enter_catchment(work, work.campus(e.code, "code"), work.stage(e.stage), e.year);
  }
  void operator()(const CloseCampus& e) { close_campus(work, e); }
  void operator()(const JoinGroup& e) { join_group(work, e); }
  void operator()(const LeaveGroup& e) { leave_group(work, e); }
  void operator()(const SetSeats& e) { set_seats(work, e); }
  void operator()(const RedrawCatchments& e) { redraw(work, e); }
  void operator()(const SetFeeder& e) { set_feeder(work, e); }
  void operator()(const AddHousing&) {}  // all of it is in create()
  void operator()(const SetPolicy& e) { set_policy(work, e); }
  void operator()(const RenameCampus& e) { rename_campus(work, e); }
};

Year year_of(const Edit& edit) {
  return std::visit([](const auto& e) { return e.year; }, edit);
}

InputRef place_of(const Scenario& scenario, std::size_t i) {
  if (i < scenario.sources.size() && !scenario.sources[i].text().empty())
    return scenario.sources[i];
  return {fmt::format("edit {}", i + 1), 0, ""};
}

}  // namespace

Loaded<Place> apply(const Place& base, const Scenario& scenario,
                    const std::vector<std::string>& known_forms) {
  Workbench work{.place = base, .known_forms = &known_forms};
  if (!scenario.place.empty() && scenario.place != base.code)
    work.findings.warning(
        "other-place",
        fmt::format("the scenario was written for {}, not for {}", scenario.place, base.code), {},
        "its codes may mean something else here");
  std::vector<InputRef> places;
  for (std::size_t i = 0; i < scenario.edits.size(); ++i) {
    work.at = place_of(scenario, i);
    places.push_back(work.at);
    create(work, scenario.edits[i]);
  }
  std::vector<std::size_t> order(scenario.edits.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return year_of(scenario.edits[i]); });
  for (std::size_t i : order) {
    work.at = place_of(scenario, i);
    std::visit(Change{work}, scenario.edits[i]);
  }
  warn_of_no_effect(work, scenario, places);
  return {std::move(work.place), std::move(work.findings)};
}

}  // namespace doorstep
