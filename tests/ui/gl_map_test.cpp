#include <catch2/catch.hpp>

#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "every_mark.h"
#include "render/gl/gl_map.h"
#include "render/gl/image_file.h"
#include "render/gl/offscreen.h"

using namespace doorstep;
using namespace doorstep::render;

namespace {

Image draw(const scene::DisplayList& list, const scene::Viewport& view,
           GlShared::Areas areas = GlShared::Areas::AsSuitsTheDriver) {
  OffscreenContext context(static_cast<int>(view.width_px * view.scale),
                           static_cast<int>(view.height_px * view.scale));
  GlShared shared(areas);
  GlMap map(shared);
  map.upload(list, view.scale);
  context.begin();
  map.draw(view);
  return context.read();
}

std::array<int, 3> pixel(const Image& image, int x, int y) {
  const uint8_t* p = &image.rgba[(static_cast<std::size_t>(y) * image.width + x) * 4];
  return {p[0], p[1], p[2]};
}

/// Moves what lies on the map and takes its hatches away, whose phase is tied to the map origin.
struct Move {
  Xy by;
  void operator()(scene::FillMark& m) const {
    for (Polygon& p : m.shape) {
      for (Xy& v : p.outer) v = v + by;
      for (Ring& hole : p.holes)
        for (Xy& v : hole) v = v + by;
    }
    m.hatch = {};
  }
  void operator()(scene::LineMark& m) const {
    for (Polyline& l : m.lines)
      for (Xy& v : l) v = v + by;
  }
  void operator()(scene::FlowMark& m) const {
    m.from = m.from + by;
    m.to = m.to + by;
    m.control = m.control + by;
  }
  void operator()(scene::DotsMark& m) const {
    for (Xy& v : m.at) v = v + by;
  }
  void operator()(scene::CircleMark& m) const { m.at = m.at + by; }
  void operator()(scene::LabelMark& m) const { m.at = m.at + by; }
  void operator()(scene::BoxMark& m) const { m.at = m.at + by; }
  template <class Screen>
  void operator()(Screen&) const {}
};

}  // namespace

TEST_CASE("the screen and print draw the same picture but for the softness of edges") {
  const auto list = testing::every_mark();
  const auto view = testing::every_mark_view();
  const Image print = render_image(list, view);
  const ImageDifference off = difference(draw(list, view), print, 48);
  if (const char* keep = std::getenv("DOORSTEP_KEEP_PICTURES")) {
    write_png(print, std::filesystem::path(keep) / "print.png");
    write_png(draw(list, view), std::filesystem::path(keep) / "screen.png");
    write_png(off.marked, std::filesystem::path(keep) / "off.png");
  }
  INFO(off.pixels << " pixels differ by more than 48");
  REQUIRE(off.share <= 0.003);
}

namespace {

/// A ring of many points round the middle, and one round it with that as its hole.
scene::DisplayList wavy_areas() {
  Ring inner, outer;
  for (int i = 0; i < 1200; ++i) {
    const double turn = i * 2 * 3.14159265358979 / 1200, wave = 1 + 0.1 * std::sin(24 * turn);
    inner.push_back(Xy{std::cos(turn), std::sin(turn)} * (60 * wave));
    outer.push_back(Xy{std::cos(turn), std::sin(turn)} * (130 * wave));
  }
  Ring hole = inner;
  std::reverse(hole.begin(), hole.end());
  const scene::Theme& t = scene::theme(scene::ThemeKind::Light);
  scene::DisplayList list;
  list.background = t.outside;
  list.marks.push_back(scene::FillMark{
      {{inner, {}}}, t.utilisation[1], {}, 1, 4.0, scene::faded(t.utilisation[0], 0.95)});
  list.marks.push_back(scene::FillMark{{{outer, {hole}}},
                                       t.utilisation[5],
                                       {6.0, 1.15, scene::faded(t.ink, 0.36)},
                                       2,
                                       4.0,
                                       scene::faded(t.utilisation[6], 0.95)});
  list.marks.push_back(scene::LineMark{{inner, outer}, t.halo, 2.4, {}, true});
  list.marks.push_back(scene::LineMark{{inner, outer}, t.border, 1.0, {}, true});
  return list;
}

}  // namespace

