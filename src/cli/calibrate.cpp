// doorstep calibrate PLACE: fits the coefficients of choice to the observed rounds of a place.

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "cli/command.h"
#include "session/calibrate/calibrate.h"

namespace doorstep::cli {
namespace {

using session::Calibration;
using session::FittedNumber;
using session::RoundError;

struct CalibrateGiven {
  std::string place, out;
  session::CalibrateOptions options;
  bool json = false, totals = false;
};

nlohmann::ordered_json number(double v) {
  return std::isnan(v) ? nlohmann::ordered_json() : nlohmann::ordered_json(v);
}

nlohmann::ordered_json as_json(const Calibration& c, const Place& place) {
  nlohmann::ordered_json out{{"place", place.code},
                             {"converged", c.fit.converged},
                             {"rounds_of_search", c.fit.rounds},
                             {"log_likelihood_before", c.fit.log_likelihood_before},
                             {"log_likelihood", c.fit.log_likelihood},
                             {"dispersion", c.fit.dispersion},
                             {"numbers", nlohmann::ordered_json::array()},
                             {"rounds", nlohmann::ordered_json::array()},
                             {"entangled", nlohmann::ordered_json::array()},
                             {"unseen", c.fit.unseen}};
  for (const FittedNumber& n : c.fit.numbers)
    out["numbers"].push_back({{"name", n.name},
                              {"value", n.value},
                              {"standard_error", number(n.standard_error)},
                              {"at_bound", n.at_bound}});
  for (const RoundError& r : c.rounds)
    out["rounds"].push_back({{"label", r.label},
                             {"held_out", r.held_out},
                             {"before", number(r.before)},
                             {"after", number(r.after)},
                             {"last_year", number(r.last_year)},
                             {"nearest", number(r.nearest)},
                             {"catchment", number(r.catchment)},
                             {"catchment_shifted", number(r.catchment_shifted)},
                             {"demand", number(r.split.demand)},
                             {"capacity", number(r.split.capacity)},
                             {"choice", number(r.split.choice)}});
  for (const auto& e : c.fit.entangled)
    out["entangled"].push_back(
        {{"one", e.one}, {"other", e.other}, {"correlation", e.correlation}});
  return out;
}

std::string per_cent(double v) { return std::isnan(v) ? "-" : fmt::format("{:.1f} %", 100 * v); }

void print_readable(const Calibration& c) {
  TextTable numbers({"fitted", "value", "standard error"});
  for (const FittedNumber& n : c.fit.numbers)
    numbers.row({n.name, fmt::format("{:.4g}{}", n.value, n.at_bound ? " (at its bound)" : ""),
                 std::isnan(n.standard_error) ? "-" : fmt::format("{:.3g}", n.standard_error)});
  TextTable rounds({"round", "", "fitted", "as it was", "last year", "nearest", "catchment",
                    "catchment + last year's difference"});
  for (const RoundError& r : c.rounds)
    rounds.row({r.label, r.held_out ? "held out" : "fitted to", per_cent(r.after),
                per_cent(r.before), per_cent(r.last_year), per_cent(r.nearest),
                per_cent(r.catchment), per_cent(r.catchment_shifted)});
  TextTable split({"fitted error", "all", "demand", "capacity", "choice"});
  for (const RoundError& r : c.rounds)
    split.row({r.label, per_cent(r.after), per_cent(r.split.demand), per_cent(r.split.capacity),
               per_cent(r.split.choice)});
  fmt::print(
      "{}\nlog-likelihood {:.2f} -> {:.2f} in {} rounds{}; dispersion {:.1f}\n\n"
      "errors: sum of |predicted - seen| over schools / pupils seen\n{}\n"
      "what the fitted error is made of (docs/hearing.md)\n{}",
      numbers.text(), c.fit.log_likelihood_before, c.fit.log_likelihood, c.fit.rounds,
      c.fit.converged ? "" : " (not converged)", c.fit.dispersion, rounds.text(), split.text());
  for (const auto& e : c.fit.entangled)
    fmt::print("the data cannot tell {} and {} apart (correlation {:.2f})\n", e.one, e.other,
               e.correlation);
  for (const std::string& name : c.fit.unseen) fmt::print("the data say nothing of {}\n", name);
}

/// The place without what its rounds tell of where the children live.
std::shared_ptr<const session::OpenPlace> with_totals_alone(const session::OpenPlace& opened) {
  auto plain = std::make_shared<session::OpenPlace>(opened);
  for (Observation& o : plain->place.observations) o.flows.clear();
  return plain;
}

void run_calibration(const CalibrateGiven& given) {
  TerminalProgress terminal;
  auto opened = open_for_run(given.place, terminal.progress());
  if (given.totals) opened = with_totals_alone(*opened);
  Calibration c = session::calibrate(opened, given.options, terminal.progress());
  if (!given.out.empty()) write_file(given.out, session::calibration_toml(c, opened->place));
  if (given.json) {
    fmt::print("{}\n", as_json(c, opened->place).dump(2));
    return;
  }
  print_readable(c);
  if (!given.out.empty()) fmt::print("\nwritten to {}\n", given.out);
}

}  // namespace

void add_calibrate(Commands commands) {
  auto given = std::make_shared<CalibrateGiven>();
  CLI::App* app = commands.app.add_subcommand(
      "calibrate", "Fit the coefficients of choice to observed rounds, and back-test them");
  app->footer(
      "Example:\n"
      "  doorstep calibrate maps/brighton --hold-out 2024/25 -o brighton.toml\n"
      "The place needs [[observed]]; what is written goes into its [coefficients].");
  app->add_option("place", given->place, "Place folder or place.toml")->required();
  app->add_option("--free", given->options.free,
                  "Coefficients to fit, with commas (choice.a_quality,choice.b_distance)")
      ->delimiter(',');
  app->add_flag("--campuses", given->options.campuses, "Also a pull of its own for each campus");
  app->add_option("--campus-spread", given->options.campus_spread,
                  "Standard deviation of those pulls around 0, in utility (1, assumed)")
      ->check(between(0.01, 100.0));
  app->add_flag("--totals", given->totals,
                "Fit to the totals of schools, also where rounds tell where the children live");
  app->add_flag("--seats-as-taken", given->options.seats_as_taken,
                "Schools that fill up have the seats taken in the last fitted round");
  app->add_option("--odd-cases", given->options.odd_cases,
                  "Where flows are known, share of children who go to any school (0.01, assumed)")
      ->check(between(0.0, 0.5));
  app->add_option("--hold-out", given->options.hold_out,
                  "Labels of rounds to predict instead of fitting to, with commas")
      ->delimiter(',');
  app->add_option("-o,--out", given->out, "File for the fitted [coefficients]");
  app->add_flag("--json", given->json, "Everything as JSON");
  app->callback([given] { run_calibration(*given); });
}

}  // namespace doorstep::cli
