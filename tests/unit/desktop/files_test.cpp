#include <catch2/catch.hpp>

#include <unistd.h>

#include "base/file.h"
#include "desktop/files.h"
#include "io/scenario/scenario_file.h"

using namespace doorstep;
using namespace doorstep::desktop;
using Asking = Files::Asking;
using Answer = Files::Answer;
namespace fs = std::filesystem;

namespace {

std::shared_ptr<const session::OpenPlace> one_campus() {
  auto opened = std::make_shared<session::OpenPlace>();
  opened->path = "/places/small/place.toml";
  Place& p = opened->place;
  p.code = "small";
  p.base_year = 2024;
  p.crs = "EPSG:4549";
  Stage stage;
  stage.code = "primary";
  p.stages.push_back(stage);
  Campus c;
  c.code = "c0";
  c.stages.resize(1);
  c.stages[StageId(0)] = CampusStage{{{2024, 270.0}}, {}, 0.0, {}};
  p.campuses.push_back(c);
  return opened;
}

struct Desk {
  fs::path folder = fs::temp_directory_path() / ("doorstep-files-" + std::to_string(getpid()));
  session::Document document{one_campus()};
  Files files{document, folder / "auto"};

  Desk() {
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  ~Desk() { fs::remove_all(folder); }
  void edit() {
    document.add_edit(SetSeats{"c0", "primary", 300, -1, 2025});
    files.keep();
  }
};

}  // namespace

TEST_CASE_METHOD(Desk, "a plan without changes closes without a question") {
  files.close();
  REQUIRE(files.leaving());
  REQUIRE_FALSE(files.next());
}

TEST_CASE_METHOD(Desk, "an unsaved plan asks before it closes, and Cancel stays") {
  edit();
  files.close();
  REQUIRE(files.asking() == Asking::Unsaved);
  REQUIRE_FALSE(files.leaving());
  files.answer(Answer::Cancel);
  REQUIRE(files.asking() == Asking::Nothing);
  REQUIRE_FALSE(files.leaving());
  REQUIRE(session::left_behind(folder / "auto").size() == 1);
}

TEST_CASE_METHOD(Desk, "not saving leaves, and takes the kept copy away") {
  edit();
  files.close();
  files.answer(Answer::Discard);
  REQUIRE(files.leaving());
  REQUIRE(session::left_behind(folder / "auto").empty());
}

TEST_CASE_METHOD(Desk,
                 "saving on the way out asks for a name where the plan has none, then leaves") {
  edit();
  files.close();
  files.answer(Answer::Save);
  REQUIRE(files.asking() == Asking::SaveAs);
  files.choose(folder / "plan.toml");
  REQUIRE(files.leaving());
  REQUIRE(io::read_scenario(folder / "plan.toml", document.opened().place).value.edits.size() == 1);
}

TEST_CASE_METHOD(Desk, "giving up the name on the way out stays") {
  edit();
  files.close();
  files.answer(Answer::Save);
  files.answer(Answer::Cancel);
  REQUIRE_FALSE(files.leaving());
  files.save_as();
  files.choose(folder / "plan.toml");
  REQUIRE_FALSE(files.leaving());  // this save is one of its own
  REQUIRE_FALSE(document.unsaved());
}

TEST_CASE_METHOD(Desk, "another file is replaced only after a question") {
  write_file(folder / "other.toml", "precious");
  edit();
  files.save();
  files.choose(folder / "other.toml");
  REQUIRE(files.asking() == Asking::Overwrite);
  files.answer(Answer::Cancel);
  REQUIRE(files.asking() == Asking::SaveAs);
  REQUIRE(read_file(folder / "other.toml") == "precious");
  files.choose(folder / "other.toml");
  files.answer(Answer::Save);
  REQUIRE(files.path() == folder / "other.toml");
  REQUIRE_FALSE(document.unsaved());
  edit();
  files.save();  // its own file needs no question
  REQUIRE(files.asking() == Asking::Nothing);
  REQUIRE_FALSE(document.unsaved());
}

TEST_CASE_METHOD(Desk, "a save that fails says so, stays, and keeps the copy") {
  edit();
  files.close();
  files.answer(Answer::Save);
  files.choose(folder / "no" / "such" / "folder" / "plan.toml");
  REQUIRE_FALSE(files.leaving());
  REQUIRE_FALSE(files.take_error().empty());
  REQUIRE(document.unsaved());
  REQUIRE(session::left_behind(folder / "auto").size() == 1);
}

TEST_CASE_METHOD(Desk, "a dropped plan and a dropped place are opened, other files are named") {
  write_file(folder / "plan.toml", "format = 1\n[[edit]]\n");
  fs::create_directories(folder / "town");
  write_file(folder / "town" / "place.toml", "format = 1\n");
  write_file(folder / "list.csv", "a,b\n");
  REQUIRE(files.drop({folder / "list.csv"}) ==
          std::vector<std::filesystem::path>{folder / "list.csv"});
  REQUIRE_FALSE(files.leaving());
  edit();
  REQUIRE(files.drop({folder / "plan.toml"}).empty());
  REQUIRE(files.asking() == Asking::Unsaved);  // what is open is not lost for it
  files.answer(Answer::Cancel);
  REQUIRE(files.drop({folder / "town"}).empty());
  files.answer(Answer::Discard);
  REQUIRE(files.leaving());
  REQUIRE(files.next()->place == folder / "town");
}

TEST_CASE_METHOD(Desk, "what a crash left is offered, and can be put off or deleted") {
  edit();
  const auto left = session::left_behind(folder / "auto");
  REQUIRE(left.size() == 1);
  session::Document fresh(one_campus());
  Files later(fresh, folder / "auto");
  later.offer(left);
  REQUIRE(later.asking() == Asking::Recover);
  later.answer(Answer::Cancel);
  REQUIRE(later.asking() == Asking::Nothing);
  REQUIRE(session::left_behind(folder / "auto").size() == 1);
  later.offer(left);
  later.recover(0);
  REQUIRE(later.leaving());
  REQUIRE(later.next()->recovered);
}

TEST_CASE_METHOD(Desk, "the chooser lists places, folders and plans, and no other files") {
  write_file(folder / "b.toml", "format = 1\nseed = 1\n");
  write_file(folder / "notes.txt", "x");
  write_file(folder / ".hidden.toml", "format = 1\nseed = 1\n");
  fs::create_directories(folder / "sub");
  fs::create_directories(folder / "town");
  write_file(folder / "town" / "place.toml", "format = 1\n");
  FileChooser chooser;
  chooser.show(folder, "plan");
  std::vector<std::string> names;
  for (const auto& entry : chooser.entries()) names.push_back(entry.name);
  REQUIRE(names == std::vector<std::string>{"..", "town", "sub", "b.toml"});
  REQUIRE(chooser.target() == folder / "plan.toml");
  chooser.enter(chooser.entries()[3], true);
  REQUIRE(chooser.name == "b.toml");
  chooser.enter(chooser.entries()[2], true);
  REQUIRE(chooser.target() == folder / "sub" / "b.toml");
  chooser.name = "";
  REQUIRE_FALSE(chooser.target());
}

namespace {

std::vector<std::string> names_of(const FileChooser& chooser) {
  std::vector<std::string> names;
  for (const auto& entry : chooser.entries()) names.push_back(entry.name);
  return names;
}

}  // namespace

TEST_CASE_METHOD(Desk, "a path typed leads into its folders and narrows the list") {
  fs::create_directories(folder / "data" / "2024");
  for (const char* name : {"schools.csv", "homes.csv", "Schools.shp"})
    write_file(folder / "data" / name, "x");
  FileChooser chooser;
  chooser.show_all(folder);
  chooser.type("da");
  CHECK(names_of(chooser) == std::vector<std::string>{"data"});
  chooser.type("data/scho");
  CHECK(chooser.folder() == folder / "data");
  CHECK(names_of(chooser) == std::vector<std::string>{"Schools.shp", "schools.csv"});
  CHECK(chooser.meant()->name == "Schools.shp");
  chooser.type("data/schools.csv");
  CHECK(chooser.meant()->path == folder / "data" / "schools.csv");
  chooser.type((folder / "data/").string());
  CHECK(names_of(chooser) ==
        std::vector<std::string>{"..", "2024", "Schools.shp", "homes.csv", "schools.csv"});
  chooser.type("nowhere/x");
  CHECK(chooser.entries().empty());
  CHECK_FALSE(chooser.error().empty());
  chooser.type("");
  CHECK(chooser.folder() == folder);
}

TEST_CASE_METHOD(Desk, "several files are ticked across folders and imported together") {
  fs::create_directories(folder / "more");
  write_file(folder / "a.csv", "x");
  write_file(folder / "more" / "b.csv", "x");
  std::vector<fs::path> given;
  files.ask_files([&](std::vector<fs::path> chosen) { given = std::move(chosen); });
  REQUIRE(files.asking() == Asking::Import);
  FileChooser& chooser = files.chooser();
  chooser.type((folder / "a.csv").string());
  CHECK_FALSE(chooser.enter(*chooser.meant(), false));  // ticked, not yet taken
  chooser.type((folder / "more/b.csv").string());
  CHECK_FALSE(chooser.enter(*chooser.meant(), false));
  CHECK(chooser.ticked().size() == 2);
  files.choose_files();
  CHECK(given == std::vector<fs::path>{folder / "a.csv", folder / "more" / "b.csv"});
  CHECK(files.asking() == Asking::Nothing);
}

TEST_CASE_METHOD(Desk, "with nothing ticked the folder shown is imported, a place in it opened") {
  fs::create_directories(folder / "bureau");
  write_file(folder / "bureau" / "a.csv", "x");
  std::vector<fs::path> given;
  files.ask_files([&](std::vector<fs::path> chosen) { given = std::move(chosen); });
  files.chooser().type((folder / "bureau/").string());
  files.choose_files();
  CHECK(given == std::vector<fs::path>{folder / "bureau"});
  write_file(folder / "bureau" / "place.toml", "format = 1\n");
  given.clear();
  files.ask_files([&](std::vector<fs::path> chosen) { given = std::move(chosen); });
  files.chooser().type((folder / "bureau/").string());
  files.choose_files();
  CHECK(given.empty());
  REQUIRE(files.next());
  CHECK(files.next()->place == folder / "bureau");
}
