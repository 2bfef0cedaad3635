#include "desktop/seats_desk.h"

#include "base/error.h"

namespace doorstep::desktop {

CampusId resizable(const App& app) {
  if (app.tool() != ToolKind::None || app.view.task != Task::Try || app.view.chosen.size() != 1)
    return {};
  const auto current = app.document().current();
  if (!current || !app.view.stage.valid()) return {};
  const CampusId campus = find_campus(current->place, *app.view.chosen.begin());
  if (!campus.valid() || !current->place.campuses[campus].stages[app.view.stage]) return {};
  return current->place.campuses[campus].open_in(app.edit_year()) ? campus : CampusId{};
}

bool take_handle(App& app, const MapPointer& p) {
  const CampusId campus = resizable(app);
  if (!campus.valid() || p.shift || p.alt) return false;
  const Place& now_open = app.document().current()->place;
  if (!resize_handle(app.camera.view().to_px(now_open.campuses[campus].at)).contains(p.px))
    return false;
  app.resize.press(now_open, campus, app.view.stage, app.edit_year(), p.px);
  return true;
}

// Seats that the plan gives already are changed where they are given: one edit, not two.
void apply_resize(App& app, const ToolRequest& request) {
  if (!request.edit) return app.apply(request);
  const auto& seats = std::get<SetSeats>(*request.edit);
  const int given = edit_of_seats(app.document().scenario(), seats);
  if (given < 0) return app.apply(request);
  const auto index = static_cast<std::size_t>(given);
  const Edit edit = with_seats(app.document().scenario().edits[index], seats);
  if (request.kind == ToolRequest::Kind::Preview)
    return app.document().set_preview(edit, app.edit_year(), index);
  app.document().clear_preview();
  try {
    app.document().replace_edit(index, edit);
    app.toasts.dismiss_errors();
  } catch (const Error& e) {
    app.toasts.say(e.message(), true);
  }
}

void hover_seats(App& app, const MapPointer& p) {
  const auto current = app.document().current();
  std::string over;
  if (app.tool() == ToolKind::AddSeats && p.over && current &&
      p.item.kind == scene::MapItem::Kind::Campus &&
      p.item.campus.index < current->place.campuses.size()) {
    const Campus& campus = current->place.campuses[p.item.campus];
    if (campus.stages[app.view.stage]) over = campus.code;
  }
  if (over == app.resize.over) return;
  if (!app.resize.over.empty()) app.document().clear_preview();
  app.resize.over = over;
  if (over.empty()) return;
  app.document().set_preview(more_seats(current->place, find_campus(current->place, over),
                                        app.view.stage, app.edit_year(), app.settings.more_seats),
                             app.edit_year());
}

void end_hover_seats(App& app) {
  if (!app.resize.over.empty()) app.document().clear_preview();
  app.resize.over.clear();
}

}  // namespace doorstep::desktop
