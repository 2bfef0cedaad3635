#include "scene/furniture.h"

#include <algorithm>
#include <sstream>

#include "base/text.h"
#include "scene/format.h"
#include "scene/legend_panel.h"
#include "scene/map_scene.h"
#include "scene/map_values.h"
#include "scene/pen.h"
#include "scene/text_fit.h"

namespace doorstep::scene {
namespace {

constexpr double kTitle = 44.0, kLegend = 272.0, kPad = 12.0, kFootRow = 17.0;
constexpr double kSmallText = 12.0, kTitleSize = 15.0, kSubtitleSize = 13.0;
constexpr double kTitleRow = 22.0, kSubtitleRow = 19.0;
constexpr std::size_t kTitleMost = 2;
constexpr std::size_t kFootMost = 4;

std::string title_of(const MapContent& c, const PrintOptions& options) {
  if (!options.title.empty()) return options.title;
  const Place& place = *c.shown().place;
  std::string stage =
      c.stage.index < place.stages.size() ? name_of(place.stages[c.stage].name, c) : "";
  return filled((*c.words)("map.title"), {name_of(place.name, c), stage, std::to_string(c.year)});
}

std::string subtitle_of(const MapContent& c, const PrintOptions& options) {
  if (!options.subtitle.empty()) return options.subtitle;
  const Words& w = *c.words;
  if (c.mode == MapMode::Difference) return w("map.mode_difference");
  return w(c.mode == MapMode::Baseline ? "map.mode_baseline" : "map.mode_scenario");
}

std::string footer_text(const MapContent& c, const PrintOptions& options) {
  const Words& w = *c.words;
  const Place& place = *c.shown().place;
  std::string out;
  auto add = [&](const std::string& part) {
    if (!part.empty()) out += (out.empty() ? "" : " · ") + part;
  };
  std::string sources;
  for (const std::string& a : attributions(place))
    sources += (sources.empty() ? "" : w("map.separator")) + a;
  constexpr std::string_view kSynth = "made by doorstep synth";
  if (auto at = sources.find(kSynth); at != std::string::npos)
    sources.replace(at, kSynth.size(), w("map.made_by_synth"));
  if (!sources.empty()) add(filled(w("map.sources"), {sources}));
  add(w.chinese() ? place.origin_note_zh : place.origin_note_en);
  add(name_of(place.travel.note, c));
  add(options.date);
  add("Doorstep 家门口 " + version());
  return out;
}

std::vector<std::string> split(const std::string& attribution) {
  std::vector<std::string> out;
  std::istringstream in(attribution);
  for (std::string part; std::getline(in, part, ';');) out.push_back(trimmed(part));
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "; ") + part;
  return out;
}

}  // namespace

std::vector<std::string> attributions(const Place& place) {
  constexpr const char* kOsm = "© OpenStreetMap contributors";
  struct Sources {
    std::string licence;
    std::vector<std::string> parts;
  };
  std::vector<Sources> by_licence;
  std::vector<std::string> seen;
  for (const LayerSource& s : place.sources) {
    std::vector<std::string> parts = split(s.attribution);
    bool osm = s.attribution.find("OpenStreetMap") != std::string::npos ||
               s.licence.find("ODbL") != std::string::npos;
    if (osm) {
      std::erase_if(parts, [](const std::string& part) {
        return part.find("OpenStreetMap") != std::string::npos;
      });
      parts.insert(parts.begin(), kOsm);
    }
    std::erase_if(parts, [](const std::string& part) { return part.empty(); });
    std::string licence = osm ? "ODbL" : s.licence;
    auto at = std::find_if(by_licence.begin(), by_licence.end(),
                           [&](const Sources& l) { return l.licence == licence; });
    if (at == by_licence.end() && (!licence.empty() || !parts.empty()))
      at = by_licence.insert(by_licence.end(), Sources{licence, {}});
    for (const std::string& part : parts)
      if (std::find(seen.begin(), seen.end(), part) == seen.end()) {
        seen.push_back(part);
        at->parts.push_back(part);
      }
  }
  std::vector<std::string> out;
  for (const Sources& s : by_licence) {
    std::string line = joined(s.parts);
    if (!s.licence.empty()) line += (line.empty() ? "" : ", ") + s.licence;
    if (!line.empty()) out.push_back(line);
  }
  return out;
}

namespace {

/// The title in as many lines as it needs, up to two; the subtitle beside it or below.
void lay_title(const MapContent& c, const PrintOptions& options, double width,
               const TextMeasure& measure, PrintLayout& out) {
  const std::string title = title_of(c, options);
  const double subtitle = measure.width_px(subtitle_of(c, options), kSubtitleSize, false);
  out.subtitle_below = measure.width_px(title, kTitleSize, true) + subtitle + 4 * kPad > width;
  out.title_lines = out.subtitle_below
                        ? wrap_text(title, width - 2 * kPad, kTitleSize, true, measure, kTitleMost)
                        : std::vector<std::string>{title};
  const auto lines = static_cast<double>(out.title_lines.size());
  out.title = {0, 0, width, out.subtitle_below ? lines * kTitleRow + kSubtitleRow + kPad : kTitle};
}

LegendModel legend_of(const MapContent& c, const Viewport& view, const PrintOptions& options) {
  LegendModel out = build_legend(c, view);
  if (options.both) count_before(c, out);
  return out;
}

/// Height of the legend's strip across the page, 0 where it would take too much of it.
double strip_height(const MapContent& c, const PrintOptions& options, double width, double height,
                    const TextMeasure& measure) {
  const Viewport whole =
      fit_view(map_extent(c.shown(), c.stage), width, height, 1.0, {0, 0, width, height});
  DisplayList unused;
  LegendModel legend = legend_of(c, whole, options);
  // A view is fitted before fills by land are measured for it: room for their classes, too.
  if (legend.rows.empty() && c.layers.catchments) legend.rows = rows_to_come(c);
  if (legend.rows.empty() && legend.ties.empty()) return 0.0;
  const double needed = draw_legend_strip(legend, c, {0, 0, width, height}, measure, unused);
  return needed * 3 < height ? needed : 0.0;
}

}  // namespace

