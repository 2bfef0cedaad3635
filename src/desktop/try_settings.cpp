// What the tool in hand asks and answers, under the palette of Try.
#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "desktop/figures.h"
#include "desktop/panels.h"
#include "desktop/plan_actions.h"
#include "desktop/text_field.h"
#include "desktop/ties.h"
#include "indicators/closure.h"
#include "scene/format.h"
#include "scene/tie_style.h"

namespace doorstep::desktop {

namespace {

double draw_setting(const PanelContext& p, double y, const char* key, const std::string& value,
                    double step, double least, double& target) {
  Ui& ui = p.ui;
  ui.text({p.r.x + 12, y, p.r.w - 24 - 148, 28}, p.word(key), Font::Body, ui.theme().ink2);
  const int by = stepper(ui, key, {p.r.right() - 12 - 140, y + 1, 140, 26}, value);
  if (by != 0) target = std::max(least, target + by * step);
  return y + 32;
}

double draw_note(const PanelContext& p, double y, const std::string& text) {
  return y +
         p.ui.paragraph({p.r.x + 12, y, p.r.w - 24, 18}, text, Font::Caption, p.ui.theme().ink2) +
         8;
}

double value_of(const Coefficients& rates, const char* name) {
  for (const auto& [key, c] : rates.items())
    if (key == name) return c.value;
  return 0.0;
}

/// The forms two abreast, each with its line as the map draws it. Returns the form clicked.
std::string draw_forms(const PanelContext& p, double& y, const std::string& chosen,
                       const std::string& id = "") {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const double w = (p.r.w - 24 - 8) / 2;
  int i = 0;
  std::string clicked;
  for (const auto& [form, rates] : p.app.document().opened().forms) {
    const Rect r{p.r.x + 12 + (w + 8) * (i % 2), y + 46.0 * (i / 2), w, 42};
    const bool on = chosen == form;
    const Touch touch = ui.touch(("form" + id + form).c_str(), r);
    ui.fill(r, on ? t.accent_soft : touch.hovered ? t.sunken : t.raised, 4);
    ui.stroke(r, on ? t.accent : t.line_strong, 4, on ? 2 : 1);
    const Colour ink = on ? t.accent : t.ink;
    const scene::TieStyle style = scene::tie_style(form);
    const Xy a{r.x + 8, r.y + 11}, b{r.x + 52, r.y + 11};
    if (style.dash_px.size() >= 2)
      ui.dashed(a, b, ink, style.width_px, style.dash_px[0], style.dash_px[1]);
    else
      ui.line(a, b, ink, style.width_px);
    if (form == "merged") ui.line(a + Xy{0, 4}, b + Xy{0, 4}, ink, style.width_px);
    ui.text({r.x + 8, r.y + 18, w - 14, 22}, p.word("legend.tie_" + form),
            on ? Font::Label : Font::Body, ink);
    if (touch.clicked) clicked = form;
    ++i;
  }
  y += 46.0 * ((i + 1) / 2) + 4;
  return clicked;
}

/// What the form assumes, by figures.
double draw_rates(const PanelContext& p, double y, const std::string& form) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const auto& forms = p.app.document().opened().forms;
  const auto found = forms.find(form);
  if (found == forms.end()) return y;
  const Coefficients& rates = found->second;
  const std::pair<const char*, std::string> rows[] = {
      {"tool.brand_share", grouped(value_of(rates, "brand_share"), 2)},
      {"tool.staff_sent", percent(value_of(rates, "staff_sent"))},
      {"tool.phase_in",
       scene::filled(p.word("tool.n_years"), {grouped(value_of(rates, "phase_in_years"))})}};
  for (const auto& [key, value] : rows) {
    ui.text({p.r.x + 12, y, p.r.w - 110, 20}, p.word(key), Font::Caption, t.ink2);
    ui.text({p.r.right() - 92, y, 80, 20}, value, Font::Label, t.ink, Align::Right);
    y += 20;
  }
  const bool pooled = value_of(rates, "pooled") > 0.5;
  return draw_note(p, y + 2, p.word(pooled ? "tool.pooled" : "tool.own_seats"));
}

double draw_group_settings(const PanelContext& p, double y) {
  // The school merged last shows its ties, to be switched at once while the map follows.
  const auto current = p.app.document().current();
  const std::string& joined = p.app.tie.joined();
  const CampusId campus =
      current && !joined.empty() ? find_campus(current->place, joined) : CampusId{};
  const bool shows = campus.valid() && p.outcome() == current.get() &&
                     !ties_of(current->place, campus, p.app.edit_year()).empty();
  if (shows) {
    y += p.ui.paragraph({p.r.x + 12, y, p.r.w - 24, 22},
                        p.app.name(current->place.campuses[campus].name), Font::Label,
                        p.ui.theme().accent) +
         2;
    y = draw_tie(p, campus, y);
  } else {
    const std::string form = draw_forms(p, y, p.app.settings.form);
    if (!form.empty()) p.app.settings.form = form;
    y = draw_rates(p, y, p.app.settings.form);
  }
  return draw_note(p, y, p.word("tool.how_group"));
}

/// What ties do, by campus: pupils now and the change against A.
double draw_tie_change(const PanelContext& p, const std::vector<CampusId>& campuses, double y) {
  if (!p.shown.a || !p.shown.b || p.shown.a == p.shown.b) return y;
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Outcome &a = *p.shown.a, &b = *p.shown.b;
  const std::size_t year = p.shown.year_b;
  ui.text({p.r.x + 12, y, p.r.w - 24, 20},
          scene::filled(p.word("tool.pupils_against_a"), {std::to_string(b.run.years[year].year)}),
          Font::Label, t.ink);
  y += 22;
  for (CampusId c : campuses) {
    const Campus& campus = b.place.campuses[c];
    const double pupils = b.run.years[year].stages[p.app.view.stage].campuses[c].enrolment;
    const CampusId before = find_campus(a.place, campus.code);
    const double change =
        pupils -
        (before.valid()
             ? a.run.years[p.shown.year_a].stages[p.app.view.stage].campuses[before].enrolment
             : 0.0);
    ui.text({p.r.right() - 116, y, 50, 20}, grouped(std::round(pupils)), Font::Label, t.ink,
            Align::Right);
    ui.text({p.r.right() - 64, y, 52, 20},
            std::abs(change) < 0.5 ? "±0" : signed_grouped(std::round(change)), Font::Label,
            std::abs(change) < 0.5 ? t.ink2 : t.accent, Align::Right);
    y += 2 + ui.paragraph({p.r.x + 12, y + 1, p.r.w - 24 - 108, 18}, p.app.name(campus.name),
                          Font::Caption, t.ink2);
  }
  return y + 8;
}

const std::string& catchment_name(const PanelContext& p, CatchmentId id) {
  const Catchment& c = p.app.paint.ground().place->catchments[id];
  const std::string& name = p.app.name(c.name);
  return name.empty() ? c.code : name;
}

/// One catchment of the stroke: pupils living there against seats, pieces it falls into.
double draw_balance_row(const PanelContext& p, double y, const PaintBalance& b, bool target) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const double w = p.r.w - 24;
  const double change = b.after - b.before;
  ui.text({p.r.right() - 80, y, 68, 20}, signed_grouped(std::round(change)), Font::Label,
          std::abs(change) < 0.5 ? t.ink2 : t.ink, Align::Right);
  y += ui.paragraph({p.r.x + 12, y, w - 62, 20}, catchment_name(p, b.catchment),
                    target ? Font::Label : Font::Body, target ? t.accent : t.ink) -
       20;
  const double full = b.seats > 0 ? b.after / b.seats : std::nan("");
  const std::size_t k = full > 1.3 ? 6 : full > 1.1 ? 5 : 4;
  gauge(ui, {p.r.x + 12, y + 25, w - 150, 6}, full, t.utilisation[k]);
  const std::string pupils = grouped(std::round(b.after)) + " / " + grouped(b.seats) +
                             (b.seats > 0 ? "  " + percent(full) : "");
  ui.text({p.r.right() - 144, y + 18, 132, 20}, pupils, Font::Caption, t.ink2, Align::Right);
  y += 38;
  if (b.pieces_after > 1) {
    draw_icon(ui, Icon::Warn, {p.r.x + 20, y + 9}, t.warn, 12);
    ui.text({p.r.x + 32, y, w - 24, 18},
            scene::filled(p.word("tool.in_pieces"), {std::to_string(b.pieces_after)}),
            Font::Caption, t.warn);
    y += 20;
  }
  return y + 4;
}

