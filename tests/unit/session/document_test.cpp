#include "session/document.h"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <thread>

#include "base/error.h"
#include "io/results/results.h"
#include "io/scenario/scenario_file.h"

using namespace doorstep;
using namespace doorstep::session;
namespace fs = std::filesystem;

namespace {

std::shared_ptr<const OpenPlace> town() {
  static std::shared_ptr<const OpenPlace> opened = [] {
    Progress progress;
    return open_place(DOORSTEP_TOWN, progress);
  }();
  return opened;
}

Scenario three_years() {
  Scenario scenario;
  scenario.code = "plan";
  scenario.years = 3;
  return scenario;
}

/// Every figure of an outcome, as the run writes it.
std::string figures(const Outcome& o) {
  return io::summary_json({o.place, o.travel, o.scenario, o.run, o.indicators,
                           o.opened->coefficients, o.opened->forms, o.opened->standards,
                           o.findings});
}

const Edit kFewerSeats = SetSeats{"p1", "primary", 60, -1, 2025};
const Edit kClose = CloseCampus{"p2", 2026};
const Edit kUnknown = CloseCampus{"p99", 2026};

}  // namespace

TEST_CASE("a document without edits shows its baseline") {
  Document document(town(), three_years());
  CHECK_FALSE(document.current());
  CHECK_FALSE(document.up_to_date());
  document.wait();
  REQUIRE(document.up_to_date());
  CHECK(document.current() == document.baseline());
  CHECK(document.current()->run.years.size() == 4);
  CHECK_FALSE(document.unsaved());
}

TEST_CASE("undo and redo restore every figure exactly") {
  Document document(town(), three_years());
  document.wait();
  std::vector<std::string> seen{figures(*document.current())};
  for (const Edit& edit : {kFewerSeats, kClose}) {
    document.add_edit(edit);
    document.wait();
    REQUIRE(document.up_to_date());
    seen.push_back(figures(*document.current()));
  }
  CHECK(seen[0] != seen[1]);
  CHECK(seen[1] != seen[2]);
  for (int at : {1, 0}) {
    REQUIRE(document.undo());
    document.wait();
    CHECK((figures(*document.current()) == seen[at]));
  }
  CHECK_FALSE(document.undo());
  for (int at : {1, 2}) {
    REQUIRE(document.redo());
    document.wait();
    CHECK((figures(*document.current()) == seen[at]));
  }
  CHECK_FALSE(document.redo());
}

TEST_CASE("the baseline stays as it is whatever is edited") {
  Document document(town(), three_years());
  document.wait();
  auto baseline = document.baseline();
  std::string before = figures(*baseline);
  document.add_edit(kClose);
  document.wait();
  CHECK(document.baseline() == baseline);
  CHECK((figures(*document.baseline()) == before));
}

TEST_CASE("an edit that cannot apply leaves the document unchanged") {
  Document document(town(), three_years());
  document.add_edit(kFewerSeats);
  document.wait();
  auto current = document.current();
  CHECK_THROWS_AS(document.add_edit(kUnknown), Error);
  CHECK_THROWS_AS(document.replace_last_edit(kUnknown), Error);
  CHECK(document.scenario().edits.size() == 1);
  CHECK(std::holds_alternative<SetSeats>(document.scenario().edits[0]));
  CHECK(document.up_to_date());
  CHECK(document.current() == current);
  CHECK(document.history().size() == 2);  // as opened, and the edit
  CHECK_FALSE(document.can_redo());
}

TEST_CASE("a result that the document has left is never called up to date") {
  Document document(town(), three_years());
  document.wait();
  document.add_edit(kClose);
  CHECK_FALSE(document.up_to_date());
  while (!document.up_to_date()) {
    document.poll();
    if (document.current() && document.up_to_date())
      CHECK(document.current()->scenario.edits.size() == 1);
    std::this_thread::yield();
  }
  CHECK(document.current()->run.years.size() == 4);
  // Edits that come faster than results: only the last one's result counts.
  for (double seats : {100.0, 90.0, 80.0, 70.0}) {
    document.replace_last_edit(SetSeats{"p1", "primary", seats, -1, 2025});
    document.poll();
    CHECK_FALSE(document.up_to_date());
  }
  document.wait();
  REQUIRE(document.up_to_date());
  CHECK(std::get<SetSeats>(document.current()->scenario.edits.at(0)).seats == 70.0);
}

TEST_CASE("a gesture is one undo step however often it changes") {
  Document document(town(), three_years());
  document.add_edit(kFewerSeats);
  document.replace_last_edit(SetSeats{"p1", "primary", 80, -1, 2025});
  document.replace_last_edit(SetSeats{"p1", "primary", 70, -1, 2025});
  REQUIRE(document.undo());
  CHECK(document.scenario().edits.empty());
  CHECK_FALSE(document.can_undo());
  auto history = document.history();
  REQUIRE(history.size() == 2);
  CHECK_FALSE(history[0].undone);
  CHECK(history[1].undone);
}

TEST_CASE("a preview is a result of one year beside the scenario, and goes when cleared") {
  Document document(town(), three_years());
  document.wait();
  auto current = document.current();
  document.set_preview(kClose);
  document.wait();
  REQUIRE(document.preview());
  CHECK(document.preview()->run.years.size() == 1);
  CHECK(document.preview()->scenario.edits.size() == 1);
  CHECK(document.current() == current);
  CHECK(document.scenario().edits.empty());
  document.clear_preview();
  CHECK_FALSE(document.preview());
  document.wait();
  CHECK_FALSE(document.preview());
}

