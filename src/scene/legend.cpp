#include "scene/legend.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "scene/format.h"
#include "scene/group_map.h"
#include "scene/map_layers.h"

namespace doorstep::scene {
namespace {

std::string value_text(const MapContent& c, double value) {
  if (c.mode == MapMode::Difference) return signed_grouped(value);
  if (std::isnan(value)) return "–";
  if (c.fill == FillBy::Utilisation) return percent(value);
  if (c.fill == FillBy::Decline) return signed_grouped(std::round(value)) + "%";
  return grouped(value, 1);
}

std::string title_key(const MapContent& c) {
  if (c.mode == MapMode::Difference) return "legend.title_change";
  switch (c.fill) {
    case FillBy::Utilisation:
      return "legend.title_utilisation";
    case FillBy::ClassSize:
      return "legend.title_class_size";
    case FillBy::TravelTime:
      return "legend.title_travel";
    case FillBy::Decline:
      return "legend.title_decline";
    case FillBy::Reach:
      return "legend.title_reach";
    case FillBy::Density:
      break;
  }
  return "legend.title_density";
}

/// What was measured and how, under the classes of a fill by land.
void note_ground(const MapContent& c, const Ground& ground, LegendModel& out) {
  const Words& w = *c.words;
  if (ground.fill == FillBy::Density) {
    out.summary = filled(w("legend.density_summary"),
                         {grouped(ground.total), grouped(ground.most, ground.most < 10)});
    out.ground_note = filled(w("legend.density_note"), {grouped(ground.hex_m)});
    return;
  }
  const Place& place = *c.shown().place;
  auto share = [&](std::size_t classes) {
    double sum = 0.0;
    for (std::size_t i = 0; i < classes; ++i) sum += ground.pupils[i];
    return percent(ground.total > 0 ? sum / ground.total : 0.0);
  };
  out.summary =
      filled(w("legend.reach_summary"), {grouped(ground.total), share(1), share(2), share(3)});
  out.limit_label = w("legend.limit_reach");
  out.hatch_note = w("legend.hatch_reach");
  const bool streets = place.travel.mode == TravelMode::Streets;
  out.ground_note = w(streets ? "legend.reach_streets" : "legend.reach_straight");
  if (ground.without_private) out.ground_note += w("legend.reach_public");
  if (ground.only.valid() && ground.only.index < place.campuses.size())
    out.title = filled(w("legend.title_reach_of"), {name_of(place.campuses[ground.only].name, c)});
}

/// Classes of a fill by land: rows count the pupils who live there.
void add_ground_classes(const MapContent& c, LegendModel& out) {
  const Ground* ground = c.shown().ground;
  const ClassScheme scheme = fill_scheme(c);
  out.title = (*c.words)(title_key(c));
  if (!ground || ground->fill != c.fill || ground->pupils.size() != scheme.size()) return;
  for (std::size_t i = scheme.size(); i-- > 0;)
    out.rows.push_back({static_cast<int>(i), scheme.colours[i], scheme.hatches[i], scheme.labels[i],
                        static_cast<int>(std::lround(ground->pupils[i]))});
  if (scheme.last_within >= 0)
    out.limit_after = static_cast<int>(scheme.size()) - 1 - scheme.last_within;
  note_ground(c, *ground, out);
}

void add_classes(const MapContent& c, LegendModel& out) {
  if (by_ground(c.fill) && c.mode != MapMode::Difference) return add_ground_classes(c, out);
  const Words& w = *c.words;
  ClassScheme scheme = fill_scheme(c);
  std::vector<double> values = area_values(c);
  std::vector<int> counts(scheme.size(), 0);
  double least = NAN, most = NAN;
  int missing = 0, fresh = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    double v = values[i];
    if (int k = scheme.class_of(v); k >= 0) {
      ++counts[static_cast<std::size_t>(k)];
      least = std::isnan(least) ? v : std::min(least, v);
      most = std::isnan(most) ? v : std::max(most, v);
    } else {
      ++(is_new_area(c, i) ? fresh : missing);
    }
  }
  if (missing > 0) out.missing_note = filled(w("legend.missing"), {grouped(missing)});
  bool hatched = false;
  for (std::size_t i = scheme.size(); i-- > 0;) {
    out.rows.push_back(
        {static_cast<int>(i), scheme.colours[i], scheme.hatches[i], scheme.labels[i], counts[i]});
    hatched = hatched || scheme.hatches[i].spacing_px > 0;
  }
  if (fresh > 0)
    out.rows.push_back({-1, theme(c.theme).accent_soft, new_area_hatch(theme(c.theme)),
                        w("legend.new_campus"), fresh});
  out.title = w(title_key(c));
  if (c.mode == MapMode::Difference)
    out.unit = w("legend.points");
  else if (c.fill == FillBy::ClassSize)
    out.unit = w("legend.class_unit");
  if (scheme.last_within >= 0) {
    out.limit_after = static_cast<int>(scheme.size()) - 1 - scheme.last_within;
    out.limit_label = w(c.fill == FillBy::ClassSize ? "legend.limit_class" : "legend.limit_seats");
  }
  const MapGeometry* g = c.shown().geometry;
  bool derived = g && g->areas && g->areas->derived;
  int from_homes = g && g->areas ? g->areas->from_homes : 0;
  bool some = derived && from_homes < static_cast<int>(values.size());
  if (some)
    out.area_note = filled(w("legend.some_derived"), {grouped(from_homes)});
  else if (derived)
    out.area_note = w("legend.derived_areas");
  out.summary = filled(
      w(derived && !some ? "legend.summary_derived" : "legend.summary"),
      {grouped(static_cast<double>(values.size())), value_text(c, least), value_text(c, most)});
  if (c.fill == FillBy::Decline && c.mode != MapMode::Difference && c.shown().first_year > 0)
    out.title = filled(w("legend.title_decline_since"), {std::to_string(c.shown().first_year)});
  if (hatched)
    out.hatch_note = w(c.fill == FillBy::ClassSize ? "legend.hatch_class"
                       : c.fill == FillBy::Decline ? "legend.hatch_decline"
                                                   : "legend.hatch_seats");
}

/// 1, 2 or 5 times a power of ten, at most `value`.
double round_below(double value) {
  double power = std::pow(10.0, std::floor(std::log10(std::max(1.0, value))));
  for (double k : {5.0, 2.0})
    if (k * power <= value) return k * power;
  return power;
}

void add_campuses(const MapContent& c, const Viewport& view, LegendModel& out) {
  const Snapshot& s = c.shown();
  double most = 0.0;
  if (s.run)
    for (const CampusYear& y : s.run->campuses) most = std::max(most, y.open ? y.enrolment : 0.0);
  if (most < 1.0) return;
  out.campus_title = (*c.words)("legend.campuses");
  double large = round_below(most), factor = campus_factor(c, view);
  for (double pupils : {large, large * 0.4, large * 0.1}) {
    double radius = campus_radius_px(pupils, factor);
    if (pupils < 1.0) break;
    // Small campuses share the least radius: one circle stands for them all.
    bool least = radius == campus_radius_px(0.0, factor);
    out.circles.push_back({radius, (least ? "≤ " : "") + grouped(pupils)});
    if (least) break;
  }
}

/// "10", "2.5", "0.05": as many decimals as it has, up to two.
std::string short_number(double value) {
  auto whole = [](double v) { return std::abs(v - std::round(v)) < 1e-9; };
  return grouped(value, whole(value) ? 0 : whole(value * 10) ? 1 : 2);
}

/// Three densities whose stippling at this zoom can be told apart.
void add_homes(const MapContent& c, const Viewport& view, LegendModel& out) {
  const MapGeometry* g = c.shown().geometry;
  if (!g || !g->dots || g->dots->at.empty()) return;
  double pupils_per_dot = g->dots->pupils_per_dot * dot_step(*g->dots, view.m_per_px);
  out.home_title = filled((*c.words)("legend.homes"), {grouped(pupils_per_dot)});
  out.density_unit = (*c.words)("legend.per_hectare");
  constexpr double kDensest = 0.07, kSquareMetresAHectare = 1e4;
  double dots_at_one = view.m_per_px * view.m_per_px / kSquareMetresAHectare / pupils_per_dot;
  double base = 0.01;
  for (double k : {0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0})
    if (10 * k * dots_at_one <= kDensest) base = k;
  for (double density : {base, 5 * base, 10 * base})
    out.densities.push_back({density * dots_at_one, short_number(density)});
}

void add_flows(const MapContent& c, const Viewport& view, LegendModel& out) {
  FlowSelection flows = select_flows(c, view);
  const Words& w = *c.words;
  if (flows.total == 0) return;
  bool changes = c.mode == MapMode::Difference && c.compares();
  out.flow_title = w(changes ? "legend.flows_changed" : "legend.flows");
  double most = 0.0;
  for (const FlowBundle& b : flows.bundles) most = std::max(most, b.pupils);
  // Before and after are read against each other: their samples are the same.
  if (!changes && c.compares_with_other()) {
    MapContent other = c;
    other.mode = c.mode == MapMode::Baseline ? MapMode::Scenario : MapMode::Baseline;
    for (const FlowBundle& b : select_flows(other, view).bundles) most = std::max(most, b.pupils);
  }
  double large = round_below(most);
  for (double pupils : {large * 0.1, large * 0.4, large})
    if (std::round(pupils) >= 1.0)
      out.flows.push_back({flow_width_px(pupils, view.m_per_px), false, grouped(pupils)});
  if (changes && !out.flows.empty()) {
    out.flows.front() = out.flows.back();
    out.flows.front().dashed = true;
    out.flows.front().label = "▼ " + out.flows.back().label;
    out.flows.back().label = "▲ " + out.flows.back().label;
    if (out.flows.size() > 2) out.flows.erase(out.flows.begin() + 1);
  }
  out.flow_note = filled(w(changes ? "legend.flow_change_note" : "legend.flow_note"),
                         {grouped(static_cast<double>(flows.bundles.size())), grouped(flows.total),
                          percent(flows.share())});
}

void add_ties(const MapContent& c, LegendModel& out) {
  const Words& w = *c.words;
  for (const auto& [form, count] : ties_by_form(c)) {
    std::string key = "legend.tie_" + form;
    std::replace(key.begin(), key.end(), '-', '_');
    const std::string& name = w(key);
    out.ties.push_back(
        {form, (name == key ? form : name) + " " + grouped(count), tie_style(form), count});
  }
  std::set<uint32_t> groups;
  double members = 0;
  for (const GroupPart& part : group_parts(c)) {
    groups.insert(part.group.index);
    members += part.core ? 0 : 1;
  }
  if (!out.ties.empty())
    out.tie_note = filled(w("legend.tie_note"),
                          {grouped(static_cast<double>(groups.size())), grouped(members)});
  if (const auto schools = schools_of_several_sites(c); !schools.empty())
    out.sites_label = filled(w("legend.sites"), {grouped(static_cast<double>(schools.size()))});
  double tagged = 0;
  for (CampusId id : c.shown().place->campuses.ids()) tagged += course_tag(c, id).empty() ? 0 : 1;
  if (tagged > 0) out.course_label = filled(w("legend.courses"), {grouped(tagged)});
  if (!out.ties.empty() || !out.sites_label.empty() || tagged > 0) out.tie_title = w("legend.ties");
}

}  // namespace

