// The overview of a run in summary.json.

#include <cmath>
#include <nlohmann/json.hpp>

#include "io/results/figures.h"
#include "io/results/number.h"

namespace doorstep::io {
namespace {

using Json = nlohmann::ordered_json;

Json real(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json year_or_null(const std::optional<Year>& year) { return year ? Json(*year) : Json(nullptr); }
Json named(const Name& name) { return {{"zh", name.in_chinese()}, {"en", name.in_english()}}; }

template <class F>
void add_columns(const std::vector<Column<F>>& columns, const F& figures, Json& out) {
  for (const auto& c : columns)
    out[c.name] =
        c.whole ? Json(static_cast<long>(c.value(figures))) : real(without_dust(c.value(figures)));
}

Json review_json(const Place& place, const StageReview& review) {
  Json lines = Json::array(), campuses = Json::array();
  for (const ReviewLine& l : review.lines)
    lines.push_back({{"set", l.set},
                     {"unit", review_unit_name(l.unit)},
                     {"indicator", l.indicator},
                     {"coefficient", real(l.coefficient)},
                     {"limit", real(l.limit)},
                     {"passes", std::isnan(l.coefficient) || std::isnan(l.limit) ? Json(nullptr)
                                                                                 : Json(l.passes)},
                     {"schools_reporting", l.reported},
                     {"schools", l.schools}});
  for (const ReviewOfCampus& c : review.campuses)
    campuses.push_back({{"campus", place.campuses[c.campus].code},
                        {"met", c.standing.met},
                        {"below", c.standing.below},
                        {"passes", c.standing.passes}});
  return {{"lines", lines}, {"campuses", campuses}, {"passing", review.passing}};
}

}  // namespace

Json campus_figures_json(const Overview& overview, std::size_t year, StageId stage,
                         CampusId campus) {
  const CampusFigures& f = overview.years[year][stage].campuses[campus];
  const CampusOutlook& ahead = overview.outlook[stage][campus];
  Json out{{"scale", scale_name(f.scale)},
           {"below_viable", f.below_viable},
           {"first_yellow", year_or_null(ahead.first_yellow)},
           {"first_red", year_or_null(ahead.first_red)},
           {"warn_now", ahead.warn_now},
           {"last_large_class", year_or_null(ahead.last_large_class)},
           {"most_pupils", ahead.most_pupils},
           {"most_pupils_in", ahead.most_pupils_in}};
  add_columns(campus_columns(), f, out);
  return out;
}

Json stage_figures_json(const RunReport& report, const Overview& overview, std::size_t year,
                        StageId stage) {
  const StageFigures& f = overview.years[year][stage];
  Json territories = Json::array(), groups = Json::array();
  for (const TerritoryFigures& t : f.territories) {
    Json one{{"kind", territory_kind_name(t.what.kind)},
             {"code", t.what.code},
             {"name", named(t.what.name)}};
    add_columns(territory_columns(), t, one);
    territories.push_back(std::move(one));
  }
  const auto& years = report.run.years[year].groups;
  for (const GroupFigures& g : f.groups) {
    const Group& group = report.place.groups[g.group];
    Json one{{"group", group.code},
             {"name", named(group.name)},
             {"core", group.core.valid() ? report.place.campuses[group.core].code : ""}};
    add_columns(group_columns(), g, one);
    add_columns(group_year_columns(), g.group.index < years.size() ? years[g.group] : GroupYear{},
                one);
    groups.push_back(std::move(one));
  }
  const SeatsAfterPeak& peak = overview.after_peak[stage];
  return {{"mean_quality", real(f.mean_quality)},
          {"access_below_half_share", real(f.access_below_half)},
          {"group_coverage",
           {{"campuses", real(f.coverage.campuses)},
            {"pupils", real(f.coverage.pupils)},
            {"groups", f.coverage.groups}}},
          {"peak",
           {{"year", peak.peak},
            {"pupils", peak.pupils_at_peak},
            {"seats_at_end", peak.seats_at_end},
            {"empty_at_end", peak.empty_at_end}}},
          {"territories", territories},
          {"groups", groups},
          {"review", review_json(report.place, f.review)}};
}

}  // namespace doorstep::io
