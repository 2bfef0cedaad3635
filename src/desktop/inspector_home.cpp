// Inspector of a home: where its children go and why, what the plan changes, what would be next.
#include <cmath>

#include "desktop/figures.h"
#include "desktop/inspectors.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

using session::HomeAnswer;
using session::HomeOption;
using session::Part;

std::string in(const PanelContext& p, const Name& name) { return p.app.name(name); }

/// One school as the home sees it: share of its entrants, way, chance.
void draw_option(const PanelContext& p, double& y, const HomeOption& option) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const double x = p.r.x + 12, w = p.r.w - 24;
  std::string way = std::isnan(option.minutes)
                        ? p.word("panel.no_way")
                        : scene::filled(p.word("panel.way_of_home"),
                                        {scene::kilometres_text(option.metres, p.language()),
                                         grouped(option.minutes)});
  if (option.own_catchment) way += " · " + p.word("tool.own_catchment");
  if (option.crossings > 0)
    way += " · " + scene::filled(p.word("panel.n_crossings"), {std::to_string(option.crossings)});
  if (option.chance < 0.9995)
    way += " · " + scene::filled(p.word("panel.chance"), {percent(option.chance)});
  const auto lines = ui.broken(way, Font::Caption, w);
  const double h = 34 + 17.0 * static_cast<double>(lines.size());
  const Rect row{p.r.x + 6, y, p.r.w - 16, h};
  const Touch touch = ui.touch(("option" + option.campus).c_str(), row);
  if (touch.hovered) {
    ui.fill(row, t.sunken, 4);
    p.app.view.hovered_code = option.campus;
  }
  ui.text({x, y, w - 112, 22}, in(p, option.name), Font::Label, t.ink);
  std::string share = percent(option.share);
  const bool moved =
      !std::isnan(option.share_before) && std::abs(option.share_before - option.share) >= 0.005;
  if (moved) share = percent(option.share_before) + " → " + share;
  ui.text({p.r.right() - 122, y, 108, 22}, share, Font::Label, moved ? t.accent : t.ink,
          Align::Right);
  ui.fill({x, y + 23, w, 5}, t.sunken, 2);
  ui.fill({x, y + 23, w * std::clamp(option.share, 0.0, 1.0), 5}, t.accent, 2);
  if (moved) {
    const double at = x + w * std::clamp(option.share_before, 0.0, 1.0);
    ui.fill({at - 0.75, y + 20, 1.5, 11}, t.ink);
  }
  ui.paragraph({x, y + 31, w, 17}, way, Font::Caption, t.ink2);
  y += h + 4;
  if (touch.clicked) p.app.show_campus(option.campus);
}

/// Terms of the utility of the first two schools, side by side.
void draw_terms(const PanelContext& p, double& y, const HomeAnswer& answer) {
  if (answer.options.empty() || answer.options[0].terms.empty()) return;
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const double x = p.r.x + 12, right = p.r.right() - 12;
  const bool two = answer.options.size() > 1;
  heading(ui, {x, y, p.r.w - 24, 22}, p.word("panel.what_counts"), p.word("panel.utility_terms"));
  y += 25;
  constexpr double kColumn = 78;
  for (int i = 0; i < (two ? 2 : 1); ++i)
    ui.text({right - kColumn * ((two ? 2 : 1) - i), y, kColumn - 4, 18},
            in(p, answer.options[static_cast<std::size_t>(i)].name), Font::Caption, t.ink2,
            Align::Right);
  y += 20;
  auto row = [&](const std::string& label, double a, double b, Font font) {
    ui.text({x, y, right - x - kColumn * (two ? 2 : 1) - 6, 20}, label, font, t.ink);
    ui.text({right - kColumn * (two ? 2 : 1), y, kColumn - 4, 20},
            std::isnan(a) ? "–" : signed_grouped(a, 2), font, t.ink, Align::Right);
    if (two)
      ui.text({right - kColumn, y, kColumn - 4, 20}, std::isnan(b) ? "–" : signed_grouped(b, 2),
              font, t.ink2, Align::Right);
    y += 20;
  };
  auto value = [](const HomeOption& option, const Part& part) {
    for (const Part& one : option.terms)
      if (one.name.en == part.name.en && one.name.zh == part.name.zh) return one.value;
    return std::nan("");
  };
  for (const Part& part : answer.options[0].terms)
    row(in(p, part.name), part.value, two ? value(answer.options[1], part) : NAN, Font::Caption);
  ui.fill({x, y, right - x, 1}, t.line);
  y += 2;
  row(p.word("panel.in_all"), answer.options[0].utility, two ? answer.options[1].utility : NAN,
      Font::Label);
}

