#include "render/raster/area_painter.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace doorstep;
using namespace doorstep::render;

namespace {

constexpr int kSide = 8;
const scene::Colour kBlack{0, 0, 0, 255}, kWhite{255, 255, 255, 255}, kRed{255, 0, 0, 255};

/// Eight by eight pixels, a metre each; (0, 0) is the lower left corner of the map, row 0 on top.
struct Sheet {
  std::vector<uint32_t> pixels = std::vector<uint32_t>(kSide * kSide);
  explicit Sheet(const std::vector<scene::Mark>& marks, int threads = 1) {
    const scene::Viewport view{{4, 4}, 1.0, kSide, kSide, 1.0};
    const Canvas canvas{pixels.data(), kSide, kSide, kSide, Canvas::Order::Argb};
    clear(canvas, kWhite);
    paint(marks, view, canvas, threads);
  }
  /// Green, which neither black nor red has: 255 where nothing was drawn.
  [[nodiscard]] int light(int x, int y) const {
    return static_cast<int>(pixels[static_cast<std::size_t>(y * kSide + x)] >> 8 & 0xFF);
  }
  [[nodiscard]] uint32_t at(int x, int y) const {
    return pixels[static_cast<std::size_t>(y * kSide + x)];
  }
};

Ring box(double x0, double y0, double x1, double y1) {
  return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
}

scene::FillMark filled(MultiPolygon shape, scene::Colour colour = kBlack) {
  return {std::move(shape), colour, {}, -1};
}

}  // namespace

TEST_CASE("a pixel is as dark as the share of it that is covered") {
  const Sheet sheet({filled({{box(2, 2, 4.25, 6), {}}})});
  CHECK(sheet.light(1, 4) == 255);
  CHECK(sheet.light(2, 4) == 0);
  CHECK(sheet.light(3, 2) == 0);
  CHECK(sheet.light(3, 1) == 255);
  CHECK(sheet.light(4, 4) == 191);  // a quarter
}

TEST_CASE("neighbours leave no gap, whichever way round their rings run") {
  for (double border : {4.2, 4.5, 4.8}) {
    Ring right = box(border, 0, 8, 8);
    std::reverse(right.begin(), right.end());
    const Sheet sheet({filled({{box(0, 0, border, 8), {}}}), filled({{right, {}}})});
    INFO(border);
    for (int x = 0; x < kSide; ++x) CHECK(sheet.light(x, 3) <= 64);
  }
}

TEST_CASE("a hole shows what lies below, and parts of one area may overlap") {
  Ring hole = box(3, 3, 5, 5);
  std::reverse(hole.begin(), hole.end());
  const Sheet sheet(
      {filled({{box(1, 1, 7, 7), {hole}}, {box(1, 1, 2, 2), {}}}, scene::Colour{0, 0, 0, 128})});
  CHECK(sheet.light(3, 4) == 255);
  CHECK(sheet.light(2, 4) == 127);
  CHECK(sheet.light(1, 6) == 127);  // not twice
}

TEST_CASE("a band keeps inside its outline") {
  scene::FillMark mark = filled({{box(1, 1, 7, 7), {}}});
  mark.inner_edge_px = 2.0;
  mark.inner_edge = kRed;
  const Sheet sheet({mark});
  CHECK(sheet.at(1, 4) == 0xFFFF0000);
  CHECK(sheet.at(2, 4) == 0xFFFF0000);
  CHECK(sheet.at(3, 4) == 0xFF000000);
  CHECK(sheet.light(0, 4) == 255);
}

TEST_CASE("a line is as wide as asked, with round ends") {
  const scene::LineMark line{{{{2, 4}, {6, 4}}}, kBlack, 2.0, {}, false};
  const Sheet sheet({line});
  CHECK(sheet.light(4, 3) == 0);
  CHECK(sheet.light(4, 4) == 0);
  CHECK(sheet.light(4, 2) == 255);
  CHECK(sheet.light(1, 3) > 0);  // half a pixel beyond the end and half beside: √½ of 1 + ½
  CHECK(sheet.light(1, 3) < 255);
  CHECK(sheet.light(0, 3) == 255);
}

TEST_CASE("what reaches far beyond the canvas is cut, not lost") {
  const Sheet sheet({filled({{box(-1e6, -1e6, 4, 1e6), {}}}),
                     scene::LineMark{{{{-1e5, 6}, {1e5, 6}}}, kRed, 1.0, {}, false}});
  CHECK(sheet.light(3, 7) == 0);
  CHECK(sheet.light(4, 7) == 255);
  CHECK(sheet.at(7, 2) != sheet.at(7, 6));
}

