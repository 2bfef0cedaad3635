#include "desktop/chooser_dialog.h"

#include "desktop/dialog_box.h"
#include "desktop/text_field.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

using Asking = Files::Asking;
using Answer = Files::Answer;
using Kind = FileEntry::Kind;

Icon icon_of(Kind kind) {
  switch (kind) {
    case Kind::Place:
      return Icon::School;
    case Kind::Plan:
      return Icon::Branch;
    default:
      return Icon::Layers;
  }
}

const char* word_of(Kind kind) {
  switch (kind) {
    case Kind::Up:
      return "file.up";
    case Kind::Place:
      return "file.place";
    case Kind::Plan:
      return "file.plan";
    case Kind::Other:
      return "file.file";
    case Kind::Folder:
      break;
  }
  return "file.folder";
}

std::string title_of(const PanelContext& p) {
  switch (p.app.files.asking()) {
    case Asking::Path:
      return p.word(p.app.files.title());
    case Asking::Import:
      return p.word("command.import");
    case Asking::OpenAsA:
      return p.word("command.open_as_a");
    default:
      return p.word(p.app.files.naming() ? "command.save_as" : "command.open");
  }
}

void draw_tick(Ui& ui, Xy at, bool on) {
  const auto& t = ui.theme();
  const Rect box{at.x - 7, at.y - 7, 14, 14};
  ui.fill(box, on ? t.accent : t.raised, 3);
  ui.stroke(box, on ? t.accent : t.line_strong, 3);
  if (on) draw_icon(ui, Icon::Check, at, t.accent_ink, 11);
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
    const std::string id = "entry" + std::to_string(i++);
    if (line.bottom() < view.y || line.y > view.bottom()) continue;
    const Touch touch = ui.touch(id.c_str(), line);
    if (touch.hovered) ui.fill(line, t.sunken, 4);
    const bool plain = entry.kind == Kind::Folder || entry.kind == Kind::Up;
    if (entry.kind == Kind::Other)
      draw_tick(ui, {line.x + 14, line.y + 13}, chooser.ticked().contains(entry.path));
    else
      draw_icon(ui, icon_of(entry.kind), {line.x + 14, line.y + 13}, plain ? t.ink3 : t.accent);
    ui.text({line.x + 30, line.y, line.w - 130, 26}, printable(entry.name), Font::Body, t.ink);
    ui.text({line.right() - 96, line.y, 90, 26}, p.word(word_of(entry.kind)), Font::Caption, t.ink3,
            Align::Right);
    if (touch.clicked) {
      chosen = chooser.enter(entry, saving);
      break;  // the entries are other ones now
    }
  }
  if (!chooser.error().empty())
    ui.paragraph({view.x + 6, y + 4, view.w - 20, 20}, p.said(chooser.error()), Font::Caption,
                 t.warn);
  scroll.end(ui, y);
  return chosen;
}

/// What was open of late. Returns the height, or nothing once one of it was chosen.
std::optional<double> draw_recent(const PanelContext& p, Xy at, double w) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  Files& files = p.app.files;
  if (files.asking() != Asking::Open || p.app.recent.empty()) return 0.0;
  ui.text({at.x, at.y, w, 20}, p.word("file.recent"), Font::Label, t.ink);
  double y = at.y + 22;
  constexpr std::size_t kMost = 4;
  for (std::size_t n = 0; n < std::min(kMost, p.app.recent.size()); ++n) {
    const session::RecentFile file = p.app.recent[n];
    const Rect line{at.x, y, w, 24};
    const Touch touch = ui.touch(("recent" + std::to_string(n)).c_str(), line);
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
      return std::nullopt;
    }
    y += 24;
  }
  return y - at.y + 10;
}

/// A labelled field in a row of its own. Returns whether Enter was pressed in it.
bool field_row(const PanelContext& p, const Rect& row, const char* id, const char* label,
               std::string& value, const std::string& hint, bool focus) {
  const double w = p.ui.width(p.word(label), Font::Body) + 12;
  p.ui.text({row.x, row.y, w, row.h}, p.word(label), Font::Body, p.ui.theme().ink2);
  return text_field(p.ui, id, {row.x + w, row.y, row.w - w, row.h}, value, hint, focus);
}

/// The buttons below. Returns whether the dialogue was answered.
bool answer_by_button(const PanelContext& p, const Rect& in, bool entered) {
  Files& files = p.app.files;
  const FileChooser& chooser = files.chooser();
  const bool saving = files.naming(), importing = files.asking() == Asking::Import;
  const auto target = chooser.target();
  std::vector<Choice> buttons;
  if (saving) buttons.push_back({"dialog_save", p.word("file.save"), true, target.has_value()});
  if (importing) {
    const std::size_t n = chooser.ticked().size();
    buttons.push_back({"dialog_import",
                       n == 0 ? p.word("file.import_all")
                              : scene::filled(p.word("file.import_n"), {std::to_string(n)}),
                       true});
  }
  buttons.push_back({"dialog_cancel", p.word("panel.cancel")});
  const int clicked = choices(p.ui, in, buttons);
  const bool cancelled = clicked == static_cast<int>(buttons.size()) - 1;
  if (cancelled)
    files.answer(Answer::Cancel);
  else if (saving && target && (clicked == 0 || entered))
    files.choose(*target);
  else if (importing && (clicked == 0 || (entered && !chooser.ticked().empty())))
    files.choose_files();
  else
    return false;
  return true;
}

}  // namespace

void draw_chooser(const PanelContext& p, const Rect& window, bool enter) {
  static Asking shown = Asking::Nothing;
  static int last_frame = -1;
  static std::string path;    // as the field holds it
  static bool again = false;  // what was typed was taken: on with an empty field
  static int taken_times = 0;
  Ui& ui = p.ui;
  Files& files = p.app.files;
  FileChooser& chooser = files.chooser();
  const bool saving = files.naming();
  const bool other = std::exchange(shown, files.asking()) != files.asking();
  const int frame = ImGui::GetFrameCount();
  const bool begins = other || std::exchange(last_frame, frame) + 1 != frame;
  const Rect in = open_box(p, window, 620, 500, title_of(p));
  double y = in.y;
  ui.text({in.x, y, in.w, 20}, printable(chooser.folder().string()), Font::Caption,
          ui.theme().ink2);
  y += 26;
  const auto recent = draw_recent(p, {in.x, y}, in.w);
  if (!recent) return;
  y += *recent;
  std::optional<std::filesystem::path> chosen;
  const double foot = saving ? 84 : 44;
  bool entered = enter;
  if (!saving) {
    path = chooser.typed();
    const std::string id = "chooser_path" + std::to_string(taken_times);
    const bool taken = field_row(p, {in.x, y, in.w, 28}, id.c_str(), "file.path", path,
                                 p.word("file.path_hint"), begins || again);
    chooser.type(path);
    y += 36;
    entered = (entered || taken) && path.empty();
    const auto meant = chooser.meant();
    if ((taken || enter) && meant) chosen = chooser.enter(*meant, false);
    again = (taken || enter) && meant;
    taken_times += again ? 1 : 0;
  }
  const Rect list{in.x, y, in.w, in.bottom() - foot - y};
  if (const auto clicked = draw_entries(p, list, saving)) chosen = clicked;
  if (saving)
    entered = field_row(p, {in.x, list.bottom() + 8, in.w, 28}, "file_name", "file.name",
                        chooser.name, "", begins) ||
              entered;
  const bool answered = answer_by_button(p, in, entered);
  if (chosen && !answered) files.choose(*chosen);
}

}  // namespace doorstep::desktop
