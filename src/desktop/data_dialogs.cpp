// The dialogues of the data side: work under way, a place drafted from files, a plan on new data.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "desktop/data_panels.h"
#include "desktop/dialog_box.h"
#include "desktop/text_field.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

/// Scrolls of the dialogues; one is open at a time.
Scroll& list_scroll() {
  static Scroll scroll;
  return scroll;
}

void draw_job(const PanelContext& p, const Rect& window) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const auto& job = p.app.data.job();
  const Rect in = open_box(p, window, 460, 168, p.word("data.working"));
  ui.text({in.x, in.y, in.w, 20}, p.said(job.task()), Font::Caption, t.ink2);
  const Rect bar{in.x, in.y + 30, in.w - 56, 6};
  ui.fill(bar, t.sunken, 3);
  ui.fill({bar.x, bar.y, bar.w * job.fraction(), bar.h}, t.accent, 3);
  ui.text({bar.right() + 8, in.y + 22, 48, 20}, percent(job.fraction()), Font::Caption, t.ink2);
  if (choices(ui, in, {{"job_cancel", p.word("panel.cancel")}}) == 0) p.app.data.cancel();
}

/// A line of a name, what it was taken for and why. Returns the height.
double taken_line(const PanelContext& p, Xy at, double w, const std::string& what,
                  const std::string& as, const std::string& why, double confidence) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const bool sure = confidence >= 0.8;
  ui.text({at.x, at.y, w * 0.36, 20}, p.said(what), Font::Caption, t.ink2);
  ui.text({at.x + w * 0.38, at.y, w * 0.3, 20}, p.said(as), Font::Caption, t.ink);
  const double h = ui.paragraph({at.x + w * 0.7, at.y + 1, w * 0.3, 18},
                                (sure ? "" : "? ") + percent(confidence) + " · " + p.said(why),
                                Font::Caption, sure ? t.ink2 : t.warn);
  return std::max(20.0, h + 2);
}

double draw_guesses(const PanelContext& p, const intake::Draft& draft, Xy at, double w) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  double y = at.y;
  for (const intake::LayerReport& layer : draft.layers) {
    const std::string rows = scene::filled(
        p.word("data.rows_used"),
        {grouped(static_cast<double>(layer.rows_used)), grouped(static_cast<double>(layer.rows))});
    heading(ui, {at.x, y, w, 22},
            printable(layer.file + (layer.layer.empty() ? "" : " · " + layer.layer)),
            p.said(layer.role) + " · " + rows);
    y += 24;
    if (!layer.evidence.empty())
      y += ui.paragraph({at.x + 12, y, w - 12, 18}, p.said(layer.evidence), Font::Caption, t.ink2);
    for (const intake::Guess& g : layer.guesses)
      y += taken_line(p, {at.x + 12, y}, w - 12, g.subject, g.taken_as, g.evidence, g.confidence);
    y += 8;
  }
  if (!draft.assumptions.empty()) {
    heading(ui, {at.x, y, w, 22}, p.word("data.assumed"), std::to_string(draft.assumptions.size()));
    y += 24;
    for (const intake::Assumption& a : draft.assumptions)
      y += ui.paragraph({at.x + 12, y, w - 12, 18},
                        printable(a.key) + " = " + p.said(a.value) + " · " + p.said(a.reason),
                        Font::Caption, t.ink2);
  }
  return y + 8;
}

double draw_questions(const PanelContext& p, const intake::Draft& draft, Xy at, double w) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  double y = at.y;
  if (draft.questions.empty()) return y;
  heading(ui, {at.x, y, w, 22}, p.word("data.questions"), std::to_string(draft.questions.size()));
  y += 26;
  for (std::size_t i = 0; i < draft.questions.size(); ++i) {
    const intake::Question& q = draft.questions[i];
    y += ui.paragraph({at.x + 12, y, w - 12, 20}, p.said(q.text), Font::Body, t.ink) + 2;
    text_field(ui, ("question" + std::to_string(i)).c_str(), {at.x + 12, y, 260, 26},
               p.app.data.importing().answers[q.guess.key], p.word("data.answer"));
    ui.text({at.x + 284, y, w - 296, 26}, p.said(q.guess.evidence), Font::Caption, t.ink2);
    y += 34;
  }
  return y + 6;
}

void draw_import(const PanelContext& p, const Rect& window, bool enter) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  ImportDesk& desk = p.app.data.importing();
  if (!desk.draft) return;
  const Rect in = open_box(p, window, 860, 600, p.word("data.import_title"));
  ui.text({in.x, in.y, in.w, 20}, p.word("data.import_text"), Font::Caption, t.ink2);
  const Rect list{in.x, in.y + 26, in.w, in.h - 26 - 44};
  ui.fill(list, t.raised, 4);
  ui.stroke(list, t.line, 4);
  const Rect view = list.inset(10, 4);
  double y = list_scroll().begin(ui, view) + 4;
  y = draw_questions(p, *desk.draft, {view.x, y}, view.w - 16);
  y = draw_guesses(p, *desk.draft, {view.x, y}, view.w - 16);
  for (const Diagnostic& d : desk.draft->findings.items())
    y += ui.paragraph(
        {view.x, y, view.w - 16, 18},
        printable(p.sentences().at(d.at)) + (ui.chinese() ? "：" : ": ") + p.said(d.message),
        Font::Caption, d.severity == Severity::Info ? t.ink2 : t.warn);
  list_scroll().end(ui, y + 6);
  const int clicked = choices(ui, in,
                              {{"import_save", p.word("data.choose_folder"), true},
                               {"import_cancel", p.word("panel.cancel")}});
  if (clicked == 0 || enter)
    p.app.files.ask("data.save_place", desk.request.code, "",
                    [&app = p.app](const std::filesystem::path& f) { app.data.make_place(f); });
  if (clicked == 1) p.app.data.cancel();
}

