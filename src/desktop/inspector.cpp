#include <cmath>

#include "desktop/charts.h"
#include "desktop/inspectors.h"
#include "place/courses.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

const char* urban_word(UrbanClass urban) {
  switch (urban) {
    case UrbanClass::City:
      return "panel.city";
    case UrbanClass::Town:
      return "panel.town";
    case UrbanClass::Rural:
      break;
  }
  return "panel.rural";
}

const char* rule_word(Rule rule) {
  switch (rule) {
    case Rule::Catchment:
      return "panel.rule_catchment";
    case Rule::Nearest:
      return "panel.rule_nearest";
    case Rule::LeastTravel:
      return "panel.rule_least_travel";
    case Rule::Choice:
      return "panel.rule_choice";
    case Rule::Micro:
      break;
  }
  return "panel.rule_micro";
}

/// Name, kind, rule and warning. Returns the y below.
double draw_head(const PanelContext& p, CampusId campus) {
  const Outcome& o = *p.outcome();
  Chips chips;
  if (campus.valid()) {
    const Campus& c = o.place.campuses[campus];
    const bool is_private =
        c.school.valid() && o.place.schools[c.school].ownership == Ownership::Private;
    chips.emplace_back(p.word(is_private ? "panel.private" : "panel.public"), ChipLook::Plain);
    chips.emplace_back(p.word(urban_word(c.urban)), ChipLook::Plain);
    for (const Name& course : courses_of(o.place, campus, o.run.years[p.year()].year))
      chips.emplace_back(p.app.name(course), ChipLook::Accent);
  } else {
    chips.emplace_back(p.app.name(o.place.name), ChipLook::Plain);
  }
  chips.emplace_back(p.word(rule_word(o.place.policy.rule)), ChipLook::Plain);
  const auto& stage = o.indicators[p.year()].stages[p.app.view.stage];
  const int warning = campus.valid() ? stage.campuses[campus].warning : 0;
  if (warning > 0)
    chips.emplace_back(p.word(warning == 2 ? "panel.red_warning" : "panel.yellow_warning"),
                       ChipLook::Warn);
  return draw_subject_head(
      p, Icon::School,
      campus.valid() ? p.app.name(o.place.campuses[campus].name) : p.word("panel.whole_place"),
      chips, campus.valid());
}

/// Pupils, seats and how full they are. Returns the y below.
double draw_figures(const PanelContext& p, CampusId campus, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Outcome& o = *p.outcome();
  const StageYear& run = o.run.years[p.year()].stages[p.app.view.stage];
  const auto& measured = o.indicators[p.year()].stages[p.app.view.stage];
  double pupils = measured.placed, seats = measured.seats, full = measured.utilisation;
  int classes = measured.classes;
  if (campus.valid()) {
    pupils = run.campuses[campus].enrolment;
    seats = run.campuses[campus].seats;
    full = run.campuses[campus].utilisation();
    classes = measured.campuses[campus].classes;
  }
  const double w = (p.r.w - 24) / 3;
  // A province's millions are given in full, in smaller letters, rather than run together.
  const double widest =
      std::max(ui.width(grouped(pupils), Font::Figure), ui.width(grouped(seats), Font::Figure));
  const Font font = widest > w - 12 ? Font::Title : Font::Figure;
  auto figure = [&](int i, const std::string& label, const std::string& value) {
    const double x = p.r.x + 12 + w * i;
    ui.text({x, y, w - 6, 20}, label, Font::Caption, t.ink2);
    ui.text({x, y + 20, w - 6, 28}, value, font, t.ink);
    return x;
  };
  figure(0, p.word("panel.pupils"), grouped(pupils));
  figure(1, scene::filled(p.word("panel.seats_in_classes"), {grouped(classes)}), grouped(seats));
  const std::string shown = seats > 0 ? percent(full) : "–";
  const double x = figure(2, p.word("panel.utilisation"), shown);
  const double after = x + ui.width(shown, font) + 8;
  const int k = full > 1.3 ? 6 : full > 1.1 ? 5 : 4;
  const double room = p.r.right() - 12 - after;
  if (seats > 0 && room > 20)
    gauge(ui, {after, y + 32, room, 6}, full, t.utilisation[static_cast<std::size_t>(k)]);
  return y + 58;
}

