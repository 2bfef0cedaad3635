// All campuses of the stage as a table: sorted by a click on a head; the row under the mouse is
// ringed on the map, and what the mouse is on in the map is shaded here.
#include <algorithm>
#include <cmath>

#include "desktop/panels.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

struct Line {
  CampusId campus;
  double pupils = 0.0, seats = 0.0, full = 0.0;
};

std::vector<Line> lines_of(const PanelContext& p) {
  const Outcome& o = *p.outcome();
  const auto& run = o.run.years[p.year()].stages[p.app.view.stage].campuses;
  std::vector<Line> out;
  for (CampusId c : run.ids())
    if (run[c].open) out.push_back({c, run[c].enrolment, run[c].seats, run[c].utilisation()});
  auto key = [&](const Line& l) {
    switch (p.app.view.sort) {
      case SortBy::Pupils:
        return l.pupils;
      case SortBy::Seats:
        return l.seats;
      default:
        return l.full;
    }
  };
  const bool up = p.app.view.sort_up;
  std::stable_sort(out.begin(), out.end(), [&](const Line& a, const Line& b) {
    if (p.app.view.sort == SortBy::Name) {
      const std::string& x = p.app.name(o.place.campuses[a.campus].name);
      const std::string& y = p.app.name(o.place.campuses[b.campus].name);
      return up ? x < y : y < x;
    }
    return up ? key(a) < key(b) : key(b) < key(a);
  });
  return out;
}

}  // namespace

double draw_campus_table(const PanelContext& p, double y) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Outcome& o = *p.outcome();
  const auto lines = lines_of(p);
  heading(ui, {p.r.x + 12, y, p.r.w - 24, 22}, p.word("panel.all_campuses"),
          grouped(static_cast<double>(lines.size())));
  y += 26;
  const double right = p.r.right() - 12, w = 58, name_w = right - 3 * w - p.r.x - 16;
  struct Head {
    SortBy by;
    const char* word;
    double x, w;
    Align align;
  };
  const Head heads[] = {{SortBy::Name, "panel.school", p.r.x + 12, name_w, Align::Left},
                        {SortBy::Pupils, "panel.pupils", right - 3 * w, w, Align::Right},
                        {SortBy::Seats, "panel.seats", right - 2 * w, w, Align::Right},
                        {SortBy::Utilisation, "panel.full", right - w, w, Align::Right}};
  for (const Head& head : heads) {
    const bool on = p.app.view.sort == head.by;
    const Touch touch =
        ui.touch((std::string("sort") + head.word).c_str(), {head.x, y, head.w, 20});
    ui.text({head.x, y, head.w, 20},
            p.word(head.word) + (on ? (p.app.view.sort_up ? " ↑" : " ↓") : ""), Font::Caption,
            on              ? t.accent
            : touch.hovered ? t.ink
                            : t.ink2,
            head.align);
    if (touch.clicked) {
      p.app.view.sort_up = on ? !p.app.view.sort_up : head.by == SortBy::Name;
      p.app.view.sort = head.by;
    }
  }
  y += 22;
  for (const Line& line : lines) {
    const Campus& campus = o.place.campuses[line.campus];
    const Rect row{p.r.x + 6, y, p.r.w - 16, 24};
    y += 24;
    // Rows far out of sight cost nothing.
    if (row.y > p.r.bottom() + 60 || row.bottom() < p.r.y - 60) continue;
    const Touch touch = ui.touch(("table" + campus.code).c_str(), row);
    const bool pointed = p.app.view.hover.kind == scene::MapItem::Kind::Campus &&
                         p.app.view.hover.campus == line.campus;
    const bool chosen = p.app.view.chosen.count(campus.code) > 0;
    if (chosen || touch.hovered || pointed) ui.fill(row, chosen ? t.accent_soft : t.sunken, 4);
    if (touch.hovered) p.app.view.hovered_code = campus.code;
    ui.text({p.r.x + 12, row.y, name_w, 24}, p.app.name(campus.name), Font::Caption,
            chosen ? t.accent : t.ink);
    ui.text({right - 3 * w, row.y, w, 24}, grouped(line.pupils), Font::Caption, t.ink,
            Align::Right);
    ui.text({right - 2 * w, row.y, w, 24}, grouped(line.seats), Font::Caption, t.ink2,
            Align::Right);
    ui.text({right - w, row.y, w, 24}, line.seats > 0 ? percent(line.full) : "–", Font::Label,
            line.full > 1.0 ? t.warn : t.ink, Align::Right);
    if (touch.clicked) {
      if (ImGui::GetIO().KeyShift)
        p.app.toggle(line.campus);
      else
        p.app.show_campus(campus.code);
      break;
    }
  }
  return y + 10;
}

}  // namespace doorstep::desktop