void draw_answer(const PanelContext& p, double& y, const HomeAnswer& answer) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const double x = p.r.x + 12, w = p.r.w - 24;
  auto line = [&] {
    y += 5;
    divider(ui, p.r, y);
    y += 9;
  };
  auto said = [&](const char* word, const Name& text) {
    if (in(p, text).empty()) return;
    heading(ui, {x, y, w, 22}, p.word(word), "");
    y += 24;
    y += ui.paragraph({x, y, w, 20}, in(p, text), Font::Body, t.ink2);
    line();
  };
  said("panel.why", answer.why);
  heading(ui, {x, y, w, 22}, p.word("panel.schools_of_home"),
          answer.more_options > 0
              ? scene::filled(p.word("panel.n_more"), {grouped(double(answer.more_options))})
              : "");
  y += 27;
  for (const HomeOption& option : answer.options) draw_option(p, y, option);
  if (answer.unplaced >= 0.005)
    draw_figure_row(p, y, p.word("panel.unplaced"), percent(answer.unplaced));
  line();
  said("panel.what_next", answer.next);
  said("panel.what_plan_does", answer.change);
  draw_terms(p, y, answer);
  for (const Name& note : answer.notes) {
    y += 4;
    y += ui.paragraph({x, y, w, 18}, in(p, note), Font::Caption, t.ink3);
  }
}

/// Pupils of a home by year, placed or not.
std::vector<YearFigure> years_of(const Outcome& o, StageId stage, HomeId home) {
  std::vector<YearFigure> out;
  for (const YearResult& year : o.run.years) {
    const StageYear& run = year.stages[stage];
    YearFigure figure{year.year, 0.0, 0.0};
    for (const PupilFlow& flow : run.flows)
      if (flow.home == home) figure.pupils += flow.pupils;
    if (home.index < run.unplaced_of.size()) figure.pupils += run.unplaced_of[home];
    out.push_back(figure);
  }
  return out;
}

bool anyone_enters(const Outcome& o, std::size_t year, StageId stage, HomeId home) {
  const StageYear& run = o.run.years[year].stages[stage];
  if (home.index < run.unplaced_of.size() && run.unplaced_of[home] > 0) return true;
  return std::any_of(run.first_grade.begin(), run.first_grade.end(),
                     [&](const PupilFlow& f) { return f.home == home && f.pupils > 0; });
}

}  // namespace

void draw_home(const PanelContext& p, Scroll& scroll, HomeId id) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Outcome& o = *p.outcome();
  const Home& home = o.place.homes[id];
  const StageId stage = p.app.view.stage;
  Chips chips{{p.word("panel.home"), ChipLook::Accent}};
  if (home.area.valid())
    chips.emplace_back(p.app.name(o.place.areas[home.area].name), ChipLook::Plain);
  double y = draw_subject_head(p, Icon::Home, home.code, chips);
  divider(ui, p.r, y);
  const auto years = years_of(o, stage, id);
  const StageYear& run = o.run.years[p.year()].stages[stage];
  double way = 0, placed = 0;
  for (const PupilFlow& flow : run.flows)
    if (flow.home == id && o.travel.reachable(flow.home, flow.campus)) {
      way += flow.pupils * o.travel.metres(flow.home, flow.campus).value;
      placed += flow.pupils;
    }
  double entrants = 0;
  for (const PupilFlow& flow : run.first_grade)
    if (flow.home == id) entrants += flow.pupils;
  y = draw_three_figures(
      p, y + 8,
      {{p.word("panel.pupils"), grouped(years[p.year()].pupils, years[p.year()].pupils < 10)},
       {p.word("panel.entrants"), grouped(entrants, entrants < 10)},
       {p.word("panel.way_to_school"),
        placed > 0 ? scene::kilometres_text(way / placed, p.language()) : "–"}},
      NAN);
  divider(ui, p.r, y);
  const Rect body{p.r.x + 1, y + 1, p.r.w - 1, p.r.bottom() - y - 1};
  y = scroll.begin(ui, body) + 10;
  const HomeDesk& desk = p.app.home_desk;
  const Rect text{p.r.x + 12, y, p.r.w - 24, 20};
  if (!anyone_enters(o, p.year(), stage, id))
    y += ui.paragraph(text, p.word("panel.nobody_enters"), Font::Body, t.ink2) + 8;
  else if (desk.working())
    y += ui.paragraph(text, p.word("panel.asking_why"), Font::Body, t.ink2) + 8;
  else if (!desk.error().empty())
    y += ui.paragraph(text, desk.error(), Font::Body, t.warn) + 8;
  else if (desk.answer())
    draw_answer(p, y, *desk.answer());
  scroll.end(ui, y + 8);
}

}  // namespace doorstep::desktop