double draw_paint_settings(const PanelContext& p, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  App& app = p.app;
  if (app.paint.ground().place == nullptr) return draw_note(p, y, p.word("panel.first_run"));
  if (!app.desk.has_catchments()) return draw_note(p, y, p.word("tool.no_catchments"));
  double radius = app.paint.radius_px();
  y = draw_setting(p, y, "tool.brush", grouped(radius), 6, PaintTool::kLeastRadius, radius);
  app.paint.set_radius(radius);
  const auto rows = app.paint.balance();
  if (rows.empty()) return draw_note(p, y, p.word("tool.how_paint"));
  for (std::size_t i = 0; i < rows.size() && i < 6; ++i)
    y = draw_balance_row(p, y, rows[i], i == 0);
  if (app.desk.waiting()) y = draw_note(p, y, p.word("tool.contiguity_coming"));
  if (!app.desk.breaks().empty()) {
    ui.text({p.r.x + 12, y, p.r.w - 24, 20},
            scene::filled(p.word("tool.breaks"), {std::to_string(app.desk.breaks().size())}),
            Font::Body, t.warn);
    y += 24;
    const double half = (p.r.w - 32) / 2;
    if (text_button(ui, "zoom_break", {p.r.x + 12, y, half, 28}, p.word("tool.show_break")))
      app.camera.fit(app.desk.box_of(app.desk.breaks().front()), app.now);
    if (text_button(ui, "repair", {p.r.x + 20 + half, y, half, 28}, p.word("command.repair"), true))
      app.commands.run("repair");
    y += 36;
  }
  if (text_button(ui, "other_target", {p.r.x + 12, y, p.r.w - 24, 28}, p.word("tool.other_target")))
    app.paint.set_target("");
  return draw_note(p, y + 34, p.word("tool.how_paint"));
}

