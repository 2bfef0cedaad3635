#include "render/cairo/cairo_render.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "base/error.h"
#include "base/file.h"
#include "base/platform.h"
#include "render/cairo/text_layout.h"
#include "scene/theme.h"

using namespace doorstep;
using namespace doorstep::scene;
using namespace doorstep::render;

namespace {

// 40 by 30 pixels, one metre each; (0, 0) is the lower left corner.
const Viewport kView{{20, 15}, 1.0, 40, 30, 1.0};

Colour at(const Image& image, int x, int y) {
  const uint8_t* p = &image.rgba[static_cast<std::size_t>(y * image.width + x) * 4];
  return {p[0], p[1], p[2], p[3]};
}

DisplayList list_of(Mark mark) { return {hex(0xFFFFFF), {std::move(mark)}}; }

MultiPolygon square(double x0, double y0, double x1, double y1) {
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}}};
}

int painted(const Image& image) {
  int n = 0;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) n += !(at(image, x, y) == hex(0xFFFFFF));
  return n;
}

std::filesystem::path folder() {
  auto path =  // a folder of its own for each of the cases that run side by side
      std::filesystem::temp_directory_path() / ("doorstep_render_" + std::to_string(process_id()));
  std::filesystem::create_directories(path);
  return path;
}

}  // namespace

TEST_CASE("a fill covers its area, north is up and a hole stays open") {
  FillMark fill{square(0, 0, 20, 30), hex(0x6656A8), {}, -1};
  fill.shape[0].holes.push_back({{5, 20}, {5, 25}, {10, 25}, {10, 20}});  // clockwise
  Image image = render_image(list_of(fill), kView);
  CHECK(at(image, 2, 2) == hex(0x6656A8));
  CHECK(at(image, 30, 2) == hex(0xFFFFFF));
  CHECK(at(image, 7, 7) == hex(0xFFFFFF));  // y 20 … 25 is 5 … 10 pixels from the top
  CHECK(at(image, 7, 22) == hex(0x6656A8));
}

TEST_CASE("scale multiplies the pixels") {
  Viewport view = kView;
  view.scale = 2.0;
  Image image = render_image(list_of(FillMark{square(0, 0, 20, 30), hex(0x000000), {}, -1}), view);
  CHECK(image.width == 80);
  CHECK(image.height == 60);
  CHECK(at(image, 38, 30) == hex(0x000000));
  CHECK(at(image, 41, 30) == hex(0xFFFFFF));
}

TEST_CASE("hatching stays with the map when it pans") {
  FillMark fill{square(-100, -100, 200, 200), hex(0xF9D28F), Hatch{6, 1.15, hex(0x462204)}, -1};
  Viewport moved = kView;
  moved.centre = {27, 15};  // 7 pixels to the left
  Image a = render_image(list_of(fill), kView), b = render_image(list_of(fill), moved);
  int differing = 0;  // by more than what rounding to Cairo's 1/256 pixel may do
  for (int y = 0; y < 30; ++y)
    for (int x = 7; x < 40; ++x) {
      Colour p = at(a, x, y), q = at(b, x - 7, y);
      differing += std::abs(p.r - q.r) > 10 || std::abs(p.g - q.g) > 10;
    }
  CHECK(differing == 0);
  CHECK(painted(a) == 1200);
}

TEST_CASE("an inner edge colours a band inside the outline only") {
  FillMark fill{square(10, 5, 30, 25), hex(0xFFFFFF), {}, -1};
  fill.inner_edge_px = 4;
  fill.inner_edge = hex(0x1F5F8B);
  Image image = render_image(list_of(fill), kView);
  CHECK(at(image, 12, 15) == hex(0x1F5F8B));
  CHECK(at(image, 20, 15) == hex(0xFFFFFF));
  CHECK(at(image, 8, 15) == hex(0xFFFFFF));
}

TEST_CASE("a flow is wide at home and narrow at school") {
  FlowMark flow;
  flow.from = {2, 15};
  flow.control = {20, 15};
  flow.to = {38, 15};
  flow.width_from_px = 12;
  flow.width_to_px = 2;
  flow.colour_from = flow.colour_to = hex(0x17323F);
  Image image = render_image(list_of(flow), kView);
  auto width = [&](int x) {
    int n = 0;
    for (int y = 0; y < 30; ++y) n += at(image, x, y).r < 128;
    return n;
  };
  CHECK(width(4) >= 10);
  CHECK(width(36) <= 3);
  CHECK(width(20) < width(8));
}

