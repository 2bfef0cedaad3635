#include "session/live_engine.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/random.h"
#include "session/document.h"

using namespace doorstep;
using namespace doorstep::session;

namespace {

/// The town of the tests in straight lines, open to all, under one of the rules that live.
std::shared_ptr<const OpenPlace> town(Rule rule, Overflow overflow = Overflow::Divert) {
  Progress progress;
  auto town = std::make_shared<OpenPlace>(*open_place(DOORSTEP_TOWN, progress));
  town->place.policy.rule = rule;
  town->place.policy.overflow = overflow;
  town->place.policy.eligibility = Eligibility::All;
  town->place.travel.mode = TravelMode::Straight;
  town->travel = compute_travel(town->place, progress).value;
  return town;
}

std::shared_ptr<const Outcome> outcome_of(std::shared_ptr<const OpenPlace> town,
                                          const std::vector<Edit>& edits, int years = 0) {
  Progress progress;
  Scenario scenario;
  scenario.edits = edits;
  scenario.years = years;
  return run_scenario(town, scenario, progress, years);
}

OpenCampus new_campus(const Place& place, Xy at, Year year = 0) {
  OpenCampus open;
  open.code = "live";
  open.at = at;
  open.stage = "primary";
  open.seats = 20.0 * place.stages[find_stage(place, "primary")].grades;
  open.year = year > 0 ? year : place.base_year;
  return open;
}

Offer new_offer(double seats) {
  Offer offer;
  offer.open = true;
  offer.seats = seats;
  return offer;
}

struct Drag {
  Progress progress;
  std::shared_ptr<const Outcome> outcome = outcome_of(town(Rule::LeastTravel), {});
  StageId stage = find_stage(outcome->place, "primary");
  std::unique_ptr<LiveEngine> engine = LiveEngine::create(outcome, stage, 1, progress);
};

/// Everything that a panel or the map reads of a stage and year.
void check_same_year(const StageYear& live, const StageYear& run, bool older_too = true) {
  REQUIRE(live.campuses.size() == run.campuses.size());
  for (CampusId c : run.campuses.ids()) {
    INFO("campus " << c.index);
    CHECK(live.campuses[c].open == run.campuses[c].open);
    CHECK(live.campuses[c].entrants == Approx(run.campuses[c].entrants).margin(1e-6));
    CHECK(live.campuses[c].entry_seats == Approx(run.campuses[c].entry_seats).margin(1e-6));
    CHECK(live.campuses[c].entitled == Approx(run.campuses[c].entitled).margin(1e-6));
    CHECK(live.campuses[c].turned_away == Approx(run.campuses[c].turned_away).margin(1e-5));
    CHECK(live.campuses[c].seats == run.campuses[c].seats);
    CHECK(live.campuses[c].cutoff_tier == run.campuses[c].cutoff_tier);
    if (older_too)
      CHECK(live.campuses[c].enrolment == Approx(run.campuses[c].enrolment).margin(1e-5));
  }
  if (!older_too) return;
  CHECK(live.unplaced == Approx(run.unplaced).margin(1e-5));
  std::map<std::pair<std::size_t, std::size_t>, double> gap;
  for (const PupilFlow& f : live.flows) gap[{f.home.index, f.campus.index}] += f.pupils;
  for (const PupilFlow& f : run.flows) gap[{f.home.index, f.campus.index}] -= f.pupils;
  for (const auto& [pair, pupils] : gap) CHECK(pupils == Approx(0).margin(1e-6));
}

const StageYear& shown(const Document& document, const char* stage) {
  const auto o = document.preview();
  return o->run.years.front().stages[find_stage(o->place, stage)];
}

/// What a run up to the year says of the edits.
StageYear by_run(const std::shared_ptr<const OpenPlace>& town, const std::vector<Edit>& edits,
                 Year year) {
  const auto run = outcome_of(town, edits, year - town->place.base_year);
  return run->run.years.back().stages[find_stage(run->place, "primary")];
}

}  // namespace

TEST_CASE("a drag that is taken back restores every figure") {
  Drag drag;
  REQUIRE(drag.engine);
  const LiveFrame before = drag.engine->frame();
  const auto flows_before = drag.engine->flows();
  const Xy at = drag.outcome->place.campuses[CampusId(0)].at;
  const Xy away{at.x + 800, at.y + 300};
  const CampusId first(0);
  const Offer offer = drag.engine->offer(first);
  for (const bool add : {false, true}) {
    if (add) {
      drag.engine->add("live", new_offer(15), away);
      drag.engine->run();
      drag.engine->take_back();
    } else {
      drag.engine->move(first, away);
      Offer smaller = offer;
      smaller.seats = 5;
      drag.engine->set_offer(first, smaller);
      drag.engine->run();
      drag.engine->set_offer(first, offer);
      drag.engine->move(first, at);
    }
    const LiveFrame after = drag.engine->run();
    REQUIRE(after.campuses.size() == before.campuses.size());
    for (std::size_t k = 0; k < before.campuses.size(); ++k) {
      CHECK(after.campuses[k].admitted == before.campuses[k].admitted);
      CHECK(after.campuses[k].seat_price_min == before.campuses[k].seat_price_min);
      CHECK(after.campuses[k].seats == before.campuses[k].seats);
    }
    CHECK(*after.pupil_minutes == Approx(*before.pupil_minutes).margin(1e-6));
    const auto flows = drag.engine->flows();
    REQUIRE(flows.size() == flows_before.size());
    for (std::size_t k = 0; k < flows.size(); ++k) CHECK(flows[k].pupils == flows_before[k].pupils);
  }
}