TEST_CASE("a long line looks the same whole and in pieces") {
  constexpr int kWide = 200, kHigh = 150;
  const scene::Viewport view{{100, 75}, 1.0, kWide, kHigh, 1.0};
  auto painted = [&](const std::vector<Polyline>& lines) {
    std::vector<uint32_t> pixels(kWide * kHigh);
    const Canvas canvas{pixels.data(), kWide, kWide, kHigh, Canvas::Order::Argb};
    clear(canvas, kWhite);
    paint(std::vector<scene::Mark>{scene::LineMark{lines, kBlack, 3.0, {}, false}}, view, canvas,
          1);
    return pixels;
  };
  const auto whole = painted({{{-50, -20}, {120, 140}, {120, 60}, {190, 60}}});
  const auto pieces =
      painted({{{-50, -20}, {120, 140}}, {{120, 140}, {120, 60}}, {{120, 60}, {190, 60}}});
  long black = 0, differ = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    black += whole[i] == 0xFF000000;
    differ += std::abs(static_cast<int>(whole[i] & 0xFF) - static_cast<int>(pieces[i] & 0xFF)) > 64;
  }
  CHECK(black > 2 * 300);  // some 300 pixels long in the canvas, 3 wide
  CHECK(differ <= 6);      // where two ends meet
}

namespace {

/// Black, half black over red, red, nothing: two by two pixels over a box of the map.
scene::ImageMark four_pixels(const Box& on, double opacity = 1.0) {
  auto picture = std::make_shared<scene::Picture>();
  picture->width = picture->height = 2;
  picture->rgba = {0, 0, 0, 255, 0, 0, 0, 128, 255, 0, 0, 255, 9, 9, 9, 0};
  return {std::move(picture), on, opacity};
}

Box square(double x0, double y0, double x1, double y1) {
  Box out;
  out.add(Xy{x0, y0});
  out.add(Xy{x1, y1});
  return out;
}

}  // namespace

TEST_CASE("a picture that fits the pixels is laid pixel for pixel, what is empty in it nothing") {
  const Sheet sheet({four_pixels(square(2, 4, 4, 6))});
  CHECK(sheet.at(2, 2) == 0xFF000000);
  CHECK(sheet.at(3, 2) == 0xFF7F7F7F);  // 128 of 255 black over white
  CHECK(sheet.at(2, 3) == 0xFFFF0000);
  CHECK(sheet.at(3, 3) == 0xFFFFFFFF);
  CHECK(sheet.at(1, 2) == 0xFFFFFFFF);
  CHECK(sheet.at(4, 2) == 0xFFFFFFFF);
  CHECK(sheet.at(2, 1) == 0xFFFFFFFF);
  CHECK(sheet.at(2, 4) == 0xFFFFFFFF);
}

TEST_CASE("a picture between the pixels is mixed of its neighbours and ends where its box ends") {
  // Twice as large: the middles of the canvas lie a quarter of a pixel of the picture off its own.
  const Sheet large({four_pixels(square(2, 2, 6, 6))});
  CHECK(large.at(2, 2) == 0xFF000000);
  CHECK(large.at(2, 5) == 0xFFFF0000);
  CHECK(large.at(2, 3) == 0xFF3F0000);  // a quarter red
  CHECK(large.at(2, 4) == 0xFFBF0000);
  CHECK(large.light(6, 2) == 255);
  CHECK(large.light(1, 2) == 255);
  const Sheet faint({four_pixels(square(2, 4, 4, 6), 0.5)});
  CHECK(faint.at(2, 2) == 0xFF7F7F7F);
}

TEST_CASE("two threads paint what one paints") {
  std::vector<scene::Mark> marks;
  Ring star;
  for (int i = 0; i < 40; ++i) {
    const double r = i % 2 == 0 ? 3.7 : 1.3, turn = i * 0.157;
    star.push_back({4 + r * std::cos(turn), 4 + r * std::sin(turn)});
  }
  scene::FillMark mark = filled({{star, {}}}, kRed);
  mark.inner_edge_px = 0.8;
  mark.inner_edge = kBlack;
  mark.hatch = {3.0, 1.0, kBlack};
  marks.emplace_back(mark);
  marks.emplace_back(scene::LineMark{{star}, kBlack, 0.6, {}, true});
  marks.emplace_back(four_pixels(square(1.3, 1.7, 6.1, 7.9)));
  CHECK(Sheet(marks, 1).pixels == Sheet(marks, 2).pixels);
  CHECK(Sheet(marks, 1).pixels == Sheet(marks, 3).pixels);
}

TEST_CASE("fills and plain lines with many points are painted, and what lies between parts") {
  scene::DisplayList list;
  Ring many;
  for (int i = 0; i < 2000; ++i) many.push_back({i * 1.0, (i % 7) * 1.0});
  list.marks.emplace_back(filled({{box(0, 0, 1, 1), {}}}));
  list.marks.emplace_back(scene::CircleMark{});
  list.marks.emplace_back(filled({{many, {}}}));
  list.marks.emplace_back(scene::LineMark{{many}, kBlack, 1.0, {}, false});
  list.marks.emplace_back(scene::LineMark{{many}, kBlack, 1.0, {5.0, 4.0}, false});
  const auto runs = painted_runs(list);
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].first == 2);
  CHECK(runs[0].count == 2);
}

TEST_CASE("a picture is painted with what it adjoins, be it ever so small") {
  scene::DisplayList list;
  list.marks.emplace_back(filled({{box(0, 0, 1, 1), {}}}));
  list.marks.emplace_back(four_pixels(square(0, 0, 1, 1)));
  list.marks.emplace_back(scene::CircleMark{});
  list.marks.emplace_back(scene::ImageMark{});  // holds nothing
  const auto runs = painted_runs(list);
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].first == 0);
  CHECK(runs[0].count == 2);
}