LegendModel build_legend(const MapContent& c, const Viewport& view) {
  LegendModel out;
  if (c.layers.catchments) add_classes(c, out);
  if (c.layers.campuses) add_campuses(c, view, out);
  if (c.layers.homes) add_homes(c, view, out);
  if (c.layers.flows) add_flows(c, view, out);
  if (c.layers.ties) add_ties(c, out);
  return out;
}

void count_before(const MapContent& c, LegendModel& legend) {
  const Words& w = *c.words;
  MapContent before = c;
  before.current = c.baseline;
  before.baseline = {};
  LegendModel old;
  if (c.layers.catchments) add_classes(before, old);
  if (old.rows.empty()) return;
  for (LegendRow& row : legend.rows) {
    row.before = 0;
    for (const LegendRow& r : old.rows)
      if (r.index == row.index) row.before = r.count;
  }
  legend.before_head = w("map.before");
  legend.after_head = w("map.after");
  auto named = [&](const std::string& head, const std::string& text) {
    return head + (w.chinese() ? "：" : ": ") + text;
  };
  legend.before_summary = named(legend.before_head, old.summary);
  legend.summary = named(legend.after_head, legend.summary);
}

std::vector<LegendRow> rows_to_come(const MapContent& c) {
  std::vector<LegendRow> out;
  if (!by_ground(c.fill) || c.mode == MapMode::Difference) return out;
  constexpr int kWide = 99999;
  const ClassScheme scheme = fill_scheme(c);
  for (std::size_t i = scheme.size(); i-- > 0;)
    out.push_back({static_cast<int>(i), scheme.colours[i], {}, scheme.labels[i], kWide});
  return out;
}

}  // namespace doorstep::scene