/// What stands in for figures before the first result.
void draw_waiting(const PanelContext& p) {
  p.ui.paragraph({p.r.x + 12, p.r.y + 12, p.r.w - 24, 20}, p.word("panel.first_run"), Font::Body,
                 p.ui.theme().ink2);
}

double draw_place_figures(const PanelContext& p, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const auto& m = p.outcome()->indicators[p.year()].stages[p.app.view.stage];
  const Language language = p.language();
  const std::pair<const char*, std::string> rows[] = {
      {"panel.beyond_seats", scene::pupils_text(m.over_seats, language)},
      {"panel.campuses_over", grouped(m.campuses_over)},
      {"panel.large_classes", grouped(m.large)},
      {"panel.mean_way", scene::kilometres_text(m.travel_mean_m, language)},
      {"panel.beyond_1km", percent(m.share_over_1km)},
      {"panel.unplaced", scene::pupils_text(m.unplaced, language)},
  };
  for (const auto& [key, value] : rows) {
    ui.text({p.r.x + 12, y, p.r.w - 130, 24}, p.word(key), Font::Body, t.ink2);
    ui.text({p.r.right() - 112, y, 100, 24}, value, Font::Label, t.ink, Align::Right);
    y += 24;
    ui.fill({p.r.x + 12, y, p.r.w - 24, 1}, t.line);
    y += 1;
  }
  return y + 6;
}

/// Several campuses together: their sum, and each in a row.
void draw_chosen(const PanelContext& p, Scroll& scroll) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Outcome& o = *p.outcome();
  const auto& run = o.run.years[p.year()].stages[p.app.view.stage].campuses;
  const auto& chosen = p.app.view.chosen;
  heading(ui, {p.r.x + 12, p.r.y + 8, p.r.w - 58, 24},
          scene::filled(p.word("panel.n_selected"), {std::to_string(chosen.size())}), "",
          Font::Title);
  const Rect cross{p.r.right() - 34, p.r.y + 8, 24, 24};
  const bool closed = cross_button(ui, "close", cross);
  double pupils = 0, seats = 0;
  std::vector<CampusId> campuses;
  for (const std::string& code : chosen) {
    const CampusId c = find_campus(o.place, code);
    if (!c.valid() || c.index >= run.size()) continue;
    campuses.push_back(c);
    pupils += run[c].enrolment;
    seats += run[c].seats;
  }
  double y = p.r.y + 40;
  const double w = (p.r.w - 24) / 3;
  const std::pair<const char*, std::string> figures[] = {
      {"panel.pupils", grouped(pupils)},
      {"panel.seats", grouped(seats)},
      {"panel.utilisation", seats > 0 ? percent(pupils / seats) : "–"}};
  for (std::size_t i = 0; i < std::size(figures); ++i) {
    const double x = p.r.x + 12 + w * static_cast<double>(i);
    ui.text({x, y, w - 6, 20}, p.word(figures[i].first), Font::Caption, t.ink2);
    ui.text({x, y + 20, w - 6, 28}, figures[i].second, Font::Figure, t.ink);
  }
  y += 58;
  if (text_button(ui, "fit_chosen", {p.r.x + 12, y, p.r.w - 24, 28},
                  p.word("command.fit_selection")))
    p.app.commands.run("fit_selection");
  divider(ui, p.r, y + 38);
  const Rect body{p.r.x + 1, y + 39, p.r.w - 1, p.r.bottom() - y - 39};
  double row_y = scroll.begin(ui, body) + 6;
  for (CampusId c : campuses) {
    const Campus& campus = o.place.campuses[c];
    const Rect row{p.r.x + 6, row_y, p.r.w - 16, 26};
    const Touch over = ui.touch(("chosen" + campus.code).c_str(), row);
    if (over.hovered) {
      ui.fill(row, t.sunken, 4);
      p.app.view.hovered_code = campus.code;
    }
    ui.text({row.x + 6, row_y, row.w - 130, 26}, p.app.name(campus.name), Font::Body, t.ink);
    ui.text({row.right() - 126, row_y, 66, 26}, grouped(run[c].enrolment), Font::Caption, t.ink2,
            Align::Right);
    ui.text({row.right() - 56, row_y, 50, 26},
            run[c].seats > 0 ? percent(run[c].utilisation()) : "–", Font::Label, t.ink,
            Align::Right);
    row_y += 26;
    if (over.clicked) {
      p.app.show_campus(campus.code);
      break;
    }
  }
  scroll.end(ui, row_y + 6);
  if (closed) p.app.select({});
}