PrintLayout layout_print(const MapContent& c, const PrintOptions& options, double width,
                         double height, const TextMeasure& measure) {
  PrintLayout out;
  out.footer_lines =
      wrap_text(footer_text(c, options), width - 2 * kPad, kSmallText, false, measure, kFootMost);
  double foot = 10 + kFootRow * static_cast<double>(out.footer_lines.size());
  lay_title(c, options, width, measure, out);
  const bool column = options.legend && width >= (options.both ? 900 : 640) && height >= 420;
  const double left = column ? kLegend : 0.0;
  const double strip =
      options.legend && !column ? strip_height(c, options, width, height, measure) : 0.0;
  const double top = out.title.height;
  const double middle = std::max(1.0, height - top - foot - strip);
  out.legend_strip = strip > 0;
  out.footer = {0, height - foot, width, foot};
  out.legend = out.legend_strip ? PixelFrame{0, top + middle, width, strip}
                                : PixelFrame{0, top, left, middle};
  out.map = {left, top, width - left, middle};
  return out;
}

Viewport print_view(const MapContent& c, const PrintOptions& options, double width, double height,
                    double scale, const TextMeasure& measure) {
  PrintLayout layout = layout_print(c, options, width, height, measure);
  return fit_view(map_extent(c.shown(), c.stage), width, height, scale, layout.map, 30.0);
}

namespace {

void draw_title(const MapContent& c, const PrintOptions& options, const PrintLayout& layout,
                const TextMeasure& measure, Pen& pen) {
  const PixelFrame& head = layout.title;
  const Theme& t = pen.theme();
  const std::string subtitle = subtitle_of(c, options);
  if (!layout.subtitle_below) {
    pen.text(kPad, head.height / 2, layout.title_lines.front(), t.ink, kTitleSize, true);
    pen.text(head.width - kPad, head.height / 2, subtitle, t.ink2, kSubtitleSize, false,
             Anchor::Right);
    return;
  }
  double y = kPad / 2;
  for (const std::string& line : layout.title_lines) {
    pen.text(kPad, y + kTitleRow / 2, line, t.ink, kTitleSize, true);
    y += kTitleRow;
  }
  pen.text(kPad, y + kSubtitleRow / 2,
           ellipsised(subtitle, head.width - 2 * kPad, kSubtitleSize, false, measure), t.ink2,
           kSubtitleSize);
}

}  // namespace

DisplayList build_furniture(const MapContent& c, const Viewport& view, const PrintOptions& options,
                            const PrintLayout& layout, const TextMeasure& measure) {
  DisplayList out;
  const Theme& t = theme(c.theme);
  Pen pen(out, t);
  add_corner_notes(c, view, layout.map, options.china, measure, out);

  const PixelFrame& head = layout.title;
  pen.rect(head, t.panel);
  pen.line({0, head.height - 0.5}, {head.width, head.height - 0.5}, t.line);
  draw_title(c, options, layout, measure, pen);
  if (layout.legend_strip) {
    pen.rect(layout.legend, t.panel);
    pen.line({0, layout.legend.y + 0.5}, {layout.legend.width, layout.legend.y + 0.5}, t.line);
    draw_legend_strip(legend_of(c, view, options), c, layout.legend, measure, out);
  } else if (layout.legend.width > 0) {
    pen.rect(layout.legend, t.panel);
    double edge = layout.legend.width - 0.5;
    pen.line({edge, layout.legend.y}, {edge, layout.legend.y + layout.legend.height}, t.line);
    draw_legend(legend_of(c, view, options), c, layout.legend, measure, out);
  }

  const PixelFrame& foot = layout.footer;
  pen.rect(foot, t.panel);
  pen.line({0, foot.y + 0.5}, {foot.width, foot.y + 0.5}, t.line);
  double y = foot.y + 5 + kFootRow / 2;
  for (const std::string& line : layout.footer_lines) {
    pen.text(kPad, y, line, t.ink3, kSmallText);
    y += kFootRow;
  }
  return out;
}

DisplayList build_print(MapContent content, const Viewport& view, const PrintOptions& options,
                        const TextMeasure& measure) {
  PrintLayout layout = layout_print(content, options, view.width_px, view.height_px, measure);
  constexpr double kClear = 4.0;
  content.frame = PixelFrame{layout.map.x + kClear, layout.map.y + kClear,
                             layout.map.width - 2 * kClear, layout.map.height - 2 * kClear};
  content.keep_clear = corner_note_frames(content, view, layout.map, options.china, measure);
  DisplayList page = build_map(content, view, measure);
  DisplayList furniture = build_furniture(content, view, options, layout, measure);
  page.marks.insert(page.marks.end(), furniture.marks.begin(), furniture.marks.end());
  return page;
}

}  // namespace doorstep::scene
