#include "desktop/campus_tools.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/polygon.h"

namespace doorstep::desktop {

void TieTool::press(CampusId member) {
  member_ = member;
  core_ = {};
  merging_ = {};
}

ToolRequest TieTool::move(const Place& place, CampusId over, const std::string& form, Year year) {
  if (!dragging()) return {};
  const CampusId core = over == member_ ? CampusId{} : over;
  if (core == core_) return {};
  const bool had = merging_.edit.has_value();
  core_ = core;
  merging_ = core_.valid() ? desktop::merging(place, core_, member_, form, year) : Merging{};
  if (merging_.edit) return {ToolRequest::Kind::Preview, *merging_.edit};
  return {had ? ToolRequest::Kind::ClearPreview : ToolRequest::Kind::None, {}};
}

ToolRequest TieTool::release() {
  std::optional<JoinGroup> made = std::exchange(merging_, {}).edit;
  member_ = core_ = {};
  if (!made) return {};
  return {ToolRequest::Kind::Add, std::move(*made)};
}

ToolRequest TieTool::cancel() {
  const bool had = std::exchange(merging_, {}).edit.has_value();
  member_ = core_ = {};
  leader_.clear();
  joined_.clear();
  return {had ? ToolRequest::Kind::ClearPreview : ToolRequest::Kind::None, {}};
}

ToolRequest CloseTool::ask(const Place& place, CampusId campus, Year year) {
  edit_ = CloseCampus{place.campuses[campus].code, year, {}, false};
  steps_ = {};
  return {ToolRequest::Kind::Preview, *edit_};
}

void CloseTool::set_opposed(bool opposed) {
  if (edit_) edit_->opposed = opposed;
}

ToolRequest CloseTool::confirm() {
  if (!edit_) return {};
  CloseCampus edit = std::move(*edit_);
  edit_.reset();
  const bool any = std::ranges::any_of(steps_, [](const std::string& s) { return !s.empty(); });
  for (std::size_t i = 0; any && i < kClosureSteps.size(); ++i)
    edit.procedure.push_back({std::string(kClosureSteps[i]), steps_[i]});
  return {ToolRequest::Kind::Add, std::move(edit)};
}

ToolRequest CloseTool::cancel() {
  const bool had = edit_.has_value();
  edit_.reset();
  return {had ? ToolRequest::Kind::ClearPreview : ToolRequest::Kind::None, {}};
}

ToolRequest FeederTool::pick(const std::string& code, Year year) {
  if (from_.empty()) {
    from_ = code;
    return {};
  }
  if (from_ == code) return {};
  SetFeeder edit{from_, code, year};
  from_.clear();
  return {ToolRequest::Kind::Add, edit};
}

void MeasureTool::add(Xy at) {
  if (points_.empty() || !(points_.back() == at)) points_.push_back(at);
}

void MeasureTool::remove_last() {
  if (!points_.empty()) points_.pop_back();
}

double MeasureTool::length_m(std::optional<Xy> end) const {
  double sum = 0.0;
  for (std::size_t i = 1; i < points_.size(); ++i) sum += distance_m(points_[i - 1], points_[i]);
  if (end && !points_.empty()) sum += distance_m(points_.back(), *end);
  return sum;
}

double MeasureTool::area_m2() const {
  return points_.size() < 3 ? 0.0 : std::abs(signed_area_m2(points_));
}

void AreaTool::press(Shape shape, Xy at) {
  shape_ = shape;
  ring_ = {at};
}

void AreaTool::move(Xy at) {
  if (ring_.empty() || ring_.back() == at) return;
  if (shape_ == Shape::Box && ring_.size() > 1)
    ring_.back() = at;
  else
    ring_.push_back(at);
}

std::vector<Xy> AreaTool::ring() const {
  if (shape_ == Shape::Lasso || ring_.size() < 2) return ring_;
  const Xy a = ring_.front(), b = ring_.back();
  return {a, {b.x, a.y}, b, {a.x, b.y}};
}

std::vector<Xy> AreaTool::release() {
  std::vector<Xy> out = ring();
  ring_.clear();
  if (out.size() < 3) out.clear();
  return out;
}

std::vector<CampusId> campuses_inside(const Place& place, StageId stage, Year year,
                                      const std::vector<Xy>& ring) {
  std::vector<CampusId> out;
  if (ring.size() < 3) return out;
  const MultiPolygon shape = repaired({Polygon{ring, {}}}).value;  // a lasso may cross itself
  for (CampusId c : place.campuses.ids()) {
    const Campus& campus = place.campuses[c];
    if (stage.index < campus.stages.size() && campus.stages[stage] && campus.open_in(year) &&
        contains(shape, campus.at))
      out.push_back(c);
  }
  return out;
}

}  // namespace doorstep::desktop