/// The facts that a closure is weighed by: who moves, how far, what stands against it.
double draw_review(const PanelContext& p, double y) {
  const auto current = p.app.document().current();
  const auto preview = p.app.document().preview();
  if (!current || !preview) return draw_note(p, y, p.word("panel.computing"));
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const StageId stage = p.app.view.stage;
  // Both in the year of the candidate, whichever that is.
  const std::size_t year_b = year_index(*preview, p.app.view.year);
  const std::size_t year_a = year_index(*current, preview->run.years[year_b].year);
  // Kept while neither result changes: it walks all flows.
  static std::shared_ptr<const Outcome> a, b;
  static std::size_t of_a = 0, of_b = 0;
  static StageId of;
  static ClosureReview review;
  if (a != current || b != preview || of != stage || of_a != year_a || of_b != year_b) {
    a = current;
    b = preview;
    of = stage;
    of_a = year_a;
    of_b = year_b;
    review = review_closure(a->place, a->travel, a->run.years[year_a].stages[stage], b->place,
                            b->travel, b->run.years[year_b].stages[stage], stage,
                            p.app.closing.edit().campus, a->opened->standards);
  }
  auto row = [&](const char* key, const std::string& value, Colour ink) {
    ui.text({p.r.x + 12, y, p.r.w - 130, 22}, p.word(key), Font::Caption, t.ink2);
    ui.text({p.r.right() - 124, y, 112, 22}, value, Font::Label, ink, Align::Right);
    y += 22;
  };
  row("tool.pupils_move", scene::pupils_text(review.moved, p.language()), t.ink);
  auto minutes = [&](double m) {
    return std::isnan(m) ? "–" : scene::filled(p.word("tool.n_minutes"), {grouped(m, 1)});
  };
  row("tool.way_before", minutes(review.minutes_before), t.ink2);
  row("tool.way_after", minutes(review.minutes_after), t.ink);
  std::array<int, 3> against{};
  for (const Veto& v : review.vetoes) ++against[static_cast<std::size_t>(v.kind)];
  static constexpr const char* kVetoes[] = {"tool.veto_large", "tool.veto_long", "tool.veto_seat"};
  for (std::size_t i = 0; i < against.size(); ++i) {
    if (against[i] == 0) continue;
    draw_icon(ui, Icon::Warn, {p.r.x + 20, y + 10}, t.warn, 12);
    ui.text({p.r.x + 32, y, p.r.w - 44, 20},
            scene::filled(p.word(kVetoes[i]), {std::to_string(against[i])}), Font::Caption, t.warn);
    y += 20;
  }
  return y + 6;
}

