#include "session/calibrate/calibrate.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "base/error.h"

using namespace doorstep;
using namespace doorstep::session;
using Catch::Matchers::WithinAbs;

namespace {

double logistic(double v) { return 1.0 / (1.0 + std::exp(-v)); }

Fit fit(const std::vector<CountRound>& seen, const std::vector<FreeNumber>& free,
        const Model& model) {
  Progress progress;
  return fit_to_counts(seen, free, model, progress);
}

std::shared_ptr<const OpenPlace> town() {
  static std::shared_ptr<const OpenPlace> opened = [] {
    Progress progress;
    return open_place(DOORSTEP_TOWN, progress);
  }();
  return opened;
}

/// The town with what its own model predicts under given coefficients as observed rounds.
std::shared_ptr<const OpenPlace> town_seen_under(double quality, double distance) {
  auto seen = std::make_shared<OpenPlace>(*town());
  seen->place.policy.rule = Rule::Choice;
  Coefficients truth = seen->coefficients;
  for (auto [name, value] :
       {std::pair{"choice.a_quality", quality}, std::pair{"choice.b_distance", distance}}) {
    Coefficient c = truth.items().at(name);
    c.value = value;
    truth.set(name, c);
  }
  RunOptions options;
  options.years = 2;
  Progress progress;
  RunResult run = simulate(seen->place, seen->travel, truth, seen->forms, options, progress);
  seen->place.observations.clear();
  for (const YearResult& year : run.years) {
    Observation o{std::to_string(year.year), year.year, StageId(0), {}};
    for (auto c : seen->place.campuses.ids())
      if (year.stages[StageId(0)].campuses[c].open)
        o.pupils.emplace_back(c, year.stages[StageId(0)].campuses[c].entrants);
    seen->place.observations.push_back(std::move(o));
  }
  return seen;
}

}  // namespace

TEST_CASE("one number of a logit is the log of the odds, its error the binomial one") {
  Fit f = fit({{"r", {30, 10}}}, {{"theta", 0, -5, 5}}, [](const std::vector<double>& n) {
    return Predicted{{logistic(n[0]), 1 - logistic(n[0])}};
  });
  CHECK(f.converged);
  CHECK_THAT(f.numbers[0].value, WithinAbs(std::log(3.0), 1e-5));
  // 1 / √(40 · 3/4 · 1/4)
  CHECK_THAT(f.numbers[0].standard_error, WithinAbs(0.365148, 1e-4));
  CHECK_THAT(f.log_likelihood, WithinAbs(30 * std::log(0.75) + 10 * std::log(0.25), 1e-6));
}

TEST_CASE("two numbers that only act together are said to be so") {
  Fit f =
      fit({{"r", {30, 10}}}, {{"a", 0, -5, 5}, {"b", 0, -5, 5}}, [](const std::vector<double>& n) {
        return Predicted{{logistic(n[0] + n[1]), 1 - logistic(n[0] + n[1])}};
      });
  CHECK_THAT(f.numbers[0].value + f.numbers[1].value, WithinAbs(std::log(3.0), 1e-4));
  REQUIRE(f.entangled.size() == 1);
  CHECK(f.entangled[0].one == "a");
  CHECK(std::isnan(f.numbers[0].standard_error));
}

TEST_CASE("a number that moves nothing is reported, and one at its bound") {
  Fit f = fit({{"r", {30, 10}}}, {{"idle", 0, -5, 5}, {"short", 0, -1, 0.5}},
              [](const std::vector<double>& n) {
                return Predicted{{logistic(n[1]), 1 - logistic(n[1])}};
              });
  CHECK(f.unseen == std::vector<std::string>{"idle"});
  CHECK(std::isnan(f.numbers[0].standard_error));
  CHECK(f.numbers[1].at_bound);
  CHECK_THAT(f.numbers[1].value, WithinAbs(0.5, 1e-9));
}

TEST_CASE("where no number moves anything, nothing is claimed") {
  Fit f = fit({{"r", {30, 10}}}, {{"idle", 1, 0, 2}}, [](const std::vector<double>&) {
    return Predicted{{0.75, 0.25}};
  });
  CHECK(f.unseen == std::vector<std::string>{"idle"});
  CHECK(f.numbers[0].value == 1.0);
  CHECK(f.entangled.empty());
}

TEST_CASE("counts that scatter more than a multinomial widen the errors") {
  auto constant = [](const std::vector<double>& n) {
    Predicted p(3, {logistic(n[0]), 1 - logistic(n[0])});
    return p;
  };
  Fit f =
      fit({{"a", {80, 20}}, {"b", {50, 50}}, {"c", {20, 80}}}, {{"theta", 0.3, -5, 5}}, constant);
  CHECK_THAT(f.numbers[0].value, WithinAbs(0.0, 1e-4));
  // χ² = 2 · (30² / 50 · 2) = 72 over 3 · 1 − 1 = 2 degrees of freedom
  CHECK_THAT(f.dispersion, WithinAbs(36.0, 1e-3));
  CHECK_THAT(f.numbers[0].standard_error, WithinAbs(6.0 / std::sqrt(300 * 0.25), 1e-3));
}