/// What is looked at where it is no campus. Returns whether it drew.
bool draw_subject(const PanelContext& p, Scroll& scroll) {
  const Outcome& o = *p.outcome();
  const ViewState& view = p.app.view;
  if (view.told == Told::Group) {
    const GroupId group = find_group(o.place, view.told_code);
    if (group.valid()) draw_group(p, scroll, group);
    if (group.valid()) return true;
  }
  if (view.told == Told::School)
    for (SchoolId school : o.place.schools.ids())
      if (o.place.schools[school].code == view.told_code) {
        draw_school(p, scroll, school);
        return true;
      }
  const scene::MapItem& item = view.selection;
  if (item.kind == scene::MapItem::Kind::Home && item.home.index < o.place.homes.size()) {
    draw_home(p, scroll, item.home);
    return true;
  }
  const scene::MapGeometry* geometry = p.content.shown().geometry;
  if (item.kind == scene::MapItem::Kind::Area && geometry && geometry->areas && item.area >= 0 &&
      static_cast<std::size_t>(item.area) < geometry->areas->areas.size() &&
      p.content.shown().place == &o.place) {
    draw_catchment(p, scroll, item.area);
    return true;
  }
  return false;
}

}  // namespace

void draw_inspector(const PanelContext& p, Scroll& scroll) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  ui.fill(p.r, t.panel);
  ui.fill({p.r.x, p.r.y, 1, p.r.h}, t.line);
  if (p.outcome() == nullptr) {
    draw_waiting(p);
    return;
  }
  // Another thing is read from its beginning.
  static std::string shown;
  const scene::MapItem& item = p.app.view.selection;
  const std::string subject = std::to_string(static_cast<int>(p.app.view.told)) +
                              p.app.view.told_code + std::to_string(static_cast<int>(item.kind)) +
                              "/" + std::to_string(item.campus.index) + "/" +
                              std::to_string(item.area) + "/" + std::to_string(item.home.index);
  if (shown != subject) scroll.to_top();
  shown = subject;
  if (draw_subject(p, scroll)) return;
  if (p.app.view.chosen.size() > 1) return draw_chosen(p, scroll);
  const CampusId campus = p.app.selected_campus(*p.outcome());
  double y = draw_head(p, campus);
  divider(ui, p.r, y);
  y = draw_figures(p, campus, y + 8);
  divider(ui, p.r, y);
  const Rect body{p.r.x + 1, y + 1, p.r.w - 1, p.r.bottom() - y - 1};
  y = scroll.begin(ui, body) + 8;
  if (campus.valid()) {
    const double top = y;
    y = draw_belongs(p, campus, y - 4);
    if (y > top) divider(ui, p.r, y);
    y = y > top ? y + 9 : top;
  }
  const double x = p.r.x + 12, w = p.r.w - 24;
  auto next = [&](double height) {
    y += height + 6;
    divider(ui, p.r, y);
    y += 9;
  };
  next(draw_seats_chart(p, {x, y}, w, campus));
  next(draw_bands_chart(p, {x, y}, w, campus));
  next(draw_grades_chart(p, {x, y}, w, campus));
  next(draw_ways_chart(p, {x, y}, w,
                       way_to_school(*p.outcome(), p.year(), p.app.view.stage, campus)));
  if (campus.valid()) {
    y = draw_tie(p, campus, y);
  } else {
    y = draw_place_figures(p, y);
    y = draw_campus_table(p, y + 6);
  }
  scroll.end(ui, y);
}

}  // namespace doorstep::desktop
