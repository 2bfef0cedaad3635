// Nothing on a printed page is cut off or runs into its neighbour, in either language.
#include <array>
#include <catch2/catch.hpp>

#include "render/cairo/cairo_render.h"
#include "scene/furniture.h"
#include "scene/label_placement.h"
#include "scene/legend_panel.h"
#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::scene;

namespace {

struct PlacedText {
  PixelBox box;
  const ScreenText* text;
};

PixelBox box_of(const ScreenText& t, const TextMeasure& measure) {
  double width = measure.width_px(t.text, t.size_px, t.bold);
  double left = t.anchor == Anchor::Left    ? t.x_px
                : t.anchor == Anchor::Right ? t.x_px - width
                                            : t.x_px - width / 2;
  double half = t.size_px * 0.5;
  return {left, t.y_px - half, left + width, t.y_px + half};
}

std::vector<PlacedText> texts_of(const DisplayList& list, const TextMeasure& measure) {
  std::vector<PlacedText> out;
  for (const Mark& m : list.marks)
    if (const auto* t = std::get_if<ScreenText>(&m)) out.push_back({box_of(*t, measure), t});
  return out;
}

bool inside(const PixelBox& b, double x, double y, double w, double h) {
  constexpr double kSlack = 0.01;
  return b.x0 >= x - kSlack && b.y0 >= y - kSlack && b.x1 <= x + w + kSlack &&
         b.y1 <= y + h + kSlack;
}

/// The smallest panel under the middle of the text must hold it whole.
bool fits_its_panel(const PixelBox& b, const DisplayList& list) {
  const ScreenRect* smallest = nullptr;
  double x = (b.x0 + b.x1) / 2, y = (b.y0 + b.y1) / 2;
  for (const Mark& m : list.marks)
    if (const auto* r = std::get_if<ScreenRect>(&m); r && r->height_px > 20)
      if (x >= r->x_px && x <= r->x_px + r->width_px && y >= r->y_px && y <= r->y_px + r->height_px)
        if (!smallest || r->width_px * r->height_px < smallest->width_px * smallest->height_px)
          smallest = r;
  return smallest &&
         inside(b, smallest->x_px, smallest->y_px, smallest->width_px, smallest->height_px);
}

void check_page(const MapContent& content, double width, double height) {
  render::CairoTextMeasure measure;
  PrintOptions options;
  options.china = true;
  options.date = "2026-11-22";
  Viewport view = print_view(content, options, width, height, 1.0, measure);
  PrintLayout layout = layout_print(content, options, width, height, measure);
  DisplayList furniture = build_furniture(content, view, options, layout, measure);
  std::vector<PlacedText> texts = texts_of(furniture, measure);
  CHECK(texts.size() > 10);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    INFO(width << " by " << height << ": " << texts[i].text->text);
    CHECK(inside(texts[i].box, 0, 0, width, height));
    CHECK(fits_its_panel(texts[i].box, furniture));
    for (std::size_t j = 0; j < i; ++j) {
      INFO("and " << texts[j].text->text);
      CHECK_FALSE(texts[i].box.overlaps(texts[j].box));
    }
  }
}

}  // namespace

TEST_CASE("every text of a printed page fits its panel and none overlap") {
  test::Town town = test::large_town(), plan = test::large_town(true);
  for (Language language : {Language::Chinese, Language::English}) {
    Words words = test::words_from_config(language);
    MapContent content = test::content_of(plan, words);
    content.baseline = town.snapshot();
    content.layers.ties = true;
    for (FillBy fill : {FillBy::Utilisation, FillBy::ClassSize, FillBy::TravelTime}) {
      content.fill = fill;
      check_page(content, 1280, 720);
    }
    content.mode = MapMode::Difference;
    for (auto [width, height] :
         {std::pair{1280, 720}, {1920, 1080}, {1123, 794}, {800, 600}, {480, 360}})
      check_page(content, width, height);
  }
}

static void check_column(const LegendModel& legend, const MapContent& content) {
  constexpr double kWidth = 252.0, kHeight = 900.0, kClear = 8.0;
  render::CairoTextMeasure measure;
  DisplayList list;
  draw_legend(legend, content, {0, 0, kWidth, kHeight}, measure, list);
  std::vector<PlacedText> texts = texts_of(list, measure);
  CHECK(texts.size() > 10);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    INFO(texts[i].text->text);
    CHECK(inside(texts[i].box, kClear, 0, kWidth - 2 * kClear, kHeight));
    for (std::size_t j = 0; j < i; ++j) {
      INFO("and " << texts[j].text->text);
      CHECK_FALSE(texts[i].box.overlaps(texts[j].box));
    }
  }
  for (const Mark& m : list.marks)  // samples run into no number
    if (const auto* r = std::get_if<ScreenRect>(&m))
      for (const PlacedText& t : texts)
        CHECK_FALSE(
            t.box.overlaps({r->x_px, r->y_px, r->x_px + r->width_px, r->y_px + r->height_px}));
}