TEST_CASE("a preview under way when it is cleared does not come back with the next one") {
  Document document(town(), three_years());
  document.wait();
  for (int i = 0; i < 20; ++i) {
    document.set_preview(kClose);
    document.poll();  // its job runs
    document.clear_preview();
    document.set_preview(kFewerSeats);
    while (!document.preview()) {
      document.poll();
      std::this_thread::yield();
    }
    REQUIRE(std::holds_alternative<SetSeats>(document.preview()->scenario.edits.back()));
    document.wait();
    document.clear_preview();
  }
}

TEST_CASE("a job's failure is told once, and the document goes on") {
  Document document(town(), three_years());
  document.wait();
  document.set_preview(kUnknown);
  document.wait();
  CHECK_THAT(document.take_error(), Catch::Contains("unknown campus \"p99\""));
  CHECK(document.take_error().empty());
  CHECK_FALSE(document.preview());
  document.clear_preview();
}

TEST_CASE("a preview that fails does not stop the scenario's own result") {
  Document document(town(), three_years());
  document.wait();
  document.add_edit(kFewerSeats);
  document.set_preview(kUnknown);  // begins before the edit's own result is there
  document.wait();
  CHECK_FALSE(document.take_error().empty());
  document.clear_preview();
  document.wait();
  REQUIRE(document.up_to_date());
  CHECK(document.current()->scenario.edits.size() == 1);
}

TEST_CASE("a stopped job is not begun again until the scenario changes") {
  Document document(town(), three_years());
  document.poll();
  REQUIRE(document.busy());
  document.cancel_job();
  document.wait();
  CHECK_FALSE(document.busy());
  CHECK_FALSE(document.poll());
  if (!document.baseline()) CHECK_FALSE(document.up_to_date());  // it may have been quicker
  document.add_edit(kFewerSeats);
  document.wait();
  CHECK(document.up_to_date());
}

TEST_CASE("what is saved and opened again gives the same figures") {
  Document document(town(), three_years());
  document.add_edit(OpenCampus{"x1", {"新校", "New"}, {500900, 4140100}, "primary", 90, 0, 2025});
  document.wait();
  CHECK(document.unsaved());
  std::string pattern = (fs::temp_directory_path() / "doorstep-session-XXXXXX").string();
  fs::path folder = mkdtemp(pattern.data());
  document.save(folder);
  CHECK_FALSE(document.unsaved());
  Document again(town(), io::read_scenario(folder, town()->place).value);
  again.wait();
  CHECK((io::comparison_json({document.current()->place,
                              document.current()->travel,
                              document.current()->scenario,
                              document.current()->run,
                              document.current()->indicators,
                              town()->coefficients,
                              town()->forms,
                              town()->standards,
                              {}},
                             {again.current()->place,
                              again.current()->travel,
                              again.current()->scenario,
                              again.current()->run,
                              again.current()->indicators,
                              town()->coefficients,
                              town()->forms,
                              town()->standards,
                              {}})
             .find("\"must_move\": 0.0") != std::string::npos));
  CHECK(again.current()->indicators.back().stages[StageId(0)].pupils ==
        document.current()->indicators.back().stages[StageId(0)].pupils);
  fs::remove_all(folder);
}

TEST_CASE("several edits as one step are undone together, and none is kept where one is refused") {
  Document document(town(), three_years());
  document.add_edits({kFewerSeats, kClose}, {"两项", "Both"});
  CHECK(document.scenario().edits.size() == 2);
  CHECK(document.history().back().en == "Both");
  REQUIRE_THROWS_AS(document.add_edits({kFewerSeats, kUnknown}, {"", ""}), Error);
  CHECK(document.scenario().edits.size() == 2);
  REQUIRE(document.undo());
  CHECK(document.scenario().edits.empty());
}

TEST_CASE("the history leads to any step and back") {
  Document document(town(), three_years());
  document.add_edit(kFewerSeats);
  document.add_edit(kClose);
  document.replace_edit(0, SetSeats{"p1", "primary", 80, -1, 2025});
  document.remove_edit(1);
  REQUIRE(document.history().size() == 5);
  CHECK(document.scenario().edits.size() == 1);
  document.go_to(0);
  CHECK(document.scenario().edits.empty());
  CHECK(document.steps_done() == 0);
  document.go_to(2);
  CHECK(std::get<SetSeats>(document.scenario().edits[0]).seats == 60);
  document.go_to(4);
  CHECK(std::get<SetSeats>(document.scenario().edits[0]).seats == 80);
}

TEST_CASE("another plan may stand for A, and the baseline comes back at once") {
  Document document(town(), three_years());
  document.wait();
  CHECK(document.reference() == document.baseline());
  Scenario other = three_years();
  other.edits = {kFewerSeats};
  document.set_reference(other);
  document.wait();
  REQUIRE(document.reference());
  CHECK(document.reference()->scenario.edits.size() == 1);
  CHECK(document.current() == document.baseline());
  document.add_edit(kClose);
  document.wait();
  document.keep_as_reference();
  CHECK(document.reference() == document.current());
  document.set_reference({});
  CHECK(document.reference() == document.baseline());
}
