#include "desktop/tools.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "desktop/site.h"

namespace doorstep::desktop {

namespace {

bool campus_code_taken(const Place& place, const std::string& code) {
  return find_campus(place, code).valid();
}

}  // namespace

ToolRequest NewCampusTool::move(Xy at, bool over_map, const OpenCampus& model) {
  if (phase_ == Phase::Idle) return {};
  if (!over_map) {
    if (!ghost_) return {};
    ghost_.reset();
    return {ToolRequest::Kind::ClearPreview, {}};
  }
  if (ghost_ && *ghost_ == at) return {};
  ghost_ = at;
  OpenCampus edit = model;
  edit.at = as_put_down(at);
  return {ToolRequest::Kind::Preview, edit};
}

ToolRequest NewCampusTool::release(Xy at, bool over_map, const OpenCampus& model) {
  if (phase_ != Phase::Dragging) return {};
  phase_ = Phase::Idle;
  ghost_.reset();
  if (!over_map) return {ToolRequest::Kind::ClearPreview, {}};
  OpenCampus edit = model;
  edit.at = as_put_down(at);
  return {ToolRequest::Kind::Add, edit};
}

ToolRequest NewCampusTool::cancel() {
  if (phase_ == Phase::Idle) return {};
  phase_ = Phase::Idle;
  ghost_.reset();
  return {ToolRequest::Kind::ClearPreview, {}};
}

OpenCampus model_campus(const Place& place, StageId stage, Year year, double seats) {
  OpenCampus edit;
  int n = 1;
  while (campus_code_taken(place, fmt::format("new-{}", n))) ++n;
  edit.code = fmt::format("new-{}", n);
  edit.name = {fmt::format("分校{}", n), fmt::format("Branch {}", n)};
  edit.stage = place.stages[stage].code;
  edit.seats = seats;
  edit.year = year;
  return edit;
}

SetSeats more_seats(const Place& place, CampusId campus, StageId stage, Year year, double more) {
  const auto& offer = place.campuses[campus].stages[stage];
  DOORSTEP_ASSERT(offer.has_value());
  SetSeats edit;
  edit.campus = place.campuses[campus].code;
  edit.stage = place.stages[stage].code;
  edit.seats = value_in(offer->seats, year) + more;
  edit.year = year;
  return edit;
}

JoinGroup join_group(const Place& place, CampusId core, CampusId member, const std::string& form,
                     Year year) {
  JoinGroup edit;
  edit.core = place.campuses[core].code;
  edit.campus = place.campuses[member].code;
  edit.form = form;
  edit.year = year;
  for (const Group& group : place.groups) {
    if (group.core == core) {
      edit.group = group.code;
      edit.group_name = group.name;
      return edit;
    }
  }
  edit.group = "group-" + edit.core;
  const Name& name = place.campuses[core].name;
  edit.group_name = {name.in_chinese() + "集团", name.in_english() + " group"};
  return edit;
}

AddHousing housing_at(const Place& place, Xy at, double dwellings, double pupils_per_dwelling,
                      Year year) {
  AddHousing edit;
  int n = static_cast<int>(place.housing.size()) + 1;
  auto taken = [&](const std::string& code) {
    return std::any_of(place.housing.begin(), place.housing.end(),
                       [&](const Housing& h) { return h.code == code; });
  };
  while (taken(fmt::format("housing-{}", n))) ++n;
  edit.code = fmt::format("housing-{}", n);
  edit.name = {fmt::format("新住宅{}", n), fmt::format("New homes {}", n)};
  edit.at = as_put_down(at);
  edit.dwellings = dwellings;
  edit.pupils_per_dwelling = pupils_per_dwelling;
  edit.year = year;
  return edit;
}

}  // namespace doorstep::desktop