TEST_CASE("a model that sends nobody where pupils were seen is refused") {
  CHECK_THROWS_AS(fit({{"r", {1, 1}}}, {{"x", 0, 0, 1}},
                      [](const std::vector<double>&) {
                        return Predicted{{1.0, 0.0}};
                      }),
                  Error);
}

TEST_CASE("coefficients that made the rounds are found again") {
  auto seen = town_seen_under(1.5, 1.4);
  Progress progress;
  CalibrateOptions options;
  options.free = {"choice.b_distance"};
  Calibration c = calibrate(town_seen_under(1.0, 1.4), options, progress);
  CHECK_THAT(c.coefficients.value("choice.b_distance"), WithinAbs(1.4, 1e-2));
  for (const RoundError& r : c.rounds) {
    CHECK(r.after < 1e-3);
    CHECK(r.after <= r.before + 1e-12);
  }
  CHECK(c.coefficients.items().at("choice.b_distance").mark == "D");
}

TEST_CASE("a round held out is predicted, not fitted to") {
  auto seen = town_seen_under(1.0, 1.4);
  Progress progress;
  CalibrateOptions options;
  options.free = {"choice.b_distance"};
  options.hold_out = {seen->place.observations[1].label};
  Calibration c = calibrate(seen, options, progress);
  REQUIRE(c.rounds.size() == 3);
  CHECK(c.rounds[1].held_out);
  CHECK_FALSE(c.rounds[0].held_out);
  CHECK(c.rounds[1].after < 0.01);
  CHECK_FALSE(std::isnan(c.rounds.back().last_year));
  CHECK(std::isnan(c.rounds.front().last_year));
}

TEST_CASE("calibration refuses what it cannot do") {
  Progress progress;
  auto seen = town_seen_under(1.0, 1.4);
  CalibrateOptions options;
  options.hold_out = {"1066/67"};
  CHECK_THROWS_AS(calibrate(seen, options, progress), Error);
  options.hold_out.clear();
  options.free = {"choice.beauty"};
  CHECK_THROWS_AS(calibrate(seen, options, progress), Error);
  auto blind = std::make_shared<OpenPlace>(*seen);
  blind->place.observations.clear();
  CHECK_THROWS_AS(calibrate(blind, {}, progress), Error);
}

namespace {

/// The town without its group, seen by catchment and campus under a pull of the own catchment.
std::shared_ptr<const OpenPlace> town_seen_by_catchment(double own_catchment) {
  auto seen = std::make_shared<OpenPlace>(*town());
  seen->place.policy.rule = Rule::Choice;
  seen->place.groups = {};
  Coefficients truth = seen->coefficients;
  Coefficient c = truth.items().at("choice.group_bonus");
  c.value = own_catchment;
  truth.set("choice.group_bonus", c);
  RunOptions options;
  options.years = 0;
  Progress progress;
  RunResult run = simulate(seen->place, seen->travel, truth, seen->forms, options, progress);
  const StageYear& year = run.years[0].stages[StageId(0)];
  Observation o{"seen", run.years[0].year, StageId(0), {}, {}};
  for (auto campus : seen->place.campuses.ids())
    if (year.campuses[campus].open) o.pupils.emplace_back(campus, year.campuses[campus].entrants);
  auto of = catchment_of_homes(seen->place, StageId(0), o.year);
  for (const PupilFlow& f : year.first_grade) o.flows.push_back({of[f.home], f.campus, f.pupils});
  seen->place.observations = {o};
  return seen;
}

}  // namespace

TEST_CASE("flows by catchment tell how strongly families hold to their own") {
  auto seen = town_seen_by_catchment(0.8);
  CalibrateOptions options;
  options.free = {"choice.group_bonus"};
  options.odd_cases = 0.0;
  Progress progress;
  Calibration c = calibrate(seen, options, progress);
  CHECK_THAT(c.fit.numbers[0].value, WithinAbs(0.8, 1e-3));
  CHECK_FALSE(std::isnan(c.fit.numbers[0].standard_error));
  CHECK_THAT(c.rounds[0].after, WithinAbs(0.0, 1e-3));
}

TEST_CASE("demand, capacity and choice make up the error; more of all children is no choice") {
  // A round like the model's own with a twentieth more children everywhere: first they are missing,
  // then their seats.
  auto seen = std::make_shared<OpenPlace>(*town_seen_by_catchment(0.3));
  Observation& o = seen->place.observations[0];
  for (auto& [campus, pupils] : o.pupils) pupils *= 1.05;
  for (Observation::Flow& f : o.flows) f.pupils *= 1.05;
  CalibrateOptions options;
  options.free = {"choice.group_bonus"};
  Progress progress;
  const RoundError e = calibrate(seen, options, progress).rounds[0];
  CHECK_THAT(e.split.demand + e.split.capacity + e.split.choice, WithinAbs(e.after, 1e-12));
  CHECK(e.split.demand + e.split.capacity > 0.9 * e.after);
}
