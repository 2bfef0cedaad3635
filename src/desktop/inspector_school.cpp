// Inspectors of a school with several campuses and of an education group.
#include <cmath>

#include "desktop/charts.h"
#include "desktop/inspectors.h"
#include "desktop/subjects.h"
#include "scene/format.h"
#include "scene/tie_style.h"

namespace doorstep::desktop {

namespace {

std::string shown_name(const PanelContext& p, const Name& name, const std::string& code) {
  const std::string& text = p.app.name(name);
  return text.empty() ? code : text;
}

std::string form_name(const PanelContext& p, const std::string& form) {
  std::string key = "legend.tie_" + form;
  std::replace(key.begin(), key.end(), '-', '_');
  const std::string text = p.word(key);
  return text == key ? form : text;
}

/// A campus with its share of seats, to be clicked.
void draw_campus_row(const PanelContext& p, double& y, CampusId campus, const std::string& below) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Outcome& o = *p.outcome();
  const Campus& c = o.place.campuses[campus];
  const CampusYear& run = o.run.years[p.year()].stages[p.app.view.stage].campuses[campus];
  const double h = below.empty() ? 26 : 42;
  const Rect row{p.r.x + 6, y, p.r.w - 16, h};
  const Touch touch = ui.touch(("campus" + c.code).c_str(), row);
  if (touch.hovered) {
    ui.fill(row, t.sunken, 4);
    p.app.view.hovered_code = c.code;
  }
  const double right = p.r.right() - 14;
  ui.text({p.r.x + 12, y, p.r.w - 150, 24}, shown_name(p, c.name, c.code), Font::Body, t.ink);
  ui.text({right - 124, y, 68, 24}, grouped(run.enrolment), Font::Caption, t.ink2, Align::Right);
  ui.text({right - 52, y, 52, 24}, run.seats > 0 ? percent(run.utilisation()) : "–", Font::Label,
          run.utilisation() > 1 ? t.warn : t.ink, Align::Right);
  if (!below.empty()) ui.text({p.r.x + 12, y + 21, p.r.w - 30, 18}, below, Font::Caption, t.ink2);
  y += h;
  if (touch.clicked) p.app.show_campus(c.code);
}

/// The sum of some campuses: the figures over the charts. Returns the y below.
double draw_sum(const PanelContext& p, double y, const std::vector<CampusId>& campuses) {
  const auto& run = p.outcome()->run.years[p.year()].stages[p.app.view.stage].campuses;
  double pupils = 0, seats = 0;
  for (CampusId c : campuses) {
    pupils += run[c].enrolment;
    seats += run[c].seats;
  }
  return draw_three_figures(
      p, y,
      {{p.word("panel.pupils"), grouped(pupils)},
       {p.word("panel.seats"), grouped(seats)},
       {p.word("panel.utilisation"), seats > 0 ? percent(pupils / seats) : "–"}},
      seats > 0 ? pupils / seats : NAN);
}

void draw_charts(const PanelContext& p, double& y, const std::vector<CampusId>& campuses) {
  const double x = p.r.x + 12, w = p.r.w - 24;
  const CampusChoice choice(campuses);
  auto next = [&](double height) {
    y += height + 6;
    divider(p.ui, p.r, y);
    y += 9;
  };
  next(draw_seats_chart(p, {x, y}, w, choice));
  next(draw_bands_chart(p, {x, y}, w, choice));
  next(draw_grades_chart(p, {x, y}, w, choice));
  next(draw_ways_chart(p, {x, y}, w,
                       way_to_school(*p.outcome(), p.year(), p.app.view.stage, choice)));
}

/// Demand through the group, and what it lends. Returns the y below.
double draw_lending(const PanelContext& p, double y, const GroupFacts& facts) {
  const double x = p.r.x + 12, w = p.r.w - 24;
  std::vector<YearStack> stacks;
  double most = 0;
  for (const GroupDemand& d : facts.by_year) {
    stacks.push_back({d.year, d.relief, d.induced});
    most = std::max(most, d.relief + d.induced);
  }
  if (most >= 0.5) {
    y += draw_stack_chart(p, {x, y}, w, p.word("panel.demand_through_group"), stacks,
                          p.word("panel.from_the_core"), p.word("panel.from_elsewhere")) +
         6;
    divider(p.ui, p.r, y);
    y += 9;
  }
  heading(p.ui, {x, y, w, 22}, p.word("panel.lent_and_returned"), "");
  y += 26;
  double returned = 0;
  for (const GroupMember& m : facts.members) returned += m.returned;
  const Language language = p.language();
  draw_figure_row(p, y, p.word("panel.staff_sent_share"), percent(facts.staff_sent));
  draw_figure_row(p, y, p.word("panel.posts_saved"), grouped(facts.posts_saved, 1));
  draw_figure_row(p, y, p.word("panel.from_the_core"), scene::pupils_text(facts.relief, language));
  draw_figure_row(p, y, p.word("panel.from_elsewhere"),
                  scene::pupils_text(facts.induced, language));
  draw_figure_row(p, y, p.word("panel.pupils_within_group"),
                  scene::pupils_text(facts.lent, language));
  draw_figure_row(p, y, p.word("panel.pupils_returned"), scene::pupils_text(returned, language));
  return y + 6;
}

}  // namespace

