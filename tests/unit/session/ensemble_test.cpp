#include "session/ensemble/ensemble.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "io/config.h"
#include "io/results/columns.h"
#include "session/ensemble/draw.h"

using namespace doorstep;
using namespace doorstep::session;
using Catch::Matchers::WithinAbs;

namespace {

std::shared_ptr<const OpenPlace> town() {
  static std::shared_ptr<const OpenPlace> opened = [] {
    Progress progress;
    return open_place(DOORSTEP_TOWN, progress);
  }();
  return opened;
}

Scenario plan(std::vector<Edit> edits = {}) {
  Scenario scenario;
  scenario.code = "plan";
  scenario.years = 2;
  scenario.edits = std::move(edits);
  return scenario;
}

Ensemble ensemble(const Scenario& a, const Scenario* b, int draws, unsigned threads = 2) {
  Progress progress;
  EnsembleOptions options;
  options.draws = draws;
  options.threads = threads;
  return run_ensemble(town(), a, b, io::load_ensemble_ranges(), options, progress);
}

const FigureBand& last_of(const Ensemble& e, const std::string& figure) {
  const FigureBand* found = nullptr;
  for (const FigureBand& f : e.figures)
    if (f.stage == StageId(0) && ensemble_figures()[f.figure].name == figure) found = &f;
  REQUIRE(found != nullptr);
  return *found;
}

}  // namespace

TEST_CASE("the triangle puts its shares where the areas say") {
  Coefficient range{1.0, 0.0, 3.0, "test", "assumed"};
  // A third of the area lies left of the peak; half of that third below 1/sqrt(2).
  CHECK(triangular(range, 0.0) == 0.0);
  CHECK_THAT(triangular(range, 1.0 / 6), WithinAbs(std::sqrt(0.5), 1e-12));
  CHECK_THAT(triangular(range, 1.0 / 3), WithinAbs(1.0, 1e-12));
  CHECK(triangular(range, 1.0) == 3.0);
  CHECK(triangular({2.0, 2.0, 2.0, "test", "F"}, 0.7) == 2.0);
}

TEST_CASE("percentiles lie linearly between the values, those without a figure left out") {
  Band band = band_of({4.0, 1.0, std::numeric_limits<double>::quiet_NaN(), 2.0, 3.0, 5.0});
  CHECK_THAT(band.p5, WithinAbs(1.2, 1e-12));
  CHECK_THAT(band.p25, WithinAbs(2.0, 1e-12));
  CHECK_THAT(band.p50, WithinAbs(3.0, 1e-12));
  CHECK_THAT(band.p95, WithinAbs(4.8, 1e-12));
  CHECK(std::isnan(band_of({}).p50));
}

TEST_CASE("a draw of one input does not hang on which others are drawn") {
  Uncertain one{"one", {1, 0, 3, "test", "assumed"}}, other{"other", {1, 0, 3, "test", "assumed"}};
  CHECK(draw_values({one, other}, 7, 3)[0] == draw_values({one}, 7, 3)[0]);
  CHECK(draw_values({other, one}, 7, 3)[1] == draw_values({one}, 7, 3)[0]);
  CHECK(draw_values({one}, 7, 3) != draw_values({one}, 7, 4));
}

TEST_CASE("births are drawn between the variants of the place") {
  Place place;
  place.growth.birth_factor = {{2026, 1.0}, {2028, 0.8}};
  place.growth.birth_factor_low = {{2027, 0.5}};
  std::vector<Uncertain> inputs{{"ensemble.births", {0, -1, 1, "test", "assumed"}}};
  Place half = DrawnWorld::place_under(place, inputs, {-0.5});
  // Half-way to a low variant of 0.5 throughout: 0.75, and 0.65 from 2028.
  CHECK_THAT(value_in(half.growth.birth_factor, 2026), WithinAbs(0.75, 1e-12));
  CHECK_THAT(value_in(half.growth.birth_factor, 2028), WithinAbs(0.65, 1e-12));
  Place high = DrawnWorld::place_under(place, inputs, {1.0});  // no high variant: as it stands
  CHECK(value_in(high.growth.birth_factor, 2026) == 1.0);
}

