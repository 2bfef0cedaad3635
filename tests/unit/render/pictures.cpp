// Writes the sample town as pages to look at: render_pictures FOLDER.
#include <filesystem>
#include <iostream>
#include <string>

#include "render/cairo/cairo_render.h"
#include "scene/furniture.h"
#include "scene/map_scene.h"
#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::scene;

namespace {

void page(const std::filesystem::path& path, const MapContent& content, double scale,
          PrintOptions options = {}) {
  render::CairoTextMeasure measure;
  Viewport view = print_view(content, options, 1280, 720, scale, measure);
  render::render_file(build_print(content, view, options, measure), view, path, "Doorstep");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: render_pictures FOLDER\n";
    return 2;
  }
  std::filesystem::path folder = argv[1];
  test::Town town = test::large_town(), plan = test::large_town(true), two = test::two_catchments();
  Words zh = test::words_from_config(Language::Chinese);
  Words en = test::words_from_config(Language::English);
  MapContent content = test::content_of(town, zh);
  PrintOptions china;
  china.china = true;
  page(folder / "zh.png", content, 1, china);
  page(folder / "zh2.png", content, 2, china);
  page(folder / "zh.pdf", content, 1, china);
  page(folder / "zh.svg", content, 1, china);
  content.selection.kind = MapItem::Kind::Campus;
  content.selection.campus = CampusId(2);
  page(folder / "selected.png", content, 1, china);
  content.words = &en;
  content.selection = {};
  content.layers.ties = true;
  content.theme = ThemeKind::Dark;
  page(folder / "en_dark.png", content, 2);
  content.theme = ThemeKind::Contrast;
  content.fill = FillBy::TravelTime;
  page(folder / "en_contrast_travel.png", content, 1);
  MapContent difference = test::content_of(plan, zh);
  difference.baseline = town.snapshot();
  page(folder / "plan.png", difference, 1);
  difference.mode = MapMode::Difference;
  difference.layers.flows = false;
  page(folder / "difference.png", difference, 1);
  difference.words = &en;
  page(folder / "difference_en.png", difference, 1);
  page(folder / "two.png", test::content_of(two, en), 1);
  return 0;
}
