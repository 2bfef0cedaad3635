// Show: the list of scenes with what is said to each, notes pinned to the map; and the
// presentation.
#include <algorithm>

#include "desktop/panels.h"
#include "desktop/plan_actions.h"
#include "desktop/text_field.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

double draw_scene(const PanelContext& p, std::size_t i, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  ShowScene& scene = p.app.show.scenes[i];
  const std::string id = std::to_string(i);
  const Rect box{p.r.x + 8, y, p.r.w - 16, 96};
  ui.fill(box, t.raised, 4);
  ui.stroke(box, t.line, 4);
  const Rect head{box.x, box.y, box.w - 96, 28};
  const Touch touch = ui.touch(("scene" + id).c_str(), head);
  ui.text({box.x + 10, box.y, 150, 28}, std::to_string(i + 1) + " · " + std::to_string(scene.year),
          Font::Label, touch.hovered ? t.accent : t.ink);
  if (touch.clicked) put_on_map(p.app, scene);
  const double bx = box.right() - 90;
  if (text_button(ui, ("scene_up" + id).c_str(), {bx, box.y + 3, 26, 22}, "↑"))
    return p.app.show.move(i, -1), y;
  if (text_button(ui, ("scene_down" + id).c_str(), {bx + 29, box.y + 3, 26, 22}, "↓"))
    return p.app.show.move(i, 1), y;
  const Rect cross{bx + 58, box.y + 3, 26, 22};
  const bool gone = cross_button(ui, "scene_gone" + id, cross);
  text_field(ui, ("scene_zh" + id).c_str(), {box.x + 8, box.y + 31, box.w - 16, 27}, scene.zh,
             p.word("show.caption_zh"));
  text_field(ui, ("scene_en" + id).c_str(), {box.x + 8, box.y + 62, box.w - 16, 27}, scene.en,
             p.word("show.caption_en"));
  if (gone) p.app.show.remove(i);
  return y + 102;
}

}  // namespace

void draw_show(const PanelContext& p, Scroll& scroll) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  ui.fill(p.r, t.panel);
  auto& show = p.app.show;
  heading(ui, {p.r.x + 12, p.r.y + 6, p.r.w - 24, 24}, p.word("show.title"),
          scene::filled(p.word("show.n_scenes"), {std::to_string(show.scenes.size())}),
          Font::Title);
  double y = p.r.y + 36;
  const double half = (p.r.w - 32) / 2;
  if (text_button(ui, "capture", {p.r.x + 12, y, half, 28}, p.word("command.capture")))
    p.app.commands.run("capture");
  if (text_button(ui, "present", {p.r.x + 20 + half, y, half, 28}, p.word("command.present"), true,
                  !show.scenes.empty()))
    p.app.commands.run("present");
  const Rect body{p.r.x, y + 36, p.r.w, p.r.bottom() - y - 36};
  y = scroll.begin(ui, body) + 4;
  if (show.scenes.empty())
    y += ui.paragraph({p.r.x + 12, y, p.r.w - 24, 18}, p.word("show.how"), Font::Caption, t.ink2) +
         8;
  for (std::size_t i = 0; i < show.scenes.size(); ++i) y = draw_scene(p, i, y);
  divider(ui, p.r, y + 4);
  y += 12;
  heading(ui, {p.r.x + 12, y, p.r.w - 24, 24}, p.word("show.pins"),
          std::to_string(show.pins.size()));
  y += 28;
  for (std::size_t i = 0; i < show.pins.size(); ++i) {
    const std::string id = std::to_string(i);
    draw_icon(ui, Icon::Pin, {p.r.x + 20, y + 14}, t.accent);
    text_field(ui, ("pin" + id).c_str(), {p.r.x + 34, y, p.r.w - 34 - 40, 27}, show.pins[i].text,
               p.word("show.pin_text"), show.fresh_pin == static_cast<int>(i));
    if (show.fresh_pin == static_cast<int>(i)) show.fresh_pin = -1;
    const Rect cross{p.r.right() - 36, y + 2, 24, 24};
    const bool gone = cross_button(ui, "pin_gone" + id, cross);
    y += 31;
    if (gone) {
      show.remove_pin(i);
      break;
    }
  }
  if (text_button(ui, "pin", {p.r.x + 12, y + 2, p.r.w - 24, 28}, p.word("command.pin")))
    p.app.commands.run("pin");
  scroll.end(ui, y + 40);
  ui.fill({p.r.right() - 1, p.r.y, 1, p.r.h}, t.line);
}

void draw_presentation(const PanelContext& p, const Rect& window) {
  const Show& show = p.app.show;
  if (show.presenting() < 0) return;
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  if (show.black()) {
    ui.fill(window, {0, 0, 0, 255});
    return;
  }
  const ShowScene& scene = show.scenes[static_cast<std::size_t>(show.presenting())];
  const double line = size_of(Font::FigureLarge).line;
  const Rect band{window.x, window.bottom() - (2 * line + 24), window.w, 2 * line + 24};
  ui.fill(band, t.panel);
  ui.fill({band.x, band.y, band.w, 1}, t.line_strong);
  const double side = 130;
  const std::string& first = ui.chinese() ? scene.zh : scene.en;
  const std::string& second = ui.chinese() ? scene.en : scene.zh;
  ui.text({band.x + 28, band.y + 8, band.w - 56 - side, line}, first, Font::Figure, t.ink);
  ui.text({band.x + 28, band.y + 12 + line, band.w - 56 - side, line}, second, Font::Title, t.ink2);
  ui.text({band.right() - side - 28, band.y + 8, side, line}, std::to_string(scene.year),
          Font::FigureLarge, t.accent, Align::Right);
  ui.text({band.right() - side - 28, band.y + 12 + line, side, line},
          std::to_string(show.presenting() + 1) + " / " + std::to_string(show.scenes.size()),
          Font::Caption, t.ink3, Align::Right);
}

}  // namespace doorstep::desktop
