// Pictures of 512 by 320 pixels of both renderers against tests/ui/golden: a channel may be off by
// 8, and so may one pixel in two thousand more. DOORSTEP_REGENERATE=1 writes them anew and fails.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>

#include "every_mark.h"
#include "render/gl/gl_map.h"
#include "render/gl/image_file.h"
#include "render/gl/offscreen.h"
#include "render/gl/shifted_map.h"
#include "scene/map_scene.h"
#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::render;

namespace {

Image screen(const scene::DisplayList& list, const scene::Viewport& view) {
  OffscreenContext context(static_cast<int>(view.width_px * view.scale),
                           static_cast<int>(view.height_px * view.scale));
  GlShared shared;
  GlMap map(shared);
  map.upload(list, view.scale);
  context.begin();
  map.draw(view);
  return context.read();
}

/// On failure the picture, and it faint with what differs in strong colour, lie where the test ran.
void check_golden(const Image& drawn, const std::string& name) {
  constexpr int kTolerance = 8;
  constexpr double kShare = 0.0005;
  const std::filesystem::path golden = std::filesystem::path(DOORSTEP_GOLDEN) / (name + ".png");
  if (std::getenv("DOORSTEP_REGENERATE") != nullptr) {
    write_png(drawn, golden);
    FAIL_CHECK("wrote " << golden << ": look at it, then run without DOORSTEP_REGENERATE");
    return;
  }
  const ImageDifference off = difference(drawn, read_png(golden), kTolerance);
  if (off.share > kShare) {
    write_png(off.marked, name + "_difference.png");
    write_png(drawn, name + "_drawn.png");
  }
  INFO(off.pixels << " pixels differ; see " << name << "_difference.png");
  CHECK(off.share <= kShare);
}

/// A synthetic town with all layers.
struct Drawn {
  test::Town town = test::large_town();
  Words words = test::words_from_config(Language::Chinese);
  CairoTextMeasure measure;
  scene::Viewport view{{0, 0}, 22.0, 512, 320, 1.0};
  scene::DisplayList list(scene::ThemeKind theme) const {
    scene::MapContent content = test::content_of(town, words);
    content.theme = theme;
    content.layers.ties = true;
    content.frame = scene::PixelFrame{0, 0, view.width_px, view.height_px};
    return build_map(content, view, measure);
  }
};

}  // namespace

TEST_CASE("every kind of mark draws as in the golden picture") {
  const auto list = doorstep::testing::every_mark();
  const auto view = doorstep::testing::every_mark_view();
  check_golden(screen(list, view), "every_mark");
  check_golden(render_image(list, view), "every_mark_print");
}

TEST_CASE("a town draws as in the golden pictures, on screen and in print, light and dark") {
  const Drawn town;
  for (auto theme : {scene::ThemeKind::Light, scene::ThemeKind::Dark}) {
    const auto list = town.list(theme);
    const std::string name = theme == scene::ThemeKind::Light ? "town" : "town_dark";
    check_golden(screen(list, town.view), name);
    check_golden(render_image(list, town.view), name + "_print");
  }
}

TEST_CASE(
    "a map that panning shifts is the map drawn there, and nothing goes up or is drawn anew") {
  const Drawn town;
  const auto list = town.list(scene::ThemeKind::Light);
  scene::Viewport near = town.view, far = town.view;
  near.centre = near.centre + Xy{40, -25} * near.m_per_px;
  far.centre = far.centre + Xy{240, -25} * far.m_per_px;  // beyond the margin
  // Before the context below is made: there is one current context.
  const Image near_anew = screen(list, near), far_anew = screen(list, far);
  OffscreenContext context(512, 320);
  GlShared shared;
  ShiftedMap map(shared);
  map.upload(list, 1.0);
  map.draw(town.view, context.frame());
  const DrawCounts before = map.counts();
  REQUIRE(map.drawn() == 1);
  map.draw(town.view, context.frame());
  CHECK(map.drawn() == 1);
  // The first step of a pan draws a margin, which the next steps shift.
  scene::Viewport first = town.view;
  first.centre = first.centre + Xy{10, 0} * first.m_per_px;
  map.draw(first, context.frame());
  CHECK(map.drawn() == 2);
  map.draw(near, context.frame());
  CHECK(map.drawn() == 2);
  CHECK(map.counts().bytes_uploaded == before.bytes_uploaded);
  CHECK(difference(context.read(), near_anew, 8).share <= 0.0005);
  map.draw(far, context.frame());
  CHECK(map.drawn() == 3);
  CHECK(map.counts().bytes_uploaded == before.bytes_uploaded);
  CHECK(difference(context.read(), far_anew, 8).share <= 0.0005);
}

TEST_CASE("homes beyond 20,000 dots become one picture that shows what the dots would") {
  test::Town town = test::large_town();
  auto flows = town.run.flows.listed();
  for (PupilFlow& f : flows) f.pupils *= 40;
  town.run.flows = flows;
  town.geometry = scene::build_geometry(town.place, StageId(0), 2026, &town.run);
  const Words words;
  const CairoTextMeasure measure;
  scene::MapContent content = test::content_of(town, words);
  content.layers = {};
  content.layers.catchments = content.layers.campuses = content.layers.flows = false;
  content.layers.backdrop = content.layers.labels = false;
  const scene::Viewport view{{0, 0}, 10.0, 1280, 720, 1.0};
  REQUIRE(town.geometry.dots->at.size() > 100000);
  const auto list = build_map(content, view, measure);
  int pictures = 0;
  scene::DisplayList dots = list;  // the same by marks of their own
  for (scene::Mark& mark : dots.marks) {
    if (!std::holds_alternative<scene::ImageMark>(mark)) continue;
    ++pictures;
    scene::DotsMark all{{}, 1.0, scene::theme(scene::ThemeKind::Light).dots};
    const auto step = static_cast<std::size_t>(dot_step(*town.geometry.dots, view.m_per_px));
    for (std::size_t i = 0; i < town.geometry.dots->at.size(); i += step)
      all.at.push_back(town.geometry.dots->at[i]);
    mark = std::move(all);
  }
  REQUIRE(pictures == 1);
  const Image one_by_one = screen(dots, view);
  OffscreenContext context(1280, 720);
  GlShared shared;
  GlMap map(shared);
  map.upload(list);
  context.begin();
  map.draw(view);
  CHECK(map.counts().draw_calls < 200);
  // Colour by colour within what half a pixel of softness makes of a dot.
  CHECK(difference(context.read(), one_by_one, 100).share <= 0.002);
}
