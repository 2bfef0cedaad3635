#include "scene/map_scene.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "base/file.h"
#include "scene/furniture.h"
#include "scene/map_values.h"
#include "scene/serialise.h"
#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::scene;

namespace {

const Viewport kView{{1000, 500}, 2.0, 1280, 720, 1.0};

/// Compares with tests/golden/scene/<name>; where it differs writes <name>.new and fails.
void check_golden(const std::string& name, const std::string& text) {
  std::filesystem::path path = std::filesystem::path(DOORSTEP_GOLDEN_DIR) / name;
  std::string expected = std::filesystem::exists(path) ? read_file(path) : "";
  if (text != expected) write_file(path.string() + ".new", text);
  INFO("differs from " << path << "; look at the .new file beside it and rename it if it is right");
  CHECK((text == expected));
}

template <class MarkType>
std::vector<MarkType> all_of(const DisplayList& list) {
  std::vector<MarkType> out;
  for (const Mark& m : list.marks)
    if (const auto* mark = std::get_if<MarkType>(&m)) out.push_back(*mark);
  return out;
}

bool has_label(const DisplayList& list, const std::string& text) {
  for (const LabelMark& m : all_of<LabelMark>(list))
    if (m.text == text) return true;
  return false;
}

}  // namespace

TEST_CASE("a campus whose name is its code gets no label until it is asked for") {
  test::Town town = test::two_catchments();
  town.place.campuses[CampusId(0)].name = {"W", "W"};
  Words words = test::words_from_config(Language::English);
  MapContent content = test::content_of(town, words);
  CHECK_FALSE(has_label(build_map(content, kView, test::SquareMeasure()), "W"));
  CHECK(has_label(build_map(content, kView, test::SquareMeasure()), "East"));
  content.hover.kind = MapItem::Kind::Campus;
  content.hover.campus = CampusId(0);
  CHECK(has_label(build_map(content, kView, test::SquareMeasure()), "W"));
}

TEST_CASE("the map of two catchments is drawn as recorded") {
  test::Town town = test::two_catchments();
  Words words = test::words_from_config(Language::English);
  DisplayList list = build_map(test::content_of(town, words), kView, test::SquareMeasure());
  check_golden("two_catchments.txt", to_text(list));
}

TEST_CASE("the printed page of two catchments is drawn as recorded") {
  test::Town town = test::two_catchments();
  Words words = test::words_from_config(Language::Chinese);
  PrintOptions options;
  options.china = true;
  MapContent content = test::content_of(town, words);
  test::SquareMeasure measure;
  Viewport view = print_view(content, options, 1280, 720, 1.0, measure);
  PrintLayout layout = layout_print(content, options, 1280, 720, measure);
  check_golden("two_catchments_page.txt",
               to_text(build_furniture(content, view, options, layout, measure)));
}

TEST_CASE("the same content gives the same list") {
  test::Town a = test::large_town(), b = test::large_town();
  Words words = test::words_from_config(Language::English);
  test::SquareMeasure measure;
  Viewport view{{0, 0}, 12.0, 1280, 720, 1.0};
  CHECK((to_text(build_map(test::content_of(a, words), view, measure)) ==
         to_text(build_map(test::content_of(b, words), view, measure))));
}

TEST_CASE("an area over its seats is hatched, one within is not") {
  test::Town town = test::two_catchments();
  Words words;
  DisplayList list = build_map(test::content_of(town, words), kView, test::SquareMeasure());
  int hatched = 0, plain = 0;
  for (const FillMark& m : all_of<FillMark>(list))
    if (m.id >= 0) (m.hatch.spacing_px > 0 ? hatched : plain)++;
  CHECK(hatched == 1);
  CHECK(plain == 1);
}

TEST_CASE("a percentage stands beside campuses above 110 per cent only") {
  test::Town town = test::two_catchments();
  Words words;
  DisplayList list = build_map(test::content_of(town, words), kView, test::SquareMeasure());
  CHECK(has_label(list, "120%"));
  CHECK_FALSE(has_label(list, "90%"));
}