TEST_CASE("areas painted in memory look as the card draws them, alone and over something") {
  using Areas = GlShared::Areas;
  auto list = wavy_areas();
  for (double scale : {1.0, 1.5}) {
    const scene::Viewport view{{10, -5}, 1.0, 400, 300, scale};
    const Image card = draw(list, view, Areas::OnTheCard);
    const Image memory = draw(list, view, Areas::InMemory);
    const ImageDifference off = difference(card, memory, 24);
    if (const char* keep = std::getenv("DOORSTEP_KEEP_PICTURES")) {
      write_png(card, std::filesystem::path(keep) / "areas_card.png");
      write_png(memory, std::filesystem::path(keep) / "areas_memory.png");
    }
    INFO(off.pixels << " pixels differ by more than 24 at " << scale);
    CHECK(off.share <= 0.003);
    CHECK(card.rgba != memory.rgba);  // each way was taken
  }
  const scene::Viewport view{{0, 0}, 1.0, 400, 300, 1.0};
  list.marks.insert(list.marks.begin(), scene::CircleMark{{0, 140}, 30, {0, 114, 178, 255}, {}, 0});
  CHECK(
      difference(draw(list, view, Areas::OnTheCard), draw(list, view, Areas::InMemory), 24).share <=
      0.003);
}

TEST_CASE("drawing twice gives the same bytes") {
  const auto list = testing::every_mark();
  const auto view = testing::every_mark_view();
  REQUIRE(draw(list, view).rgba == draw(list, view).rgba);
}

TEST_CASE("a hole shows the ground and an area its colour") {
  const Image image = draw(testing::every_mark(), testing::every_mark_view());
  const auto paper = scene::theme(scene::ThemeKind::Light).paper;
  REQUIRE(pixel(image, 62, 112) == std::array<int, 3>{paper.r, paper.g, paper.b});
  const auto violet = scene::theme(scene::ThemeKind::Light).utilisation[1];
  REQUIRE(pixel(image, 160, 60) == std::array<int, 3>{violet.r, violet.g, violet.b});
  REQUIRE(pixel(image, 225, 110) == std::array<int, 3>{paper.r, paper.g, paper.b});  // the notch
}

TEST_CASE("panning uploads nothing and moves hatches with the map") {
  const auto list = testing::every_mark();
  auto view = testing::every_mark_view();
  OffscreenContext context(512, 320);
  GlShared shared;
  GlMap map(shared);
  map.upload(list);
  context.begin();
  map.draw(view);
  const Image before = context.read();
  const long bytes = map.counts().bytes_uploaded;
  view.centre.x -= 7;
  context.begin();
  map.draw(view);
  const Image after = context.read();
  REQUIRE(map.counts().bytes_uploaded == bytes);
  REQUIRE(map.counts().uploads == 1);
  for (int x = 30; x < 45; ++x) REQUIRE(pixel(before, x, 100) == pixel(after, x + 7, 100));
}

TEST_CASE("marks of one kind that follow each other cost one draw") {
  scene::DisplayList list;
  for (int i = 0; i < 500; ++i) {
    list.marks.push_back(scene::CircleMark{{i * 3.0, i * 2.0}, 4, {255, 0, 0, 255}, {}, 0, i});
  }
  OffscreenContext context(512, 320);
  GlShared shared;
  GlMap map(shared);
  map.upload(list);
  context.begin();
  map.draw({{700, 500}, 4.0, 512, 320, 1.0});
  REQUIRE(map.counts().draw_calls == 1);
}

TEST_CASE("far from the origin of the projection nothing shakes") {
  auto list = testing::every_mark();
  auto view = testing::every_mark_view();
  const Image near = draw(list, view);
  const Xy shift{39'500'000.0, 4'100'000.0};  // a zone number in the easting, eight digits
  for (scene::Mark& mark : list.marks) std::visit(Move{shift}, mark);
  view.centre = view.centre + shift;
  auto plain = testing::every_mark();
  for (scene::Mark& mark : plain.marks) std::visit(Move{{0, 0}}, mark);
  REQUIRE(difference(draw(plain, testing::every_mark_view()), draw(list, view), 8).share <= 0.0005);
}
