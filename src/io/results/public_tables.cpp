// The files of a public export: what `public_counts` lets through, the rest empty with a column
// that says so.

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "io/results/gpkg.h"
#include "io/results/public_figures.h"
#include "io/results/walks.h"

namespace doorstep::io {
namespace {

using Counts = std::vector<IdVector<StageId, PublicStage>>;
using Json = nlohmann::ordered_json;

/// Whole pupils: a published count has no decimals.
std::string whole(double value, bool withheld) {
  return withheld || !std::isfinite(value) ? "" : fmt::format("{:.0f}", value);
}

std::string figure(double value, bool withheld, int decimals) {
  return withheld || !std::isfinite(value) ? "" : fmt::format("{:.{}f}", value, decimals);
}

const char* yes_or_no(bool withheld) { return withheld ? "yes" : "no"; }

/// A share of a known count gives away how many it is a share of.
std::string share(double value, double of, double min_count, bool withheld) {
  withheld |= !publishable(value * of, min_count) || !publishable((1 - value) * of, min_count);
  return figure(value, withheld, 3);
}

std::string campuses_csv(const RunReport& r, const Overview& overview, const Counts& counts,
                         double least) {
  std::string out =
      "year,stage,campus,name_zh,name_en,seats,planned_intake,pupils,utilisation,entrants,entitled,"
      "turned_away,classes,class_size,travel_mean_min" +
      public_campus_header() + ",withheld\n";
  each_open_campus(r, [&](std::size_t y, StageId s, CampusId id) {
    const CampusYear& c = r.run.years[y].stages[s].campuses[id];
    const CampusIndicators& i = r.indicators[y].stages[s].campuses[id];
    const Campus& campus = r.place.campuses[id];
    bool hidden = counts[y][s].withheld[id];
    auto count = [&](double value) { return whole(value, hidden || !publishable(value, least)); };
    bool any = hidden || !publishable(c.entrants, least) || !publishable(c.entitled, least) ||
               !publishable(c.turned_away, least);
    out += fmt::format(
        "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}{},{}\n", r.run.years[y].year,
        csv_cell(r.place.stages[s].code), csv_cell(campus.code), csv_cell(campus.name.in_chinese()),
        csv_cell(campus.name.in_english()), whole(c.seats, false), whole(c.planned_intake, false),
        whole(c.enrolment, hidden), figure(i.utilisation, hidden, 3), count(c.entrants),
        count(c.entitled), count(c.turned_away), whole(i.classes, hidden),
        figure(i.class_size, hidden, 1), figure(i.travel_mean_min, hidden, 1),
        public_campus_cells(r, overview, counts, y, s, id), yes_or_no(any));
  });
  return out;
}

std::string stages_csv(const RunReport& r, const Counts& counts, double least) {
  std::string out =
      "year,stage,seats,pupils,placed,unplaced,utilisation,pupils_over_seats,classes,large_classes,"
      "very_large_classes,travel_mean_min,share_over_service_radius,share_over_1km,"
      "share_over_30min,own_catchment_share,withheld\n";
  each_stage_year(r, [&](std::size_t y, StageId id) {
    const StageIndicators& s = r.indicators[y].stages[id];
    const PublicStage& c = counts[y][id];
    bool no_placed = c.placed_withheld;
    // Sums over campuses of what is not linear in their pupils would narrow the withheld ones.
    bool no_sums = no_placed || c.any_campus();
    auto part = [&](double value) { return share(value, s.placed, least, no_placed); };
    out +=
        fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", r.run.years[y].year,
                    csv_cell(r.place.stages[id].code), whole(s.seats, false),
                    whole(s.pupils, no_placed || c.unplaced_withheld), whole(s.placed, no_placed),
                    whole(s.unplaced, c.unplaced_withheld), figure(s.utilisation, no_placed, 3),
                    whole(s.over_seats, no_sums || !publishable(s.over_seats, least)),
                    whole(s.classes, no_sums), whole(s.large, no_sums),
                    whole(s.very_large, no_sums), figure(s.travel_mean_min, no_placed, 1),
                    part(s.share_over_radius), part(s.share_over_1km), part(s.share_over_30min),
                    part(s.own_catchment_share), yes_or_no(no_sums || c.unplaced_withheld));
  });
  return out;
}

std::string area_code(const RunReport& r, AreaId area) {
  return area.valid() ? csv_cell(r.place.areas[area].code) : "";
}

std::string areas_csv(const RunReport& r, const Counts& counts) {
  std::string out = "year,stage,area,name_zh,name_en,pupils,withheld\n";
  for (std::size_t y = 0; y < counts.size(); ++y)
    for (StageId s : r.place.stages.ids())
      for (const AreaTotal& a : counts[y][s].areas) {
        Name name = a.area.valid() ? r.place.areas[a.area].name : Name{"无片区", "no area"};
        out += fmt::format("{},{},{},{},{},{},{}\n", r.run.years[y].year,
                           csv_cell(r.place.stages[s].code), area_code(r, a.area),
                           csv_cell(name.in_chinese()), csv_cell(name.in_english()),
                           whole(a.pupils, a.withheld), yes_or_no(a.withheld));
      }
  return out;
}

std::string flows_csv(const RunReport& r, const Counts& counts) {
  std::string out = "year,stage,area,campus,pupils,minutes,withheld\n";
  for (std::size_t y = 0; y < counts.size(); ++y)
    for (StageId s : r.place.stages.ids())
      for (const AreaFlow& f : counts[y][s].flows)
        out += fmt::format("{},{},{},{},{},{},{}\n", r.run.years[y].year,
                           csv_cell(r.place.stages[s].code), area_code(r, f.area),
                           csv_cell(r.place.campuses[f.campus].code), whole(f.pupils, f.withheld),
                           figure(f.minutes, f.withheld, 1), yes_or_no(f.withheld));
  return out;
}

std::string metadata_json(const RunReport& r, const Counts& counts, double least) {
  long withheld = 0, shown = 0;
  for (const auto& year : counts)
    for (const PublicStage& s : year) {
      for (const AreaFlow& f : s.flows) ++(f.withheld ? withheld : shown);
      for (const AreaTotal& a : s.areas) ++(a.withheld ? withheld : shown);
      for (bool b : s.withheld) ++(b ? withheld : shown);
    }
  Json out{{"format", 1},
           {"publication",
            fmt::format("for publication: counts from 1 to {:.0f} are withheld, with others that "
                        "would give them away",
                        std::ceil(least) - 1)},
           {"place",
            {{"code", r.place.code},
             {"name", {{"zh", r.place.name.in_chinese()}, {"en", r.place.name.in_english()}}},
             {"base_year", r.place.base_year},
             {"origin_note", {{"zh", r.place.origin_note_zh}, {"en", r.place.origin_note_en}}}}},
           {"scenario", {{"code", r.scenario.code}}},
           {"privacy",
            {{"min_count", least},
             {"source", r.place.privacy.source},
             {"withheld", withheld},
             {"shown", shown}}},
           {"provenance", Json::parse(provenance_json(r))}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

void write_public_results(const RunReport& given, OutputFolder& out) {
  RunReport report = given;
  report.overview = overview_for(given);
  double least = report.place.privacy.min_count;
  Counts counts = public_counts(report, least);
  const std::shared_ptr<const Overview>& overview = report.overview;
  write_file(out.file("campuses.csv"), campuses_csv(report, *overview, counts, least));
  write_file(out.file("districts.csv"), public_districts_csv(report, *overview, counts, false));
  if (!report.place.areas.empty())
    write_file(out.file("towns.csv"), public_districts_csv(report, *overview, counts, true));
  if (!report.place.groups.empty())
    write_file(out.file("groups.csv"), public_groups_csv(report, *overview, counts));
  write_file(out.file("stages.csv"), stages_csv(report, counts, least));
  write_file(out.file("areas.csv"), areas_csv(report, counts));
  write_file(out.file("flows.csv"), flows_csv(report, counts));
  write_file(out.file("sources.csv"), sources_csv(report));
  write_file(out.file("metadata.json"), metadata_json(report, counts, least));
  write_public_geopackage(report, counts, out.file("results.gpkg"));
}

}  // namespace doorstep::io
