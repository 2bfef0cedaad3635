// doorstep ensemble PLACE [SCENARIO] [--against SCENARIO]: bands on every figure, which plan is
// better how often, and what matters.

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "io/config.h"
#include "io/results/results.h"
#include "session/ensemble/ensemble.h"

namespace doorstep::cli {
namespace {

using session::Band;
using session::Ensemble;
using session::FigureBand;

struct EnsembleGiven {
  std::string place, a, b, out;
  session::EnsembleOptions options;
  bool json = false;
};

const session::Figure& figure_of(std::size_t i) { return session::ensemble_figures()[i]; }

std::string cell(double v) { return std::isnan(v) ? std::string() : fmt::format("{}", v); }

std::string band_cells(const Band& b) {
  return fmt::format("{},{},{},{},{}", cell(b.p5), cell(b.p25), cell(b.p50), cell(b.p75),
                     cell(b.p95));
}

std::string bands_csv(const Ensemble& e, const Place& place) {
  std::string out =
      "stage,year,figure,unit,a_p5,a_p25,a_p50,a_p75,a_p95,b_p5,b_p25,b_p50,b_p75,b_p95,"
      "b_better,same\n";
  for (const FigureBand& f : e.figures) {
    const session::Figure& figure = figure_of(f.figure);
    out +=
        fmt::format("{},{},{},{},{},{},{},{}\n", io::csv_cell(place.stages[f.stage].code), f.year,
                    figure.name, figure.unit, band_cells(f.a), f.b ? band_cells(*f.b) : ",,,,",
                    f.b ? cell(f.b_better) : "", f.b ? cell(f.same) : "");
  }
  return out;
}

std::string grounds_csv(const Ensemble& e, const Place& place) {
  std::string out =
      "kind,code,stage,year,figure,a_p5,a_p25,a_p50,a_p75,a_p95,b_p5,b_p25,b_p50,b_p75,b_p95,"
      "b_better,same\n";
  for (const session::GroundBand& g : e.grounds)
    out += fmt::format("{},{},{},{},{},{},{},{},{}\n", g.kind, io::csv_cell(g.code),
                       io::csv_cell(place.stages[g.stage].code), g.year, g.figure, band_cells(g.a),
                       g.b ? band_cells(*g.b) : ",,,,", g.b ? cell(g.b_better) : "",
                       g.b ? cell(g.same) : "");
  return out;
}

std::string campuses_csv(const Ensemble& e, const Place& place) {
  std::string out =
      "campus,stage,year,enrolment_p5,enrolment_p25,enrolment_p50,enrolment_p75,enrolment_p95,"
      "over_seats_share\n";
  for (const session::CampusBand& c : e.campuses)
    out += fmt::format("{},{},{},{},{}\n", io::csv_cell(c.campus),
                       io::csv_cell(place.stages[c.stage].code), c.year, band_cells(c.enrolment),
                       cell(c.over_seats));
  return out;
}

std::string tornado_csv(const Ensemble& e, const Place& place) {
  std::string out = "stage,figure,input,low,value,high,at_low,at_value,at_high,mark,source\n";
  for (const session::TornadoBar& bar : e.tornado)
    for (const session::Uncertain& input : e.inputs)
      if (input.name == bar.input)
        out += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n",
                           io::csv_cell(place.stages[bar.stage].code), figure_of(bar.figure).name,
                           bar.input, input.range.low, input.range.value, input.range.high,
                           cell(bar.at_low), cell(bar.at_value), cell(bar.at_high),
                           io::csv_cell(input.range.mark), io::csv_cell(input.range.source));
  return out;
}

nlohmann::ordered_json number(double v) {
  return std::isnan(v) ? nlohmann::ordered_json() : nlohmann::ordered_json(v);
}

nlohmann::ordered_json json_of(const Band& b) {
  return {{"p5", number(b.p5)},
          {"p25", number(b.p25)},
          {"p50", number(b.p50)},
          {"p75", number(b.p75)},
          {"p95", number(b.p95)}};
}

std::string as_json(const Ensemble& e, const Place& place, const EnsembleGiven& given) {
  nlohmann::ordered_json out{{"place", place.code},
                             {"origin_note", place.origin_note_en},
                             {"draws", e.draws},
                             {"seed", given.options.seed}};
  for (const session::Uncertain& i : e.inputs)
    out["inputs"].push_back({{"name", i.name},
                             {"low", i.range.low},
                             {"value", i.range.value},
                             {"high", i.range.high},
                             {"mark", i.range.mark},
                             {"source", i.range.source}});
  for (const FigureBand& f : e.figures) {
    nlohmann::ordered_json one{{"stage", place.stages[f.stage].code},
                               {"year", f.year},
                               {"figure", figure_of(f.figure).name},
                               {"a", json_of(f.a)}};
    if (f.b) {
      one["b"] = json_of(*f.b);
      one["b_better"] = number(f.b_better);
      one["same"] = number(f.same);
    }
    out["figures"].push_back(std::move(one));
  }
  for (const session::GroundBand& g : e.grounds) {
    if (g.kind == "campus") continue;  // many: ground_bands.csv has them
    nlohmann::ordered_json one{
        {"kind", g.kind}, {"code", g.code},     {"stage", place.stages[g.stage].code},
        {"year", g.year}, {"figure", g.figure}, {"a", json_of(g.a)}};
    if (g.b) {
      one["b"] = json_of(*g.b);
      one["b_better"] = number(g.b_better);
      one["same"] = number(g.same);
    }
    out["grounds"].push_back(std::move(one));
  }
  for (const session::TornadoBar& bar : e.tornado)
    out["tornado"].push_back({{"stage", place.stages[bar.stage].code},
                              {"figure", figure_of(bar.figure).name},
                              {"input", bar.input},
                              {"at_low", number(bar.at_low)},
                              {"at_value", number(bar.at_value)},
                              {"at_high", number(bar.at_high)}});
  return out.dump(2) + "\n";
}

std::string shown(double v) {
  if (std::isnan(v)) return "-";
  return std::abs(v) < 10 ? fmt::format("{:.3f}", v) : grouped(v);
}

/// The last year of each stage: the band of A, the median of B, and how often B is better.
std::string readable(const Ensemble& e, const Place& place) {
  Year last = 0;
  for (const FigureBand& f : e.figures) last = std::max(last, f.year);
  bool two = !e.figures.empty() && e.figures.front().b.has_value();
  std::vector<std::string> header{"stage " + std::to_string(last), "figure", "5 %", "median",
                                  "95 %"};
  if (two) header.insert(header.end(), {"B median", "B better", "same"});
  TextTable table(header);
  for (const FigureBand& f : e.figures) {
    if (f.year != last) continue;
    std::vector<std::string> row{place.stages[f.stage].code, figure_of(f.figure).name,
                                 shown(f.a.p5), shown(f.a.p50), shown(f.a.p95)};
    if (two)
      row.insert(row.end(),
                 {shown(f.b->p50),
                  std::isnan(f.b_better) ? "-" : fmt::format("{:.0f} %", 100 * f.b_better),
                  std::isnan(f.same) ? "-" : fmt::format("{:.0f} %", 100 * f.same)});
    table.row(std::move(row));
  }
  return table.text();
}

/// The three widest bars of the pupils beyond seats of each stage.
std::string what_matters(const Ensemble& e, const Place& place) {
  TextTable table({"stage", "what moves over_seats most", "at low", "as it stands", "at high"});
  std::vector<int> taken(place.stages.size(), 0);
  for (const session::TornadoBar& bar : e.tornado) {
    if (figure_of(bar.figure).name != "over_seats" || ++taken[bar.stage.index] > 3) continue;
    table.row({place.stages[bar.stage].code, bar.input, shown(bar.at_low), shown(bar.at_value),
               shown(bar.at_high)});
  }
  return table.text();
}

void run_and_report(const EnsembleGiven& given) {
  TerminalProgress terminal;
  auto opened = open_for_run(given.place, terminal.progress());
  Scenario a = scenario_for(*opened, given.a);
  std::optional<Scenario> b;
  if (!given.b.empty()) b = scenario_for(*opened, given.b);
  std::optional<OutputFolder> out;
  if (!given.out.empty()) out.emplace(given.out);
  Ensemble e = session::run_ensemble(opened, a, b ? &*b : nullptr, io::load_ensemble_ranges(),
                                     given.options, terminal.progress());
  if (out) {
    write_file(out->file("bands.csv"), bands_csv(e, opened->place));
    write_file(out->file("campus_bands.csv"), campuses_csv(e, opened->place));
    if (!e.grounds.empty())
      write_file(out->file("ground_bands.csv"), grounds_csv(e, opened->place));
    write_file(out->file("tornado.csv"), tornado_csv(e, opened->place));
    write_file(out->file("ensemble.json"), as_json(e, opened->place, given));
    out->commit();
  }
  if (given.json) {
    fmt::print("{}", as_json(e, opened->place, given));
    return;
  }
  if (!opened->place.origin_note_en.empty())
    fmt::print("{}\n", printable(opened->place.origin_note_en));
  if (const std::string& ways = opened->place.travel.note.in_english(); !ways.empty())
    fmt::print("ways: {}\n", printable(ways));
  fmt::print("{} draws over {} inputs; A: {}{}\n\n{}\n{}", e.draws, e.inputs.size(),
             a.name.in_english(), b ? "; B: " + b->name.in_english() : "",
             readable(e, opened->place), what_matters(e, opened->place));
  if (out) fmt::print("\nwritten to {}\n", given.out);
}

}  // namespace