TEST_CASE("every kind of mark leaves ink") {
  LabelMark label;
  label.at = {5, 15};
  label.text = "小学";
  label.ink = hex(0x000000);
  LabelMark turned = label;
  turned.angle_rad = 1.0;
  const Mark marks[] = {
      LineMark{{{{0, 0}, {40, 30}}}, hex(0x000000), 2, {4, 2}, false},
      CircleMark{{20, 15}, 5, hex(0xFF0000), hex(0x000000), 1.6, 1},
      DotsMark{{{10, 10}, {20, 20}}, 1.25, hex(0x000000)},
      label,
      turned,
      BoxMark{{20, 15}, -5, -5, 10, 10, 3, hex(0x00FF00), hex(0x000000), 1},
      ScreenText{20, 15, Anchor::Centre, "138%", 12, true, hex(0x000000)},
      ScreenRect{5, 5, 20, 15, 4, hex(0xCCCCCC), hex(0x000000), 1, Hatch{4, 1.35, hex(0x3C1600)}},
      ScreenLine{{{0, 0}, {40, 30}}, hex(0x000000), 1, {}, false},
      ScreenLine{{{0, 0}, {40, 0}, {20, 30}}, hex(0x000000), 1, {}, true},
      ScreenCircle{20, 15, 5, hex(0x0000FF), hex(0x000000), 1.6}};
  for (const Mark& mark : marks) CHECK(painted(render_image(list_of(mark), kView)) > 4);
}

TEST_CASE("a halo keeps a label readable on a dark fill") {
  LabelMark label;
  label.at = {4, 15};
  label.text = "学";
  label.ink = hex(0x000000);
  label.halo = hex(0xFFFFFF);
  DisplayList list{hex(0x202020), {label}};
  Image image = render_image(list, kView);
  int light = 0;
  for (int y = 0; y < 30; ++y)
    for (int x = 0; x < 40; ++x) light += at(image, x, y).r > 200;
  CHECK(light > 40);
}

TEST_CASE("text is as wide as its characters: Chinese square, English narrower, bold not less") {
  CairoTextMeasure measure;
  CHECK(measure.width_px("小学", 12, false) == Approx(24.0).margin(0.1));
  CHECK(measure.width_px("小学", 24, false) == Approx(48.0).margin(0.1));
  double plain = measure.width_px("Primary", 12, false),
         bold = measure.width_px("Primary", 12, true);
  CHECK(plain < 7 * 12);
  CHECK(bold > plain);
  CHECK(measure.width_px("", 12, false) == 0.0);
}

TEST_CASE("PNG, SVG and PDF of one list repeat byte for byte and keep text as text") {
  setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
  auto out = folder();
  LabelMark label;
  label.at = {4, 15};
  label.text = "学校";
  DisplayList list{hex(0xFFFFFF),
                   {FillMark{square(0, 0, 9, 9), hex(0x6656A8), Hatch{4, 1, hex(0)}, -1}, label}};
  for (std::string ending : {"png", "svg", "pdf"}) {
    render_file(list, kView, out / ("a." + ending), "Title");
    render_file(list, kView, out / ("b." + ending), "Title");
    std::string bytes = read_file(out / ("a." + ending));
    INFO(ending);
    CHECK((bytes == read_file(out / ("b." + ending))));
    CHECK(bytes.size() > 200);
  }
  CHECK(read_file(out / "a.png").substr(1, 3) == "PNG");
  CHECK(read_file(out / "a.svg").find("<svg") != std::string::npos);
  CHECK(read_file(out / "a.svg").find("<image") == std::string::npos);
  std::string pdf = read_file(out / "a.pdf");
  CHECK(pdf.substr(0, 5) == "%PDF-");
  CHECK(pdf.find("/FontFile") != std::string::npos);
  CHECK(pdf.find("/Subtype /Image") == std::string::npos);
  CHECK(pdf.find("20231114") != std::string::npos);
  std::filesystem::remove_all(out);
}

TEST_CASE("a picture that cannot be is refused and leaves the old file") {
  auto out = folder();
  write_file(out / "old.png", "old");
  Viewport huge = kView;
  huge.scale = 1000;
  CHECK_THROWS_AS(render_png({}, huge, out / "old.png"), Error);
  CHECK(read_file(out / "old.png") == "old");
  CHECK_THROWS_AS(render_file({}, kView, out / "map.bmp"), Error);
  CHECK_THROWS_AS(render_png({}, kView, out / "missing" / "map.png"), Error);
  std::filesystem::remove_all(out);
}

TEST_CASE("no glyph of a rare school name is missing on maps") {
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 8, 8);
  cairo_t* context = cairo_create(surface);
  {
    doorstep::render::TextLayout layout(context);
    for (const bool bold : {false, true}) {
      layout.set("㙍𠅤𬭎𫮃𪘀小学", 14, bold);
      CHECK(layout.missing() == 0);
      CHECK(layout.width() > 7 * 12);
    }
    layout.set("\xF3\xB0\x80\x80", 14, false);  // private use: no font has it
    CHECK(layout.missing() == 1);
  }
  cairo_destroy(context);
  cairo_surface_destroy(surface);
}
