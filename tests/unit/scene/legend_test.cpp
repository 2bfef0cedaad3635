#include "scene/legend.h"
#include "scene/legend_panel.h"

#include <catch2/catch.hpp>

#include "scene/furniture.h"
#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::scene;

namespace {
const Viewport kView{{1000, 500}, 10.0, 800, 600, 1.0};
}

TEST_CASE("a legend counts what is shown, with its least and most") {
  test::Town town = test::two_catchments();
  Words words = test::words_from_config(Language::English);
  LegendModel m = build_legend(test::content_of(town, words), kView);
  REQUIRE(m.rows.size() == 7);
  CHECK(m.rows[0].label == "> 130%");
  CHECK(m.rows[1].count == 1);  // E: 120 of 100
  CHECK(m.rows[3].count == 0);
  CHECK(m.rows[4].count == 1);  // W: 90 of 100 lies in (70, 90]
  CHECK(m.limit_after == 3);
  CHECK(m.summary == "2 catchments · min 90% · max 120%");
  CHECK(m.flow_note == "Wide at home, narrow at school. 1 of 1 shown, 100% of pupils");
}

TEST_CASE("a legend of classes sums to the number of areas") {
  test::Town town = test::large_town();
  Words words = test::words_from_config(Language::Chinese);
  MapContent content = test::content_of(town, words);
  for (FillBy fill : {FillBy::Utilisation, FillBy::ClassSize, FillBy::TravelTime}) {
    content.fill = fill;
    int sum = 0;
    for (const LegendRow& row : build_legend(content, kView).rows) sum += row.count;
    CHECK(sum == 24);
  }
}

TEST_CASE("the legend of a difference counts falls and rises in points") {
  test::Town before = test::large_town(), after = test::large_town(true);
  Words words = test::words_from_config(Language::English);
  MapContent content = test::content_of(after, words);
  content.baseline = before.snapshot();
  content.mode = MapMode::Difference;
  LegendModel m = build_legend(content, kView);
  REQUIRE(m.rows.size() == 5);
  CHECK(m.rows[4].count == 1);  // the relieved campus
  CHECK(m.rows[0].count + m.rows[1].count == 2);
  CHECK(m.rows[2].count == 21);
  CHECK(m.limit_after == -1);
}

TEST_CASE("a legend of before and after counts the areas of both, by name") {
  test::Town before = test::two_catchments(), after = test::two_catchments();
  after.run.campuses[CampusId(1)].seats = 200;  // 120 of 100 becomes 120 of 200
  Words words = test::words_from_config(Language::English);
  MapContent content = test::content_of(after, words);
  content.baseline = before.snapshot();
  LegendModel m = build_legend(content, kView);
  count_before(content, m);
  CHECK(m.before_head == words("map.before"));
  CHECK(m.rows[1].before == 1);  // (110, 130]
  CHECK(m.rows[1].count == 0);
  CHECK(m.rows[5].before == 0);  // (50, 70]
  CHECK(m.rows[5].count == 1);
  CHECK(m.before_summary == m.before_head + ": 2 catchments · min 90% · max 120%");
  CHECK(m.summary == m.after_head + ": 2 catchments · min 60% · max 90%");
}

TEST_CASE("a page reserves the strip of a fill by land before it is measured") {
  test::Town town = test::two_catchments();
  Words words = test::words_from_config(Language::English);
  MapContent content = test::content_of(town, words);
  const test::SquareMeasure measure;
  for (FillBy fill : {FillBy::Reach, FillBy::Density}) {
    content.fill = fill;
    const PrintLayout layout = layout_print(content, {}, 640, 400, measure);
    CHECK(layout.legend_strip);
    CHECK(layout.legend.height > 20);
  }
}

TEST_CASE("areas without seats are counted apart") {
  test::Town town = test::two_catchments();
  town.run.campuses[CampusId(0)].seats = 0;
  Words words = test::words_from_config(Language::English);
  LegendModel m = build_legend(test::content_of(town, words), kView);
  CHECK(m.missing_note == "1 without figures");
  CHECK(m.summary == "2 catchments · min 120% · max 120%");
}

