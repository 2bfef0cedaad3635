// summary.json and comparison.json.

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"
#include "geo/crs.h"
#include "io/results/change_tables.h"
#include "io/results/cost_tables.h"
#include "io/results/figures.h"
#include "io/results/number.h"
#include "io/results/summary.h"
#include "io/table/table.h"

namespace doorstep::io {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has no NaN: what is undefined is null.
Json real(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json named(const Name& name) { return {{"zh", name.in_chinese()}, {"en", name.in_english()}}; }

const char* origin_name(Origin origin) {
  return origin == Origin::Real ? "real" : origin == Origin::Derived ? "derived" : "synthetic";
}

std::string forms_hash(const GroupForms& forms) {
  std::string all;
  for (const auto& [form, rates] : forms) all += form + ":" + rates.hash() + ";";
  return sha256(all);
}

Json provenance(const RunReport& report) {
  Json sources = Json::array();
  for (const LayerSource& s : report.place.sources)
    sources.push_back({{"layer", s.layer},
                       {"file", s.file},
                       {"licence", s.licence},
                       {"attribution", s.attribution},
                       {"origin", origin_name(s.origin)},
                       {"sha256", s.sha256}});
  Json assumed = Json::array();
  for (const auto& [name, c] : report.coefficients.items())
    if (c.assumed()) assumed.push_back(name);
  return {{"program", "doorstep " + version()},
          {"gdal", gdal_version()},
          {"proj", proj_version()},
          {"seed", report.scenario.seed},
          {"place_format", 1},
          {"crs", report.place.crs},
          {"coefficients_sha256", report.coefficients.hash()},
          {"group_forms_sha256", forms_hash(report.forms)},
          {"standards_sha256", report.standards.all.hash()},
          {"assumed_coefficients", assumed},
          {"travel", named(report.place.travel.note)},
          {"map_approval", report.place.map_approval},
          {"sources", sources}};
}

Json class_bands(const StageIndicators& s) {
  Json bands = Json::object();
  for (std::size_t i = 0; i < s.bands.size(); ++i) bands[kBandNames[i]] = s.bands[i];
  return bands;
}

Json campus_json(const Place& place, CampusId id, const CampusYear& c, const CampusIndicators& i,
                 const Json& figures) {
  return {{"campus", place.campuses[id].code},
          {"name", named(place.campuses[id].name)},
          {"origin", origin_name(place.campuses[id].origin)},
          {"pupils", c.enrolment},
          {"seats", c.seats},
          {"utilisation", real(i.utilisation)},
          {"entrants", c.entrants},
          {"entry_seats", c.entry_seats},
          {"planned_intake", c.planned_intake},
          {"entitled", c.entitled},
          {"turned_away", c.turned_away},
          {"came", without_dust(c.came)},
          {"left", without_dust(c.left)},
          {"returned", without_dust(c.returned)},
          {"applied", without_dust(c.applied)},
          {"cutoff", {{"tier", tier_name(c.cutoff_tier)}, {"share", c.cutoff_share}}},
          {"classes", i.classes},
          {"class_size", real(i.class_size)},
          {"large_classes", i.large},
          {"very_large_classes", i.very_large},
          {"travel_mean_min", real(i.travel_mean_min)},
          {"warning", i.warning == 2   ? "red"
                      : i.warning == 1 ? "yellow"
                                       : "none"},
          {"class_band",
           i.classes > 0 ? Json(kBandNames[static_cast<std::size_t>(i.band)]) : Json(nullptr)},
          {"quality", c.quality},
          {"figures", figures}};
}

Json stage_json(const RunReport& report, const Overview& overview, std::size_t year, StageId id) {
  const Place& place = report.place;
  const StageYear& run = report.run.years[year].stages[id];
  const StageIndicators& s = report.indicators[year].stages[id];
  Json campuses = Json::array();
  for (CampusId c : place.campuses.ids())
    if (run.campuses[c].open)
      campuses.push_back(campus_json(place, c, run.campuses[c], s.campuses[c],
                                     campus_figures_json(overview, year, id, c)));
  return {{"stage", place.stages[id].code},
          {"name", named(place.stages[id].name)},
          {"pupils", s.pupils},
          {"placed", s.placed},
          {"unplaced", s.unplaced},
          {"moved", without_dust(run.moved)},
          {"returned", without_dust(run.returned)},
          {"seats", s.seats},
          {"utilisation", real(s.utilisation)},
          {"pupils_over_seats", s.over_seats},
          {"campuses_over_seats", s.campuses_over},
          {"classes", s.classes},
          {"classes_by_band", class_bands(s)},
          {"large_classes", s.large},
          {"very_large_classes", s.very_large},
          {"travel",
           {{"mean_min", real(s.travel_mean_min)},
            {"median_min", real(s.travel_median_min)},
            {"p90_min", real(s.travel_p90_min)},
            {"mean_m", real(s.travel_mean_m)},
            {"median_m", real(s.travel_median_m)},
            {"p90_m", real(s.travel_p90_m)},
            {"share_over_service_radius", real(s.share_over_radius)},
            {"share_over_1km", real(s.share_over_1km)},
            {"share_over_30min", real(s.share_over_30min)}}},
          {"own_catchment_share", real(s.own_catchment_share)},
          {"balance_coefficient", real(s.balance)},
          {"figures", stage_figures_json(report, overview, year, id)},
          {"admission_rounds", run.rounds},
          {"admission_converged", run.converged},
          {"campuses", campuses}};
}

/// A value as it stands so many spaces deep in another.
std::string indented(const Json& value, std::size_t spaces) {
  std::string out(spaces, ' ');
  for (char c : value.dump(2)) {
    out += c;
    if (c == '\n') out.append(spaces, ' ');
  }
  return out;
}

/// The list of years, a stage at a time: of a province, all at once would be gigabytes.
void put_years(const RunReport& report, const std::function<void(std::string_view)>& put) {
  std::shared_ptr<const Overview> overview = overview_for(report);
  put("[");
  for (std::size_t y = 0; y < report.run.years.size(); ++y) {
    put(fmt::format("{}\n    {{\n      \"year\": {},\n      \"stages\": [", y > 0 ? "," : "",
                    report.run.years[y].year));
    for (StageId s : report.place.stages.ids())
      put((s.index > 0 ? ",\n" : "\n") + indented(stage_json(report, *overview, y, s), 8));
    put("\n      ]\n    }");
  }
  put("\n  ]");
}

Json findings_json(const Diagnostics& findings) {
  Json out = Json::array();
  for (const Diagnostic& d : findings.items())
    if (d.severity != Severity::Info)
      out.push_back({{"severity", severity_name(d.severity)},
                     {"code", d.code},
                     {"where", d.at.text()},
                     {"message", d.message},
                     {"hint", d.hint}});
  return out;
}

Json place_json(const Place& place) {
  return {{"code", place.code},
          {"name", named(place.name)},
          {"base_year", place.base_year},
          {"origin", origin_name(place.origin)},
          {"origin_note", {{"zh", place.origin_note_zh}, {"en", place.origin_note_en}}},
          {"rule", rule_name(place.policy.rule)}};
}

Json scenario_json(const RunReport& report) {
  Json edits = Json::array();
  for (const Edit& e : report.scenario.edits)
    edits.push_back({{"zh", describe(e, true)}, {"en", describe(e, false)}});
  Json out{{"code", report.scenario.code}, {"name", named(report.scenario.name)}, {"edits", edits}};
  if (report.cost) out["cost"] = cost_json(report);
  return out;
}

Json observed_json(const RunReport& report) {
  Json out = Json::array();
  for (const ObservedRow& row : observed_rows(report.place, report.run))
    out.push_back({{"label", row.label},
                   {"year", row.year},
                   {"campus", report.place.campuses[row.campus].code},
                   {"observed", row.observed},
                   {"modelled", row.modelled},
                   {"error", row.modelled - row.observed}});
  return out;
}

}  // namespace

std::string provenance_json(const RunReport& report) { return provenance(report).dump(2); }

void put_summary(const RunReport& report, const std::function<void(std::string_view)>& put) {
  DOORSTEP_ASSERT(!report.run.years.empty() && !report.place.stages.empty());
  const Json json{{"format", 1},
                  {"publication", kNotForPublication},
                  {"place", place_json(report.place)},
                  {"scenario", scenario_json(report)},
                  {"checks", {{"conservation_error", report.run.conservation_error}}},
                  {"provenance", provenance(report)},
                  {"findings", findings_json(report.findings)},
                  {"observed", observed_json(report)}};
  const std::string head = json.dump(2);
  put(std::string_view(head).substr(0, head.size() - 2));  // without "\n}"
  put(",\n  \"years\": ");
  put_years(report, put);
  put("\n}\n");
}

std::string summary_json(const RunReport& report) {
  std::string out;
  put_summary(report, [&](std::string_view text) { out += text; });
  return out;
}

std::vector<ObservedRow> observed_rows(const Place& place, const RunResult& run) {
  std::vector<ObservedRow> out;
  for (const Observation& seen : place.observations)
    for (const YearResult& year : run.years) {
      if (year.year != seen.year) continue;
      for (const auto& [campus, pupils] : seen.pupils)
        out.push_back({seen.label, seen.year, campus, pupils,
                       year.stages[seen.stage].campuses[campus].entrants});
    }
  return out;
}

namespace {

Json pair(double x, double y) {
  return Json{{"a", real(x)}, {"b", real(y)}, {"change", real(without_dust(y - x))}};
}

Json compared_campuses(const RunReport& a, const RunReport& b, const StageComparison& c) {
  auto name_or_null = [](const Name& name) {
    return name.zh.empty() && name.en.empty() ? Json(nullptr) : named(name);
  };
  Json rows = Json::array();
  for (const auto& row : c.rows) {
    const CampusOfCode names = campus_of_code(a, b, row.campus);
    rows.push_back({{"campus", row.campus},
                    {"name_a", name_or_null(names.in_a)},
                    {"name_b", name_or_null(names.in_b)},
                    {"same_campus", names.same},
                    {"pupils", pair(row.pupils_a, row.pupils_b)},
                    {"seats", pair(row.seats_a, row.seats_b)}});
  }
  return rows;
}

Json compared_stage(const RunReport& a, const RunReport& b, const Overview& oa, const Overview& ob,
                    std::size_t ya, std::size_t yb, StageId s) {
  const StageIndicators& ia = a.indicators[ya].stages[s];
  const StageIndicators& ib = b.indicators[yb].stages[s];
  StageComparison c = compare_stage(a.place, a.travel, a.run.years[ya].stages[s], b.place, b.travel,
                                    b.run.years[yb].stages[s]);
  const Disruption d = disruption_of(a, b, ya, yb, s);
  const StageFigures& fa = oa.years[ya][s];
  const StageFigures& fb = ob.years[yb][s];
  auto ground = [&](double TerritoryFigures::*member) {
    return pair(fa.territories.front().*member, fb.territories.front().*member);
  };
  const Year year = a.run.years[ya].year;
  const double cost =
      cost_until(b, a.place.stages[s].code, year) - cost_until(a, a.place.stages[s].code, year);
  return {{"stage", a.place.stages[s].code},
          {"pupils", pair(ia.pupils, ib.pupils)},
          {"unplaced", pair(ia.unplaced, ib.unplaced)},
          {"pupils_over_seats", pair(ia.over_seats, ib.over_seats)},
          {"campuses_over_seats", pair(ia.campuses_over, ib.campuses_over)},
          {"large_classes", pair(ia.large, ib.large)},
          {"travel_mean_m", pair(ia.travel_mean_m, ib.travel_mean_m)},
          {"travel_mean_min", pair(ia.travel_mean_min, ib.travel_mean_min)},
          {"share_over_1km", pair(ia.share_over_1km, ib.share_over_1km)},
          {"balance_coefficient", pair(ia.balance, ib.balance)},
          {"very_large_classes", pair(ia.very_large, ib.very_large)},
          {"travel_p90_min", pair(ia.travel_p90_min, ib.travel_p90_min)},
          {"share_over_30min", pair(ia.share_over_30min, ib.share_over_30min)},
          {"own_catchment_share", pair(ia.own_catchment_share, ib.own_catchment_share)},
          {"covered_share", ground(&TerritoryFigures::covered)},
          {"seats_within_reach", ground(&TerritoryFigures::access)},
          {"balance_by_campus", ground(&TerritoryFigures::balance)},
          {"balance_by_legal_person", ground(&TerritoryFigures::balance_by_person)},
          {"migrants_in_public_share", ground(&TerritoryFigures::migrant_share_public)},
          {"dissimilarity", ground(&TerritoryFigures::dissimilarity)},
          {"group_coverage_pupils", pair(fa.coverage.pupils, fb.coverage.pupils)},
          {"mean_quality", pair(d.quality_a, d.quality_b)},
          {"seats", pair(ia.seats, ib.seats)},
          {"cost", cost},
          {"cost_per_seat_gained",
           cost > 0 && d.seats_gained > 0 ? Json(cost / d.seats_gained) : Json(nullptr)},
          {"changed_mid_course", pair(d.mid_course_a, d.mid_course_b)},
          {"siblings_split", d.siblings_split},
          {"farther_beyond_limit", d.farther_beyond_limit},
          {"must_move", c.must_move},
          {"nearer", c.nearer},
          {"farther", c.farther},
          {"campuses", compared_campuses(a, b, c)}};
}

}  // namespace

std::string comparison_json(const RunReport& a, const RunReport& b) {
  std::shared_ptr<const Overview> oa = overview_for(a), ob = overview_for(b);
  Json years = Json::array();
  for (auto [ya, yb] : common_years(a, b)) {
    Json stages = Json::array();
    for (StageId s : a.place.stages.ids())
      stages.push_back(compared_stage(a, b, *oa, *ob, ya, yb, s));
    years.push_back({{"year", a.run.years[ya].year}, {"stages", stages}});
  }
  Json json{
      {"format", 1},
      {"place", place_json(a.place)},
      {"a", scenario_json(a)},
      {"b", scenario_json(b)},
      {"checks",
       {{"conservation_error", std::max(a.run.conservation_error, b.run.conservation_error)}}},
      {"provenance", provenance(b)},
      {"closures", closures_json(a, closures_of(a, b))},
      {"years", years}};
  return json.dump(2) + "\n";
}

}  // namespace doorstep::io
