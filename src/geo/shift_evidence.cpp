#include "geo/shift_evidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "geo/polygon.h"
#include "geo/spatial_index.h"

namespace doorstep {

namespace {

constexpr std::array<Shift, 3> kHypotheses{Shift::None, Shift::Gcj02, Shift::Bd09};
/// Trusted geometry further from the layer than the largest shift and some cannot matter.
constexpr double kReachM = 2000.0;
constexpr double kPieceM = 50.0;

const char* name_of(Shift shift) {
  return shift == Shift::Gcj02 ? "GCJ-02" : shift == Shift::Bd09 ? "BD-09" : "WGS 84";
}

/// Where positions of the layer truly lie under a hypothesis.
class Hypothesis {
 public:
  explicit Hypothesis(const Crs& plane)
      : to_degrees_(plane, Crs("EPSG:4326")), to_plane_(Crs("EPSG:4326"), plane) {}

  [[nodiscard]] std::vector<Xy> moved(std::span<const Xy> claimed, Shift shift) const {
    std::vector<Xy> out(claimed.begin(), claimed.end());
    if (shift == Shift::None) return out;
    to_degrees_.transform(std::span<Xy>(out));
    for (Xy& p : out) {
      LonLat degrees = unshifted(p, shift);
      p = {degrees.lon, degrees.lat};
    }
    to_plane_.transform(std::span<Xy>(out));
    return out;
  }

  [[nodiscard]] MultiPolygon moved(const MultiPolygon& shape, Shift shift) const {
    MultiPolygon out = shape;
    for (Polygon& polygon : out) {
      polygon.outer = moved(polygon.outer, shift);
      for (Ring& hole : polygon.holes) hole = moved(hole, shift);
    }
    return out;
  }

  [[nodiscard]] bool in_china(Xy p) const {
    to_degrees_.transform(std::span<Xy>(&p, 1));
    return in_shift_area({p.x, p.y});
  }