double draw_close_settings(const PanelContext& p, double y) {
  CloseTool& closing = p.app.closing;
  if (!closing.asking()) return draw_note(p, y, p.word("tool.how_close"));
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const auto current = p.app.document().current();
  const CampusId campus = current ? find_campus(current->place, closing.edit().campus) : CampusId{};
  const std::string name =
      campus.valid() ? p.app.name(current->place.campuses[campus].name) : closing.edit().campus;
  y += ui.paragraph(
           {p.r.x + 12, y, p.r.w - 24, 20},
           scene::filled(p.word("tool.close_from"), {name, std::to_string(closing.edit().year)}),
           Font::Label, t.ink) +
       4;
  y = draw_review(p, y);
  ui.text({p.r.x + 12, y, p.r.w - 24, 20}, p.word("tool.procedure"), Font::Label, t.ink);
  y += 24;
  static constexpr const char* kSteps[] = {"tool.appraisal", "tool.notice", "tool.hearing",
                                           "tool.approval"};
  for (std::size_t i = 0; i < closing.steps().size(); ++i) {
    const bool done = !closing.steps()[i].empty();
    draw_icon(ui, done ? Icon::Check : Icon::Info, {p.r.x + 20, y + 14}, done ? t.accent : t.ink3,
              12);
    ui.text({p.r.x + 32, y, 70, 28}, p.word(kSteps[i]), Font::Body, t.ink);
    text_field(ui, kSteps[i], {p.r.x + 104, y + 1, p.r.w - 116, 26}, closing.steps()[i],
               p.word("tool.step_hint"));
    y += 31;
  }
  const bool opposed = closing.edit().opposed;
  ui.text({p.r.x + 12, y, p.r.w - 60, 24}, p.word("tool.opposed"), Font::Body, t.ink);
  if (toggle(ui, "opposed", {p.r.right() - 38, y + 5}, opposed)) closing.set_opposed(!opposed);
  y += 32;
  const double half = (p.r.w - 32) / 2;
  if (text_button(ui, "close_no", {p.r.x + 12, y, half, 28}, p.word("panel.cancel")))
    p.app.apply(closing.cancel());
  else if (text_button(ui, "close_yes", {p.r.x + 20 + half, y, half, 28}, p.word("tool.close_it"),
                       true))
    p.app.apply(closing.confirm());
  return y + 38;
}

double draw_feeder_settings(const PanelContext& p, double y) {
  const bool first = p.app.feeder.from().empty();
  y = draw_note(p, y, p.word(first ? "tool.how_feeder" : "tool.how_feeder_to"));
  if (first) return y;
  const auto current = p.app.document().current();
  const CampusId c = current ? find_campus(current->place, p.app.feeder.from()) : CampusId{};
  if (c.valid())
    p.ui.text({p.r.x + 12, y, p.r.w - 24, 22}, p.app.name(current->place.campuses[c].name) + " →",
              Font::Label, p.ui.theme().accent);
  return y + 28;
}

double draw_policy_settings(const PanelContext& p, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const auto current = p.app.document().current();
  const Policy& policy = current ? current->place.policy : p.app.place().policy;
  static constexpr std::pair<Rule, const char*> kRules[] = {
      {Rule::Catchment, "panel.rule_catchment"},
      {Rule::Nearest, "panel.rule_nearest"},
      {Rule::LeastTravel, "panel.rule_least_travel"},
      {Rule::Choice, "panel.rule_choice"},
      {Rule::Micro, "panel.rule_micro"}};
  for (const auto& [rule, word] : kRules) {
    const Rect r{p.r.x + 12, y, p.r.w - 24, 28};
    const bool on = policy.rule == rule;
    const Touch touch = ui.touch(word, r);
    ui.fill(r, on ? t.accent_soft : touch.hovered ? t.sunken : t.raised, 4);
    ui.stroke(r, on ? t.accent : t.line_strong, 4, on ? 2 : 1);
    ui.text(r.inset(10, 0), p.word(word), on ? Font::Label : Font::Body, on ? t.accent : t.ink);
    if (touch.clicked && !on) set_policy(p.app, {rule_name(rule), "", "", 0});
    y += 32;
  }
  auto pick = [&](const char* id, const char* title, const char* one, const char* other, int now) {
    ui.text({p.r.x + 12, y, p.r.w - 24, 22}, p.word(title), Font::Caption, t.ink2);
    const int chosen =
        segments(ui, id, {p.r.x + 12, y + 22, p.r.w - 24, 28}, {p.word(one), p.word(other)}, now);
    y += 58;
    return chosen >= 0 && chosen != now ? chosen : -1;
  };
  const int overflow = pick("overflow", "tool.overflow", "tool.crowd", "tool.divert",
                            policy.overflow == Overflow::Divert);
  if (overflow >= 0) set_policy(p.app, {"", overflow == 1 ? "divert" : "crowd", "", 0});
  const int who = pick("eligibility", "tool.eligibility", "tool.everyone", "tool.own_catchment",
                       policy.eligibility == Eligibility::OwnCatchment);
  if (who >= 0) set_policy(p.app, {"", "", who == 1 ? "own_catchment" : "all", 0});
  return draw_note(p, y, p.word("tool.how_policy"));
}

}  // namespace