TEST_CASE("pupils are conserved at every place that a campus is dragged to") {
  Drag drag;
  REQUIRE(drag.engine);
  auto sum = [](const LiveFrame& f) {
    double pupils = f.unplaced;
    for (const LiveCampus& c : f.campuses) pupils += c.admitted;
    return pupils;
  };
  const double all = sum(drag.engine->frame());
  const Xy at = drag.outcome->place.campuses[CampusId(0)].at;
  for (int n = 0; n < 12; ++n) {
    drag.engine->move(CampusId(0), {at.x + 150.0 * n, at.y - 90.0 * n});
    const LiveFrame& frame = drag.engine->run();
    CHECK(frame.exact);
    CHECK(sum(frame) == Approx(all).margin(1e-6));
    for (const LiveCampus& c : frame.campuses) CHECK(c.admitted <= c.seats + 1e-6);
    drag.engine->upkeep();
  }
}

TEST_CASE("no live engine where catchments decide") {
  Progress progress;
  const auto outcome = outcome_of(town(Rule::Catchment), {});
  CHECK_FALSE(LiveEngine::create(outcome, find_stage(outcome->place, "primary"), 1, progress));
}

TEST_CASE(
    "under every rule the window shows at once what a run says: a new campus, another "
    "number of seats, a closure") {
  const auto [rule, overflow] =
      GENERATE(table<Rule, Overflow>({{Rule::LeastTravel, Overflow::Divert},
                                      {Rule::Nearest, Overflow::Divert},
                                      {Rule::Choice, Overflow::Divert},
                                      {Rule::Choice, Overflow::Crowd}}));
  const auto opened = town(rule, overflow);
  const Place& place = opened->place;
  const Year year = place.base_year;
  Document document(opened, {});
  document.prepare_live("primary", year);
  document.wait();
  const Xy centre = place.campuses[CampusId(0)].at;
  std::vector<Edit> edits;
  for (const double away : {700.0, 350.0, 20.0})
    edits.emplace_back(new_campus(place, {centre.x + away, centre.y - away / 3}));
  edits.emplace_back(SetSeats{"p1", "primary", 30.0, -1.0, year});
  edits.emplace_back(SetSeats{"p2", "primary", 400.0, -1.0, year});
  for (const Edit& edit : edits) {
    INFO("rule " << static_cast<int>(rule) << ", edit " << describe(edit, false));
    document.set_preview(edit, year);
    REQUIRE(document.live());
    CHECK(document.live()->exact);
    CHECK(document.live()->whole_stage);
    check_same_year(shown(document, "primary"), by_run(opened, {edit}, year));
  }
  document.clear_preview();
  CHECK_FALSE(document.live());
  CHECK_FALSE(document.preview());
}

TEST_CASE("a campus without a group closes live as a run closes it") {
  const auto rule = GENERATE(Rule::LeastTravel, Rule::Nearest);
  const auto opened = town(rule);
  const Year year = opened->place.base_year;
  Document document(opened, {});
  document.prepare_live("primary", year);
  document.wait();
  const Edit close = CloseCampus{"p2", year};
  document.set_preview(close, year);
  if (document.live()) {
    check_same_year(shown(document, "primary"), by_run(opened, {close}, year));
  } else {
    document.wait();  // the tie of p2 ends: rows of pupils become others, so a run tells
    CHECK(document.preview_up_to_date());
  }
}

TEST_CASE("in a later year the live entry is the run's, and what is shown is of the year asked") {
  const auto rule = GENERATE(Rule::LeastTravel, Rule::Nearest, Rule::Choice);
  const auto opened = town(rule);
  const Year year = opened->place.base_year + 2;
  Scenario scenario;
  scenario.years = 3;
  Document document(opened, scenario);
  document.prepare_live("primary", year);
  document.wait();
  const Xy centre = opened->place.campuses[CampusId(0)].at;
  const Edit edit = new_campus(opened->place, {centre.x + 300, centre.y}, year);
  document.set_preview(edit, year);
  REQUIRE(document.live());
  CHECK_FALSE(document.live()->whole_stage);
  CHECK(document.preview()->run.years.front().year == year);
  check_same_year(shown(document, "primary"), by_run(opened, {edit}, year), false);
}

TEST_CASE("a campus that the plan opened is dragged on, in the place of its own edit") {
  const auto opened = town(Rule::LeastTravel);
  const Year year = opened->place.base_year;
  const Xy centre = opened->place.campuses[CampusId(0)].at;
  Scenario scenario;
  scenario.years = 0;
  scenario.edits = {new_campus(opened->place, {centre.x + 700, centre.y})};
  Document document(opened, scenario);
  document.prepare_live("primary", year);
  document.wait();
  for (const double away : {500.0, 100.0}) {
    const Edit moved = new_campus(opened->place, {centre.x + away, centre.y + 50});
    document.set_preview(moved, year, 0);
    REQUIRE(document.live());
    check_same_year(shown(document, "primary"), by_run(opened, {moved}, year));
  }
}

TEST_CASE("without an engine at hand the drag begins one, and a rule without one asks for runs") {
  for (const Rule rule : {Rule::LeastTravel, Rule::Catchment}) {
    Document document(town(rule), {});
    document.wait();
    const Place& place = document.opened().place;
    const Year year = place.base_year + 1;
    const Xy centre = place.campuses[CampusId(0)].at;
    const Edit edit = new_campus(place, {centre.x + 300, centre.y}, year);
    document.set_preview(edit, year);
    CHECK_FALSE(document.live());
    document.wait();
    CHECK((document.live() != nullptr) == (rule == Rule::LeastTravel));
    REQUIRE(document.preview_up_to_date());
    CHECK(document.preview()->run.years.back().year == year);
    document.add_edit(edit);
    document.clear_preview();
    CHECK_FALSE(document.preview());
    document.wait();
    CHECK(document.up_to_date());
  }
}
