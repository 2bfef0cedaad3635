#include "io/results/public_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace doorstep::io {
namespace {

std::string figure(double value, bool withheld, int decimals) {
  return withheld || !std::isfinite(value) ? "" : fmt::format("{:.{}f}", value, decimals);
}

/// A share of a known count gives away how many it is a share of.
std::string share(double value, double of, double least, bool withheld) {
  withheld |= !publishable(value * of, least) || !publishable((1 - value) * of, least);
  return figure(value, withheld, 3);
}

/// Counts of things have none, pupils none, the rest two decimals.
template <class F>
std::string cell(const Column<F>& c, const F& figures, double of, double least, bool withheld) {
  const double value = c.value(figures);
  if (c.share) return share(value, of, least, withheld);
  return figure(value, withheld, c.whole ? 0 : std::abs(value) >= 100 ? 0 : 3);
}

bool teaches(const Campus& campus, StageId s) {
  return s.index < campus.stages.size() && campus.stages[s].has_value();
}

/// Whether what a campus's row tells in any year of the run is withheld: its outlook follows from
/// all of them.
bool ever_withheld(const RunReport& r, const PublicCounts& counts, StageId stage, CampusId campus,
                   double least) {
  for (std::size_t y = 0; y < counts.size(); ++y) {
    const CampusYear& year = r.run.years[y].stages[stage].campuses[campus];
    if (!year.open) continue;
    if (counts[y][stage].withheld[campus] || !publishable(year.entitled, least)) return true;
  }
  return false;
}

/// Whether a campus lies in a territory, as territory_figures counts it.
bool lies_in(const Place& place, CampusId campus, const Territory& t) {
  const Campus& c = place.campuses[campus];
  const std::string area = c.area.valid() ? place.areas[c.area].code : "";
  switch (t.kind) {
    case Territory::Kind::Place:
      return true;
    case Territory::Kind::County:
      return area.substr(0, 6) == t.code;
    case Territory::Kind::Urban:
      return t.code == (c.urban == UrbanClass::City   ? "city"
                        : c.urban == UrbanClass::Town ? "town"
                                                      : "rural");
    case Territory::Kind::Town:
      return area == t.code;
  }
  return true;
}

bool schools_withheld(const RunReport& r, const PublicStage& stage, const StageYear& run,
                      const Territory& t) {
  return std::ranges::any_of(r.place.campuses.ids(), [&](CampusId c) {
    return run.campuses[c].open && stage.withheld[c] && lies_in(r.place, c, t);
  });
}

/// Whether the children of a territory may be told: as areas.csv does for towns, and stages.csv for
/// the whole place; for what lies between only where no area is withheld.
bool children_withheld(const RunReport& r, const PublicStage& stage, const Territory& t) {
  if (t.kind == Territory::Kind::Place) return stage.placed_withheld;
  if (stage.areas.empty()) return true;
  for (const AreaTotal& a : stage.areas) {
    const std::string code = a.area.valid() ? r.place.areas[a.area].code : "";
    if (t.kind == Territory::Kind::Town && code != t.code) continue;
    if (a.withheld) return true;
  }
  return false;
}

}  // namespace

std::string public_campus_header() {
  std::string out = ",class_band,scale,first_yellow,first_red,warn_now";
  for (const auto& c : campus_columns()) out += std::string(",") + c.name;
  return out;
}

std::string public_campus_cells(const RunReport& r, const Overview& overview,
                                const PublicCounts& counts, std::size_t year, StageId stage,
                                CampusId campus) {
  const double least = r.place.privacy.min_count;
  const CampusIndicators& i = r.indicators[year].stages[stage].campuses[campus];
  const double pupils = r.run.years[year].stages[stage].campuses[campus].enrolment;
  const CampusFigures& f = overview.years[year][stage].campuses[campus];
  const CampusOutlook& ahead = overview.outlook[stage][campus];
  const bool hidden = counts[year][stage].withheld[campus];
  const bool outlook_hidden = ever_withheld(r, counts, stage, campus, least);
  auto when = [&](const std::optional<Year>& y) {
    return outlook_hidden || !y ? std::string() : std::to_string(*y);
  };
  std::string out = fmt::format(
      ",{},{},{},{},{}",
      hidden || i.classes == 0 ? "" : kBandNames[static_cast<std::size_t>(i.band)],
      hidden ? "" : scale_name(f.scale), when(ahead.first_yellow), when(ahead.first_red),
      outlook_hidden   ? ""
      : ahead.warn_now ? "yes"
                       : "no");
  for (const auto& c : campus_columns()) {
    // Counts of children that are no enrolment: themselves only where they are not small.
    const bool count = c.side == Side::Children && !c.share;
    out += "," + cell(c, f, pupils, least, hidden || (count && !publishable(c.value(f), least)));
  }
  return out;
}

