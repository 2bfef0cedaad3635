// The edits of the plan with what each costs, and the budget.
#include <algorithm>

#include "base/text.h"
#include "desktop/data_panels.h"
#include "desktop/plan_actions.h"
#include "desktop/text_field.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

std::string currency(const PanelContext& p) {
  const std::string& code = p.app.place().currency;
  return code == "yuan" ? p.word("data.yuan") : code;
}

std::string cost_words(const PanelContext& p, const EditCost& cost) {
  if (!cost.known) return p.word("data.cost_unknown");
  if (cost.amount == 0 && !cost.given) return p.word("data.cost_none");
  std::string out = grouped(cost.amount) + " " + currency(p);
  if (!cost.given && !cost.parts.empty()) {
    const CostPart& part = cost.parts.front();
    out += " = " + grouped(part.units) + " × " + grouped(part.each);
    out += " · " + p.word("mark." + part.mark);
  }
  return out;
}

/// One edit, to be costed or taken out. Returns the y below, or nothing once the edits changed.
std::optional<double> draw_edit(const PanelContext& p, std::size_t i, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  DataDesk& data = p.app.data;
  const Edit& edit = p.app.document().scenario().edits[i];
  const std::string id = std::to_string(i);
  const std::string text = describe(edit, data.edit_names(), ui.chinese());
  const double w = p.r.w - 24 - 28;
  const Rect cross{p.r.right() - 36, y, 24, 22};
  const bool gone = cross_button(ui, "take_out" + id, cross);
  y += 2 + ui.paragraph({p.r.x + 12, y + 2, w, 18}, text, Font::Caption, t.ink);
  const EditCost& cost = data.costs().edits[i];
  if (data.cost_edit == i) {
    const bool entered = text_field(ui, ("cost" + id).c_str(), {p.r.x + 20, y, w - 40, 26},
                                    data.cost_text, p.word("data.cost_hint"));
    if (entered) {
      data.set_cost(i, data.cost_text);
      return std::nullopt;
    }
    y += 30;
    // Where the price comes from, for whom it is to be replaced.
    if (!cost.given)
      for (const CostPart& part : cost.parts)
        y += ui.paragraph({p.r.x + 20, y, w - 8, 18},
                          p.word("mark." + part.mark) + " · " + p.said(part.source), Font::Caption,
                          t.ink2);
  } else {
    const std::string words = cost_words(p, cost);
    const double h = 18.0 * static_cast<double>(ui.broken(words, Font::Caption, w - 8).size());
    const Rect line{p.r.x + 16, y, w - 4, h};
    const Touch touch = ui.touch(("cost_of" + id).c_str(), line);
    if (touch.hovered) ui.fill(line, t.sunken, 3);
    ui.paragraph({p.r.x + 20, y, w - 8, 18}, words, Font::Caption, cost.known ? t.ink2 : t.warn);
    if (touch.clicked) {
      data.cost_edit = i;
      data.cost_text = cost.given ? grouped(cost.amount) : "";
    }
    y += h;
  }
  if (gone) {
    take_out_edit(p.app, i);
    return std::nullopt;
  }
  return y + 6;
}

double draw_budget(const PanelContext& p, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  DataDesk& data = p.app.data;
  const PlanCost& cost = data.costs();
  const double w = p.r.w - 24;
  ui.text({p.r.x + 12, y, w * 0.4, 20}, p.word("data.total"), Font::Label, t.ink);
  ui.text({p.r.x + 12 + w * 0.4, y, w * 0.6, 20}, grouped(cost.total) + " " + currency(p),
          Font::Label, cost.over() ? t.warn : t.ink, Align::Right);
  y += 24;
  ui.text({p.r.x + 12, y, w * 0.4, 26}, p.word("data.budget"), Font::Body, t.ink2);
  if (text_field(ui, "budget", {p.r.x + 12 + w * 0.4, y, w * 0.6, 26}, data.budget_text,
                 p.word("data.budget_hint")))
    data.set_budget(data.budget_text);
  y += 32;
  if (!cost.budget) return y;
  const Rect bar{p.r.x + 12, y, w, 8};
  const double of = std::max(cost.total, *cost.budget);
  ui.fill(bar, t.sunken, 4);
  if (of > 0) {
    const double within = bar.w * std::min(cost.total, *cost.budget) / of;
    ui.fill({bar.x, bar.y, within, bar.h}, t.accent, 4);
    if (cost.over()) {
      const Rect beyond{bar.x + within, bar.y, bar.w - within, bar.h};
      ui.fill(beyond, t.warn, 2);
      ui.fill({beyond.x - 1, bar.y - 3, 2, bar.h + 6}, t.ink);
    }
  }
  y += 14;
  if (cost.over()) draw_icon(ui, Icon::Warn, {p.r.x + 20, y + 10}, t.warn, 13);
  const double left = cost.over() ? 34 : 12;
  y += ui.paragraph(
      {p.r.x + left, y, p.r.w - left - 12, 20},
      scene::filled(p.word(cost.over() ? "data.over_budget" : "data.within_budget"),
                    {grouped(std::abs(*cost.budget - cost.total)) + " " + currency(p)}),
      cost.over() ? Font::Label : Font::Caption, cost.over() ? t.warn : t.ink2);
  return y;
}

}  // namespace

double draw_plan_costs(const PanelContext& p, double y) {
  const auto& edits = p.app.document().scenario().edits;
  if (edits.empty()) return y;
  Ui& ui = p.ui;
  heading(ui, {p.r.x + 12, y, p.r.w - 24, 24}, p.word("panel.in_the_plan"),
          std::to_string(edits.size()));
  // The sum first: whether the plan keeps its budget is seen without scrolling.
  y = draw_budget(p, y + 28) + 6;
  for (std::size_t i = 0; i < p.app.document().scenario().edits.size(); ++i) {
    const auto below = draw_edit(p, i, y);
    if (!below) return y + 40;  // the edits are other ones now
    y = *below;
  }
  const PlanCost& cost = p.app.data.costs();
  if (cost.unknown > 0)
    y += ui.paragraph({p.r.x + 12, y, p.r.w - 24, 18},
                      scene::filled(p.word("data.n_without_cost"), {std::to_string(cost.unknown)}),
                      Font::Caption, ui.theme().warn);
  return y + 8;
}

}  // namespace doorstep::desktop