TEST_CASE("housing is delivered in part and late") {
  Place place;
  place.housing.push_back({.code = "P", .completes = 2027, .dwellings = 1000});
  std::vector<Uncertain> inputs{{"ensemble.housing_delivered", {1, 0, 1, "test", "assumed"}},
                                {"ensemble.housing_delay", {0, 0, 2, "test", "assumed"}}};
  Place drawn = DrawnWorld::place_under(place, inputs, {0.7, 1.6});
  CHECK_THAT(drawn.housing[0].dwellings, WithinAbs(700.0, 1e-9));
  CHECK(drawn.housing[0].completes == 2029);
}

TEST_CASE("a plan against itself is the same in every draw") {
  Scenario a = plan();
  Ensemble e = ensemble(a, &a, 6);
  CHECK(e.draws == 6);
  CHECK_FALSE(e.inputs.empty());
  for (const FigureBand& f : e.figures) {
    if (std::isnan(f.a.p50)) continue;
    CHECK(f.same == 1.0);
    CHECK(f.b->p50 == f.a.p50);
    if (ensemble_figures()[f.figure].better != Better::Neither) CHECK(f.b_better == 0.0);
  }
}

TEST_CASE("fewer seats are worse in every draw") {
  Scenario a = plan();
  Scenario b = plan({SetSeats{"p1", "primary", 30, -1, 2025}});
  Ensemble e = ensemble(a, &b, 6);
  const FigureBand& over = last_of(e, "utilisation");
  CHECK(over.b->p5 > over.a.p95);
  CHECK(last_of(e, "unplaced").b_better == 0.0);
}

TEST_CASE("the draws do not hang on the number of threads") {
  Scenario a = plan();
  Ensemble one = ensemble(a, nullptr, 5, 1), two = ensemble(a, nullptr, 5, 2);
  REQUIRE(one.figures.size() == two.figures.size());
  for (std::size_t i = 0; i < one.figures.size(); ++i)
    CHECK((one.figures[i].a.p50 == two.figures[i].a.p50 ||
           (std::isnan(one.figures[i].a.p50) && std::isnan(two.figures[i].a.p50))));
}

TEST_CASE("the tornado has the widest swing of a figure first") {
  Ensemble e = ensemble(plan(), nullptr, 1);
  REQUIRE_FALSE(e.tornado.empty());
  for (std::size_t i = 1; i < e.tornado.size(); ++i) {
    const TornadoBar &before = e.tornado[i - 1], &bar = e.tornado[i];
    if (before.stage == bar.stage && before.figure == bar.figure)
      CHECK(before.swing() >= bar.swing());
  }
}

TEST_CASE("numerical settings are never drawn") {
  for (const Uncertain& i : ensemble(plan(), nullptr, 1).inputs) {
    CHECK(i.name != "choice.tolerance");
    CHECK(i.range.low < i.range.high);
  }
}

TEST_CASE("a coefficient that the policy switches off is not drawn") {
  auto names = [](const Place& place) {
    std::vector<std::string> out;
    OpenPlace opened = *town();
    for (const Uncertain& i : uncertain_inputs(opened, {&place}, {})) out.push_back(i.name);
    return out;
  };
  auto has = [](const std::vector<std::string>& all, const std::string& name) {
    return std::ranges::find(all, name) != all.end();
  };
  Place place = town()->place;
  place.policy.rule = Rule::Choice;
  CHECK(has(names(place), "choice.a_quality"));
  for (const char* off :
       {"choice.p_fee", "choice.public_bonus", "choice.transfer_share", "choice.stay"})
    CHECK_FALSE(has(names(place), off));
  place.policy.transfers = true;
  place.policy.private_first = true;
  place.campuses[CampusId(0)].fee = 20000;
  for (const char* on :
       {"choice.p_fee", "choice.public_bonus", "choice.transfer_share", "choice.stay"})
    CHECK(has(names(place), on));
  place.policy.distance_form = DistanceForm::Power;
  CHECK_FALSE(has(names(place), "choice.kappa_km"));
  place.policy.rule = Rule::Nearest;
  CHECK_FALSE(has(names(place), "choice.a_quality"));
}

