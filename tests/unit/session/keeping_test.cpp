#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>

#include "base/error.h"
#include "base/file.h"
#include "io/scenario/scenario_file.h"
#include "session/autosave.h"
#include "session/settings.h"

using namespace doorstep;
using namespace doorstep::session;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("doorstep-keeping-" + std::to_string(getpid()));
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
};

std::shared_ptr<const OpenPlace> town() {
  static std::shared_ptr<const OpenPlace> opened = [] {
    Progress progress;
    return open_place(DOORSTEP_TOWN, progress);
  }();
  return opened;
}

const Edit kFewer = SetSeats{"p1", "primary", 60, -1, 2025};
const Edit kClose = CloseCampus{"p2", 2026, {}, false};

}  // namespace

TEST_CASE("settings come back as they were written") {
  Folder folder;
  Settings settings{"en", "contrast", 1.25, true, true, 1280, 720, {}};
  remember(settings, {"/a/place.toml", ""});
  remember(settings, {"/a/place.toml", "/a/plan.toml"});
  remember(settings, {"/a/place.toml", ""});
  REQUIRE(settings.recent.size() == 2);
  REQUIRE(settings.recent[0].scenario.empty());
  write_settings(settings, folder.path / "s.json");
  REQUIRE(read_settings(folder.path / "s.json") == settings);
}

TEST_CASE("damaged settings are defaults, and a value out of range is its default") {
  Folder folder;
  REQUIRE(read_settings(folder.path / "none.json") == Settings{});
  write_file(folder.path / "half.json", "{\"language\": \"en\", \"sca");
  REQUIRE(read_settings(folder.path / "half.json") == Settings{});
  write_file(folder.path / "odd.json",
             R"({"language": 7, "theme": "pink", "scale": 99, "recent": [{"place": 3}, 4]})");
  REQUIRE(read_settings(folder.path / "odd.json") == Settings{});
}

TEST_CASE("no more than ten recent files are kept, newest first") {
  Settings settings;
  for (int i = 0; i < 14; ++i) remember(settings, {"/p" + std::to_string(i), ""});
  REQUIRE(settings.recent.size() == 10);
  REQUIRE(settings.recent.front().place == "/p13");
}

TEST_CASE("unsaved edits are kept after each edit and found after a crash") {
  Folder folder;
  {
    Document document(town());
    Autosaver saver(folder.path);
    saver.follow(document, "");
    REQUIRE(left_behind(folder.path).empty());  // nothing is unsaved
    document.add_edit(kFewer);
    saver.follow(document, "");
    document.add_edit(kClose);
    saver.follow(document, "");
  }  // no drop: the program was killed
  const auto found = left_behind(folder.path);
  REQUIRE(found.size() == 1);
  REQUIRE(found[0].edits == 2);
  Document again(town());
  restore(again, found[0]);
  REQUIRE(again.scenario().edits.size() == 2);
  REQUIRE(again.unsaved());
  REQUIRE(again.undo());  // edit by edit, as they were made
  REQUIRE(again.scenario().edits.size() == 1);
  discard(found[0]);
  REQUIRE(left_behind(folder.path).empty());
}

TEST_CASE("saving takes the kept copy away") {
  Folder folder;
  Document document(town());
  Autosaver saver(folder.path / "auto");
  document.add_edit(kFewer);
  saver.follow(document, "");
  REQUIRE(left_behind(folder.path / "auto").size() == 1);
  document.save(folder.path / "plan.toml");
  saver.follow(document, folder.path / "plan.toml");
  REQUIRE(left_behind(folder.path / "auto").empty());
}

TEST_CASE("work on a saved plan comes back on top of it") {
  Folder folder;
  Document document(town());
  document.add_edit(kFewer);
  document.save(folder.path / "plan.toml");
  document.add_edit(kClose);
  Autosaver saver(folder.path / "auto");
  saver.follow(document, folder.path / "plan.toml");
  const auto found = left_behind(folder.path / "auto");
  REQUIRE(found.size() == 1);
  REQUIRE(found[0].scenario == folder.path / "plan.toml");
  Document again(town(), io::read_scenario(found[0].scenario, town()->place).value);
  restore(again, found[0]);
  REQUIRE(again.scenario().edits.size() == 2);
  REQUIRE(again.steps_done() == 1);
}

