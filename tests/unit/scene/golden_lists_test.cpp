// Every layer of the map of two catchments, before and after a plan, in both languages and themes
// of screen, against tests/golden/scene/layers. DOORSTEP_REGENERATE=1 writes them anew and fails.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "scene/map_scene.h"
#include "scene/serialise.h"
#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::scene;

namespace {

const Viewport kView{{1000, 500}, 3.0, 800, 500, 1.0};

/// The plan: a campus in the north takes 40 pupils of E, W has ten seats more, W and E form a
/// group.
test::Town planned() {
  test::Town town = test::two_catchments();
  Place& place = town.place;
  Campus campus = place.campuses[CampusId(0)];
  campus.code = "N";
  campus.name = {"北小学", "North"};
  campus.at = {1300, 850};
  const CampusId north = place.campuses.push_back(campus);
  CampusYear year;
  year.open = true;
  year.seats = 60;
  year.enrolment = 40;
  town.run.campuses.push_back(year);
  town.run.campuses[CampusId(0)].seats = 110;
  town.run.campuses[CampusId(1)].enrolment -= 40;
  auto flows = town.run.flows.listed();
  for (PupilFlow& f : flows)
    if (f.home == HomeId(2)) f = {f.home, north, 40};
  town.run.flows = flows;
  town.run.unplaced_of[HomeId(2)] = 10;
  place.groups.push_back(
      {"g", {"西东集团", "West-East group"}, CampusId(0), {{CampusId(1), "close_knit"}}});
  CampusIndicators figures = town.indicators.campuses[CampusId(0)];
  figures.utilisation = year.utilisation();
  town.indicators.campuses.push_back(figures);
  town.indicators.campuses[CampusId(0)].classes = 2;
  town.geometry = build_geometry(place, StageId(0), 2026, &town.run);
  return town;
}

void add_surroundings(Place& place) {
  place.backdrop.push_back(
      {Backdrop::Kind::River, {{{0, 300}, {900, 420}, {2000, 350}}}, {}, {"青河", "Qinghe River"}});
  place.backdrop.push_back({Backdrop::Kind::Arterial, {{{0, 620}, {2000, 600}}}, {}, {}});
  place.backdrop.push_back({Backdrop::Kind::Rail, {{{300, 0}, {500, 1000}}}, {}, {}});
}

struct Case {
  const char* name;
  void (*show)(MapContent&);
};

const Case kCases[] = {
    {"catchments", [](MapContent& c) { c.layers.catchments = true; }},
    {"class_size",
     [](MapContent& c) {
       c.layers.catchments = true;
       c.fill = FillBy::ClassSize;
     }},
    {"travel_time",
     [](MapContent& c) {
       c.layers.catchments = true;
       c.fill = FillBy::TravelTime;
     }},
    {"campuses", [](MapContent& c) { c.layers.campuses = true; }},
    {"homes", [](MapContent& c) { c.layers.homes = true; }},
    {"flows", [](MapContent& c) { c.layers.flows = true; }},
    {"backdrop", [](MapContent& c) { c.layers.backdrop = true; }},
    {"labels", [](MapContent& c) { c.layers.labels = true; }},
    {"ties", [](MapContent& c) { c.layers.ties = true; }},
    {"selection",
     [](MapContent& c) {
       c.layers.campuses = c.layers.flows = true;
       c.selection.kind = MapItem::Kind::Campus;
       c.selection.campus = CampusId(1);
     }},
};

MapContent content_of(const test::Town& before, const test::Town& after, MapMode mode,
                      ThemeKind theme, const Words& words) {
  MapContent content = test::content_of(after, words);
  content.baseline = before.snapshot();
  content.mode = mode;
  content.theme = theme;
  MapLayers& l = content.layers;
  l.catchments = l.campuses = l.homes = l.flows = l.backdrop = l.labels = l.ties = false;
  content.frame = PixelFrame{0, 0, kView.width_px, kView.height_px};
  return content;
}

/// One file a layer: before, after and the difference, by language and theme.
std::string drawn(const Case& one) {
  test::Town before = test::two_catchments(), after = planned();
  add_surroundings(before.place);
  add_surroundings(after.place);
  std::string out;
  for (Language language : {Language::Chinese, Language::English}) {
    const Words words = test::words_from_config(language);
    for (ThemeKind theme : {ThemeKind::Light, ThemeKind::Dark})
      for (MapMode mode : {MapMode::Baseline, MapMode::Scenario, MapMode::Difference}) {
        MapContent content = content_of(before, after, mode, theme, words);
        one.show(content);
        out += std::string("== ") + (language == Language::Chinese ? "zh" : "en") +
               (theme == ThemeKind::Light ? " light " : " dark ") +
               (mode == MapMode::Baseline   ? "before"
                : mode == MapMode::Scenario ? "after"
                                            : "difference") +
               "\n" + to_text(build_map(content, kView, test::SquareMeasure()));
      }
  }
  return out;
}

}  // namespace

TEST_CASE("every layer is drawn as recorded, before and after, in both languages and themes") {
  const std::filesystem::path folder = std::filesystem::path(DOORSTEP_GOLDEN_DIR) / "layers";
  const bool regenerate = std::getenv("DOORSTEP_REGENERATE") != nullptr;
  for (const Case& one : kCases) {
    const auto path = folder / (std::string(one.name) + ".txt");
    const std::string text = drawn(one);
    if (regenerate) {
      std::filesystem::create_directories(folder);
      write_file(path, text);
      continue;
    }
    const std::string expected = std::filesystem::exists(path) ? read_file(path) : "";
    if (text != expected) write_file(one.name + std::string(".new.txt"), text);
    INFO("differs from " << path << "; what was drawn is " << one.name << ".new.txt here");
    CHECK((text == expected));
  }
  if (regenerate) FAIL("wrote " << folder << ": read the differences, then run without");
}

TEST_CASE("each layer draws something, and no two layers the same") {
  std::vector<std::string> lists;
  for (const Case& one : kCases) {
    const std::string text = drawn(one);
    CHECK(std::find(lists.begin(), lists.end(), text) == lists.end());
    lists.push_back(text);
  }
}
