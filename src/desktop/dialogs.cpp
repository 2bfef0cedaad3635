// Questions about files: open, save as, unsaved work, what a crash left behind. What an answer does
// is files.h's.
#include <algorithm>
#include <chrono>

#include "desktop/dialog_box.h"
#include "desktop/panels.h"
#include "desktop/text_field.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

using Asking = Files::Asking;
using Answer = Files::Answer;

void draw_unsaved(const PanelContext& p, const Rect& window, bool enter) {
  Ui& ui = p.ui;
  const bool overwrite = p.app.files.asking() == Asking::Overwrite;
  const std::string title = p.word(overwrite ? "file.overwrite" : "file.unsaved_title");
  const Rect in = open_box(p, window, 460, 176, title);
  const auto edits = std::to_string(p.app.document().scenario().edits.size());
  ui.paragraph({in.x, in.y, in.w, 20},
               overwrite ? p.app.files.chooser().target().value_or("").string()
                         : scene::filled(p.word("file.unsaved_text"), {edits}),
               Font::Body, ui.theme().ink2);
  std::vector<Choice> buttons{
      {"dialog_save", p.word(overwrite ? "file.replace" : "file.save"), true},
      {"dialog_cancel", p.word("panel.cancel")}};
  if (!overwrite) buttons.push_back({"dialog_discard", p.word("file.discard")});
  const int clicked = choices(ui, in, buttons);
  if (clicked == 0 || enter) p.app.files.answer(Answer::Save);
  if (clicked == 1) p.app.files.answer(Answer::Cancel);
  if (clicked == 2) p.app.files.answer(Answer::Discard);
}

Icon icon_of(FileEntry::Kind kind) {
  switch (kind) {
    case FileEntry::Kind::Place:
      return Icon::School;
    case FileEntry::Kind::Plan:
      return Icon::Branch;
    default:
      return Icon::Layers;
  }
}

const char* word_of(FileEntry::Kind kind) {
  switch (kind) {
    case FileEntry::Kind::Up:
      return "file.up";
    case FileEntry::Kind::Place:
      return "file.place";
    case FileEntry::Kind::Plan:
      return "file.plan";
    default:
      return "file.folder";
  }
}

/// Rows of the chooser. Returns what a click chose.
std::optional<std::filesystem::path> draw_entries(const PanelContext& p, const Rect& list,
                                                  bool saving) {
  static Scroll scroll;
  static std::filesystem::path shown;
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  FileChooser& chooser = p.app.files.chooser();
  if (shown != chooser.folder()) scroll.to_top();
  shown = chooser.folder();
  ui.fill(list, t.raised, 4);
  ui.stroke(list, t.line, 4);
  const Rect view = list.inset(4, 4);
  double y = scroll.begin(ui, view);
  std::optional<std::filesystem::path> chosen;
  std::size_t i = 0;
  for (const FileEntry& entry : chooser.entries()) {
    const Rect line{view.x, y, view.w - 8, 26};
    y += 26;
    const Touch touch = ui.touch(("entry" + std::to_string(i++)).c_str(), line);
    if (touch.hovered) ui.fill(line, t.sunken, 4);
    draw_icon(ui, icon_of(entry.kind), {line.x + 14, line.y + 13},
              entry.kind == FileEntry::Kind::Folder || entry.kind == FileEntry::Kind::Up
                  ? t.ink3
                  : t.accent);
    ui.text({line.x + 30, line.y, line.w - 130, 26}, entry.name, Font::Body, t.ink);
    ui.text({line.right() - 96, line.y, 90, 26}, p.word(word_of(entry.kind)), Font::Caption, t.ink3,
            Align::Right);
    if (touch.clicked) {
      chosen = chooser.enter(entry, saving);
      break;  // the entries are other ones now
    }
  }
  if (!chooser.error().empty())
    ui.paragraph({view.x + 6, y + 4, view.w - 20, 20}, chooser.error(), Font::Caption, t.warn);
  scroll.end(ui, y);
  return chosen;
}

