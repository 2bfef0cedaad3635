// Campuses as a table: a range pasted from a spreadsheet, one value for many rows; what would
// change is shown before anything does.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "desktop/data_panels.h"
#include "desktop/dialog_box.h"
#include "desktop/text_field.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

using session::CellChange;
using session::kSheetColumns;
using session::SheetColumn;

constexpr double kRowHeight = 24.0;

/// Left edges of the columns, and the right edge of the last.
std::array<double, kSheetColumns + 1> columns_of(const Rect& r) {
  constexpr std::array kShare{0.13, 0.29, 0.25, 0.11, 0.11, 0.11};
  std::array<double, kSheetColumns + 1> out{};
  double x = r.x + 28;
  const double w = r.w - 28 - 14;
  for (std::size_t c = 0; c < kSheetColumns; ++c) {
    out[c] = x;
    x += w * kShare[c];
  }
  out[kSheetColumns] = x;
  return out;
}

const CellChange* change_at(const SheetDesk& desk, std::size_t row, SheetColumn column) {
  if (!desk.pending) return nullptr;
  for (const CellChange& c : desk.pending->changes)
    if (c.row == row && c.column == column) return &c;
  return nullptr;
}

void draw_cell(const PanelContext& p, const Rect& r, std::size_t row, std::size_t at_row,
               SheetColumn column) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  SheetDesk& desk = p.app.data.table();
  const CellChange* change = change_at(desk, row, column);
  const bool anchor = !desk.pending && desk.at_row == at_row && desk.at_column == column;
  const std::string id =
      "cell" + std::to_string(row) + "_" + std::to_string(static_cast<int>(column));
  const Touch touch = desk.pending ? Touch{} : ui.touch(id.c_str(), r);
  if (touch.clicked) {
    desk.at_row = at_row;
    desk.at_column = column;
  }
  if (change != nullptr) ui.fill(r.inset(1, 1), t.accent_soft, 3);
  if (anchor) ui.stroke(r.inset(1, 1), t.focus, 3, 2);
  const std::string& now = desk.rows[row].cells[static_cast<std::size_t>(column)];
  const std::string text =
      change == nullptr ? now
                        : (change->before.empty() ? "–" : change->before) + " → " + change->after;
  ui.text(r.inset(6, 0), text, change != nullptr ? Font::Label : Font::Caption,
          change != nullptr             ? t.accent
          : session::can_change(column) ? t.ink
                                        : t.ink2,
          column >= SheetColumn::Seats ? Align::Right : Align::Left);
}

void draw_grid(const PanelContext& p, const Rect& list) {
  static Scroll scroll;
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  SheetDesk& desk = p.app.data.table();
  const auto x = columns_of(list);
  for (std::size_t c = 0; c < kSheetColumns; ++c)
    ui.text(Rect{x[c], list.y, x[c + 1] - x[c], 24}.inset(6, 0),
            p.word(std::string("data.column_") + session::column_key(static_cast<SheetColumn>(c))),
            Font::Label, t.ink, c >= 3 ? Align::Right : Align::Left);
  const Rect body{list.x, list.y + 26, list.w, list.h - 26};
  ui.fill(body, t.raised, 4);
  ui.stroke(body, t.line, 4);
  const Rect view = body.inset(1, 2);
  double y = scroll.begin(ui, view);
  for (std::size_t i = 0; i < desk.shown.size(); ++i, y += kRowHeight) {
    if (y > view.bottom() || y + kRowHeight < view.y) continue;
    const std::size_t row = desk.shown[i];
    const Rect tick{list.x + 8, y + 5, 14, 14};
    const bool chosen = desk.chosen.contains(row);
    ui.stroke(tick, t.line_strong, 3);
    if (chosen) draw_icon(ui, Icon::Check, tick.centre(), t.accent, 11);
    if (!desk.pending &&
        ui.touch(("tick" + std::to_string(row)).c_str(), tick.inset(-4, -4)).clicked) {
      if (!desk.chosen.erase(row)) desk.chosen.insert(row);
    }
    for (std::size_t c = 0; c < kSheetColumns; ++c)
      draw_cell(p, {x[c], y, x[c + 1] - x[c], kRowHeight}, row, i, static_cast<SheetColumn>(c));
    ui.fill({list.x + 1, y + kRowHeight - 1, list.w - 2, 1}, t.line);
  }
  scroll.end(ui, y);
}

