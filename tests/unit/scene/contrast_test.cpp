// Every text that maps and printed pages put down, against what lies below it, in all themes.
#include <catch2/catch.hpp>

#include <algorithm>

#include "scene/furniture.h"
#include "scene/map_scene.h"
#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::scene;

namespace {

constexpr double kLeast = 4.5;  // WCAG 2.1, 1.4.3 (AA)

double ratio(Colour a, Colour b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

Colour over(Colour top, Colour below) {
  const double a = top.a / 255.0;
  auto mix = [&](uint8_t t, uint8_t b) { return static_cast<uint8_t>(t * a + b * (1 - a) + 0.5); };
  return {mix(top.r, below.r), mix(top.g, below.g), mix(top.b, below.b), 255};
}

/// What a label may come to lie on: the land outside, water, and every class of every fill.
std::vector<Colour> grounds(const Theme& t) {
  std::vector<Colour> out{t.outside, t.paper, t.water, t.accent_soft};
  for (FillBy by : {FillBy::Utilisation, FillBy::ClassSize, FillBy::TravelTime, FillBy::Decline,
                    FillBy::Reach, FillBy::Density})
    for (Colour c : scheme_of(by, t, Words()).colours)
      out.push_back(over(faded(c, t.fill_alpha), t.paper));
  for (Colour c : change_scheme(t, Words()).colours)
    out.push_back(over(faded(c, t.fill_alpha), t.paper));
  return out;
}

struct Checked {
  int labels = 0, texts = 0;
};

/// A label has a halo, or stands on the box that was drawn at its point before it.
void check_label(const LabelMark& label, const std::vector<BoxMark>& boxes, const Theme& t) {
  for (Colour ground : grounds(t)) {
    Colour below = ground;
    for (const BoxMark& b : boxes)
      if (b.at == label.at && label.dx_px >= b.dx_px && label.dx_px <= b.dx_px + b.width_px &&
          label.dy_px >= b.dy_px && label.dy_px <= b.dy_px + b.height_px)
        below = over(b.fill, below);
    if (label.halo_px > 0) below = over(label.halo, below);
    INFO(label.text << " in theme " << static_cast<int>(t.kind));
    CHECK(ratio(over(label.ink, below), below) >= kLeast);
  }
}

Checked check_page(const DisplayList& page, const Theme& t) {
  Checked out;
  std::vector<BoxMark> boxes;
  std::vector<ScreenRect> rects;
  for (const Mark& mark : page.marks) {
    if (const auto* b = std::get_if<BoxMark>(&mark)) boxes.push_back(*b);
    if (const auto* r = std::get_if<ScreenRect>(&mark)) rects.push_back(*r);
    if (const auto* l = std::get_if<LabelMark>(&mark)) {
      check_label(*l, boxes, t);
      ++out.labels;
    }
    const auto* text = std::get_if<ScreenText>(&mark);
    if (!text) continue;
    ++out.texts;
    Colour below = t.outside;
    for (const ScreenRect& r : rects)
      if (text->x_px >= r.x_px && text->x_px <= r.x_px + r.width_px && text->y_px >= r.y_px &&
          text->y_px <= r.y_px + r.height_px)
        below = over(r.fill, below);
    INFO(text->text << " in theme " << static_cast<int>(t.kind));
    CHECK(ratio(over(text->ink, below), below) >= kLeast);
  }
  return out;
}

}  // namespace

TEST_CASE("every text of a map and its page reads on what lies below it, in every theme and mode") {
  const test::Town before = test::large_town(), after = test::large_town(true);
  const Words words = test::words_from_config(Language::Chinese);
  const test::SquareMeasure measure;
  for (ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::Contrast})
    for (MapMode mode : {MapMode::Baseline, MapMode::Scenario, MapMode::Difference})
      for (bool small : {false, true}) {
        MapContent content = test::content_of(after, words);
        content.baseline = before.snapshot();
        content.mode = mode;
        content.theme = kind;
        content.layers.ties = true;
        content.selection.kind = MapItem::Kind::Campus;
        content.selection.campus = CampusId(2);
        PrintOptions options;
        options.china = true;
        const double width = small ? 640 : 1280, height = small ? 400 : 720;
        const Viewport view = print_view(content, options, width, height, 1.0, measure);
        const Checked checked =
            check_page(build_print(content, view, options, measure), theme(kind));
        CHECK(checked.labels > 5);
        CHECK(checked.texts > 10);
      }
}

TEST_CASE("inks of the window read on all its grounds in every theme") {
  for (ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::Contrast}) {
    const Theme& t = theme(kind);
    for (Colour ground : {t.ground, t.panel, t.raised, t.sunken})
      for (Colour ink : {t.ink, t.ink2, t.ink3, t.accent, t.warn})
        CHECK(ratio(ink, ground) >= kLeast);
    CHECK(ratio(t.ink, t.accent_soft) >= kLeast);
    CHECK(ratio(t.accent, t.accent_soft) >= kLeast);
    CHECK(ratio(t.warn, t.warn_soft) >= kLeast);
    CHECK(ratio(t.ink, t.warn_soft) >= kLeast);
    CHECK(ratio(t.accent_ink, t.accent) >= kLeast);
  }
}