double draw_tie(const PanelContext& p, CampusId campus, double y) {
  const Outcome& o = *p.outcome();
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const std::string& code = o.place.campuses[campus].code;
  for (const HeldTie& held :
       ties_of(o.place, campus, std::max(p.app.view.year, o.place.base_year))) {
    const Group& group = o.place.groups[held.group];
    heading(ui, {p.r.x + 12, y, p.r.w - 24, 22}, p.word("tool.form_of_tie"),
            p.app.name(group.name).empty() ? group.code : p.app.name(group.name));
    y += 26;
    if (held.core.valid()) {
      ui.text({p.r.x + 12, y, p.r.w - 24, 20},
              scene::filled(p.word("tool.led_by"),
                            {p.app.name(o.place.campuses[held.core].name),
                             std::to_string(std::max(held.since, o.place.base_year))}),
              Font::Caption, t.ink2);
      y += 24;
    }
    std::vector<CampusId> both{campus};
    if (held.core.valid()) both.push_back(held.core);
    if (p.outcome() == p.shown.b.get()) y = draw_tie_change(p, both, y);
    const std::string form = draw_forms(p, y, held.form, group.code);
    if (!form.empty()) set_form(p.app, code, group.code, form);
    y = draw_rates(p, y, held.form);
    if (text_button(ui, ("leave_group" + group.code).c_str(), {p.r.x + 12, y, p.r.w - 24, 28},
                    p.word("tool.leave_group")))
      p.app.add_edit(LeaveGroup{group.code, code, p.app.edit_year()});
    y += 38;
  }
  return y;
}

double draw_tool_settings(const PanelContext& p, double y) {
  ToolSettings& s = p.app.settings;
  const Stage& stage = p.app.place().stages[p.app.view.stage];
  const double one_class = stage.class_standard;
  switch (p.app.tool()) {
    case ToolKind::None: {
      // A member that is selected shows its tie, to be switched while the map follows.
      const CampusId campus = p.outcome() ? p.app.selected_campus(*p.outcome()) : CampusId{};
      return campus.valid() ? draw_tie(p, campus, y) : y;
    }
    case ToolKind::NewCampus:
      y = draw_setting(p, y, "tool.seats", grouped(s.seats), one_class, one_class, s.seats);
      return draw_note(p, y, p.word("tool.how_new_campus"));
    case ToolKind::AddSeats:
      y = draw_setting(p, y, "tool.more_seats", grouped(s.more_seats), one_class, one_class,
                       s.more_seats);
      return draw_note(p, y, p.word("tool.how_seats"));
    case ToolKind::Housing:
      y = draw_setting(p, y, "tool.dwellings", grouped(s.dwellings), 100, 100, s.dwellings);
      y = draw_setting(p, y, "tool.per_dwelling", grouped(s.pupils_per_dwelling, 2), 0.05, 0.05,
                       s.pupils_per_dwelling);
      return draw_note(p, y, p.word("tool.how_housing"));
    case ToolKind::JoinGroup:
      return draw_group_settings(p, y);
    case ToolKind::CloseCampus:
      return draw_close_settings(p, y);
    case ToolKind::Paint:
      return draw_paint_settings(p, y);
    case ToolKind::Feeder:
      return draw_feeder_settings(p, y);
    case ToolKind::Policy:
      return draw_policy_settings(p, y);
    case ToolKind::Measure:
      return draw_note(p, y, p.word("tool.how_measure"));
    case ToolKind::Box:
    case ToolKind::Lasso:
    case ToolKind::Pin:
      return draw_note(p, y, p.word("tool.how_area"));
  }
  return y;
}

}  // namespace doorstep::desktop
