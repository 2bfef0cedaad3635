// Inspector of a catchment: who lives there, where they go, its shape.
#include <cmath>

#include "desktop/charts.h"
#include "desktop/inspectors.h"
#include "scene/format.h"

namespace doorstep::desktop {

namespace {

std::string area_name(const PanelContext& p, const scene::MapArea& land) {
  const Place& place = p.outcome()->place;
  if (land.catchment.valid()) {
    const Catchment& c = place.catchments[land.catchment];
    const std::string& name = p.app.name(c.name);
    if (!name.empty() && name != c.code) return name;
  }
  if (!land.campuses.empty()) return p.app.name(place.campuses[land.campuses.front()].name);
  return land.catchment.valid() ? place.catchments[land.catchment].code : "";
}

/// Where its pupils go: a bar each, its own campuses in the accent, others hatched.
void draw_destinations(const PanelContext& p, double& y, const CatchmentFacts& facts) {
  Ui& ui = p.ui;
  const auto& t = ui.theme();
  const Outcome& o = *p.outcome();
  constexpr std::size_t kMost = 8;
  const double x = p.r.x + 12, w = p.r.w - 24;
  heading(ui, {x, y, w, 22}, p.word("panel.where_they_go"),
          std::isnan(facts.own_share)
              ? ""
              : scene::filled(p.word("panel.own_share"), {percent(facts.own_share)}));
  y += 28;
  const double placed = facts.pupils - facts.unplaced;
  double most = std::max(1.0, facts.unplaced);
  for (const Destination& d : facts.to) most = std::max(most, d.pupils);
  auto row = [&](const std::string& label, double pupils, bool own, const std::string& code) {
    const Rect line{p.r.x + 6, y, p.r.w - 16, 36};
    if (!code.empty()) {
      const Touch touch = ui.touch(("to" + code).c_str(), line);
      if (touch.hovered) {
        ui.fill(line, t.sunken, 4);
        p.app.view.hovered_code = code;
      }
      if (touch.clicked) p.app.show_campus(code);
    }
    ui.text({x, y, w - 104, 20}, label, own ? Font::Label : Font::Body, t.ink);
    ui.text({p.r.right() - 112, y, 54, 20}, grouped(pupils), Font::Body, t.ink, Align::Right);
    ui.text({p.r.right() - 56, y, 42, 20}, percent(facts.pupils > 0 ? pupils / facts.pupils : 0.0),
            Font::Caption, t.ink2, Align::Right);
    const Rect bar{x, y + 22, std::max(1.0, w * pupils / most), 7};
    ui.fill(bar, code.empty() ? t.utilisation[5] : own ? t.accent : t.ink3);
    if (!own) ui.hatch(bar, t.hatch[5]);
    y += 36;
  };
  double rest = placed;
  for (std::size_t i = 0; i < std::min(kMost, facts.to.size()); ++i) {
    const Destination& d = facts.to[i];
    if (d.pupils < 0.5) break;
    row(p.app.name(o.place.campuses[d.campus].name), d.pupils, d.own,
        o.place.campuses[d.campus].code);
    rest -= d.pupils;
  }
  if (rest >= 0.5) {
    ui.text({x, y, w - 104, 20}, p.word("panel.other_campuses"), Font::Body, t.ink2);
    ui.text({p.r.right() - 112, y, 54, 20}, grouped(rest), Font::Body, t.ink2, Align::Right);
    y += 24;
  }
  if (facts.unplaced >= 0.5) row(p.word("panel.unplaced"), facts.unplaced, false, "");
}

}  // namespace

void draw_catchment(const PanelContext& p, Scroll& scroll, int area) {
  Ui& ui = p.ui;
  const Outcome& o = *p.outcome();
  const auto& areas = p.content.shown().geometry->areas;
  const scene::MapArea& land = areas->areas[static_cast<std::size_t>(area)];
  const CatchmentFacts& facts = p.app.catchment_notes.of(p.shown.main(p.app.view.mode), p.year(),
                                                         p.app.view.stage, areas, area);
  Chips chips{{p.word(land.catchment.valid() ? "panel.catchment" : "panel.area_of_homes"),
               ChipLook::Accent},
              {p.app.name(o.place.stages[p.app.view.stage].name), ChipLook::Plain}};
  if (land.catchment.valid())
    chips.emplace_back(o.place.catchments[land.catchment].code, ChipLook::Plain);
  double y = draw_subject_head(p, Icon::Catchment, area_name(p, land), chips);
  divider(ui, p.r, y);
  const double balance = facts.seats > 0 ? facts.pupils / facts.seats : NAN;
  y = draw_three_figures(
      p, y + 8,
      {{p.word("panel.pupils_living"), grouped(facts.pupils)},
       {p.word("panel.seats"), grouped(facts.seats)},
       {p.word("panel.balance_of_area"), std::isnan(balance) ? "–" : percent(balance)}},
      balance);
  divider(ui, p.r, y);
  const Rect body{p.r.x + 1, y + 1, p.r.w - 1, p.r.bottom() - y - 1};
  y = scroll.begin(ui, body) + 8;
  for (CampusId c : facts.campuses) {
    const Campus& campus = o.place.campuses[c];
    const CampusYear& run = o.run.years[p.year()].stages[p.app.view.stage].campuses[c];
    if (draw_link_row(p, y, ("serves" + campus.code).c_str(), Icon::Campus, p.app.name(campus.name),
                      run.seats > 0 ? percent(run.utilisation()) : "–"))
      p.app.show_campus(campus.code);
  }
  y += 6;
  divider(ui, p.r, y);
  y += 9;
  draw_destinations(p, y, facts);
  y += 4;
  divider(ui, p.r, y);
  y += 9;
  const double x = p.r.x + 12, w = p.r.w - 24;
  y += draw_years_chart(p, {x, y}, w, p.word("panel.pupils_by_year"), facts.years) + 6;
  divider(ui, p.r, y);
  y += 9;
  y += draw_ways_chart(p, {x, y}, w, facts.ways) + 6;
  divider(ui, p.r, y);
  y += 9;
  const Language language = p.language();
  heading(ui, {x, y, w, 22}, p.word("panel.shape"), "");
  y += 26;
  const bool large = facts.area_m2 >= 1e6;
  draw_figure_row(p, y, p.word("panel.homes_with_pupils"), grouped(facts.homes));
  draw_figure_row(p, y, p.word("panel.came_in"), scene::pupils_text(facts.came_in, language));
  if (facts.area_m2 > 0)
    draw_figure_row(p, y, p.word("panel.land"),
                    large ? grouped(facts.area_m2 / 1e6, 1) + p.word("panel.square_km")
                          : grouped(facts.area_m2 / 1e4, 1) + p.word("panel.hectares"));
  if (!std::isnan(facts.compactness))
    draw_figure_row(p, y, p.word("panel.compactness"), grouped(facts.compactness, 2));
  y +=
      ui.paragraph({x, y, w, 18}, p.word("panel.compactness_note"), Font::Caption, ui.theme().ink3);
  scroll.end(ui, y + 8);
}

}  // namespace doorstep::desktop