 private:
  Transformer to_degrees_;
  Transformer to_plane_;
};

/// Evenly taken from the whole layer, always the same ones.
std::vector<Xy> sampled(std::span<const Xy> layer, std::size_t most) {
  std::vector<Xy> finite;
  for (Xy p : layer)
    if (std::isfinite(p.x) && std::isfinite(p.y)) finite.push_back(p);
  if (finite.size() <= most) return finite;
  std::vector<Xy> out;
  for (std::size_t i = 0; i < most; ++i) out.push_back(finite[i * finite.size() / most]);
  return out;
}

double median(std::vector<double> values) {
  auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

Xy middle_of(std::span<const Xy> points) {
  std::vector<double> x;
  std::vector<double> y;
  for (Xy p : points) {
    x.push_back(p.x);
    y.push_back(p.y);
  }
  return {median(std::move(x)), median(std::move(y))};
}

/// Points and lines near the layer, found by the middles of short pieces.
class Neighbours {
 public:
  Neighbours(std::span<const Xy> points, std::span<const Polyline> lines, Box near) {
    near.add(near.min - Xy{kReachM, kReachM});
    near.add(near.max + Xy{kReachM, kReachM});
    for (Xy p : points)
      if (near.contains(p)) pieces_.push_back({p, p});
    for (const Polyline& line : lines)
      for (std::size_t i = 1; i < line.size(); ++i) add(line[i - 1], line[i], near);
    std::vector<Xy> middles;
    for (const Piece& piece : pieces_) middles.push_back((piece.a + piece.b) * 0.5);
    index_ = PointIndex(middles);
  }

  [[nodiscard]] bool empty() const { return pieces_.empty(); }
  /// Exact: a piece at distance d has its middle within d and half its length.
  [[nodiscard]] double distance_to(Xy p) const {
    const Piece& first = pieces_[static_cast<std::size_t>(index_.nearest(p))];
    double best = distance_to_segment_m(p, first.a, first.b);
    for (uint32_t i : index_.within(p, best + kPieceM / 2.0))
      best = std::min(best, distance_to_segment_m(p, pieces_[i].a, pieces_[i].b));
    return best;
  }

 private:
  struct Piece {
    Xy a, b;
  };
  void add(Xy a, Xy b, const Box& near) {
    Box box;
    box.add(a);
    box.add(b);
    if (!box.overlaps(near)) return;
    int parts = std::max(1, static_cast<int>(std::ceil(distance_m(a, b) / kPieceM)));
    for (int k = 0; k < parts; ++k)
      pieces_.push_back({a + (b - a) * (static_cast<double>(k) / parts),
                         a + (b - a) * (static_cast<double>(k + 1) / parts)});
  }

  std::vector<Piece> pieces_;
  PointIndex index_;
};

std::string figure(double misfit, ShiftMeasure measure) {
  switch (measure) {
    case ShiftMeasure::Distance:
      return fmt::format("{:.0f} m", misfit);
    case ShiftMeasure::Overlap:
      return fmt::format("{:.3f}", 1.0 - misfit);
    case ShiftMeasure::Outside:
      return fmt::format("{:.1f} %", misfit * 100.0);
  }
  return "";
}

const char* title(ShiftMeasure measure) {
  switch (measure) {
    case ShiftMeasure::Distance:
      return "median distance to trusted neighbours";
    case ShiftMeasure::Overlap:
      return "overlap with trusted twins";
    case ShiftMeasure::Outside:
      return "share outside the trusted areas";
  }
  return "";
}

std::string figures_of(const ShiftEvidence& e) {
  std::string text = fmt::format("{} (of {})", title(e.measure), e.compared);
  for (const ShiftFit& fit : e.fits)
    text += fmt::format("{} {} as {}", &fit == e.fits.data() ? ":" : ",",
                        figure(fit.misfit, e.measure), name_of(fit.shift));
  return text;
}

double least_gain(ShiftMeasure measure, const ShiftSettings& s) {
  return measure == ShiftMeasure::Distance  ? s.least_gain_m
         : measure == ShiftMeasure::Overlap ? s.least_gain_overlap
                                            : s.least_gain_outside;
}

/// The verdict from the three misfits.
void judge(ShiftEvidence& e, const ShiftSettings& settings) {
  std::array<ShiftFit, 3> order{e.fits[0], e.fits[1], e.fits[2]};
  std::stable_sort(order.begin(), order.end(),
                   [](const ShiftFit& a, const ShiftFit& b) { return a.misfit < b.misfit; });
  bool fits = e.measure != ShiftMeasure::Distance || order[0].misfit <= settings.fit_at_most_m;
  double ratio = e.measure == ShiftMeasure::Overlap ? settings.ratio_overlap : settings.ratio;
  bool clear = order[0].misfit * ratio <= order[1].misfit &&
               order[1].misfit - order[0].misfit >= least_gain(e.measure, settings);
  if (!fits || !clear) {
    e.verdict = ShiftVerdict::Unclear;
    e.sentence = "no reading fits clearly best; " + figures_of(e);
    return;
  }
  e.likely = order[0].shift;
  e.verdict = e.likely == Shift::None ? ShiftVerdict::Agrees : ShiftVerdict::Shifted;
  e.sentence = e.likely == Shift::None
                   ? "fits best as WGS 84, as it claims; " + figures_of(e)
                   : fmt::format("claims WGS 84 but fits best as {}, {:.0f} m aside; {}",
                                 name_of(e.likely), e.off_m, figures_of(e));
}

ShiftEvidence refused(ShiftVerdict verdict, ShiftMeasure measure, std::string why) {
  ShiftEvidence e;
  e.verdict = verdict;
  e.measure = measure;
  e.sentence = std::move(why);
  return e;
}

/// Why nothing can be told, before anything is measured.
std::optional<ShiftEvidence> unfit(const std::vector<Xy>& sample, std::size_t least,
                                   const Hypothesis& hypothesis, ShiftMeasure measure) {
  if (sample.empty() || !hypothesis.in_china(middle_of(sample)))
    return refused(sample.empty() ? ShiftVerdict::TooLittle : ShiftVerdict::NotApplicable, measure,
                   sample.empty() ? "no positions" : "outside China nothing is shifted");
  if (sample.size() < least)
    return refused(
        ShiftVerdict::TooLittle, measure,
        fmt::format("{} positions are too few to tell, {} are needed", sample.size(), least));
  return std::nullopt;
}

/// How far the best reading lies aside, and the verdict.
void finish(ShiftEvidence& e, const std::vector<Xy>& sample, const Hypothesis& hypothesis,
            const ShiftSettings& settings) {
  Xy middle = middle_of(sample);
  auto best = std::min_element(e.fits.begin(), e.fits.end(),
                               [](const auto& a, const auto& b) { return a.misfit < b.misfit; });
  e.off_m = distance_m(middle, hypothesis.moved(std::span(&middle, 1), best->shift)[0]);
  judge(e, settings);
}

/// Measures and judges: `misfit` of the sample where each hypothesis puts it.
template <class Misfit>
ShiftEvidence weighed(const std::vector<Xy>& sample, const Hypothesis& hypothesis,
                      ShiftMeasure measure, const ShiftSettings& settings, Misfit misfit) {
  ShiftEvidence e;
  e.measure = measure;
  e.compared = sample.size();
  for (Shift shift : kHypotheses)
    e.fits.push_back({shift, misfit(hypothesis.moved(sample, shift))});
  finish(e, sample, hypothesis, settings);
  return e;
}

double overlap_of(const MultiPolygon& a, const MultiPolygon& b) {
  if (!bounds(a).overlaps(bounds(b))) return 0.0;
  double common = area_m2(intersection(a, b));
  return common / (area_m2(a) + area_m2(b) - common);
}

/// The best overlap of one area with any trusted one, by hypothesis.
using Overlaps = std::array<double, kHypotheses.size()>;

std::vector<Overlaps> twins(std::span<const MultiPolygon> layer,
                            std::span<const MultiPolygon> trusted, const Hypothesis& hypothesis,
                            double twins_from) {
  constexpr std::size_t kMostAreas = 50;  // each costs some milliseconds
  std::vector<Overlaps> found;
  std::size_t step = std::max<std::size_t>(1, (layer.size() + kMostAreas - 1) / kMostAreas);
  for (std::size_t i = 0; i < layer.size(); i += step) {
    Overlaps best{};
    for (std::size_t h = 0; h < kHypotheses.size(); ++h) {
      MultiPolygon moved = hypothesis.moved(layer[i], kHypotheses[h]);
      for (const MultiPolygon& other : trusted)
        best[h] = std::max(best[h], overlap_of(moved, other));
    }
    if (*std::max_element(best.begin(), best.end()) >= twins_from) found.push_back(best);
  }
  return found;
}

std::vector<Xy> vertices_of(std::span<const MultiPolygon> shapes) {
  std::vector<Xy> out;
  for (const MultiPolygon& shape : shapes)
    for (const Polygon& p : shape) out.insert(out.end(), p.outer.begin(), p.outer.end());
  return out;
}

}  // namespace

ShiftEvidence weigh_shift(std::span<const Xy> layer, std::span<const Xy> trusted_points,
                          std::span<const Polyline> trusted_lines, const Crs& plane,
                          const ShiftSettings& settings) {
  constexpr auto kMeasure = ShiftMeasure::Distance;
  Hypothesis hypothesis(plane);
  std::vector<Xy> sample = sampled(layer, settings.most_points);
  if (auto why = unfit(sample, settings.least_points, hypothesis, kMeasure)) return *why;
  Box near;
  for (Xy p : sample) near.add(p);
  Neighbours neighbours(trusted_points, trusted_lines, near);
  if (neighbours.empty())
    return refused(ShiftVerdict::TooLittle, kMeasure, "no trusted neighbours lie near");
  return weighed(sample, hypothesis, kMeasure, settings, [&](const std::vector<Xy>& points) {
    std::vector<double> distances;
    for (Xy p : points) distances.push_back(neighbours.distance_to(p));
    return median(std::move(distances));
  });
}

ShiftEvidence weigh_shift(std::span<const MultiPolygon> layer,
                          std::span<const MultiPolygon> trusted, const Crs& plane,
                          const ShiftSettings& settings) {
  constexpr auto kMeasure = ShiftMeasure::Overlap;
  Hypothesis hypothesis(plane);
  std::vector<Xy> sample = sampled(vertices_of(layer), settings.most_points);
  if (auto why = unfit(sample, 3, hypothesis, kMeasure)) return *why;
  std::vector<Overlaps> found = twins(layer, trusted, hypothesis, settings.twins_from);
  if (found.empty())
    return refused(ShiftVerdict::TooLittle, kMeasure,
                   "no trusted area shows the same as one of it");
  ShiftEvidence e;
  e.measure = kMeasure;
  e.compared = found.size();
  for (std::size_t h = 0; h < kHypotheses.size(); ++h) {
    std::vector<double> misfits;
    for (const Overlaps& best : found) misfits.push_back(1.0 - best[h]);
    e.fits.push_back({kHypotheses[h], median(std::move(misfits))});
  }
  finish(e, sample, hypothesis, settings);
  return e;
}

ShiftEvidence weigh_shift_inside(std::span<const Xy> layer, std::span<const MultiPolygon> trusted,
                                 const Crs& plane, const ShiftSettings& settings) {
  constexpr auto kMeasure = ShiftMeasure::Outside;
  Hypothesis hypothesis(plane);
  std::vector<Xy> sample = sampled(layer, settings.most_points);
  if (auto why = unfit(sample, settings.least_points, hypothesis, kMeasure)) return *why;
  PolygonIndex index(trusted);
  return weighed(sample, hypothesis, kMeasure, settings, [&](const std::vector<Xy>& points) {
    auto out =
        std::count_if(points.begin(), points.end(), [&](Xy p) { return index.first(p) < 0; });
    return static_cast<double>(out) / static_cast<double>(points.size());
  });
}

}  // namespace doorstep
