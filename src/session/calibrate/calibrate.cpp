#include "session/calibrate/calibrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "session/calibrate/rounds.h"

namespace doorstep::session {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// The shares of the round before, times what this round placed in all.
std::vector<double> as_last_year(const Observation* before, const Observation& o) {
  if (!before) return {};
  double then = 0.0, now = 0.0;
  std::vector<double> out;
  for (const auto& [campus, pupils] : o.pupils) {
    double had = 0.0;
    for (const auto& [c, p] : before->pupils)
      if (c == campus) had = p;
    out.push_back(had);
    then += had;
    now += pupils;
  }
  for (double& v : out) v = then > 0 ? v * now / then : 0.0;
  return out;
}

/// By how much a search from elsewhere must be likelier to count. Units: log-likelihood.
constexpr double kLikelier = 0.01;

class Calibrator {
 public:
  Calibrator(const std::shared_ptr<const OpenPlace>& opened, const CalibrateOptions& options,
             Progress& progress)
      : opened_(*opened),
        options_(options),
        progress_(progress),
        rounds_(opened->place, options.odd_cases),
        runner_(*opened, rounds_.last_year()) {
    for (const std::string& label : options.hold_out)
      if (std::ranges::find(rounds_.all(), label, &Observation::label) == rounds_.all().end())
        throw Error(fmt::format("no observed round \"{}\"", label), "--hold-out",
                    "the labels of [[observed]] are " + rounds_.labels());
    for (const Observation* o : rounds_.all())
      if (!held_out(*o)) fitted_.push_back(o);
    if (fitted_.empty())
      throw Error("every round is held out", "--hold-out", "leave at least one to fit to");
  }

  Calibration run() {
    std::vector<FreeNumber> free = free_numbers();
    std::vector<CountRound> seen;
    for (const Observation* o : fitted_)
      for (CountRound& one : rounds_.counts(*o)) seen.push_back(std::move(one));
    if (!pulls_.empty()) seen.push_back(prior());
    Calibration out;
    // Seats first: a school that is full whatever its pull tells nothing of the pull.
    if (options_.seats_as_taken)
      out.seats_cut = runner_.take_seats_as_seen(*fitted_.back(), opened_.coefficients, {});
    auto model = [&](const std::vector<double>& numbers) { return predict(numbers); };
    out.fit = likeliest(seen, free, model);
    std::vector<double> best;
    for (const FittedNumber& n : out.fit.numbers) best.push_back(n.value);
    if (options_.seats_as_taken) {
      // The fit may fill others: once more from where it stands.
      out.seats_cut +=
          runner_.take_seats_as_seen(*fitted_.back(), coefficients_at(best), pulls_at(best));
      for (std::size_t i = 0; i < free.size(); ++i) free[i].start = best[i];
      out.fit = fit_to_counts(seen, free, model, progress_);
      best.clear();
      for (const FittedNumber& n : out.fit.numbers) best.push_back(n.value);
    }
    out.coefficients = coefficients_of(out.fit);
    out.pulls = pulls_at(best);
    out.rounds = errors(out);
    return out;
  }

 private:
  [[nodiscard]] bool held_out(const Observation& o) const {
    return std::ranges::find(options_.hold_out, o.label) != options_.hold_out.end();
  }

  /// Full schools tell nothing of what pulls towards them, so that a search may stand still where
  /// it begins. It is begun where the coefficients stand and at the corners of what is believed of
  /// them; the likeliest answer to the fitted rounds counts, of equals the first.
  Fit likeliest(const std::vector<CountRound>& seen, const std::vector<FreeNumber>& free,
                const Model& model) {
    constexpr std::size_t kMostCorners = 4;  // numbers that are taken to both ends together
    Fit best = fit_to_counts(seen, free, model, progress_);
    const double before = best.log_likelihood_before;
    const std::size_t ends = std::min(names_.size(), kMostCorners);
    for (std::size_t corner = 0; corner < std::size_t{1} << ends; ++corner) {
      std::vector<FreeNumber> from = free;
      for (std::size_t i = 0; i < ends; ++i) {
        const Coefficient& c = opened_.coefficients.items().at(names_[i]);
        from[i].start = (corner >> i & 1) != 0 ? c.high : c.low;
      }
      try {
        Fit fit = fit_to_counts(seen, from, model, progress_);
        if (fit.log_likelihood > best.log_likelihood + kLikelier) best = std::move(fit);
      } catch (const Error&) {  // nobody is predicted there where somebody was seen
      }
    }
    best.log_likelihood_before = before;
    return best;
  }

