#include "desktop/panels.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

/// Program, place, stage and what is compared. Returns where it ends.
double draw_names(const PanelContext& p, bool narrow) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Rect& r = p.r;
  if (icon_button(ui, "menu", {10, r.y + 8, 28, 28}, Icon::Menu)) p.app.commands.run("menu");
  draw_logo(ui, {48, r.y + 11, 22, 22});
  if (narrow) return 74;
  const std::string other = ui.chinese() ? "Doorstep" : "家门口";
  double x = 78;
  x += ui.text({x, r.y, 90, r.h}, ui.chinese() ? "家门口" : "Doorstep", Font::Title, t.ink) + 9;
  x += ui.text({x, r.y, 60, r.h}, other, Font::Caption, t.ink2) + 14;
  ui.fill({x, r.y + 12, 1, 20}, t.line_strong);
  x += 14;
  const App& app = p.app;
  std::string place = app.name(app.place().name);
  if (app.view.stage.valid()) place += " · " + app.name(app.place().stages[app.view.stage].name);
  const double limit = std::max(120.0, r.w / 2 - x - 60);
  const double w = ui.text({x, r.y, limit, r.h}, place, Font::Body, t.ink);
  if (app.place().stages.size() > 1 && ui.touch("stage", {x, r.y + 8, w, r.h - 16}).clicked)
    app.commands.run("next_stage");
  x += w + 12;
  const auto* plan = app.document().reference_plan();
  x +=
      chip(ui, {x, r.y + 11}, plan ? "A " + app.name(plan->name) : p.word("window.baseline_a")) + 8;
  if (app.has_edits()) {
    const std::string b = scene::filled(p.word("window.scenario_b"),
                                        {std::to_string(app.document().scenario().edits.size())});
    x += chip(ui, {x, r.y + 11}, b, ChipLook::Accent);
  }
  return x;
}

}  // namespace

void draw_top_bar(const PanelContext& p) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Rect& r = p.r;
  ui.fill(r, t.panel);
  divider(ui, r, r.bottom() - 1);
  const bool narrow = r.w < kBothSides;
  const double end = draw_names(p, narrow);

  const std::vector<std::string> tasks{p.word("window.look"), p.word("window.try"),
                                       p.word("window.compare"), p.word("window.show")};
  static constexpr const char* kTasks[] = {"look", "try", "compare", "show"};
  double segment = 0;
  for (const std::string& s : tasks) segment = std::max(segment, ui.width(s, Font::Label) + 28);
  const double wide = segment * 4 + 4;
  const double actions = 12 + 64 + 38 + 36 + (narrow ? 38 : 0);
  const double middle_x =
      std::min(std::max(r.w / 2 - wide / 2, end + 12), r.right() - actions - wide - 12);
  const Rect middle{middle_x, r.y + 8, wide, 28};
  const int task = segments(ui, "task", middle, tasks, static_cast<int>(p.app.view.task));
  if (task >= 0) p.app.commands.run(kTasks[task]);

  double x = r.right() - 12 - 64;
  if (text_button(ui, "language", {x, r.y + 8, 64, 28}, ui.chinese() ? "中 / EN" : "EN / 中"))
    p.app.commands.run("language");
  x -= 38;
  if (icon_button(ui, "redo", {x, r.y + 8, 28, 28}, Icon::Redo, p.app.commands.enabled("redo")))
    p.app.commands.run("redo");
  x -= 36;
  if (icon_button(ui, "undo", {x, r.y + 8, 28, 28}, Icon::Undo, p.app.commands.enabled("undo")))
    p.app.commands.run("undo");
  if (narrow) {
    x -= 38;
    if (icon_button(ui, "other_side", {x, r.y + 8, 28, 28}, Icon::Layers))
      p.app.commands.run("other_side");
  }
  const double room = x - 12 - (middle.right() + 16);
  const std::string words = p.word("window.search");
  const double least = 30 + ui.width(words, Font::Caption) + 10, with_key = least + 44;
  const double w = std::min(room, std::max(216.0, with_key));
  if (w < least) {  // no room for its words
    if (room >= 28 && icon_button(ui, "search", {x - 38, r.y + 8, 28, 28}, Icon::Search))
      p.app.commands.run("search");
    return;
  }
  const Rect search{x - 12 - w, r.y + 8, w, 28};
  const Touch touch = ui.touch("search", search);
  ui.fill(search, touch.hovered ? t.sunken : t.raised, 4);
  ui.stroke(search, t.line_strong, 4);
  draw_icon(ui, Icon::Search, {search.x + 16, search.y + 14}, t.ink2, 13);
  const double cap =
      w < with_key ? 0.0 : key_cap(ui, {search.x, search.y, search.w - 6, search.h}, "Ctrl K") + 6;
  ui.text({search.x + 30, search.y, search.w - 30 - cap - 6, search.h}, words, Font::Caption,
          t.ink2);
  if (touch.clicked) p.app.commands.run("search");
}

}  // namespace doorstep::desktop