double draw_belongs(const PanelContext& p, CampusId campus, double y) {
  const Outcome& o = *p.outcome();
  const Campus& c = o.place.campuses[campus];
  const double top = y;
  if (c.school.valid()) {
    const SchoolFacts facts = school_facts(o, p.year(), p.app.view.stage, c.school);
    const std::size_t n = facts.open.size() + facts.others.size();
    if (n > 1 &&
        draw_link_row(p, y, "its_school", Icon::School,
                      shown_name(p, o.place.schools[c.school].name, o.place.schools[c.school].code),
                      scene::filled(p.word("panel.n_campuses"), {std::to_string(n)})))
      tell(p.app, Told::School, o.place.schools[c.school].code);
  }
  for (GroupId g : groups_of(o.place, campus, o.run.years[p.year()].year)) {
    const Group& group = o.place.groups[g];
    const std::string id = "its_group" + group.code;
    if (draw_link_row(p, y, id.c_str(), Icon::Group, shown_name(p, group.name, group.code),
                      p.word("panel.group")))
      tell(p.app, Told::Group, group.code);
  }
  return y > top ? y + 4 : y;
}

void draw_school(const PanelContext& p, Scroll& scroll, SchoolId id) {
  Ui& ui = p.ui;
  const Outcome& o = *p.outcome();
  const School& school = o.place.schools[id];
  const SchoolFacts facts = school_facts(o, p.year(), p.app.view.stage, id);
  const std::size_t campuses = facts.open.size() + facts.others.size();
  double y = draw_subject_head(
      p, Icon::School, shown_name(p, school.name, school.code),
      {{p.word(school.ownership == Ownership::Private ? "panel.private" : "panel.public"),
        ChipLook::Plain},
       {campuses > 1 ? scene::filled(p.word("panel.n_campuses"), {std::to_string(campuses)})
                     : std::string(),
        ChipLook::Plain}});
  divider(ui, p.r, y);
  y = draw_sum(p, y + 8, facts.open);
  divider(ui, p.r, y);
  const Rect body{p.r.x + 1, y + 1, p.r.w - 1, p.r.bottom() - y - 1};
  y = scroll.begin(ui, body) + 8;
  heading(ui, {p.r.x + 12, y, p.r.w - 24, 22}, p.word("panel.campuses_of_school"),
          p.app.name(o.place.stages[p.app.view.stage].name));
  y += 26;
  for (CampusId c : facts.open) draw_campus_row(p, y, c, "");
  for (CampusId c : facts.others) {
    const Campus& campus = o.place.campuses[c];
    std::string stages;
    for (StageId s : o.place.stages.ids())
      if (campus.stages[s])
        stages += (stages.empty() ? "" : " · ") + p.app.name(o.place.stages[s].name);
    const bool here = campus.stages[p.app.view.stage].has_value();
    ui.text({p.r.x + 12, y, p.r.w - 150, 24}, shown_name(p, campus.name, campus.code), Font::Body,
            ui.theme().ink2);
    ui.text({p.r.right() - 138, y, 124, 24}, here ? p.word("panel.not_open") : stages,
            Font::Caption, ui.theme().ink2, Align::Right);
    y += 26;
  }
  y += 6;
  divider(ui, p.r, y);
  y += 9;
  if (!facts.open.empty()) draw_charts(p, y, facts.open);
  scroll.end(ui, y);
}

void draw_group(const PanelContext& p, Scroll& scroll, GroupId id) {
  Ui& ui = p.ui;
  const Outcome& o = *p.outcome();
  const Group& group = o.place.groups[id];
  const GroupFacts facts = group_facts(o, p.year(), p.app.view.stage, id);
  std::vector<CampusId> campuses;
  for (const GroupMember& m : facts.members) campuses.push_back(m.campus);
  Chips chips{{p.word("panel.group"), ChipLook::Accent},
              {scene::filled(p.word("panel.n_campuses"), {std::to_string(campuses.size())}),
               ChipLook::Plain}};
  if (group.sponsor) chips.emplace_back(p.app.name(group.sponsor->name), ChipLook::Plain);
  if (group.one_team) chips.emplace_back(p.word("panel.one_team"), ChipLook::Plain);
  double y = draw_subject_head(p, Icon::Group, shown_name(p, group.name, group.code), chips);
  divider(ui, p.r, y);
  y = draw_sum(p, y + 8, campuses);
  divider(ui, p.r, y);
  const Rect body{p.r.x + 1, y + 1, p.r.w - 1, p.r.bottom() - y - 1};
  y = scroll.begin(ui, body) + 8;
  heading(ui, {p.r.x + 12, y, p.r.w - 24, 22}, p.word("panel.members"),
          p.app.name(o.place.stages[p.app.view.stage].name));
  y += 26;
  for (const GroupMember& m : facts.members) {
    std::string below = m.form.empty() ? p.word("panel.core") : form_name(p, m.form);
    if (below[0] >= 'a' && below[0] <= 'z') below[0] -= 'a' - 'A';  // it begins a line
    if (!m.form.empty() && m.since >= o.place.base_year)
      below += " · " + scene::filled(p.word("panel.since_year"), {std::to_string(m.since)});
    below += " · " + scene::filled(p.word("panel.quality_n"), {grouped(m.quality, 2)});
    draw_campus_row(p, y, m.campus, below);
  }
  if (campuses.empty()) {
    y += ui.paragraph({p.r.x + 12, y, p.r.w - 24, 20}, p.word("panel.group_without_stage"),
                      Font::Body, ui.theme().ink2);
  }
  y += 6;
  divider(ui, p.r, y);
  y = draw_lending(p, y + 9, facts);
  divider(ui, p.r, y);
  y += 9;
  if (!campuses.empty()) draw_charts(p, y, campuses);
  scroll.end(ui, y);
}

}  // namespace doorstep::desktop