TEST_CASE("a legend fits its column whatever its numbers are") {
  test::Town town = test::large_town(), plan = test::large_town(true);
  for (Language language : {Language::Chinese, Language::English}) {
    Words words = test::words_from_config(language);
    MapContent content = test::content_of(plan, words);
    content.baseline = town.snapshot();
    for (MapMode mode : {MapMode::Scenario, MapMode::Difference})
      for (double m_per_px = 0.5; m_per_px < 400; m_per_px *= 2.0) {
        content.mode = mode;
        check_column(build_legend(content, {{0, 0}, m_per_px, 1280, 720, 1.0}), content);
      }
    content.mode = MapMode::Scenario;
    LegendModel both = build_legend(content, {{0, 0}, 34.0, 1280, 720, 1.0});
    count_before(content, both);
    both.rows[2].count = 31274;  // pupils of a fill by land
    both.rows[2].before = 1881;
    check_column(both, content);
    LegendModel legend = build_legend(content, {{0, 0}, 34.0, 1280, 720, 1.0});
    REQUIRE(legend.densities.size() == 3);
    for (auto labels : {std::array{"0.05", "0.25", "0.5"},
                        {"0.01", "0.05", "0.1"},
                        {"2", "10", "20"},
                        {"200", "1,000", "2,000"},
                        {"20,000", "100,000", "200,000"}}) {
      for (std::size_t i = 0; i < labels.size(); ++i) legend.densities[i].label = labels[i];
      check_column(legend, content);
    }
  }
}

TEST_CASE("labels of a printed page stay inside the map's frame") {
  test::Town town = test::large_town();
  render::CairoTextMeasure measure;
  Words words = test::words_from_config(Language::English);
  MapContent content = test::content_of(town, words);
  Viewport view = print_view(content, {}, 1280, 720, 1.0, measure);
  PrintLayout layout = layout_print(content, {}, 1280, 720, measure);
  int labels = 0;
  for (const Mark& m : build_print(content, view, {}, measure).marks)
    if (const auto* l = std::get_if<LabelMark>(&m); l && l->angle_rad == 0.0) {
      Xy px = view.to_px(l->at);
      CHECK(px.x + l->dx_px >= layout.map.x);
      CHECK(px.x + l->dx_px + measure.width_px(l->text, l->size_px, l->bold) <=
            layout.map.x + layout.map.width);
      ++labels;
    }
  CHECK(labels > 20);
}

TEST_CASE("a page without legend leaves the whole width to the map") {
  test::Town town = test::two_catchments();
  test::SquareMeasure measure;
  Words words;
  MapContent content = test::content_of(town, words);
  PrintOptions options;
  options.legend = false;
  CHECK(layout_print(content, options, 1280, 720, measure).map.width == 1280);
  CHECK(layout_print(content, {}, 500, 400, measure).map.width == 500);
  CHECK(layout_print(content, {}, 1280, 720, measure).map.width < 1280);
}

TEST_CASE("a small page tells its classes in a strip and breaks a long title") {
  test::Town town = test::large_town();
  test::SquareMeasure measure;
  const Words words = test::words_from_config(Language::English);
  const MapContent content = test::content_of(town, words);
  PrintOptions options;
  options.title =
      "A title, in a language of long words, that is far too long for one line of a page of six "
      "hundred and forty px";
  options.subtitle = "Difference, plan less baseline";
  const PrintLayout layout = layout_print(content, options, 640, 400, measure);
  CHECK(layout.legend_strip);
  CHECK(layout.title_lines.size() == 2);
  CHECK(layout.map.y + layout.map.height == layout.legend.y);
  CHECK(layout.map.height > 200);
  const Viewport view = print_view(content, options, 640, 400, 1.0, measure);
  std::string all;
  double right = 0.0;
  for (const Mark& m : build_furniture(content, view, options, layout, measure).marks)
    if (const auto* text = std::get_if<ScreenText>(&m)) {
      all += text->text + "|";
      if (text->anchor == Anchor::Left)
        right =
            std::max(right, text->x_px + measure.width_px(text->text, text->size_px, text->bold));
    }
  for (const LegendRow& row : build_legend(content, view).rows)
    CHECK(all.find(row.label + "|" + grouped(row.count) + "|") != std::string::npos);
  CHECK(all.find("hundred and forty px|") != std::string::npos);  // nothing of the title is lost
  CHECK(all.find("Difference, plan less baseline|") != std::string::npos);
  CHECK(right <= 640.0);
}
