// Names on the map: campuses with percentages and change chips, waters, the ghost's box.
#include <cmath>
#include <map>

#include "base/text.h"
#include "scene/format.h"
#include "scene/group_map.h"
#include "scene/map_layers.h"
#include "scene/text_fit.h"

namespace doorstep::scene {
namespace {

constexpr double kSize = 12.0;
constexpr double kSpace = 5.0;
constexpr double kTagSize = 11.0;
/// So long a line, or one over a campus, is worse than "(new)" or "(closed)" without the name.
constexpr double kNameLost = 90.0;
/// Wide and dense enough that a border under a name breaks between its words, too.
constexpr double kHalo = 2.2;

/// What stands beside a campus: its name, a percentage, a chip of change.
struct CampusLabel {
  CampusId campus;
  Xy at;
  std::string name, percentage, chip;
  std::string tag;    ///< of the group map: courses
  std::string brief;  ///< what may stand for the name where that finds no room; "" where a chip may
  bool bold = false;
  bool is_new = false, closed = false;
  bool falls = false;
  double name_width = 0.0, percentage_width = 0.0, chip_width = 0.0, tag_width = 0.0,
         brief_width = 0.0;
  [[nodiscard]] double width() const {
    return name_width + (percentage.empty() ? 0.0 : kSpace + percentage_width) +
           (chip.empty() ? 0.0 : kSpace + chip_width) + (tag.empty() ? 0.0 : kSpace + tag_width);
  }
};

CampusLabel text_of(const LayerContext& map, CampusId id) {
  constexpr double kShownAbove = 1.10;
  constexpr double kChipPad = 5.0;
  const MapContent& c = map.content;
  const Snapshot& s = c.shown();
  CampusLabel label;
  label.campus = id;
  label.at = s.place->campuses[id].at;
  label.bold = c.selection.kind == MapItem::Kind::Campus && c.selection.campus == id;
  bool hovered = c.hover.kind == MapItem::Kind::Campus && c.hover.campus == id;
  const Campus& campus = s.place->campuses[id];
  // A campus without a name has its code for one: nothing to read on a map, but good to ask for.
  bool unnamed = campus.name.in_chinese() == campus.code && campus.name.in_english() == campus.code;
  if (!unnamed || label.bold || hovered) label.name = name_of(campus.name, c);
  double now = campus_utilisation(s, id);
  std::optional<double> change = changed_points(c, id);
  label.is_new = is_new_campus(c, id);
  if (label.is_new) {
    label.bold = true;
    label.name = name_of(campus.name, c) + (*c.words)("map.new_mark");
    label.brief = trimmed((*c.words)("map.new_mark"));  // its symbol says the rest
  }
  if (c.mode == MapMode::Difference) {
    if (label.is_new && !std::isnan(now)) label.percentage = percent(now);
    if (change) {
      label.falls = *change < 0;
      label.chip = (label.falls ? "▼ " : "▲ ") + signed_grouped(*change);
    }
  } else if (c.fill == FillBy::Decline) {
    constexpr double kShownFrom = 5.0;  // percent: the least that has a colour of its own
    double since = std::round(change_since_first(s, {id}));
    if (!std::isnan(since) && (std::abs(since) >= kShownFrom || label.bold))
      label.percentage = signed_grouped(since) + "%";
  } else if (change) {
    label.percentage = grouped(100 * baseline_utilisation(c, id)) + " → " + percent(now);
  } else if (!std::isnan(now) && (now > kShownAbove || c.all_percentages || label.bold)) {
    label.percentage = percent(now);
  }
  // A map of groups says who belongs to whom; how full they are is another map's.
  if (c.layers.ties && !c.layers.catchments && !label.bold) label.percentage.clear();
  label.name_width = map.measure.width_px(label.name, kSize, label.bold);
  if (!label.percentage.empty())
    label.percentage_width = map.measure.width_px(label.percentage, kSize, true);
  if (!label.chip.empty())
    label.chip_width = map.measure.width_px(label.chip, kSize, true) + 2 * kChipPad;
  if (!label.brief.empty())
    label.brief_width = map.measure.width_px(label.brief, kSize, label.bold);
  else if (!label.bold)
    label.brief_width = label.chip_width;
  if (c.layers.ties) label.tag = course_tag(c, id);
  if (!label.tag.empty())
    label.tag_width = map.measure.width_px(label.tag, kTagSize, false) + 2 * kChipPad;
  return label;
}

/// Selected, hovered, new or changed (by how much), real names, then the larger campus.
double priority_of(const LayerContext& map, const CampusLabel& label) {
  const MapContent& c = map.content;
  const Snapshot& s = c.shown();
  double pupils = s.run ? s.run->campuses[label.campus].enrolment : 0.0;
  bool hovered = c.hover.kind == MapItem::Kind::Campus && c.hover.campus == label.campus;
  std::optional<double> change = changed_points(c, label.campus);
  double rank = label.bold ? 1e12 : hovered ? 1e11 : 0.0;
  if (change) rank += 1e9 + 1e7 * std::abs(*change);
  if (s.place->campuses[label.campus].origin != Origin::Synthetic) rank += 1e6;
  return rank + pupils;
}

/// What the reader came for: never left out for want of room.
bool must_be_named(const LayerContext& map, const CampusLabel& label) {
  constexpr double kLargeChange = 5.0;  // points: the least that has a colour of its own
  if (label.bold) return true;
  std::optional<double> change = changed_points(map.content, label.campus);
  return map.content.mode == MapMode::Difference && change && std::abs(*change) >= kLargeChange;
}

LabelMark plain(const LayerContext& map, Xy at, double dx, double dy, const std::string& text,
                bool bold) {
  LabelMark mark;
  mark.at = at;
  mark.dx_px = dx;
  mark.dy_px = dy;
  mark.text = text;
  mark.size_px = kSize;
  mark.bold = bold;
  mark.ink = map.theme.map_ink;
  mark.halo = map.theme.halo;
  mark.halo_px = kHalo;
  return mark;
}

void add_chip(LayerContext& map, const CampusLabel& label, Xy at, double dx, double dy) {
  constexpr double kHeight = 18.0;
  Colour fill = label.falls ? map.theme.change.front() : map.theme.change.back();
  map.out.marks.push_back(BoxMark{at, dx, dy - kHeight / 2, label.chip_width, kHeight, 3.0, fill,
                                  faded(map.theme.halo, 0.9), 1.0});
  LabelMark text = plain(map, at, dx + label.chip_width / 2, dy, label.chip, true);
  text.anchor = Anchor::Centre;
  text.ink = luminance(fill) > 0.3 ? hex(0x14181C) : hex(0xFFFFFF);
  text.halo_px = 0.0;
  map.out.marks.push_back(text);
}

void add_tag(LayerContext& map, const CampusLabel& label, Xy at, double dx, double dy) {
  constexpr double kHeight = 16.0;
  map.out.marks.push_back(BoxMark{at, dx, dy - kHeight / 2, label.tag_width, kHeight, 3.0,
                                  map.theme.accent_soft, map.theme.accent, 1.0});
  LabelMark text = plain(map, at, dx + label.tag_width / 2, dy, label.tag, false);
  text.anchor = Anchor::Centre;
  text.size_px = kTagSize;
  text.ink = map.theme.accent;
  text.halo_px = 0.0;
  map.out.marks.push_back(text);
}

/// From the symbol's middle to the nearest end of its label.
void add_leader(LayerContext& map, Xy at, double width, const LabelSpot& spot) {
  const auto [x, y] = leader_end(spot, width);
  const double length = std::hypot(x, y);
  constexpr double kFromMiddle = 8.0;
  if (length <= kFromMiddle) return;
  auto point = [&](double share) { return at + Xy{x * share, -y * share} * map.view.m_per_px; };
  Polyline line{point(kFromMiddle / length), point(1.0)};
  map.out.marks.push_back(LineMark{{line}, faded(map.theme.halo, 0.9), 2.8, {}, false});
  map.out.marks.push_back(LineMark{{line}, map.theme.map_ink, 1.0, {}, false});
}

void add_campus_label(LayerContext& map, const CampusLabel& label, const LabelSpot& spot) {
  const Xy at = label.at;
  double x = spot.dx;
  if (spot.led) add_leader(map, at, spot.brief ? label.brief_width : label.width(), spot);
  if (spot.brief && label.brief.empty()) return add_chip(map, label, at, x, spot.dy);
  LabelMark name = plain(map, at, x, spot.dy, spot.brief ? label.brief : label.name, label.bold);
  if (label.is_new) name.ink = map.theme.accent;
  if (label.closed) name.ink = map.theme.ink2;
  if (!label.name.empty()) map.out.marks.push_back(std::move(name));
  if (spot.brief) return;
  x += label.name_width;
  if (!label.percentage.empty()) {
    map.out.marks.push_back(plain(map, at, x + kSpace, spot.dy, label.percentage, true));
    x += kSpace + label.percentage_width;
  }
  if (!label.chip.empty()) {
    add_chip(map, label, at, x + kSpace, spot.dy);
    x += kSpace + label.chip_width;
  }
  if (!label.tag.empty()) add_tag(map, label, at, x + kSpace, spot.dy);
}

/// On the group map cores come first, then who has courses to offer, then members.
double priority_in_group(const GroupPart* part, const CampusLabel& label) {
  if (!part) return 0.0;
  return (part->core ? 2e8 : 1e7) + (label.tag.empty() ? 0.0 : 1e8);
}

/// Campuses of other stages that a tie leads to: their name alone.
void add_guests(const LayerContext& map, std::map<uint32_t, GroupPart>& parts,
                std::vector<CampusLabel>& labels, std::vector<LabelRequest>& requests) {
  for (const CampusSymbol& symbol : map.symbols) parts.erase(symbol.campus.index);
  const Place& place = *map.content.shown().place;
  constexpr double kDot = 5.0, kGuests = 1e5;
  for (const auto& [index, part] : parts) {
    CampusLabel label;
    label.campus = part.campus;
    label.at = place.campuses[part.campus].at;
    label.name = name_of(place.campuses[part.campus].name, map.content);
    label.name_width = map.measure.width_px(label.name, kSize, false);
    LabelRequest r;
    r.at = label.at;
    r.radius = r.below = r.half_symbol = kDot;
    r.width = label.width();
    r.priority = part.core ? 2e8 : kGuests;
    labels.push_back(std::move(label));
    requests.push_back(r);
  }
}

/// Without its percentage and at most so wide; where that found no room either, "new" alone.
void shorten(const LayerContext& map, bool mark_alone, CampusLabel& label) {
  constexpr double kMost = 0.6;  // of the picture's width
  label.percentage.clear();
  label.name =
      mark_alone ? trimmed((*map.content.words)(label.is_new ? "map.new_mark" : "map.closed_mark"))
                 : ellipsised(label.name, map.content.frame->width * kMost, kSize, label.bold,
                              map.measure);
  label.name_width = map.measure.width_px(label.name, kSize, label.bold);
}

/// A campus that the plan closes is named as well: the reader looks for it.
void add_closed(const LayerContext& map, std::vector<CampusLabel>& labels,
                std::vector<LabelRequest>& requests) {
  constexpr double kCross = 6.0, kFirst = 9e11;
  const MapContent& c = map.content;
  for (CampusId id : closed_campuses(c)) {
    const Campus& campus = c.baseline.place->campuses[id];
    CampusLabel label;
    label.campus = id;
    label.at = campus.at;
    label.closed = true;
    label.name = name_of(campus.name, c) + (*c.words)("map.closed_mark");
    label.name_width = map.measure.width_px(label.name, kSize, false);
    label.brief = trimmed((*c.words)("map.closed_mark"));
    label.brief_width = map.measure.width_px(label.brief, kSize, false);
    LabelRequest r;
    r.at = label.at;
    r.radius = r.below = r.half_symbol = kCross;
    r.width = label.width();
    r.priority = kFirst;
    r.may_lead = true;
    r.brief_width = label.brief_width;
    r.brief_loss = kNameLost;
    labels.push_back(std::move(label));
    requests.push_back(r);
  }
}

/// Places the labels; what the plan opens or closes is named in any picture, if need be shorter.
std::vector<std::optional<LabelSpot>> place_all(const LayerContext& map,
                                                const std::vector<LabelObstacle>& taken,
                                                std::vector<CampusLabel>& labels,
                                                std::vector<LabelRequest>& requests) {
  constexpr std::size_t kMost = 120;
  auto place = [&] { return place_labels(requests, map.view, map.content.frame, kMost, taken); };
  auto spots = place();
  if (!map.content.frame) return spots;
  for (bool mark_alone : {false, true}) {
    bool shorter = false;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      if (spots[i] || !(labels[i].is_new || labels[i].closed)) continue;
      shorten(map, mark_alone, labels[i]);
      shorter = shorter || labels[i].width() != requests[i].width;
      requests[i].width = labels[i].width();
    }
    if (shorter) spots = place();
  }
  return spots;
}

void add_campus_labels(LayerContext& map, std::vector<LabelObstacle> taken) {
  const Snapshot& s = map.content.shown();
  std::vector<CampusLabel> labels;
  std::vector<LabelRequest> requests;
  const bool by_area = names_areas(map);
  if (by_area) draw_area_names(map, taken);
  std::map<uint32_t, GroupPart> parts;
  if (map.content.layers.ties)
    for (const GroupPart& part : group_parts(map.content)) parts.emplace(part.campus.index, part);
  for (const CampusSymbol& symbol : map.symbols) {
    CampusLabel label = text_of(map, symbol.campus);
    const bool real = s.place->campuses[symbol.campus].origin != Origin::Synthetic;
    bool empty = (label.name.empty() && label.percentage.empty() && label.chip.empty()) ||
                 (by_area && !real && !label.bold && label.chip.empty());
    LabelRequest r;
    r.at = label.at;
    r.radius = symbol.radius_px;
    r.gauge_top = r.radius + kGaugeGap - 1.2;
    r.below = symbol.gauge ? r.radius + kGaugeGap + kGaugeHeight + 1 : r.radius;
    r.half_symbol = symbol.gauge ? kGaugeWidth / 2 + 1 : r.radius;
    r.width = empty ? 0.0 : label.width();
    r.height = label.chip.empty() ? 15.0 : 18.0;
    auto part = parts.find(symbol.campus.index);
    r.priority = priority_of(map, label) +
                 priority_in_group(part == parts.end() ? nullptr : &part->second, label);
    r.may_lead = must_be_named(map, label);
    r.brief_width = label.brief_width;
    r.brief_loss = label.brief.empty() ? 0.0 : kNameLost;
    labels.push_back(std::move(label));
    requests.push_back(r);
  }
  add_closed(map, labels, requests);
  if (!by_area) add_guests(map, parts, labels, requests);
  const auto spots = place_all(map, taken, labels, requests);
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (spots[i]) add_campus_label(map, labels[i], *spots[i]);
}

void add_ghost_box(LayerContext& map, const GhostCampus& ghost) {
  const Theme& t = map.theme;
  constexpr double kPad = 10.0, kRow = 18.0, kAside = 22.0;
  double width = 2 * kPad + std::max(map.measure.width_px(ghost.title, 13, true),
                                     map.measure.width_px(ghost.detail, 12, false));
  double height = ghost.detail.empty() ? kRow + 8 : 2 * kRow + 8;
  map.out.marks.push_back(BoxMark{ghost.at, kAside, -height - 8, width, height, 4.0,
                                  faded(t.panel, 0.96), t.accent, 1.0});
  auto row = [&](const std::string& text, double dy, double size, bool bold) {
    LabelMark mark = plain(map, ghost.at, kAside + kPad, dy, text, bold);
    mark.size_px = size;
    mark.halo_px = 0.0;
    mark.ink = bold ? t.ink : t.ink2;
    map.out.marks.push_back(mark);
  };
  row(ghost.title, -height - 8 + 4 + kRow / 2, 13, true);
  if (!ghost.detail.empty()) row(ghost.detail, -8 - 4 - kRow / 2, 12, false);
}

/// Squares that cover a frame of the window, as obstacles on the map.
void cover(LayerContext& map, const PixelFrame& frame, std::vector<LabelObstacle>& taken) {
  const double side = std::max(8.0, std::min(frame.width, frame.height));
  for (double y = side / 2; y < frame.height + side / 2; y += side)
    for (double x = side / 2; x < frame.width + side / 2; x += side)
      taken.push_back({map.view.to_map({frame.x + std::min(x, frame.width - side / 2),
                                        frame.y + std::min(y, frame.height - side / 2)}),
                       side / 2});
}

}  // namespace

void draw_labels(LayerContext& map) {
  std::vector<LabelObstacle> taken;
  for (const PixelFrame& frame : map.content.keep_clear) cover(map, frame, taken);
  if (map.content.layers.backdrop)
    std::ranges::move(draw_water_names(map), std::back_inserter(taken));
  if (map.content.layers.campuses) add_campus_labels(map, taken);
  if (map.content.ghost) add_ghost_box(map, *map.content.ghost);
}

}  // namespace doorstep::scene
