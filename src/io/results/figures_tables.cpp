// districts.csv, towns.csv, groups.csv, resources.csv, balance.csv, and the columns that campuses
// and stages gain.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/results/figures.h"
#include "io/results/number.h"

namespace doorstep::io {
namespace {

template <class F>
std::string header_of(const std::vector<Column<F>>& columns) {
  std::string out;
  for (const auto& c : columns) out += std::string(",") + c.name;
  return out;
}

template <class F>
std::string cells_of(const std::vector<Column<F>>& columns, const F& figures) {
  std::string out;
  for (const auto& c : columns) out += "," + csv_number(c.value(figures));
  return out;
}

std::string year_or_none(const std::optional<Year>& year) {
  return year ? std::to_string(*year) : "";
}

const char* yes_or_no(bool b) { return b ? "yes" : "no"; }

std::string territories_csv(const RunReport& r, const Overview& overview, bool towns) {
  std::string out = "year,stage,kind,code,name_zh,name_en" + header_of(territory_columns()) + "\n";
  for (std::size_t y = 0; y < r.run.years.size(); ++y)
    for (StageId s : r.place.stages.ids())
      for (const TerritoryFigures& t : overview.years[y][s].territories) {
        if ((t.what.kind == Territory::Kind::Town) != towns) continue;
        out += fmt::format("{},{},{},{},{},{}{}\n", r.run.years[y].year,
                           csv_cell(r.place.stages[s].code), territory_kind_name(t.what.kind),
                           csv_cell(t.what.code), csv_cell(t.what.name.in_chinese()),
                           csv_cell(t.what.name.in_english()), cells_of(territory_columns(), t));
      }
  return out;
}

}  // namespace

std::shared_ptr<const Overview> overview_for(const RunReport& report) {
  if (report.overview) return report.overview;
  Progress quiet;
  return std::make_shared<Overview>(overview_of(report.place, report.travel, report.run,
                                                report.indicators, report.standards, quiet));
}

std::string districts_csv(const RunReport& r, const Overview& overview) {
  return territories_csv(r, overview, false);
}

std::string towns_csv(const RunReport& r, const Overview& overview) {
  return territories_csv(r, overview, true);
}

std::string groups_csv(const RunReport& r, const Overview& overview) {
  std::string out = "year,stage,group,name_zh,name_en,core" + header_of(group_columns()) +
                    header_of(group_year_columns()) + "\n";
  const GroupYear nothing{};
  for (std::size_t y = 0; y < r.run.years.size(); ++y)
    for (StageId s : r.place.stages.ids())
      for (const GroupFigures& g : overview.years[y][s].groups) {
        const Group& group = r.place.groups[g.group];
        const auto& years = r.run.years[y].groups;
        out += fmt::format("{},{},{},{},{},{}{}{}\n", r.run.years[y].year,
                           csv_cell(r.place.stages[s].code), csv_cell(group.code),
                           csv_cell(group.name.in_chinese()), csv_cell(group.name.in_english()),
                           group.core.valid() ? csv_cell(r.place.campuses[group.core].code) : "",
                           cells_of(group_columns(), g),
                           cells_of(group_year_columns(),
                                    g.group.index < years.size() ? years[g.group] : nothing));
      }
  return out;
}

bool reports_resources(const Place& place) {
  return std::ranges::any_of(place.campuses, [](const Campus& c) {
    return std::ranges::any_of(c.stages, [](const std::optional<CampusStage>& s) {
      for (std::size_t k = 0; s && k < kResourceKinds.size(); ++k)
        if (!std::isnan(s->resources.at(k))) return true;
      return false;
    });
  });
}

std::string resources_csv(const RunReport& r, const Overview& overview) {
  std::string out =
      "year,stage,campus,name_zh,name_en,indicator,unit,amount,per_pupil,least,meets\n";
  const IndicatorSet seven = seven_indicators(r.standards.all);
  auto least_of = [&](const char* code, StageKind kind) {
    for (const IndicatorSet::One& one : seven.indicators)
      if (one.code == code && kind == StageKind::Primary)
        return one.least_primary;
      else if (one.code == code && kind == StageKind::Junior)
        return one.least_junior;
    return std::nan("");
  };
  for (std::size_t y = 0; y < r.run.years.size(); ++y)
    for (StageId s : r.place.stages.ids())
      for (CampusId id : r.place.campuses.ids()) {
        const CampusYear& year = r.run.years[y].stages[s].campuses[id];
        const Campus& campus = r.place.campuses[id];
        if (!year.open || s.index >= campus.stages.size() || !campus.stages[s]) continue;
        for (std::size_t k = 0; k < kResourceKinds.size(); ++k) {
          const double amount = campus.stages[s]->resources.at(k);
          if (std::isnan(amount)) continue;
          const double each = year.enrolment > 0 ? amount / year.enrolment : std::nan("");
          const double least = least_of(kResourceKinds[k].code, r.place.stages[s].kind);
          const bool judged = !std::isnan(each) && !std::isnan(least);
          constexpr double kRounding = 1e-9;
          out += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", r.run.years[y].year,
                             csv_cell(r.place.stages[s].code), csv_cell(campus.code),
                             csv_cell(campus.name.in_chinese()), csv_cell(campus.name.in_english()),
                             kResourceKinds[k].code, kResourceKinds[k].unit, csv_number(amount),
                             csv_number(each), csv_number(least),
                             judged ? yes_or_no(each >= least - kRounding) : "");
        }
      }
  (void)overview;
  return out;
}