void draw_chooser(const PanelContext& p, const Rect& window, bool enter) {
  static Asking shown = Asking::Nothing;
  static std::size_t for_dialog = 0;
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  Files& files = p.app.files;
  FileChooser& chooser = files.chooser();
  const bool saving = files.naming();
  const bool begins = shown != files.asking() || for_dialog == 0;
  shown = files.asking();
  ++for_dialog;
  const Rect in =
      open_box(p, window, 620, 470,
               p.word(files.asking() == Asking::Path      ? files.title()
                      : saving                            ? std::string("command.save_as")
                      : files.asking() == Asking::OpenAsA ? std::string("command.open_as_a")
                                                          : std::string("command.open")));
  double y = in.y;
  ui.text({in.x, y, in.w, 20}, chooser.folder().string(), Font::Caption, t.ink2);
  y += 26;
  double recent_h = 0;
  std::optional<std::filesystem::path> chosen;
  if (files.asking() == Asking::Open && !p.app.recent.empty()) {
    ui.text({in.x, y, in.w, 20}, p.word("file.recent"), Font::Label, t.ink);
    double ry = y + 22;
    std::size_t n = 0;
    for (const auto& file : p.app.recent) {
      if (n >= 4) break;
      const Rect line{in.x, ry, in.w, 24};
      const Touch touch = ui.touch(("recent" + std::to_string(n++)).c_str(), line);
      if (touch.hovered) ui.fill(line, t.sunken, 4);
      const auto place = file.place.parent_path().filename().string();
      const auto plan = file.scenario.empty() ? std::string()
                        : file.scenario.filename() == "scenario.toml"
                            ? file.scenario.parent_path().filename().string()
                            : file.scenario.filename().string();
      draw_icon(ui, Icon::School, {line.x + 14, line.y + 12}, t.accent);
      ui.text({line.x + 30, line.y, 210, 24}, place, Font::Body, t.ink);
      ui.text({line.x + 250, line.y, line.w - 256, 24}, plan, Font::Caption, t.ink2);
      if (touch.clicked) {
        files.answer(Answer::Cancel);
        files.open(Opening{file.place, file.scenario, {}});
        return;
      }
      ry += 24;
    }
    recent_h = ry - y + 10;
  }
  const double foot = saving ? 84 : 44;
  const Rect list{in.x, y + recent_h, in.w, in.bottom() - foot - (y + recent_h)};
  chosen = draw_entries(p, list, saving);
  bool entered = enter;
  if (saving) {
    const double fy = list.bottom() + 8;
    const double lw = ui.width(p.word("file.name"), Font::Body) + 12;
    ui.text({in.x, fy, lw, 28}, p.word("file.name"), Font::Body, t.ink2);
    entered =
        text_field(ui, "file_name", {in.x + lw, fy, in.w - lw, 28}, chooser.name, "", begins) ||
        entered;
  }
  const auto target = chooser.target();
  std::vector<Choice> buttons;
  if (saving) buttons.push_back({"dialog_save", p.word("file.save"), true, target.has_value()});
  buttons.push_back({"dialog_cancel", p.word("panel.cancel")});
  const int clicked = choices(ui, in, buttons);
  if (chosen)
    files.choose(*chosen);
  else if (saving && target && (clicked == 0 || entered))
    files.choose(*target);
  else if (clicked == (saving ? 1 : 0))
    files.answer(Answer::Cancel);
  if (files.asking() != shown) {
    shown = Asking::Nothing;
    for_dialog = 0;
  }
}

std::string time_of(std::filesystem::file_time_type when) {
  using namespace std::chrono;
  const auto there = file_clock::to_sys(when);
  const std::time_t seconds =
      system_clock::to_time_t(time_point_cast<system_clock::duration>(there));
  std::tm local{};
  localtime_r(&seconds, &local);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &local);
  return text;
}

void draw_recover(const PanelContext& p, const Rect& window, bool enter) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  Files& files = p.app.files;
  const auto n = std::min<std::size_t>(files.left().size(), 5);
  const Rect in =
      open_box(p, window, 600, 150 + 52.0 * static_cast<double>(n), p.word("file.recover_title"));
  double y = in.y +
             ui.paragraph({in.x, in.y, in.w, 20}, p.word("file.recover_text"), Font::Body, t.ink2) +
             8;
  for (std::size_t i = 0; i < n; ++i) {
    const auto& left = files.left()[i];
    ui.fill({in.x, y, in.w, 1}, t.line);
    const double buttons = 210;
    ui.text({in.x, y + 6, in.w - buttons, 20},
            (ui.chinese() || left.place_name_en.empty() ? left.place_name : left.place_name_en) +
                " · " + scene::filled(p.word("file.n_edits"), {std::to_string(left.edits)}),
            Font::Label, t.ink);
    ui.text({in.x, y + 26, in.w - buttons, 18},
            time_of(left.when) +
                (left.scenario.empty() ? "" : " · " + left.scenario.filename().string()),
            Font::Caption, t.ink2);
    const std::string id = std::to_string(i);
    if (text_button(ui, ("recover" + id).c_str(), {in.right() - 100, y + 10, 100, 30},
                    p.word("file.recover"), i == 0) ||
        (enter && i == 0))
      return files.recover(i);
    if (text_button(ui, ("forget" + id).c_str(), {in.right() - 206, y + 10, 98, 30},
                    p.word("file.forget")))
      return files.forget(i);
    y += 52;
  }
  if (choices(ui, in, {{"recover_later", p.word("file.later")}}) == 0) files.answer(Answer::Cancel);
}

}  // namespace

void draw_dialogs(const PanelContext& p, const Rect& window, const std::vector<std::string>& keys) {
  const bool enter = std::find(keys.begin(), keys.end(), "Enter") != keys.end();
  switch (p.app.files.asking()) {
    case Asking::Nothing:
      return;
    case Asking::Unsaved:
    case Asking::Overwrite:
      return draw_unsaved(p, window, enter);
    case Asking::SaveAs:
    case Asking::Open:
    case Asking::OpenAsA:
    case Asking::Path:
      return draw_chooser(p, window, enter);
    case Asking::Recover:
      return draw_recover(p, window, enter);
  }
}

}  // namespace doorstep::desktop
