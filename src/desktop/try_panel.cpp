#include <algorithm>

#include "desktop/data_panels.h"
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
    {ToolKind::Paint, "paint", Icon::Brush},
    {ToolKind::Feeder, "feeder", Icon::Feeder},
    {ToolKind::Housing, "housing", Icon::Housing},
    {ToolKind::Policy, "policy", Icon::Policy},
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

double draw_history(const PanelContext& p, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const auto lines = p.app.document().history();
  const std::size_t done = p.app.document().steps_done();
  draw_icon(ui, Icon::Undo, {p.r.x + 20, y + 12}, t.ink, 14);
  heading(ui, {p.r.x + 34, y, p.r.w - 46, 24}, p.word("panel.history"),
          scene::filled(p.word("panel.n_of_m"),
                        {std::to_string(done), std::to_string(lines.size() - 1)}));
  y += 30;
  auto step = [&](std::size_t at, const std::string& text, bool undone, bool newest) {
    const auto parts = ui.broken(text, Font::Body, p.r.w - 34 - 16);
    const double h = 4 + 20.0 * static_cast<double>(parts.size());
    const Rect line{p.r.x + 12, y, p.r.w - 24, h};
    const Touch touch = ui.touch(("step" + std::to_string(at)).c_str(), line);
    if (newest || touch.hovered) ui.fill(line, newest ? t.accent_soft : t.sunken, 4);
    if (touch.clicked) p.app.document().go_to(at);
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
  for (std::size_t i = 0; i < lines.size(); ++i)
    step(i, ui.chinese() ? lines[i].zh : lines[i].en, lines[i].undone, i == done);
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
  y = draw_tool_settings(p, y);
  divider(ui, p.r, y);
  y = draw_history(p, y + 8);
  divider(ui, p.r, y);
  y = draw_plan_costs(p, y + 8);
  scroll.end(ui, y);
  ui.fill({p.r.right() - 1, p.r.y, 1, p.r.h}, t.line);
}

}  // namespace doorstep::desktop