std::string balance_csv(const RunReport& r, const Overview& overview) {
  std::string out =
      "year,stage,set,unit,indicator,coefficient,limit,passes,schools_reporting,schools\n";
  for (std::size_t y = 0; y < r.run.years.size(); ++y)
    for (StageId s : r.place.stages.ids()) {
      bool any = false;  // a composite of which a part is known does not pass; of none, who knows
      for (const ReviewLine& line : overview.years[y][s].review.lines) {
        const bool composite = line.indicator == "composite";
        any = any || !std::isnan(line.coefficient);
        const bool judged =
            !std::isnan(line.limit) && (composite ? any : !std::isnan(line.coefficient));
        out += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", r.run.years[y].year,
                           csv_cell(r.place.stages[s].code), line.set, review_unit_name(line.unit),
                           line.indicator, csv_number(line.coefficient), csv_number(line.limit),
                           judged ? yes_or_no(line.passes) : "", line.reported, line.schools);
        if (composite) any = false;
      }
    }
  return out;
}

std::string campus_figure_header() {
  return ",class_band,quality,scale,below_viable,first_yellow,first_red,warn_now,last_large_class,"
         "most_pupils,most_pupils_in" +
         header_of(campus_columns());
}

std::string campus_figure_cells(const RunReport& r, const Overview& overview, std::size_t year,
                                StageId stage, CampusId campus) {
  const CampusFigures& f = overview.years[year][stage].campuses[campus];
  const CampusOutlook& ahead = overview.outlook[stage][campus];
  const CampusIndicators& i = r.indicators[year].stages[stage].campuses[campus];
  return fmt::format(
      ",{},{},{},{},{},{},{},{},{},{}{}",
      i.classes > 0 ? kBandNames[static_cast<std::size_t>(i.band)] : "",
      csv_number(r.run.years[year].stages[stage].campuses[campus].quality), scale_name(f.scale),
      yes_or_no(f.below_viable), year_or_none(ahead.first_yellow), year_or_none(ahead.first_red),
      yes_or_no(ahead.warn_now), year_or_none(ahead.last_large_class),
      csv_number(ahead.most_pupils), ahead.most_pupils_in, cells_of(campus_columns(), f));
}

std::string stage_figure_header() {
  return ",covered_share,seats_within_reach,access_below_half_share,share_crossing,"
         "balance_by_campus,balance_by_legal_person,balance_eight_composite,balance_eight_passes,"
         "balance_seven_passes,group_coverage_campuses,group_coverage_pupils,groups,"
         "migrants_in_public_share,dissimilarity,teachers_needed,empty_seats,teaching_points,"
         "funded_up,too_large,below_viable,warnings_yellow,warnings_red,warn_now,mean_quality,"
         "schools_meeting_seven,schools_reporting_seven";
}

std::string stage_figure_cells(const RunReport& r, const Overview& overview, std::size_t year,
                               StageId stage) {
  const StageFigures& f = overview.years[year][stage];
  const TerritoryFigures& all = f.territories.front();
  double composite = std::nan("");
  std::string eight, seven;
  for (const ReviewLine& line : f.review.lines) {
    if (line.unit != ReviewUnit::Campus || std::isnan(line.coefficient)) continue;
    if (line.indicator == "composite") {
      composite = line.coefficient;
      eight = yes_or_no(line.passes);
    } else if (line.set == "seven") {
      seven = line.passes && seven != "no" ? "yes" : "no";
    }
  }
  long warned = 0;
  for (const CampusOutlook& ahead : overview.outlook[stage]) warned += ahead.warn_now ? 1 : 0;
  (void)r;
  return fmt::format(
      ",{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
      csv_number(all.covered), csv_number(all.access), csv_number(f.access_below_half),
      csv_number(all.share_crossing), csv_number(all.balance), csv_number(all.balance_by_person),
      csv_number(composite), eight, seven, csv_number(f.coverage.campuses),
      csv_number(f.coverage.pupils), f.coverage.groups, csv_number(all.migrant_share_public),
      csv_number(all.dissimilarity), csv_number(all.teachers_needed), csv_number(all.empty_seats),
      all.points, all.funded_up, all.too_large, all.below_viable, all.yellow, all.red, warned,
      csv_number(f.mean_quality), f.review.passing, f.review.campuses.size());
}

}  // namespace doorstep::io
