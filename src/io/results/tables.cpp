// The CSV tables of a run.

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "base/text.h"
#include "base/text_file.h"
#include "io/results/change_tables.h"
#include "io/results/cost_tables.h"
#include "io/results/figures.h"
#include "io/results/flows_file.h"
#include "io/results/gpkg.h"
#include "io/results/number.h"
#include "io/results/results.h"
#include "io/results/summary.h"
#include "io/results/walks.h"

namespace doorstep::io {
namespace {

const char* origin_name(Origin origin) {
  return origin == Origin::Real ? "real" : origin == Origin::Derived ? "derived" : "synthetic";
}

std::string campuses_csv(const RunReport& r, const Overview& overview) {
  std::string out =
      "year,stage,campus,name_zh,name_en,origin,pupils,seats,utilisation,entrants,entry_seats,"
      "planned_intake,entitled,turned_away,classes,class_size,large_classes,very_large_classes,"
      "travel_mean_min,warning,came,left,returned,applied" +
      campus_figure_header() + "\n";
  each_open_campus(r, [&](std::size_t y, StageId s, CampusId id) {
    const CampusYear& c = r.run.years[y].stages[s].campuses[id];
    const CampusIndicators& i = r.indicators[y].stages[s].campuses[id];
    const Campus& campus = r.place.campuses[id];
    out += fmt::format(
        "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}{}\n",
        r.run.years[y].year, csv_cell(r.place.stages[s].code), csv_cell(campus.code),
        csv_cell(campus.name.in_chinese()), csv_cell(campus.name.in_english()),
        origin_name(campus.origin), csv_number(c.enrolment), csv_number(c.seats),
        csv_number(i.utilisation), csv_number(c.entrants), csv_number(c.entry_seats),
        csv_number(c.planned_intake), csv_number(c.entitled), csv_number(c.turned_away), i.classes,
        csv_number(i.class_size), i.large, i.very_large, csv_number(i.travel_mean_min),
        i.warning == 2   ? "red"
        : i.warning == 1 ? "yellow"
                         : "none",
        csv_number(c.came), csv_number(c.left), csv_number(c.returned), csv_number(c.applied),
        campus_figure_cells(r, overview, y, s, id));
  });
  return out;
}

std::string stages_csv(const RunReport& r, const Overview& overview) {
  std::string out =
      "year,stage,pupils,placed,unplaced,seats,utilisation,pupils_over_seats,classes,large_classes,"
      "very_large_classes,travel_mean_min,travel_median_min,travel_p90_min,share_over_service_"
      "radius,"
      "share_over_1km,share_over_30min,own_catchment_share,balance_coefficient,moved,returned" +
      stage_figure_header() + "\n";
  each_stage_year(r, [&](std::size_t y, StageId id) {
    const StageIndicators& s = r.indicators[y].stages[id];
    out += fmt::format(
        "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}{}\n", r.run.years[y].year,
        csv_cell(r.place.stages[id].code), csv_number(s.pupils), csv_number(s.placed),
        csv_number(s.unplaced), csv_number(s.seats), csv_number(s.utilisation),
        csv_number(s.over_seats), s.classes, s.large, s.very_large, csv_number(s.travel_mean_min),
        csv_number(s.travel_median_min), csv_number(s.travel_p90_min),
        csv_number(s.share_over_radius), csv_number(s.share_over_1km),
        csv_number(s.share_over_30min), csv_number(s.own_catchment_share), csv_number(s.balance),
        csv_number(r.run.years[y].stages[id].moved), csv_number(r.run.years[y].stages[id].returned),
        stage_figure_cells(r, overview, y, id));
  });
  return out;
}

/// Flows of one year and stage by home. What is below kLeastFlow goes into one row a home without a
/// campus, so that the rows of a home still add up to its pupils.
void write_flows(const Place& place, const TravelTable& travel, const YearResult& year, StageId s,
                 TextFile& file) {
  constexpr std::size_t kBytesAtOnce = 1 << 20;
  std::string out;
  const PupilFlows& flows = year.stages[s].flows;
  double small = 0.0;
  for (PupilFlows::Iterator next = flows.begin(); next != flows.end();) {
    const PupilFlow f = *next;
    const bool last_of_home = ++next == flows.end() || (*next).home != f.home;
    auto row = [&](const std::string& campus, double pupils, const std::string& minutes) {
      out += fmt::format("{},{},{},{},{},{}\n", year.year, csv_cell(place.stages[s].code),
                         csv_cell(place.homes[f.home].code), csv_cell(campus), csv_number(pupils),
                         minutes);
    };
    if (f.pupils < kLeastFlow)
      small += f.pupils;
    else
      row(place.campuses[f.campus].code, f.pupils,
          travel.reachable(f.home, f.campus) ? csv_number(travel.minutes(f.home, f.campus).value)
                                             : "");
    if (last_of_home && small > 0) row("", std::exchange(small, 0.0), "");
    if (out.size() < kBytesAtOnce) continue;
    file.write(out);
    out.clear();
  }
  file.write(out);
}

std::string findings_csv(const RunReport& r) {
  std::string out = "severity,code,file,row,field,message,hint\n";
  for (const Diagnostic& d : r.findings.items())
    out += fmt::format("{},{},{},{},{},{},{}\n", severity_name(d.severity), csv_cell(d.code),
                       csv_cell(d.at.file), d.at.row, csv_cell(d.at.field), csv_cell(d.message),
                       csv_cell(d.hint));
  return out;
}

}  // namespace

std::string sources_csv(const RunReport& r) {
  std::string out = "layer,file,licence,attribution,origin,sha256\n";
  for (const LayerSource& s : r.place.sources)
    out +=
        fmt::format("{},{},{},{},{},{}\n", csv_cell(s.layer), csv_cell(s.file), csv_cell(s.licence),
                    csv_cell(s.attribution), origin_name(s.origin), s.sha256);
  return out;
}

namespace {

std::string observed_csv(const RunReport& r) {
  std::string out = "label,year,campus,name,observed,modelled,error\n";
  for (const ObservedRow& row : observed_rows(r.place, r.run)) {
    const Campus& campus = r.place.campuses[row.campus];
    out +=
        fmt::format("{},{},{},{},{},{},{}\n", csv_cell(row.label), row.year, csv_cell(campus.code),
                    csv_cell(campus.name.in_english()), csv_number(row.observed),
                    csv_number(row.modelled), csv_number(row.modelled - row.observed));
  }
  return out;
}

}  // namespace

std::string csv_cell(const std::string& text) {
  std::string cell = text;
  double ignored = 0.0;
  if (!cell.empty() && std::string("=+-@\t\r").find(cell.front()) != std::string::npos &&
      !parse_number(cell, ignored))
    cell.insert(cell.begin(), '\'');
  if (cell.find_first_of(",\"\n\r") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

FlowsFile::FlowsFile(OutputFolder& out) : file_(out.file("flows.csv")) {
  file_.write("year,stage,home,campus,pupils,minutes\n");
}

void FlowsFile::add(const Place& place, const TravelTable& travel, const YearResult& year) {
  for (StageId s : place.stages.ids()) write_flows(place, travel, year, s, file_);
}

void write_results(const RunReport& given, OutputFolder& out) {
  FlowsFile flows(out);
  flows.add(given.place, given.travel, given.run.years.front());
  write_results(given, out, flows);
}

void write_results(const RunReport& given, OutputFolder& out, FlowsFile& flows) {
  RunReport report = given;
  report.overview = overview_for(given);
  const Overview& overview = *report.overview;
  TextFile summary(out.file("summary.json"));
  put_summary(report, [&](std::string_view text) { summary.write(text); });
  summary.commit();
  write_file(out.file("campuses.csv"), campuses_csv(report, overview));
  write_file(out.file("stages.csv"), stages_csv(report, overview));
  write_file(out.file("districts.csv"), districts_csv(report, overview));
  if (!report.place.areas.empty()) write_file(out.file("towns.csv"), towns_csv(report, overview));
  if (!report.place.groups.empty())
    write_file(out.file("groups.csv"), groups_csv(report, overview));
  if (reports_resources(report.place)) {
    write_file(out.file("resources.csv"), resources_csv(report, overview));
    write_file(out.file("balance.csv"), balance_csv(report, overview));
  }
  if (report.run.years.size() > 1) flows.add(report.place, report.travel, report.run.years.back());
  flows.commit();
  write_file(out.file("findings.csv"), findings_csv(report));
  write_file(out.file("sources.csv"), sources_csv(report));
  if (report.cost) write_file(out.file("costs.csv"), costs_csv(report));
  if (!report.place.observations.empty())
    write_file(out.file("observed.csv"), observed_csv(report));
  write_geopackage(report, out.file("results.gpkg"));
}

void write_comparison(const RunReport& a, const RunReport& b, OutputFolder& out) {
  write_file(out.file("comparison.json"), comparison_json(a, b));
  std::string csv =
      "year,stage,campus,pupils_a,pupils_b,change,seats_a,seats_b,name_a,name_b,same_campus\n";
  for (auto [ya, yb] : common_years(a, b))
    for (StageId s : a.place.stages.ids())
      for (const auto& row : compare_stage(a.place, a.travel, a.run.years[ya].stages[s], b.place,
                                           b.travel, b.run.years[yb].stages[s])
                                 .rows) {
        const CampusOfCode names = campus_of_code(a, b, row.campus);
        csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", a.run.years[ya].year,
                           csv_cell(a.place.stages[s].code), csv_cell(row.campus),
                           csv_number(row.pupils_a), csv_number(row.pupils_b),
                           csv_number(row.pupils_b - row.pupils_a), csv_number(row.seats_a),
                           csv_number(row.seats_b), csv_cell(names.in_a.in_chinese()),
                           csv_cell(names.in_b.in_chinese()), names.same ? "yes" : "no");
      }
  write_file(out.file("comparison.csv"), csv);
  write_file(out.file("disruption.csv"), disruption_csv(a, b));
  write_file(out.file("comparison_districts.csv"), changed_grounds_csv(a, b));
  std::vector<ClosureCase> closures = closures_of(a, b);
  if (closures.empty()) return;
  write_file(out.file("closures.csv"), closures_csv(a, closures));
  write_file(out.file("closure_children.csv"), closure_children_csv(a, closures));
  write_file(out.file("closure_vetoes.csv"), closure_vetoes_csv(a, closures));
}

}  // namespace doorstep::io