  std::vector<FreeNumber> free_numbers() {
    names_ = options_.free;
    if (names_.empty()) {
      names_ = {"choice.a_quality", "choice.b_distance"};
      if (!opened_.place.groups.empty() || !opened_.place.catchments.empty())
        names_.emplace_back("choice.group_bonus");
    }
    std::vector<FreeNumber> out;
    for (const std::string& name : names_) {
      if (!opened_.coefficients.has(name)) throw unknown(name);
      const Coefficient& c = opened_.coefficients.items().at(name);
      if (!(c.low < c.high))
        throw Error(name + " has no range to be fitted in", "--free",
                    "give it low and high in the place's [coefficients]");
      // Wider than what is believed: a value outside it is a finding, not a mistake of the search.
      double width = c.high - c.low;
      out.push_back({name, c.value, std::min(0.0, c.low), c.high + 2.0 * width});
    }
    if (!options_.campuses) return out;
    for (const auto& [campus, pupils] : fitted_.front()->pupils) {
      pulls_.push_back(opened_.place.campuses[campus].code);
      out.push_back({"pull of " + pulls_.back(), 0.0, -5.0, 5.0});
    }
    return out;
  }

  [[nodiscard]] Error unknown(const std::string& name) const {
    std::vector<std::string> known;
    for (const auto& [key, c] : opened_.coefficients.items())
      if (key.starts_with("choice.")) known.push_back(key);
    std::string near = closest(name, known);
    return Error(
        fmt::format("no coefficient \"{}\"", name), "--free",
        near.empty() ? "config/choice.toml lists them" : fmt::format("did you mean {}?", near));
  }

  [[nodiscard]] Coefficients coefficients_at(const std::vector<double>& numbers) const {
    Coefficients out = opened_.coefficients;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      Coefficient c = out.items().at(names_[i]);
      c.value = numbers[i];
      out.set(names_[i], c);
    }
    return out;
  }
  [[nodiscard]] std::vector<CampusPull> pulls_at(const std::vector<double>& numbers) const {
    std::vector<CampusPull> out;
    for (std::size_t i = 0; i < pulls_.size(); ++i)
      out.push_back({pulls_[i], numbers[names_.size() + i]});
    return out;
  }

  /// A round that draws the pulls to 0: n pupils over a pair of shares whose log-ratio is the pull
  /// have information n/4 about it, which is 1/spread² for n = 4/spread².
  [[nodiscard]] CountRound prior() const {
    double pupils = 4.0 / (options_.campus_spread * options_.campus_spread);
    return {"prior", std::vector<double>(2 * pulls_.size(), pupils / 2.0)};
  }

  Predicted predict(const std::vector<double>& numbers) {
    RunResult run = runner_.run(coefficients_at(numbers), pulls_at(numbers), Rule::Choice);
    Predicted out;
    for (const Observation* o : fitted_)
      for (std::vector<double>& one : rounds_.predicted(run, *o)) out.push_back(std::move(one));
    if (pulls_.empty()) return out;
    out.emplace_back();
    for (std::size_t i = 0; i < pulls_.size(); ++i) {
      double pull = numbers[names_.size() + i];
      out.back().push_back(1.0 / (1.0 + std::exp(-pull)));
      out.back().push_back(1.0 / (1.0 + std::exp(pull)));
    }
    return out;
  }

