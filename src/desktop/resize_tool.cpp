#include "desktop/resize_tool.h"

#include <algorithm>
#include <cmath>

namespace doorstep::desktop {

void ResizeTool::press(const Place& place, CampusId campus, StageId stage, Year year, Xy px) {
  edit_ = more_seats(place, campus, stage, year, 0.0);
  before_ = edit_->seats;
  class_size_ = std::max(1, place.stages[stage].class_standard);
  from_ = px;
}

ToolRequest ResizeTool::move(Xy px, bool fine) {
  if (!edit_) return {};
  const double right = px.x - from_.x;
  const double more =
      fine ? std::round(right / kSeatPx) : std::trunc(right / kClassPx) * class_size_;
  const double seats = std::max(0.0, before_ + more);
  if (seats == edit_->seats) return {};
  edit_->seats = seats;
  if (seats == before_) return {ToolRequest::Kind::ClearPreview, {}};
  return {ToolRequest::Kind::Preview, *edit_};
}

ToolRequest ResizeTool::release() {
  if (!edit_) return {};
  const SetSeats made = *std::exchange(edit_, std::nullopt);
  if (made.seats == before_) return {ToolRequest::Kind::ClearPreview, {}};
  return {ToolRequest::Kind::Add, made};
}

ToolRequest ResizeTool::cancel() {
  if (!edit_) return {};
  edit_.reset();
  return {ToolRequest::Kind::ClearPreview, {}};
}

int edit_of_seats(const Scenario& scenario, const SetSeats& seats) {
  const auto& edits = scenario.edits;
  for (std::size_t i = edits.size(); i-- > 0;) {
    if (const auto* set = std::get_if<SetSeats>(&edits[i]))
      if (set->campus == seats.campus && set->stage == seats.stage) {
        return set->year == seats.year ? static_cast<int>(i) : -1;
      }
    if (const auto* open = std::get_if<OpenCampus>(&edits[i]))
      if (open->code == seats.campus && open->stage == seats.stage) return static_cast<int>(i);
  }
  return -1;
}

Edit with_seats(const Edit& edit, const SetSeats& seats) {
  Edit out = edit;
  if (auto* open = std::get_if<OpenCampus>(&out)) {
    // Its intake follows where it stood in step with its seats.
    if (open->seats > 0) open->intake *= seats.seats / open->seats;
    open->seats = seats.seats;
  }
  if (auto* set = std::get_if<SetSeats>(&out)) set->seats = seats.seats;
  return out;
}

}  // namespace doorstep::desktop