void add_ensemble(Commands commands) {
  auto given = std::make_shared<EnsembleGiven>();
  CLI::App* app = commands.app.add_subcommand(
      "ensemble",
      "Many runs with drawn births, coefficients and housing: bands, odds, what matters");
  app->footer(
      "Examples:\n"
      "  doorstep ensemble maps/bincheng --draws 50 --years 5\n"
      "  doorstep ensemble maps/bincheng baseline --against scenarios/bincheng-branch -o out\n"
      "Both plans see the same draws; ranges are those of config/ and the place.");
  app->add_option("place", given->place, "Place folder or place.toml")->required();
  app->add_option("scenario", given->a, "Plan A, or \"baseline\" (which it is if left out)");
  app->add_option("--against", given->b, "Plan B: how often is it better than A");
  app->add_option("--draws", given->options.draws, "How many draws (100)")
      ->check(CLI::Range(1, 100000));
  app->add_option("--seed", given->options.seed, "Seed of the draws (1)")->check(whole_number());
  app->add_option("--years", given->options.years, "Years after the first")
      ->check(CLI::Range(0, 60));
  app->add_option("--threads", given->options.threads, "Threads; 0: as many as there are cores")
      ->check(CLI::Range(0, 256));
  app->add_option("-o,--out", given->out,
                  "Folder for bands.csv, campus_bands.csv, ground_bands.csv (place, towns, "
                  "groups, campuses), "
                  "tornado.csv, ensemble.json");
  app->add_flag("--json", given->json, "Print ensemble.json instead of the tables");
  app->callback([given] {
    if (given->a == "baseline") given->a.clear();
    run_and_report(*given);
  });
}

}  // namespace doorstep::cli
