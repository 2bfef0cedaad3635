#include "session/live_engine.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "session/document.h"

using namespace doorstep;
using namespace doorstep::session;

namespace {

/// The town of the tests, admitting by least travel in straight lines.
std::shared_ptr<const OpenPlace> town() {
  static const std::shared_ptr<const OpenPlace> opened = [] {
    Progress progress;
    auto town = std::make_shared<OpenPlace>(*open_place(DOORSTEP_TOWN, progress));
    town->place.policy.rule = Rule::LeastTravel;
    town->place.policy.eligibility = Eligibility::All;
    town->place.travel.mode = TravelMode::Straight;
    town->travel = compute_travel(town->place, progress).value;
    return town;
  }();
  return opened;
}

std::shared_ptr<const Outcome> outcome_of(const Scenario& scenario) {
  Progress progress;
  return run_scenario(town(), scenario, progress, 0);
}

OpenCampus new_campus(const Place& place, Xy at) {
  OpenCampus open;
  open.code = "live";
  open.at = at;
  open.stage = "primary";
  open.seats = 20.0 * place.stages[find_stage(place, "primary")].grades;
  open.intake = 20.0;
  open.year = place.base_year;
  return open;
}

/// Admitted by campus in a whole run's entry to the stage.
std::map<std::string, double> admitted_by_run(const Outcome& outcome, StageId stage) {
  std::map<std::string, double> admitted;
  const auto& campuses = outcome.run.years.front().stages[stage].campuses;
  for (CampusId c : outcome.place.campuses.ids())
    admitted[outcome.place.campuses[c].code] = campuses[c].entrants;
  return admitted;
}

void check_same(const LiveFrame& frame, const std::map<std::string, double>& run) {
  REQUIRE(frame.exact);
  for (const LiveCampus& c : frame.campuses) {
    INFO(c.code);
    CHECK(c.admitted == Approx(run.at(c.code)).margin(1e-6));
  }
}

struct Drag {
  Progress progress;
  std::shared_ptr<const Outcome> outcome = outcome_of({});
  StageId stage = find_stage(outcome->place, "primary");
  std::unique_ptr<LiveEngine> engine = LiveEngine::create(outcome, stage, 1, progress);
};

}  // namespace

TEST_CASE("a live engine begins where the run stands") {
  Drag drag;
  REQUIRE(drag.engine);
  check_same(drag.engine->frame(), admitted_by_run(*drag.outcome, drag.stage));
}

TEST_CASE("a new campus under the mouse gives what a whole run with it gives") {
  Drag drag;
  REQUIRE(drag.engine);
  const Xy centre = drag.outcome->place.campuses[CampusId(0)].at;
  drag.engine->begin_new("live", 20);
  for (const double away : {900.0, 500.0, 150.0}) {
    const Xy at{centre.x + away, centre.y - away / 2};
    const LiveFrame frame = drag.engine->drag_to(at);
    Scenario scenario;
    scenario.edits = {new_campus(drag.outcome->place, at)};
    check_same(frame, admitted_by_run(*outcome_of(scenario), drag.stage));
  }
}

TEST_CASE("a drag that is cancelled restores every figure") {
  Drag drag;
  REQUIRE(drag.engine);
  const LiveFrame before = drag.engine->frame();
  const auto flows_before = drag.engine->flows();
  for (const bool add : {false, true}) {
    if (add)
      drag.engine->begin_new("live", 15);
    else
      drag.engine->begin_drag(CampusId(0));
    const Xy at = drag.outcome->place.campuses[CampusId(0)].at;
    drag.engine->drag_to({at.x + 800, at.y + 300});
    drag.engine->resize(5);
    const LiveFrame after = drag.engine->cancel();
    REQUIRE(after.campuses.size() == before.campuses.size());
    for (std::size_t k = 0; k < before.campuses.size(); ++k) {
      CHECK(after.campuses[k].admitted == before.campuses[k].admitted);
      CHECK(after.campuses[k].seat_price_min == before.campuses[k].seat_price_min);
      CHECK(after.campuses[k].seats == before.campuses[k].seats);
    }
    CHECK(after.pupil_minutes == Approx(before.pupil_minutes).margin(1e-6));
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
  drag.engine->begin_drag(CampusId(0));
  for (int n = 0; n < 12; ++n) {
    const LiveFrame& frame = drag.engine->drag_to({at.x + 150.0 * n, at.y - 90.0 * n});
    CHECK(frame.exact);
    CHECK(sum(frame) == Approx(all).margin(1e-6));
    for (const LiveCampus& c : frame.campuses) CHECK(c.admitted <= c.seats + 1e-6);
    drag.engine->upkeep();
  }
  drag.engine->release();
}

TEST_CASE("no live engine where the rule is another") {
  Progress progress;
  const auto opened = open_place(DOORSTEP_TOWN, progress);
  if (opened->place.policy.rule == Rule::LeastTravel) return;
  CHECK_FALSE(LiveEngine::create(run_scenario(opened, {}, progress, 0),
                                 find_stage(opened->place, "primary"), 1, progress));
}

TEST_CASE("the document shows the exact frame at once, and its run says the same") {
  Scenario scenario;
  scenario.years = 0;
  Document document(town(), scenario);
  document.wait();
  const Place& place = town()->place;
  const Xy centre = place.campuses[CampusId(0)].at;
  document.set_preview(new_campus(place, centre));
  CHECK_FALSE(document.live());  // the engine is made beside the first run
  document.wait();
  for (const double away : {700.0, 350.0}) {
    document.set_preview(new_campus(place, {centre.x + away, centre.y}));
    REQUIRE(document.live());
    const LiveFrame frame = *document.live();
    document.wait();
    check_same(frame, admitted_by_run(*document.preview(), find_stage(place, "primary")));
  }
  document.clear_preview();
  CHECK_FALSE(document.live());
  document.set_preview(CloseCampus{"p1", place.base_year + 1});
  CHECK_FALSE(document.live());
}