TEST_CASE("the area of a new campus is counted as new, not as missing") {
  test::Town before = test::two_catchments(), after = test::two_catchments();
  after.place.campuses[CampusId(0)].code = "N";
  Words words = test::words_from_config(Language::English);
  MapContent content = test::content_of(after, words);
  content.baseline = before.snapshot();
  content.mode = MapMode::Difference;
  after.place.catchments[CatchmentId(0)].code = "CN";
  LegendModel m = build_legend(content, kView);
  REQUIRE(m.rows.size() == 6);
  CHECK(m.rows[5].index == -1);
  CHECK(m.rows[5].count == 1);
  CHECK(m.rows[5].label == "new campus");
  CHECK(m.missing_note.empty());
}

TEST_CASE("a legend says how many areas come from homes, only where some do") {
  test::Town town = test::two_catchments();
  Words words = test::words_from_config(Language::English);
  CHECK(build_legend(test::content_of(town, words), kView).area_note.empty());
  town.place.catchments[CatchmentId(1)].area.clear();
  town.geometry = build_geometry(town.place, StageId(0), 2026, &town.run);
  CHECK(build_legend(test::content_of(town, words), kView).area_note ==
        "1 without borders: by nearest homes");
}

TEST_CASE("layers that are off leave no legend") {
  test::Town town = test::two_catchments();
  Words words;
  MapContent content = test::content_of(town, words);
  content.layers = {false, false, false, false, false, false, false};
  LegendModel m = build_legend(content, kView);
  CHECK(m.rows.empty());
  CHECK(m.circles.empty());
  CHECK(m.home_title.empty());
  CHECK(m.flow_title.empty());
}

TEST_CASE("an attribution that several layers share is said once, by licence") {
  Place place;
  place.sources.push_back(
      {"homes", "h.csv", "OGL", "Council; contains Crown data", "", Origin::Real});
  place.sources.push_back({"zones", "z.csv", "OGL", "Council", "", Origin::Real});
  place.sources.push_back({"seats", "s.csv", "CC0", "made here; Council", "", Origin::Real});
  CHECK(attributions(place) ==
        std::vector<std::string>{"Council; contains Crown data, OGL", "made here, CC0"});
}

TEST_CASE("attributions name each source once and OpenStreetMap as its licence asks") {
  Place place;
  place.sources.push_back({"streets", "a.pbf", "ODbL 1.0", "", "", Origin::Real});
  place.sources.push_back({"water", "b.pbf", "", "© OpenStreetMap", "", Origin::Real});
  place.sources.push_back({"zones", "z.csv", "OGL v3", "City council", "", Origin::Real});
  CHECK(attributions(place) ==
        std::vector<std::string>{"© OpenStreetMap contributors, ODbL", "City council, OGL v3"});
}

TEST_CASE(
    "a legend's own height holds all of it, and a long heading breaks instead of ending in dots") {
  test::Town town = test::two_catchments();
  const Words words = test::words_from_config(Language::English);
  const MapContent content = test::content_of(town, words);
  LegendModel m = build_legend(content, kView);
  const test::SquareMeasure measure;
  auto texts = [&](const PixelFrame& frame) {
    DisplayList list;
    draw_legend(m, content, frame, measure, list);
    std::vector<std::string> out;
    for (const Mark& mark : list.marks)
      if (const auto* text = std::get_if<ScreenText>(&mark)) out.push_back(text->text);
    return out;
  };
  for (double width : {200.0, 233.3, 250.0, 271.7}) {
    const double height = legend_height(m, content, width, measure);
    CHECK(texts({12.3, 117.9, width, height}) == texts({12.3, 117.9, width, 2000}));
  }
  m.flow_title = "Flows between catchments that are far from one another";
  const auto all = texts({0, 0, 250, 2000});
  for (const std::string& line : all) CHECK(line.find("…") == std::string::npos);
  CHECK(std::ranges::count(all, m.flow_title) == 0);
}
