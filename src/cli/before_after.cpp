#include "cli/before_after.h"

#include <algorithm>

#include "base/error.h"
#include "scene/format.h"
#include "scene/map_scene.h"
#include "scene/pen.h"
#include "scene/text_fit.h"

namespace doorstep::cli {
namespace {

using scene::PixelFrame;

constexpr double kCaption = 28.0, kFigures = 17.0, kBetween = 2.0, kPad = 12.0;
constexpr double kWord = 13.0, kText = 12.0;

/// Half of the page: what it shows and where it stands.
struct Half {
  scene::MapContent content;
  PixelFrame frame;
  std::string word;  ///< which of the two it is, by name
};

/// The extent of both, so that a campus of the plan does not change the scale.
Box extent_of(const scene::MapContent& content) {
  Box box = scene::map_extent(content.current, content.stage);
  box.add(scene::map_extent(content.baseline, content.stage));
  return box;
}

scene::ImageMark drawn(Half& half, const std::vector<PixelFrame>& notes,
                       const scene::Viewport& page, const scene::Viewport& view,
                       const scene::TextMeasure& measure) {
  constexpr double kClear = 4.0;
  half.content.frame =
      PixelFrame{kClear, kClear, half.frame.width - 2 * kClear, half.frame.height - 2 * kClear};
  for (PixelFrame note : notes) {
    note.x -= half.frame.x;
    note.y -= half.frame.y;
    if (note.x + note.width > 0 && note.x < half.frame.width)
      half.content.keep_clear.push_back(note);
  }
  render::Image image = render::render_image(scene::build_map(half.content, view, measure), view);
  auto picture = std::make_shared<scene::Picture>();
  picture->width = image.width;
  picture->height = image.height;
  picture->rgba = std::move(image.rgba);
  Box box;
  box.add(page.to_map({half.frame.x, half.frame.y + half.frame.height}));
  box.add(page.to_map({half.frame.x + half.frame.width, half.frame.y}));
  return {std::move(picture), box, 1.0};
}

std::string figures_of(const Half& half) {
  const StageIndicators& figures = *half.content.current.indicators;
  const scene::MapContent& c = half.content;
  const Name& stage = c.current.place->stages[c.stage].name;
  return scene::filled((*c.words)("map.panel_figures"),
                       {std::to_string(c.year), grouped(figures.over_seats), grouped(figures.large),
                        c.words->chinese() ? stage.in_chinese() : stage.in_english()});
}

/// Lines of figures below what a half is; none where they fit beside it.
std::size_t figure_lines(const Half& half, double width, const scene::TextMeasure& measure) {
  const std::string text = figures_of(half);
  const double word = measure.width_px(half.word, kWord, true);
  if (word + measure.width_px(text, kText, false) + 3 * kPad <= width) return 0;
  return scene::wrap_text(text, width - 2 * kPad, kText, false, measure, 2).size();
}

void caption(const Half& half, double height, const scene::TextMeasure& measure,
             scene::DisplayList& out) {
  const scene::Theme& t = scene::theme(half.content.theme);
  scene::Pen pen(out, t);
  const PixelFrame bar{half.frame.x, half.frame.y - height, half.frame.width, height};
  pen.rect(bar, t.sunken);
  const double middle = bar.y + kCaption / 2;
  pen.text(bar.x + kPad, middle,
           scene::ellipsised(half.word, bar.width - 2 * kPad, kWord, true, measure), t.ink, kWord,
           true);
  if (height == kCaption) {
    pen.text(bar.x + bar.width - kPad, middle, figures_of(half), t.ink2, kText, false,
             scene::Anchor::Right);
    return;
  }
  double y = middle + kFigures;
  for (const std::string& line :
       scene::wrap_text(figures_of(half), bar.width - 2 * kPad, kText, false, measure, 2)) {
    pen.text(bar.x + kPad, y, line, t.ink2, kText);
    y += kFigures;
  }
}

/// What the edits of a plan touch, without room around it; empty where that is the whole place.
Box touched_by(const Place& place, const Scenario& scenario) {
  Box box;
  auto add = [&](const std::string& code) {
    if (const CampusId c = find_campus(place, code); c.valid()) box.add(place.campuses[c].at);
  };
  for (const Edit& edit : scenario.edits) {
    if (const auto* open = std::get_if<OpenCampus>(&edit)) add(open->code);
    if (const auto* seats = std::get_if<SetSeats>(&edit)) add(seats->campus);
    if (const auto* close = std::get_if<CloseCampus>(&edit)) add(close->campus);
    if (const auto* join = std::get_if<JoinGroup>(&edit)) {
      add(join->core);
      add(join->campus);
    }
    if (const auto* housing = std::get_if<AddHousing>(&edit)) box.add(housing->at);
    if (const auto* redrawn = std::get_if<RedrawCatchments>(&edit))
      for (const RedrawCatchments::Area& area : redrawn->catchments) {
        for (const std::string& code : area.campuses) add(code);
        for (const Home& home : place.homes)
          if (std::ranges::count(area.homes, home.code) > 0) box.add(home.at);
      }
    if (std::holds_alternative<SetPolicy>(edit)) return {};
  }
  return box;
}

/// A square with room around `box`; empty where that is most of the place.
Box with_room(Box box, const Place& place) {
  constexpr double kAround = 0.4, kLeast = 3000.0, kMost = 0.6;
  if (box.empty()) return box;
  const double side = std::max({box.width(), box.height(), kLeast});
  const Box whole = extent(place);
  if (side > kMost * std::max(whole.width(), whole.height())) return {};
  const double half = side * (0.5 + kAround);
  const Xy room{half, half}, centre = box.centre();
  box.add(centre - room);
  box.add(centre + room);
  return box;
}

/// Core and members of a group.
Box ground_of(const Group& group, const Place& place) {
  Box box;
  if (group.core.valid()) box.add(place.campuses[group.core].at);
  for (const Tie& tie : group.ties) box.add(place.campuses[tie.member].at);
  return box;
}

}  // namespace

Box ground_of_plan(const Place& place, const Scenario& scenario) {
  return with_room(touched_by(place, scenario), place);
}

Box ground_of_groups(const Place& place, const Scenario& scenario) {
  const Box plan = ground_of_plan(place, scenario);
  if (plan.empty()) return plan;
  Box box = plan;
  for (const Group& group : place.groups)
    if (const Box ground = ground_of(group, place); plan.overlaps(ground)) box.add(ground);
  return with_room(box, place);
}

scene::DisplayList before_and_after(const scene::MapContent& content,
                                    const scene::PrintOptions& print, const std::string& plan,
                                    const Box& ground, const scene::TextMeasure& measure,
                                    scene::Viewport& view) {
  const scene::PrintLayout layout =
      scene::layout_print(content, print, view.width_px, view.height_px, measure);
  const double width = (layout.map.width - kBetween) / 2;
  const Words& w = *content.words;
  Half before{content, {}, w("map.before_is")};
  before.content.current = content.baseline;
  before.content.baseline = {};
  Half after{content, {}, scene::filled(w("map.after_is"), {plan})};
  const std::size_t lines =
      std::max(figure_lines(before, width, measure), figure_lines(after, width, measure));
  const double bar = kCaption + kFigures * static_cast<double>(lines);
  const double height = layout.map.height - bar;
  if (width < 200 || height < 150)
    throw Error("the picture is too small for two maps", "--width", "make it at least 560 by 420");
  before.frame = {layout.map.x, layout.map.y + bar, width, height};
  after.frame = {layout.map.x + width + kBetween, layout.map.y + bar, width, height};

  const scene::Viewport small = scene::fit_view(ground.empty() ? extent_of(content) : ground, width,
                                                height, view.scale, {0, 0, width, height}, 24.0);
  view.m_per_px = small.m_per_px;
  view.centre = small.centre;
  const PixelFrame maps{layout.map.x, layout.map.y + bar, layout.map.width, height};
  const auto notes = scene::corner_note_frames(content, view, maps, print.china, measure);
  scene::DisplayList page;
  page.background = scene::theme(content.theme).panel;
  page.marks.emplace_back(drawn(before, notes, view, small, measure));
  page.marks.emplace_back(drawn(after, notes, view, small, measure));
  scene::PrintLayout rest = layout;
  rest.map = maps;
  const scene::DisplayList furniture = scene::build_furniture(content, view, print, rest, measure);
  page.marks.insert(page.marks.end(), furniture.marks.begin(), furniture.marks.end());
  caption(before, bar, measure, page);
  caption(after, bar, measure, page);
  return page;
}

}  // namespace doorstep::cli