/// One orphan, with a button that takes the nearest. Returns the y below.
double draw_orphan(const PanelContext& p, const session::Orphan& o, std::size_t index, Xy at,
                   double w) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  double y = at.y;
  const double text_w = w - 150;
  y += ui.paragraph({at.x, y, text_w, 20},
                    o.does.zh.empty() || !ui.chinese() ? o.does.en : o.does.zh, Font::Label, t.ink);
  const std::string missing =
      o.code.empty() ? p.said(o.why)
                     : scene::filled(p.word("data.missing"),
                                     {p.word("data.kind_" + o.kind), printable(o.code)}) +
                           p.word(o.whole ? "data.left_out" : "data.rest_kept");
  y += ui.paragraph({at.x, y, text_w, 18}, missing, Font::Caption, t.warn);
  std::string where = printable(p.sentences().at(o.at));
  if (!o.was.file.empty())
    where += " · " + scene::filled(p.word("data.was_row"), {printable(p.sentences().at(o.was))});
  y += ui.paragraph({at.x, y, text_w, 18}, where, Font::Caption, t.ink2);
  if (!o.nearest.empty()) {
    const std::string& name =
        ui.chinese() ? o.nearest_name.in_chinese() : o.nearest_name.in_english();
    std::string near = scene::filled(p.word("data.nearest"), {o.nearest + " " + name});
    if (o.away_m >= 0)
      near += " · " + scene::filled(p.word("data.away"), {grouped(std::round(o.away_m))});
    y += ui.paragraph({at.x, y, text_w, 18}, near, Font::Caption, t.ink2);
    if (text_button(ui, ("recode" + std::to_string(index)).c_str(),
                    {at.x + w - 138, at.y + 4, 138, 28}, p.word("data.same_one")))
      p.app.data.recode(o);
  } else if (!o.remedy.empty() && o.code.empty()) {
    y += ui.paragraph({at.x, y, text_w, 18}, "› " + p.said(o.remedy), Font::Caption, t.ink2);
  }
  return y + 10;
}

void draw_carry(const PanelContext& p, const Rect& window, bool enter) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const CarryDesk& desk = p.app.data.carrying();
  if (!desk.to) return;
  const Rect in = open_box(p, window, 760, 540, p.word("data.carry_title"));
  const std::size_t all = p.app.document().scenario().edits.size();
  ui.text({in.x, in.y, in.w, 20},
          scene::filled(p.word("data.carried"),
                        {p.app.name(desk.to->place.name), std::to_string(desk.to->place.base_year),
                         std::to_string(desk.carried.kept), std::to_string(all)}),
          Font::Body, t.ink);
  const Rect list{in.x, in.y + 28, in.w, in.h - 28 - 44};
  ui.fill(list, t.raised, 4);
  ui.stroke(list, t.line, 4);
  const Rect view = list.inset(10, 4);
  double y = list_scroll().begin(ui, view) + 4;
  if (desk.carried.orphans.empty())
    y += ui.paragraph({view.x, y, view.w - 16, 20}, p.word("data.no_orphans"), Font::Body, t.ink2);
  const std::vector<session::Orphan> orphans = desk.carried.orphans;  // a button changes them
  for (std::size_t i = 0; i < orphans.size(); ++i)
    y = draw_orphan(p, orphans[i], i, {view.x, y}, view.w - 16);
  list_scroll().end(ui, y);
  const int clicked = choices(ui, in,
                              {{"carry_open", p.word("data.open_carried"), true},
                               {"carry_cancel", p.word("panel.cancel")}});
  if (clicked == 0 || enter) p.app.data.open_carried();
  if (clicked == 1) p.app.data.cancel();
}

}  // namespace

void draw_data_desk(const PanelContext& p, const Rect& window,
                    const std::vector<std::string>& keys) {
  // A question about a path stands over its dialogue.
  if (p.app.files.asking() != Files::Asking::Nothing) return;
  if (p.app.data.busy()) return draw_job(p, window);
  const bool enter =
      !ImGui::GetIO().WantTextInput && std::ranges::find(keys, "Enter") != keys.end();
  switch (p.app.data.sheet()) {
    case DataDesk::Sheet::None:
      return;
    case DataDesk::Sheet::Import:
      return draw_import(p, window, enter);
    case DataDesk::Sheet::Campuses:
      return draw_sheet(p, window, keys);
    case DataDesk::Sheet::Carry:
      return draw_carry(p, window, enter);
  }
}

}  // namespace doorstep::desktop
