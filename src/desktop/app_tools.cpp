// What the tools in hand do: a press, a drag, a release and a click on the map.
#include <algorithm>

#include "base/error.h"
#include "desktop/app.h"
#include "desktop/plan_actions.h"
#include "desktop/seats_desk.h"
#include "desktop/site.h"

namespace doorstep::desktop {

using scene::MapItem;
using scene::MapMode;

void App::take_tool(ToolKind tool) {
  cancel();
  if (tool == ToolKind::None) return;
  const bool looks = tool == ToolKind::Measure || tool == ToolKind::Box ||
                     tool == ToolKind::Lasso || tool == ToolKind::Pin;
  if (!looks) {
    view.task = Task::Try;
    view.mode = MapMode::Scenario;
    view.split = Split::None;
  }
  tool_ = tool;
  if (tool == ToolKind::NewCampus) campus_tool_.arm();
  if (tool == ToolKind::JoinGroup) {
    const auto outcome = shown().b;  // what is selected leads those clicked next
    const CampusId core = outcome ? selected_campus(*outcome) : CampusId{};
    if (core.valid()) tie.lead_by(outcome->place.campuses[core].code);
  }
  if (tool == ToolKind::Paint) {
    paint.arm();
    desk.follow(document_, view.stage, edit_year(), paint);
    // What is selected is what homes are painted into.
    const Shown s = shown();
    const MapItem& item = view.selection;
    if (s.b && item.kind == MapItem::Kind::Area &&
        item.catchment.index < s.b->place.catchments.size())
      paint.set_target(s.b->place.catchments[item.catchment].code);
  }
}

void App::apply(const ToolRequest& request) {
  switch (request.kind) {
    case ToolRequest::Kind::None:
      break;
    case ToolRequest::Kind::ClearPreview:
      document_.clear_preview();
      break;
    case ToolRequest::Kind::Add:
      document_.clear_preview();
      if (const auto* moves = std::get_if<RedrawCatchments>(&*request.edit))
        add_moves(*moves);
      else
        add_edit(*request.edit);
      break;
    case ToolRequest::Kind::Preview:
      document_.set_preview(*request.edit, edit_year());
      break;
  }
}

void App::add_edit(Edit edit) {
  try {
    document_.add_edit(std::move(edit));
    toasts.dismiss_errors();
  } catch (const Error& e) {
    toasts.say(e.message(), true);
  }
}

// Strokes of one stage and year become one edit of the file, though each is a step to undo.
void App::add_moves(const RedrawCatchments& moves) {
  const auto& edits = document_.scenario().edits;
  const auto together = edits.empty() ? std::nullopt : merged(edits.back(), moves);
  if (!together) return add_edit(moves);
  try {
    document_.replace_edit(edits.size() - 1, *together);
    toasts.dismiss_errors();
  } catch (const Error& e) {
    toasts.say(e.message(), true);
  }
}

OpenCampus App::campus_model() const {
  const auto current = document_.current();
  const Place& changed = current ? current->place : place();
  return model_campus(changed, view.stage, edit_year(), settings.seats);
}

bool App::press(const MapPointer& p) {
  if (!p.over) return false;
  pressed_px_ = p.px;
  const bool on_campus = p.item.kind == MapItem::Kind::Campus;
  if (tool_ == ToolKind::Paint) {
    desk.follow(document_, view.stage, edit_year(), paint);
    apply(paint.press(p.at, paint.radius_px() * p.m_per_px));
    return paint.phase() == PaintTool::Phase::Painting;
  }
  if (tool_ == ToolKind::JoinGroup && on_campus) {
    tie.press(p.item.campus);
    return true;
  }
  if (take_handle(*this, p)) return true;
  if (tool_ == ToolKind::None && view.task == Task::Try && on_campus && !p.shift && !p.alt &&
      take_own_campus(p.item.campus))
    return true;
  const bool chooses =
      tool_ == ToolKind::None || tool_ == ToolKind::Box || tool_ == ToolKind::Lasso;
  if (chooses && (p.shift || p.alt || tool_ != ToolKind::None)) {
    const bool lasso = tool_ == ToolKind::Lasso || (tool_ == ToolKind::None && p.alt);
    area.press(lasso ? AreaTool::Shape::Lasso : AreaTool::Shape::Box, p.at);
    return true;
  }
  return false;
}

bool App::take_own_campus(CampusId campus) {
  const Shown s = shown();
  if (!s.b || campus.index >= s.b->place.campuses.size()) return false;
  const std::string& code = s.b->place.campuses[campus].code;
  const auto& edits = document_.scenario().edits;
  for (std::size_t i = 0; i < edits.size(); ++i) {
    const auto* open = std::get_if<OpenCampus>(&edits[i]);
    if (open != nullptr && open->code == code) own_ = OwnCampus{i, *open, false};
  }
  return own_.has_value();
}

void App::drag_own_campus(const MapPointer& p) {
  constexpr double kDragPx = 5.0;
  own_->moving = own_->moving || distance_m(p.px, pressed_px_) > kDragPx;
  const Xy at = as_put_down(p.at);
  if (!own_->moving || own_->campus.at == at) return;
  own_->campus.at = at;
  document_.set_preview(own_->campus, std::max(edit_year(), own_->campus.year), own_->edit);
}

void App::release_own_campus(const MapPointer& p) {
  const OwnCampus moved = *std::exchange(own_, std::nullopt);
  if (!moved.moving) return click(p.at, p.item);
  document_.clear_preview();
  try {
    document_.replace_edit(moved.edit, moved.campus);
    toasts.dismiss_errors();
  } catch (const Error& e) {
    toasts.say(e.message(), true);
  }
}

void App::drag(const MapPointer& p) {
  if (resize.dragging()) return apply_resize(*this, resize.move(p.px, p.shift));
  if (own_) return drag_own_campus(p);
  if (tool_ == ToolKind::Paint) return apply(paint.move(p.at, paint.radius_px() * p.m_per_px));
  if (tie.dragging()) {
    const auto current = document_.current();
    if (!current) return;
    const CampusId over = p.item.kind == MapItem::Kind::Campus ? p.item.campus : CampusId{};
    return apply(tie.move(current->place, over, settings.form, edit_year()));
  }
  constexpr double kDragPx = 5.0;
  if (area.drawing() && distance_m(p.px, pressed_px_) > kDragPx) area.move(p.at);
}

void App::release(const MapPointer& p) {
  if (resize.dragging()) return apply_resize(*this, resize.release());
  if (own_) return release_own_campus(p);
  if (tool_ == ToolKind::Paint) return apply(paint.release());
  if (tie.dragging()) {
    const CampusId member = tie.member(), core = tie.core();
    tie.release();
    if (!core.valid()) return click(p.at, p.item);
    document_.clear_preview();
    merge_into(*this, core, member);
    tie.lead_by("");
    if (const auto outcome = shown().b) {  // looked at where it is: the map does not move
      MapItem item;
      item.campus = find_campus(outcome->place, tie.joined());
      item.kind = MapItem::Kind::Campus;
      if (item.campus.valid()) select(item);
    }
    return;
  }
  if (!area.drawing()) return;
  const auto ring = area.release();
  const bool one_off = tool_ == ToolKind::Box || tool_ == ToolKind::Lasso;
  if (one_off) tool_ = ToolKind::None;
  const Shown s = shown();
  const auto& main = s.main(view.mode);
  if (ring.empty()) {
    if (p.item.kind == MapItem::Kind::Campus) toggle(p.item.campus);
    return;
  }
  if (main) choose(campuses_inside(main->place, view.stage, view.year, ring), p.shift && !one_off);
}

void App::click_campus(const Outcome& outcome, CampusId campus) {
  const std::string& code = outcome.place.campuses[campus].code;
  switch (tool_) {
    case ToolKind::CloseCampus:
      select({});
      apply(closing.ask(outcome.place, campus, edit_year()));
      return;
    case ToolKind::AddSeats:
      end_hover_seats(*this);
      if (outcome.place.campuses[campus].stages[view.stage])
        add_edit(more_seats(outcome.place, campus, view.stage, edit_year(), settings.more_seats));
      resize.over = code;  // the next are shown once the mouse comes back: the years come first
      return;
    case ToolKind::Feeder: {
      const bool first = feeder.from().empty();
      apply(feeder.pick(code, edit_year()));
      // Pupils go on to a later stage: its campuses are shown to choose from.
      if (first && view.stage.index + 1 < place().stages.size()) {
        view.stage = StageId(view.stage.index + 1);
        select({});
      } else if (feeder.from().empty()) {
        tool_ = ToolKind::None;
      }
      return;
    }
    default:
      break;
  }
}

void App::click(Xy at, const MapItem& item) {
  const Shown s = shown();
  const auto& outcome = s.b;
  const bool on_campus = item.kind == MapItem::Kind::Campus && outcome &&
                         item.campus.index < outcome->place.campuses.size();
  switch (tool_) {
    case ToolKind::CloseCampus:
    case ToolKind::AddSeats:
    case ToolKind::Feeder:
      if (on_campus) click_campus(*document_.current(), item.campus);
      return;
    case ToolKind::JoinGroup: {
      // The first click names the leader, each one after it a school that joins.
      const CampusId core = outcome ? find_campus(outcome->place, tie.leader()) : CampusId{};
      if (on_campus && core.valid() && core != item.campus)
        return merge_into(*this, core, item.campus);
      select(item);
      tie.lead_by(on_campus ? outcome->place.campuses[item.campus].code : "");
      return;
    }
    case ToolKind::Housing:
      add_edit(housing_at(outcome ? outcome->place : place(), at, settings.dwellings,
                          settings.pupils_per_dwelling, edit_year()));
      return;
    case ToolKind::Measure:
      measure.add(at);
      return;
    case ToolKind::Pin:
      show.pins.push_back({at, ""});
      show.fresh_pin = static_cast<int>(show.pins.size()) - 1;
      tool_ = ToolKind::None;
      view.task = Task::Show;
      return;
    default:
      select(item);
  }
}

void App::cancel() {
  apply(campus_tool_.cancel());
  apply(resize.cancel());
  end_hover_seats(*this);
  apply(tie.cancel());
  apply(closing.cancel());
  if (own_ && own_->moving) document_.clear_preview();
  own_.reset();
  if (tool_ == ToolKind::Paint) apply(paint.cancel());
  feeder.cancel();
  measure.clear();
  area.cancel();
  tool_ = ToolKind::None;
}

}  // namespace doorstep::desktop
