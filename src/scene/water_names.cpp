// Names of rivers, along their lines.
#include <algorithm>
#include <cmath>
#include <map>

#include "scene/map_layers.h"

namespace doorstep::scene {
namespace {

constexpr double kSize = 12.0;
/// How much of its length a river may bend under its name.
constexpr double kStraightEnough = 0.94;
/// Below it a name would hide a dozen campuses, and on a page it is left out.
constexpr double kLeastScore = -2.0;
/// A long river says its name again after this, in the window only. Units: pixels.
constexpr double kAgain = 1400.0;

struct Spot {
  Xy at;  ///< map position of the middle
  Xy along;
  double score = 0.0;
};

/// A line by length from its start, for walking along it.
class Walk {
 public:
  explicit Walk(const Polyline& line) : line_(line), from_start_{0.0} {
    for (std::size_t i = 1; i < line.size(); ++i)
      from_start_.push_back(from_start_.back() + distance_m(line[i - 1], line[i]));
  }
  [[nodiscard]] double length() const { return from_start_.back(); }
  [[nodiscard]] Xy at(double metres) const {
    auto next = std::upper_bound(from_start_.begin() + 1, from_start_.end() - 1, metres);
    auto i = static_cast<std::size_t>(next - from_start_.begin());
    double piece = from_start_[i] - from_start_[i - 1];
    double t = piece > 0 ? (metres - from_start_[i - 1]) / piece : 0.0;
    return line_[i - 1] + (line_[i] - line_[i - 1]) * t;
  }

 private:
  const Polyline& line_;
  std::vector<double> from_start_;
};

bool inside_frame(const LayerContext& map, Xy at, double half_px) {
  if (!map.content.frame) return true;
  const PixelFrame& f = *map.content.frame;
  Xy px = map.view.to_px(at);
  return px.x - half_px >= f.x && px.x + half_px <= f.x + f.width && px.y - half_px >= f.y &&
         px.y + half_px <= f.y + f.height;
}

/// Whether the name would lie under a note in a corner of the map.
bool under_note(const LayerContext& map, const Spot& spot, double half_px) {
  constexpr double kLine = 9.0;
  const Xy px = map.view.to_px(spot.at);
  const double length = std::hypot(spot.along.x, spot.along.y);
  const double x = std::abs(spot.along.x) / length * half_px + kLine;
  const double y = std::abs(spot.along.y) / length * half_px + kLine;
  return std::ranges::any_of(map.content.keep_clear, [&](const PixelFrame& f) {
    return px.x + x > f.x && px.x - x < f.x + f.width && px.y + y > f.y &&
           px.y - y < f.y + f.height;
  });
}

/// Near the middle of what is shown and clear of campuses is better.
double score_of(const LayerContext& map, const Spot& spot, double straight, const Box& extent,
                double width_m) {
  double score = straight;
  for (const CampusSymbol& s : map.symbols) {
    double reach = s.radius_px * map.view.m_per_px + width_m / 2;
    if (distance_m(map.content.shown().place->campuses[s.campus].at, spot.at) < reach) score -= 0.3;
  }
  double size = std::hypot(extent.width(), extent.height());
  return size > 0 ? score - 0.5 * distance_m(spot.at, extent.centre()) / size : score;
}

void add_spots(const LayerContext& map, const Polyline& line, double width_m, const Box& extent,
               std::vector<Spot>& out) {
  if (line.size() < 2) return;
  constexpr int kMostSteps = 400;
  Walk walk(line);
  double step = std::max(20.0 * map.view.m_per_px, walk.length() / kMostSteps);
  for (double from = 0.0; from + width_m <= walk.length(); from += step) {
    Xy a = walk.at(from), b = walk.at(from + width_m), middle = walk.at(from + width_m / 2);
    double straight = distance_m(a, b) / width_m;
    double beside = distance_m(middle, (a + b) * 0.5) / width_m;
    Spot spot{middle, b - a, 0.0};
    if (straight < kStraightEnough || beside > 0.05 ||
        !inside_frame(map, middle, width_m / 2 / map.view.m_per_px))
      continue;
    if (under_note(map, spot, width_m / 2 / map.view.m_per_px)) continue;
    spot.score = score_of(map, spot, straight, extent, width_m);
    out.push_back(spot);
  }
}

void add_name(LayerContext& map, const std::string& name, const Spot& spot, double width_px,
              std::vector<LabelObstacle>& taken) {
  Xy along = spot.along.x < 0 ? spot.along * -1.0 : spot.along;  // read left to right
  LabelMark mark;
  mark.at = spot.at;
  mark.anchor = Anchor::Centre;
  mark.text = name;
  mark.size_px = kSize;
  mark.angle_rad = -std::atan2(along.y, along.x);
  mark.ink = map.theme.water_ink;
  mark.halo = map.theme.water;  // opaque: the name also lies on fills
  map.out.marks.push_back(mark);
  constexpr double kHalf = 9.0;
  Xy unit = along * (1.0 / std::hypot(along.x, along.y));
  for (double px = -width_px / 2; px <= width_px / 2; px += kHalf)
    taken.push_back({spot.at + unit * (px * map.view.m_per_px), kHalf});
}

}  // namespace

std::vector<LabelObstacle> draw_water_names(LayerContext& map) {
  std::vector<LabelObstacle> taken;
  // The pieces of one river come as many lines of one name.
  std::map<std::string, std::vector<const Polyline*>> rivers;
  for (const Backdrop& b : map.content.shown().place->backdrop)
    if (b.kind == Backdrop::Kind::River || b.kind == Backdrop::Kind::Water)
      if (const std::string& name = name_of(b.name, map.content); !name.empty())
        for (const Polyline& line : b.lines) rivers[name].push_back(&line);
  Box extent;
  if (const AreaGeometry* areas = map.areas())
    for (const MapArea& area : areas->areas) extent.add(area.box);
  for (const auto& [name, lines] : rivers) {
    double width_px = map.measure.width_px(name, kSize, false) + 8.0;
    std::vector<Spot> spots;
    for (const Polyline* line : lines)
      add_spots(map, *line, width_px * map.view.m_per_px, extent, spots);
    std::stable_sort(spots.begin(), spots.end(),
                     [](const Spot& a, const Spot& b) { return a.score > b.score; });
    std::vector<Xy> named;
    for (const Spot& spot : spots) {
      bool near = std::any_of(named.begin(), named.end(), [&](Xy at) {
        return distance_m(at, spot.at) < kAgain * map.view.m_per_px;
      });
      if (near || (map.content.frame && (!named.empty() || spot.score < kLeastScore))) continue;
      add_name(map, name, spot, width_px, taken);
      named.push_back(spot.at);
    }
  }
  return taken;
}

}  // namespace doorstep::scene