TEST_CASE("a changed campus shows before and after, and in difference mode a signed chip") {
  test::Town before = test::two_catchments(), after = test::two_catchments();
  after.run.campuses[CampusId(1)].enrolment = 93;
  Words words;
  MapContent content = test::content_of(after, words);
  content.baseline = before.snapshot();
  test::SquareMeasure measure;
  CHECK(has_label(build_map(content, kView, measure), "120 → 93%"));
  content.mode = MapMode::Difference;
  CHECK(has_label(build_map(content, kView, measure), "▼ −27"));
  CHECK(area_values(content)[1] == Approx(-27));
  content.mode = MapMode::Baseline;
  CHECK(has_label(build_map(content, kView, measure), "120%"));
}

TEST_CASE("a campus the plan opens is marked new and one it closes is crossed out") {
  test::Town before = test::two_catchments(), after = test::two_catchments();
  before.place.campuses[CampusId(0)].code = "gone";
  Words words = test::words_from_config(Language::English);
  MapContent content = test::content_of(after, words);
  content.baseline = before.snapshot();
  const DisplayList map = build_map(content, kView, test::SquareMeasure());
  CHECK(has_label(map, "West (new)"));
  CHECK(has_label(map, "West (closed)"));
  CHECK(closed_campuses(content) == std::vector<CampusId>{CampusId(0)});
  CHECK_FALSE(changed_points(content, CampusId(0)));
}

TEST_CASE("utilisation of an area with two campuses is theirs together") {
  test::Town town = test::two_catchments();
  town.place.catchments[CatchmentId(0)].campuses.push_back(CampusId(1));
  town.geometry = build_geometry(town.place, StageId(0), 2026, &town.run);
  Words words;
  CHECK(area_values(test::content_of(town, words))[0] == Approx(210.0 / 200.0));
}

TEST_CASE("only the chosen class of the legend keeps its strength") {
  test::Town town = test::two_catchments();
  Words words;
  MapContent content = test::content_of(town, words);
  content.class_filter = 5;
  const Colour paper = theme(ThemeKind::Light).paper;
  auto off_paper = [&](Colour c) {
    return std::abs(c.r - paper.r) + std::abs(c.g - paper.g) + std::abs(c.b - paper.b);
  };
  for (const FillMark& m : all_of<FillMark>(build_map(content, kView, test::SquareMeasure())))
    if (m.id == 0) {
      CHECK(off_paper(m.colour) < 20);
      CHECK(m.inner_edge_px == 0.0);
    } else if (m.id == 1) {
      CHECK(off_paper(m.colour) > 150);
      CHECK(m.inner_edge_px > 0.0);
    }
}

TEST_CASE("ties are drawn in the years they hold") {
  test::Town town = test::large_town();
  Words words;
  MapContent content = test::content_of(town, words);
  auto lines = [&] {
    return all_of<LineMark>(build_map(content, {{0, 0}, 12, 1280, 720, 1}, test::SquareMeasure()))
        .size();
  };
  std::size_t without = lines();
  content.layers.ties = true;
  CHECK(lines() == without + 12);  // six ties, each with its halo
  for (Group& g : town.place.groups)
    for (Tie& t : g.ties) t.since = 2030;
  CHECK(lines() == without);
}

TEST_CASE("a place with nothing but a campus still makes a map") {
  Place place;
  place.stages.push_back({});
  Campus campus;
  campus.at = {5, 5};
  campus.stages.resize(1);
  campus.stages[StageId(0)] = CampusStage{};
  place.campuses.push_back(campus);
  Words words;
  MapContent content;
  content.current.place = &place;
  content.stage = StageId(0);
  content.words = &words;
  test::SquareMeasure measure;
  Viewport view = print_view(content, {}, 800, 600, 1.0, measure);
  CHECK(all_of<CircleMark>(build_print(content, view, {}, measure)).size() == 3);
}

TEST_CASE("fitting shows the box whole in the middle of the frame") {
  Box box;
  box.add(Xy{0, 0});
  box.add(Xy{2000, 1000});
  Viewport view = fit_view(box, 1280, 720, 1.0, {280, 44, 1000, 600}, 20);
  Xy low = view.to_px({0, 0}), high = view.to_px({2000, 1000});
  CHECK(low.x == Approx(300));
  CHECK(high.x == Approx(1260));
  CHECK((low.y + high.y) / 2 == Approx(344));
}