TEST_CASE("weights of practices are drawn where a tie names one of their set") {
  Place place = town()->place;
  auto drawn = [&](const std::string& beginning) {
    int count = 0;
    for (const Uncertain& i : uncertain_inputs(*town(), {&place}, {}))
      count += i.name.starts_with(beginning) ? 1 : 0;
    return count;
  };
  CHECK(drawn("practice.") == 0);
  place.groups[GroupId(0)].ties[0].practices = {"mutual_shared.teachers"};
  CHECK(drawn("practice.mutual_shared.") > 1);
  CHECK(drawn("practice.") == drawn("practice.mutual_shared."));
}

TEST_CASE("towns and groups have bands, which are those of the same draws") {
  Scenario a = plan();
  Scenario b = plan({SetSeats{"p1", "primary", 60, -1, 2025}});
  Ensemble e = ensemble(a, &b, 5);
  auto band = [&](const std::string& kind, const std::string& code, const std::string& figure,
                  Year year = 2026) {
    for (const GroundBand& g : e.grounds)
      if (g.kind == kind && g.code == code && g.figure == figure && g.stage == StageId(0) &&
          g.year == year)
        return g;
    FAIL("no band of " << kind << " " << code << " " << figure);
    throw 0;
  };
  // The west has p1 alone, the group p1 and p2: fewer seats fill them more in every draw.
  CHECK(band("town", "west", "utilisation").b->p5 > band("town", "west", "utilisation").a.p95);
  CHECK(band("group", "g1", "pupils").a.p50 > 0);
  // Before the edit both plans are one; from then on they differ.
  CHECK(band("town", "west", "utilisation", 2024).same == 1.0);
  CHECK(band("group", "g1", "utilisation", 2025).same == 0.0);
  double seats_alike = band("town", "east", "seats_within_reach").same;
  CHECK(seats_alike < 1.0);  // reach crosses the border of towns
  CHECK(band("town", "west", "children").same == 1.0);
}

TEST_CASE("every figure of the tables of ground, groups and campuses has a band") {
  Scenario a = plan();
  Ensemble e = ensemble(a, nullptr, 2);
  std::map<std::string, std::set<std::string>> banded;
  for (const GroundBand& g : e.grounds) banded[g.kind].insert(g.figure);
  // What nobody reports, and what streets without crossings do not know, has no figure either.
  const std::set<std::string> unknown{
      "share_crossing", "balance_eight_composite",  "balance_seven_largest", "teachers_short",
      "beds_short",     "migrants_in_public_share", "dissimilarity",         "migrant_share"};
  auto all_banded = [&](const std::string& kind, const auto& columns) {
    for (const auto& c : columns) {
      INFO(kind << ": " << c.name);
      CHECK((banded[kind].contains(c.name) || unknown.contains(c.name)));
    }
  };
  all_banded("place", io::territory_columns());
  all_banded("group", io::group_columns());
  all_banded("group", io::group_year_columns());
  all_banded("campus", io::campus_columns());
  for (const char* figure : {"moved", "group_coverage_pupils", "mean_quality"})
    CHECK(banded["stage"].contains(figure));
  for (const char* figure : {"pupils", "entrants", "turned_away", "class_size", "quality"})
    CHECK(banded["campus"].contains(figure));
}

TEST_CASE("r, delta, eta and n0 of the forms in use are drawn") {
  std::set<std::string> drawn;
  for (const Uncertain& i : uncertain_inputs(*town(), {&town()->place}, {})) drawn.insert(i.name);
  std::set<std::string> forms;
  for (const Group& g : town()->place.groups)
    for (const Tie& t : g.ties) forms.insert(t.form);
  REQUIRE_FALSE(forms.empty());
  for (const std::string& form : forms)
    for (const char* rate :
         {"quality_rate", "core_loss", "crowding", "free_members", "brand_share"})
      CHECK(drawn.contains("form." + form + "." + rate));
}