PublicRow public_territory(const RunReport& r, const PublicCounts& counts, std::size_t year,
                           StageId s, const TerritoryFigures& t) {
  const double least = r.place.privacy.min_count;
  const PublicStage& stage = counts[year][s];
  const StageYear& run = r.run.years[year].stages[s];
  const bool no_schools = schools_withheld(r, stage, run, t.what);
  const bool no_children = children_withheld(r, stage, t.what);
  const bool whole_place = t.what.kind == Territory::Kind::Place;
  const bool no_warnings = std::ranges::any_of(r.place.campuses.ids(), [&](CampusId c) {
    return run.campuses[c].open && !publishable(run.campuses[c].entitled, least) &&
           lies_in(r.place, c, t.what);
  });
  PublicRow out;
  out.withheld = no_schools || no_children;
  for (const auto& c : territory_columns()) {
    const std::string_view name = c.name;
    bool hidden = c.side == Side::Schools ? no_schools : no_children;
    // How many have no seat stands beside who has: both only where neither is small.
    if (name == "children" || name == "children_unplaced")
      hidden |= stage.unplaced_withheld || !publishable(t.unplaced, least) || !whole_place;
    if (name == "covered_share" || name == "seats_within_reach")
      hidden |= !publishable(t.unplaced, least);
    // How many migrant children a town has is said nowhere; nor, where an entitled count is
    // withheld, how it stands to the intake.
    if (name == "migrants_in_public_share" || name == "dissimilarity") hidden |= !whole_place;
    if (name.starts_with("warnings")) hidden |= no_warnings;
    out.cells.push_back(cell(c, t, t.placed, least, hidden));
  }
  return out;
}

std::string public_districts_csv(const RunReport& r, const Overview& overview,
                                 const PublicCounts& counts, bool towns) {
  std::string out = "year,stage,kind,code,name_zh,name_en";
  for (const auto& c : territory_columns()) out += std::string(",") + c.name;
  out += ",withheld\n";
  for (std::size_t y = 0; y < r.run.years.size(); ++y)
    for (StageId s : r.place.stages.ids())
      for (const TerritoryFigures& t : overview.years[y][s].territories) {
        if ((t.what.kind == Territory::Kind::Town) != towns) continue;
        out +=
            fmt::format("{},{},{},{},{},{}", r.run.years[y].year, csv_cell(r.place.stages[s].code),
                        territory_kind_name(t.what.kind), csv_cell(t.what.code),
                        csv_cell(t.what.name.in_chinese()), csv_cell(t.what.name.in_english()));
        const PublicRow row = public_territory(r, counts, y, s, t);
        for (const std::string& one : row.cells) out += "," + one;
        out += fmt::format(",{}\n", row.withheld ? "yes" : "no");
      }
  return out;
}

std::string public_groups_csv(const RunReport& r, const Overview& overview,
                              const PublicCounts& counts) {
  const double least = r.place.privacy.min_count;
  std::string out = "year,stage,group,name_zh,name_en,core";
  for (const auto& c : group_columns()) out += std::string(",") + c.name;
  out += ",withheld\n";
  for (std::size_t y = 0; y < r.run.years.size(); ++y)
    for (StageId s : r.place.stages.ids())
      for (const GroupFigures& g : overview.years[y][s].groups) {
        const Group& group = r.place.groups[g.group];
        const Year year = r.run.years[y].year;
        auto hides = [&](CampusId c) {
          return c.valid() && teaches(r.place.campuses[c], s) && counts[y][s].withheld[c];
        };
        // Beside the campuses' rows a sum would give one small count away.
        bool small = false;
        auto looks_small = [&](CampusId c) {
          if (!c.valid()) return false;
          const CampusYear& one = r.run.years[y].stages[s].campuses[c];
          return one.open &&
                 (!publishable(one.entrants, least) || !publishable(one.turned_away, least) ||
                  !publishable(one.entitled, least));
        };
        bool hidden = hides(group.core);
        small |= looks_small(group.core);
        for (const Tie& t : group.ties) {
          if (year < t.since || year > t.until) continue;
          hidden |= hides(t.member);
          small |= looks_small(t.member);
        }
        hidden |= !publishable(g.pupils, least);
        out += fmt::format("{},{},{},{},{},{}", year, csv_cell(r.place.stages[s].code),
                           csv_cell(group.code), csv_cell(group.name.in_chinese()),
                           csv_cell(group.name.in_english()),
                           group.core.valid() ? csv_cell(r.place.campuses[group.core].code) : "");
        for (const auto& c : group_columns()) {
          const std::string_view name = c.name;
          const bool from_small = small && (name == "entrants" || name == "turned_away" ||
                                            name.starts_with("warnings"));
          out += "," + cell(c, g, g.pupils, least, hidden || from_small);
        }
        out += fmt::format(",{}\n", hidden ? "yes" : "no");
      }
  return out;
}

}  // namespace doorstep::io
