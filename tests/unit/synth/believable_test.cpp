// Synthetic towns must look like towns: one of 100,000 people, and the map of Bincheng. Each range
// stands with where it comes from; docs/synth.md repeats them.

#include <catch2/catch.hpp>

#include "first_autumn.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// Made once: writing, reading and routing it for every check would only take time.
const FirstAutumn& small_town() {
  static const FirstAutumn made(plan_from(town_of_100000()));
  return made;
}
const FirstAutumn& bincheng() {
  static const FirstAutumn made([] {
    Progress progress;
    return synth::make_plan(synth::read_recipe(DOORSTEP_TREE "/maps/bincheng"), progress);
  }());
  return made;
}

void check_range(double value, double least, double most) {
  CHECK(value >= least);
  CHECK(value <= most);
}

}  // namespace

TEST_CASE("the ordinary loader finds nothing to warn of in a synthetic town") {
  for (const FirstAutumn* town : {&small_town(), &bincheng()})
    for (const Diagnostic& d : town->place.findings.items()) {
      INFO(d.at.text() << ": " << d.message);
      CHECK(d.severity == Severity::Info);
    }
}

TEST_CASE("every pupil of a synthetic town has a seat, and none is lost") {
  for (const FirstAutumn* town : {&small_town(), &bincheng()}) {
    CHECK(town->run.conservation_error < 1e-9);
    for (const StageYear& autumn : town->run.years.front().stages)
      CHECK(autumn.unplaced < 1e-6 * autumn.pupils);
  }
}

// 500 m: service radius of primary schools (GB 50180-2018), at best the median of a compact town.
// 1,500 m: where trips to primary school thin out in Shenyang (config/choice.toml, kappa_km).
TEST_CASE("the median walk to primary school lies between 500 and 1,500 m") {
  for (const FirstAutumn* town : {&small_town(), &bincheng()})
    check_range(town->median_walk_m("primary"), 500.0, 1500.0);
}

// 300 m and 1,000 m: service radii of kindergartens and junior schools (GB 50180-2018, GB
// 50099-2011), at best the medians; at most three times as far, as for primary schools.
TEST_CASE("kindergartens lie nearer than primary schools, junior schools farther") {
  double kindergarten = bincheng().median_walk_m("kindergarten");
  double junior = bincheng().median_walk_m("junior");
  check_range(kindergarten, 300.0, 900.0);
  check_range(junior, 1000.0, 3000.0);
  CHECK(kindergarten < bincheng().median_walk_m("primary"));
  CHECK(junior > bincheng().median_walk_m("primary"));
}

// In classes of 45 planned (GB 50099-2011): 36 is the least of a normal class, 0.80 of its seats;
// 56 begins the large class, 1.24. "Crowded towns, weak villages": the lower quartile lies below
// the normal class, the upper at or above full, and the middle between the two limits.
TEST_CASE("quartiles of utilisation tell crowded towns from emptying villages") {
  for (const FirstAutumn* town : {&small_town(), &bincheng()}) {
    std::vector<double> utilisation = town->utilisation("primary");
    check_range(quantile(utilisation, 0.25), 0.35, 0.80);
    check_range(quantile(utilisation, 0.50), 0.55, 1.10);
    check_range(quantile(utilisation, 0.75), 0.90, 1.40);
  }
}

// The same limits in classes of 50 planned (GB 50099-2011): 36 is 0.72, 56 is 1.12; and of 30 in
// a kindergarten (GB 50099-2011 puts the middle year at 30, the years beside it at 25 and 35).
TEST_CASE("kindergartens and junior schools are crowded in town and half empty outside, too") {
  for (const char* stage : {"kindergarten", "junior"}) {
    std::vector<double> utilisation = bincheng().utilisation(stage);
    check_range(quantile(utilisation, 0.25), 0.35, 0.83);
    check_range(quantile(utilisation, 0.50), 0.55, 1.12);
    check_range(quantile(utilisation, 0.75), 0.90, 1.40);
  }
}

TEST_CASE("a campus with more than twice its seats, or a tenth of them, is not believable") {
  for (const FirstAutumn* town : {&small_town(), &bincheng()})
    for (const synth::StageRecipe& stage : town->plan.recipe.stages) {
      std::vector<double> utilisation = town->utilisation(stage.code.c_str());
      CHECK(utilisation.front() > 0.1);
      CHECK(utilisation.back() < 2.0);
    }
}

// Clark 1951, "Urban population densities", J. R. Stat. Soc. A 114: ln density falls in a straight
// line, by 0.1 to 0.8 a km over his cities; the form holds for a Chinese city over five censuses
// (Feng & Chen 2021, "Modeling urban growth and socio-spatial dynamics of Hangzhou", Sustainability
// 13(2) 463). The recipe asks for a slope; blocks are lumpy.
TEST_CASE("density falls from the centre as the recipe says") {
  for (const FirstAutumn* town : {&small_town(), &bincheng()}) {
    double slope = core_gradient(town->plan);
    CHECK(slope == Approx(1.0 / town->plan.recipe.density_scale_km).epsilon(0.25));
    check_range(slope, 0.1, 0.8);
  }
}
