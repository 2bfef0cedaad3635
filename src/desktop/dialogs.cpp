// Questions about files: open, save as, unsaved work, what a crash left behind. What an answer does
// is files.h's.
#include <algorithm>
#include <chrono>

#include "desktop/chooser_dialog.h"
#include "desktop/dialog_box.h"
#include "desktop/panels.h"
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
    case Asking::Import:
      return draw_chooser(p, window, enter);
    case Asking::Recover:
      return draw_recover(p, window, enter);
  }
}

}  // namespace doorstep::desktop