/// What a paste would do, and what of it cannot be taken.
void draw_pending(const PanelContext& p, const Rect& foot) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const auto& pending = *p.app.data.table().pending;
  ui.text({foot.x, foot.y, foot.w, 22},
          scene::filled(p.word("data.would_change"),
                        {std::to_string(pending.changes.size()), std::to_string(pending.same),
                         std::to_string(pending.errors.size())}),
          Font::Label, pending.errors.empty() ? t.ink : t.warn);
  constexpr std::size_t kLines = 4;
  double y = foot.y + 22;
  for (std::size_t i = 0; i < std::min(kLines, pending.errors.size()); ++i, y += 18) {
    const session::CellError& e = pending.errors[i];
    const std::string column =
        e.heading.empty() ? std::to_string(e.column) : p.word("data.column_" + e.heading);
    const bool last = i + 1 == kLines && pending.errors.size() > kLines;
    ui.text({foot.x, y, foot.w, 18},
            last ? scene::filled(p.word("data.n_more"), {std::to_string(pending.errors.size() - i)})
                 : scene::filled(p.word("data.cell_error"), {std::to_string(e.row), column,
                                                             printable(e.value), p.said(e.what)}),
            Font::Caption, t.warn);
  }
}

void draw_tools(const PanelContext& p, const Rect& foot) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  SheetDesk& desk = p.app.data.table();
  ui.text({foot.x, foot.y, foot.w, 22}, p.word("data.paste_here"), Font::Caption, t.ink2);
  const std::string which =
      desk.chosen.empty()
          ? scene::filled(p.word("data.all_shown"), {std::to_string(desk.shown.size())})
          : scene::filled(p.word("data.n_chosen"), {std::to_string(desk.chosen.size())});
  const std::string label =
      p.word(std::string("data.column_") + session::column_key(desk.at_column)) + " · " + which;
  const double w = std::min(300.0, ui.width(label, Font::Body) + 12);
  const double y = foot.y + 30;
  ui.text({foot.x, y, w, 28}, label, Font::Body, t.ink);
  const bool entered = text_field(ui, "sheet_value", {foot.x + w, y, 150, 28}, desk.value,
                                  p.word("data.value_hint"));
  if (text_button(ui, "sheet_set", {foot.x + w + 158, y, 130, 28}, p.word("data.set_all")) ||
      entered)
    p.app.data.set_column();
}

}  // namespace

void draw_sheet(const PanelContext& p, const Rect& window, const std::vector<std::string>& keys) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  DataDesk& data = p.app.data;
  SheetDesk& desk = data.table();
  const Rect in = open_box(p, window, 980, 620,
                           scene::filled(p.word("data.table_title"), {std::to_string(desk.year)}));
  const std::string before = desk.filter;
  text_field(ui, "sheet_filter", {in.x, in.y, 300, 28}, desk.filter, p.word("data.filter_hint"));
  if (desk.filter != before) data.filter_table();
  ui.text({in.x + 312, in.y, in.w - 312, 28},
          desk.complaint.empty()
              ? scene::filled(p.word("data.n_shown"),
                              {std::to_string(desk.shown.size()), std::to_string(desk.rows.size())})
              : p.said_line(desk.complaint),
          Font::Caption, desk.complaint.empty() ? t.ink2 : t.warn);
  constexpr double kFoot = 138.0;
  draw_grid(p, {in.x, in.y + 36, in.w, in.h - 36 - kFoot});
  const Rect foot{in.x, in.bottom() - kFoot + 8, in.w, kFoot - 44};
  std::vector<Choice> buttons;
  if (desk.pending) {
    draw_pending(p, foot);
    const std::size_t n = desk.pending->changes.size();
    buttons = {{"sheet_apply", scene::filled(p.word("data.make_changes"), {std::to_string(n)}),
                true, n > 0},
               {"sheet_back", p.word("data.back")}};
  } else {
    draw_tools(p, foot);
    buttons = {{"sheet_close", p.word("data.close")},
               {"sheet_paste", p.word("data.paste") + "  Ctrl+V"}};
  }
  const bool typing = ImGui::GetIO().WantTextInput;
  const bool pasted = !typing && std::ranges::find(keys, "Ctrl+V") != keys.end();
  const bool enter = !typing && std::ranges::find(keys, "Enter") != keys.end();
  const int clicked = choices(ui, in, buttons);
  if (desk.pending && (clicked == 0 || enter)) return data.apply_pending();
  if (desk.pending && clicked == 1) return data.cancel();
  if (!desk.pending && (clicked == 1 || pasted)) {
    const char* text = ImGui::GetClipboardText();
    data.paste(text == nullptr ? "" : text);
  } else if (!desk.pending && clicked == 0) {
    data.cancel();
  }
}

}  // namespace doorstep::desktop