TEST_CASE("a half written autosave is no offer") {
  Folder folder;
  fs::create_directories(folder.path / "1-1");
  write_file(folder.path / "1-1" / "scenario.toml", "format = 1\n");
  REQUIRE(left_behind(folder.path).empty());
  write_file(folder.path / "1-1" / "about.json", "{\"place\": ");
  REQUIRE(left_behind(folder.path).empty());
}

TEST_CASE("redrawn areas are never overwritten while the plan on disk names them") {
  Folder folder;
  RedrawCatchments redraw;
  redraw.stage = "primary";
  redraw.year = 2025;
  redraw.replace_all = true;
  const Xy at = town()->place.homes[HomeId(0)].at;
  auto square = [&](double r) {
    return MultiPolygon{
        Polygon{{at + Xy{-r, -r}, at + Xy{r, -r}, at + Xy{r, r}, at + Xy{-r, r}}, {}}};
  };
  Scenario plan;
  redraw.catchments = {{"one", {}, square(100), {"p1"}, {}, {}}};
  plan.edits = {redraw};
  io::write_scenario(plan, town()->place, folder.path / "plan.toml");
  const std::string before = read_file(folder.path / "catchments_1.geojson");
  redraw.catchments[0].area = square(200);
  plan.edits = {redraw};
  io::write_scenario(plan, town()->place, folder.path / "plan.toml");
  REQUIRE(read_file(folder.path / "catchments_1.geojson") == before);
  const Scenario read = io::read_scenario(folder.path / "plan.toml", town()->place).value;
  const auto& area = std::get<RedrawCatchments>(read.edits[0]).catchments[0].area;
  REQUIRE(bounds(area).width() == Approx(400).margin(1));
}

TEST_CASE("saving keeps what people wrote in the file, and changes the lines that changed") {
  const Folder folder;
  const std::string written =
      "# Draft for the hearing, 3 March.\n"
      "format = 1\n"
      "code = \"draft\"   # short\n"
      "place = \"town\"\n"
      "years = 2\n"
      "\n"
      "# asked for by the head\n"
      "[[edit]]\n"
      "do = \"set_seats\"\n"
      "campus = \"p1\"  # the old building\n"
      "stage = \"primary\"\n"
      "seats = 60       # two rooms fewer\n"
      "year = 2025\n"
      "\n"
      "[[edit]]\n"
      "do = \"add_housing\"\n"
      "code = \"n01\"\n"
      "name = { zh = \"新城\", en = \"New Town\" }\n"
      "at = [117.97, 37.38]   # the gate\n"
      "dwellings = 500\n"
      "pupils_per_dwelling = 0.3 # assumed\n"
      "year = 2025\n";
  const fs::path file = folder.path / "plan.toml";
  write_file(file, written);
  Document document(town(), io::read_scenario(file, town()->place).value);
  document.save(file, file);
  REQUIRE(read_file(file) == written);  // nothing was changed

  SetSeats seats = std::get<SetSeats>(document.scenario().edits[0]);
  seats.seats = 90;
  document.replace_edit(0, seats);
  document.add_edit(kClose);
  document.save(file, file);
  std::string expected = written;
  expected.replace(expected.find("seats = 60 "), 11, "seats = 90 ");
  REQUIRE(read_file(file) ==
          expected + "\n[[edit]]\ndo = \"close_campus\"\ncampus = \"p2\"\nyear = 2026\n");
  REQUIRE(io::read_scenario(file, town()->place).value.edits.size() == 3);

  // Under another name with its comments; taken out and undone, an edit has its own again.
  document.remove_edit(1);
  const fs::path other = folder.path / "other.toml";
  document.save(other, file);
  REQUIRE(read_file(other).find("# the gate") == std::string::npos);
  REQUIRE(read_file(other).find("# asked for by the head") != std::string::npos);
  document.undo();
  document.save(other, other);
  REQUIRE(read_file(other).find("at = [117.97, 37.38]   # the gate\n") != std::string::npos);
}
