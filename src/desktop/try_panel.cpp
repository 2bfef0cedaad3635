#include <algorithm>

#include "desktop/panels.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

struct PaletteLine {
  ToolKind tool;
  const char* command;
  Icon icon;
};
constexpr PaletteLine kPalette[] = {
    {ToolKind::NewCampus, "new_campus", Icon::Branch},
    {ToolKind::JoinGroup, "join_group", Icon::Merge},
    {ToolKind::CloseCampus, "close_campus", Icon::Close},
    {ToolKind::AddSeats, "add_seats", Icon::Seats},
    {ToolKind::Housing, "housing", Icon::Housing},
};

double draw_palette(const PanelContext& p, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  for (const PaletteLine& line : kPalette) {
    const Command* command = p.app.commands.find(line.command);
    const bool enabled = p.app.commands.enabled(line.command);
    const bool on = p.app.tool() == line.tool;
    const Rect r{p.r.x + 8, y, p.r.w - 16, 26};
    const Touch touch = enabled ? ui.touch(line.command, r) : Touch{};
    if (on || touch.hovered) ui.fill(r, on ? t.accent_soft : t.sunken, 4);
    const Colour ink = !enabled ? t.ink3 : on ? t.accent : t.ink;
    draw_icon(ui, line.icon, {r.x + 16, r.y + 13}, ink);
    ui.text({r.x + 32, r.y, r.w - 32 - 34, r.h}, p.word(std::string("command.") + line.command),
            on ? Font::Label : Font::Body, ink);
    key_cap(ui, {r.x, r.y, r.w - 6, r.h}, command->key);
    if (touch.clicked) p.app.take_tool(on ? ToolKind::None : line.tool);
    // Pressed and pulled out of its row: the new campus follows the mouse from here.
    // Once a press: after Esc the mouse is still held.
    bool& dragged = p.app.view.palette_dragged;
    if (line.tool == ToolKind::NewCampus && !touch.held) dragged = false;
    if (touch.held && line.tool == ToolKind::NewCampus && !r.contains(ui.mouse()) && !dragged) {
      dragged = true;
      p.app.take_tool(ToolKind::NewCampus);
      p.app.campus_tool().begin_drag();
    }
    y += 26;
  }
  return y + 8;
}

double draw_setting(const PanelContext& p, double y, const char* key, const std::string& value,
                    double step, double least, double& target) {
  Ui& ui = p.ui;
  ui.text({p.r.x + 12, y, p.r.w - 24 - 148, 28}, p.word(key), Font::Body, ui.theme().ink2);
  const int by = stepper(ui, key, {p.r.right() - 12 - 140, y + 1, 140, 26}, value);
  if (by != 0) target = std::max(least, target + by * step);
  return y + 32;
}

double draw_forms(const PanelContext& p, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const double w = (p.r.w - 24 - 8) / 2;
  int i = 0;
  for (const auto& [form, rates] : p.app.document().opened().forms) {
    const Rect r{p.r.x + 12 + (w + 8) * (i % 2), y + 32.0 * (i / 2), w, 28};
    const bool on = p.app.settings.form == form;
    const Touch touch = ui.touch(("form" + form).c_str(), r);
    ui.fill(r, on ? t.accent_soft : touch.hovered ? t.sunken : t.raised, 4);
    ui.stroke(r, on ? t.accent : t.line_strong, 4, on ? 2 : 1);
    ui.text(r.inset(8, 0), p.word("legend.tie_" + form), on ? Font::Label : Font::Body,
            on ? t.accent : t.ink);
    if (touch.clicked) p.app.settings.form = form;
    ++i;
  }
  return y + 32.0 * ((i + 1) / 2) + 4;
}