  [[nodiscard]] Coefficients coefficients_of(const Fit& fit) const {
    std::string fitted_to;
    for (const Observation* o : fitted_) fitted_to += (fitted_to.empty() ? "" : ", ") + o->label;
    Coefficients out;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const FittedNumber& n = fit.numbers[i];
      double reach = std::isnan(n.standard_error) ? 0.0 : 1.96 * n.standard_error;
      out.set(names_[i], {n.value, n.value - reach, n.value + reach,
                          fmt::format("fitted to {} of {} by doorstep calibrate, ± 1.96 standard "
                                      "errors",
                                      fitted_to, opened_.place.code),
                          "D"});
    }
    return out;
  }

  std::vector<RoundError> errors(const Calibration& c) {
    Coefficients fitted = opened_.coefficients;
    for (const auto& [name, coefficient] : c.coefficients.items()) fitted.set(name, coefficient);
    const Runner plain(opened_, rounds_.last_year());
    RunResult before = plain.run(opened_.coefficients, {}, Rule::Choice);
    RunResult after = runner_.run(fitted, c.pulls, Rule::Choice);
    RunResult nearest = plain.run(opened_.coefficients, {}, Rule::Nearest);
    RunResult catchment = plain.run(opened_.coefficients, {}, Rule::Catchment);
    std::vector<RoundError> out;
    const Observation* last = nullptr;
    for (const Observation* o : rounds_.all()) {
      RoundError e{o->label, held_out(*o)};
      e.before = error_of(Rounds::entrants(before, *o), *o);
      e.after = error_of(Rounds::entrants(after, *o), *o);
      e.nearest = error_of(Rounds::entrants(nearest, *o), *o);
      std::vector<double> by_catchment = Rounds::entrants(catchment, *o);
      e.catchment = error_of(by_catchment, *o);
      e.last_year = last ? error_of(as_last_year(last, *o), *o) : kNone;
      e.catchment_shifted =
          last ? error_of(shifted(by_catchment, Rounds::entrants(catchment, *last), *last), *o)
               : kNone;
      e.split = split_error(runner_, rounds_, *o, fitted, c.pulls);
      out.push_back(e);
      last = o;
    }
    return out;
  }

  /// By catchment, plus what each campus had beyond its catchment the round before.
  [[nodiscard]] static std::vector<double> shifted(std::vector<double> now,
                                                   const std::vector<double>& then,
                                                   const Observation& last) {
    for (std::size_t j = 0; j < now.size() && j < then.size(); ++j)
      now[j] = std::max(0.0, now[j] + last.pupils[j].second - then[j]);
    return now;
  }

  const OpenPlace& opened_;
  const CalibrateOptions& options_;
  Progress& progress_;
  Rounds rounds_;
  Runner runner_;
  std::vector<const Observation*> fitted_;
  std::vector<std::string> names_;
  std::vector<std::string> pulls_;
};

}  // namespace

Calibration calibrate(const std::shared_ptr<const OpenPlace>& opened,
                      const CalibrateOptions& options, Progress& progress) {
  opened->findings.throw_first_error();
  return Calibrator(opened, options, progress).run();
}

std::string calibration_toml(const Calibration& calibration, const Place& place) {
  std::string out =
      "# Fitted by doorstep calibrate for " + place.code + ". Paste into place.toml.\n\n";
  for (const auto& [name, c] : calibration.coefficients.items())
    out += fmt::format(
        "[coefficients.{}]\nvalue = {}\nlow = {}\nhigh = {}\nmark = \"{}\"\nsource = \"{}\"\n\n",
        name, c.value, c.low, c.high, c.mark, c.source);
  if (calibration.pulls.empty()) return out;
  out += "# Pull of each campus beyond its quality, for its [[campuses]]:\nbrand_of = {";
  for (std::size_t k = 0; k < calibration.pulls.size(); ++k)
    out += fmt::format("{} \"{}\" = {:.4f}", k > 0 ? "," : "", calibration.pulls[k].campus,
                       calibration.pulls[k].brand);
  out += " }\n";
  return out;
}

}  // namespace doorstep::session