double draw_settings(const PanelContext& p, double y) {
  ToolSettings& s = p.app.settings;
  const Stage& stage = p.app.place().stages[p.app.view.stage];
  const double one_class = stage.class_standard;
  switch (p.app.tool()) {
    case ToolKind::None:
      return y;
    case ToolKind::NewCampus:
      y = draw_setting(p, y, "tool.seats", grouped(s.seats), one_class, one_class, s.seats);
      break;
    case ToolKind::AddSeats:
      y = draw_setting(p, y, "tool.more_seats", grouped(s.more_seats), one_class, one_class,
                       s.more_seats);
      break;
    case ToolKind::Housing:
      y = draw_setting(p, y, "tool.dwellings", grouped(s.dwellings), 100, 100, s.dwellings);
      y = draw_setting(p, y, "tool.per_dwelling", grouped(s.pupils_per_dwelling, 2), 0.05, 0.05,
                       s.pupils_per_dwelling);
      break;
    case ToolKind::JoinGroup:
      y = draw_forms(p, y);
      break;
    case ToolKind::CloseCampus:
      break;
  }
  static constexpr const char* kHow[] = {"",
                                         "tool.how_new_campus",
                                         "tool.how_close",
                                         "tool.how_seats",
                                         "tool.how_group",
                                         "tool.how_housing"};
  y += p.ui.paragraph({p.r.x + 12, y, p.r.w - 24, 18}, p.word(kHow[static_cast<int>(p.app.tool())]),
                      Font::Caption, p.ui.theme().ink2);
  return y + 8;
}

double draw_history(const PanelContext& p, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const auto lines = p.app.document().history();
  const auto done =
      std::count_if(lines.begin(), lines.end(), [](const auto& l) { return !l.undone; });
  draw_icon(ui, Icon::Undo, {p.r.x + 20, y + 12}, t.ink, 14);
  heading(
      ui, {p.r.x + 34, y, p.r.w - 46, 24}, p.word("panel.history"),
      scene::filled(p.word("panel.n_of_m"), {std::to_string(done), std::to_string(lines.size())}));
  y += 30;
  auto step = [&](const std::string& text, bool undone, bool newest) {
    const auto parts = ui.broken(text, Font::Body, p.r.w - 34 - 16);
    const double h = 4 + 20.0 * static_cast<double>(parts.size());
    if (newest) ui.fill({p.r.x + 12, y, p.r.w - 24, h}, t.accent_soft, 4);
    ui.circle({p.r.x + 22, y + 12}, newest ? 4 : 3,
              undone   ? Colour{}
              : newest ? t.accent
                       : t.ink2,
              undone ? t.ink3 : kNone, 1);
    ui.paragraph({p.r.x + 34, y + 2, p.r.w - 34 - 16, 20}, text, Font::Body,
                 undone   ? t.ink3
                 : newest ? t.accent
                          : t.ink);
    y += h;
  };
  step(p.word("panel.open_place"), false, done == 0);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    step(ui.chinese() ? lines[i].zh : lines[i].en, lines[i].undone,
         static_cast<std::ptrdiff_t>(i) + 1 == done);
  }
  y += 8;
  if (text_button(ui, "undo2", {p.r.x + 12, y, p.r.w - 24 - 36, 28},
                  p.word("command.undo") + "  Ctrl+Z", false, p.app.commands.enabled("undo")))
    p.app.commands.run("undo");
  if (icon_button(ui, "redo2", {p.r.right() - 40, y, 28, 28}, Icon::Redo,
                  p.app.commands.enabled("redo")))
    p.app.commands.run("redo");
  return y + 36;
}

}  // namespace

void draw_try(const PanelContext& p, Scroll& scroll) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  ui.fill(p.r, t.panel);
  heading(ui, {p.r.x + 12, p.r.y + 6, p.r.w - 24, 24}, p.word("panel.try"),
          p.word("panel.one_step"), Font::Title);
  const Rect body{p.r.x, p.r.y + 34, p.r.w, p.r.h - 34};
  double y = scroll.begin(ui, body) + 2;
  y = draw_palette(p, y);
  y = draw_settings(p, y);
  divider(ui, p.r, y);
  y = draw_history(p, y + 8);
  scroll.end(ui, y);
  ui.fill({p.r.right() - 1, p.r.y, 1, p.r.h}, t.line);
}

}  // namespace doorstep::desktop
