#include "geo/control_points.h"

#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "base/error.h"

namespace doorstep {

Xy PlaneFit::to_place(Xy local) const {
  Xy p = local - local_middle_;
  return place_middle_ + Xy{a_ * p.x + b_ * p.y, c_ * p.x + d_ * p.y};
}

Xy PlaneFit::to_local(Xy place) const {
  Xy q = place - place_middle_;
  double det = a_ * d_ - b_ * c_;
  return local_middle_ + Xy{(d_ * q.x - b_ * q.y) / det, (a_ * q.y - c_ * q.x) / det};
}

double PlaneFit::scale() const { return std::sqrt(std::abs(a_ * d_ - b_ * c_)); }
double PlaneFit::rotation_deg() const { return std::atan2(c_, a_) * 180.0 / std::numbers::pi; }

namespace {

/// Points count as in line where they spread less than this share of their length across it: a
/// metre of error at the points would then become hundreds beside them. Assumed.
constexpr double kThinnest = 1e-3;
/// A city grid is in metres: a scale further off 1 speaks of swapped or wrong points. Assumed.
constexpr double kScaleOff = 0.01;

/// Sums of products about the middles.
struct Moments {
  double xx = 0.0, xy = 0.0, yy = 0.0;            // local with local
  double xu = 0.0, xv = 0.0, yu = 0.0, yv = 0.0;  // local with place
};

}  // namespace

class PlaneFitter {
 public:
  PlaneFitter(std::span<const ControlPoint> points, FitKind kind, const std::string& file)
      : points_(points), kind_(kind), file_(file) {
    check_count();
    check_finite();
    find_middles();
    find_moments();
    check_spread();
  }

  [[nodiscard]] PlaneFit solve() {
    if (kind_ == FitKind::Similarity)
      similarity();
    else
      affine();
    return fit_;
  }
  /// Whether the pairs fit better once the local columns change places.
  [[nodiscard]] bool mirrored() const { return m_.xu * m_.yv - m_.xv * m_.yu < 0.0; }

 private:
  void check_count() const {
    std::size_t least = kind_ == FitKind::Similarity ? 2 : 3;
    if (points_.size() >= least) return;
    throw Error(
        fmt::format("{} control points are too few for {} fit", points_.size(),
                    kind_ == FitKind::Similarity ? "a similarity" : "an affine"),
        file_,
        fmt::format("give {} or more, spread over the city; one more shows mistakes", least));
  }

  void check_finite() const {
    for (std::size_t i = 0; i < points_.size(); ++i)
      for (Xy p : {points_[i].local, points_[i].place})
        if (!std::isfinite(p.x) || !std::isfinite(p.y))
          throw Error("coordinates are not finite", fmt::format("{} row {}", file_, i + 1),
                      "give numbers in metres");
  }

  void find_middles() {
    double share = 1.0 / static_cast<double>(points_.size());
    for (const ControlPoint& p : points_) {
      fit_.local_middle_ = fit_.local_middle_ + p.local * share;
      fit_.place_middle_ = fit_.place_middle_ + p.place * share;
    }
  }

  void find_moments() {
    for (const ControlPoint& point : points_) {
      Xy p = point.local - fit_.local_middle_;
      Xy q = point.place - fit_.place_middle_;
      m_.xx += p.x * p.x;
      m_.xy += p.x * p.y;
      m_.yy += p.y * p.y;
      m_.xu += p.x * q.x;
      m_.xv += p.x * q.y;
      m_.yu += p.y * q.x;
      m_.yv += p.y * q.y;
    }
  }

  /// The two axes of the ellipse of inertia tell the spread along and across the points.
  void check_spread() const {
    double half = (m_.xx + m_.yy) / 2.0;
    double root = std::hypot((m_.xx - m_.yy) / 2.0, m_.xy);
    double along = std::sqrt(half + root);
    double across = std::sqrt(std::max(0.0, half - root));
    double size = std::max(std::abs(fit_.local_middle_.x), std::abs(fit_.local_middle_.y));
    if (along <= 1e-9 * std::max(1.0, size))
      throw Error("control points lie on one spot", file_, "give points spread over the city");
    if (kind_ == FitKind::Affine && across < kThinnest * along)
      throw Error("control points lie in line", file_,
                  "give a point well beside the line, or fit a similarity");
  }

  void similarity() {
    double scale = m_.xx + m_.yy;
    double cosine = (m_.xu + m_.yv) / scale;
    double sine = (m_.xv - m_.yu) / scale;
    if (std::hypot(cosine, sine) < 1e-9)
      throw Error("control points do not determine a grid", file_,
                  "check that each row pairs the same point");
    fit_.a_ = cosine;
    fit_.b_ = -sine;
    fit_.c_ = sine;
    fit_.d_ = cosine;
  }

  void affine() {
    double det = m_.xx * m_.yy - m_.xy * m_.xy;
    fit_.a_ = (m_.xu * m_.yy - m_.yu * m_.xy) / det;
    fit_.b_ = (m_.yu * m_.xx - m_.xu * m_.xy) / det;
    fit_.c_ = (m_.xv * m_.yy - m_.yv * m_.xy) / det;
    fit_.d_ = (m_.yv * m_.xx - m_.xv * m_.xy) / det;
    if (std::abs(fit_.a_ * fit_.d_ - fit_.b_ * fit_.c_) < 1e-12)
      throw Error("control points do not determine a grid", file_,
                  "check that each row pairs the same point");
  }

  std::span<const ControlPoint> points_;
  FitKind kind_;
  const std::string& file_;
  PlaneFit fit_;
  Moments m_;
};

namespace {

void measure(ControlFit& out, std::span<const ControlPoint> points) {
  double squares = 0.0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    Xy off = out.fit.to_place(points[i].local) - points[i].place;
    double length = std::hypot(off.x, off.y);
    squares += length * length;
    if (length > out.worst_m) {
      out.worst_m = length;
      out.worst = i;
    }
    out.residual_m.push_back(off);
  }
  out.rms_m = std::sqrt(squares / static_cast<double>(points.size()));
  out.spare = static_cast<int>(points.size()) - (out.kind == FitKind::Similarity ? 2 : 3);
}

void note_residuals(Diagnostics& findings, const ControlFit& fit,
                    std::span<const ControlPoint> points, double limit_m, const std::string& file) {
  for (std::size_t i = 0; i < points.size(); ++i) {
    double off = std::hypot(fit.residual_m[i].x, fit.residual_m[i].y);
    if (off <= limit_m) continue;
    findings.add({Severity::Warning,
                  "control.residual",
                  fmt::format("control point \"{}\" is {:.2f} m off the fit, more than {:.2f} m",
                              points[i].name, off, limit_m),
                  {file, static_cast<long>(i) + 1, ""},
                  "check its coordinates in both systems",
                  MapSpot{points[i].place.x, points[i].place.y}});
  }
  if (fit.spare == 0)
    findings.warning("control.no-spare",
                     "the control points just suffice, so that no mistake in them can show",
                     {file, 0, ""}, "add one more point");
}

}  // namespace

Loaded<ControlFit> fit_control_points(std::span<const ControlPoint> points, FitKind kind,
                                      double limit_m, const std::string& file) {
  PlaneFitter fitter(points, kind, file);
  Loaded<ControlFit> out;
  out.value.kind = kind;
  out.value.fit = fitter.solve();
  measure(out.value, points);
  note_residuals(out.findings, out.value, points, limit_m, file);
  if (points.size() > 2 && fitter.mirrored())
    out.findings.warning("control.mirrored", "the local grid is mirrored against the place's",
                         {file, 0, ""},
                         "its first column may be the northing: swap the two local columns");
  else if (double scale = out.value.fit.scale(); std::abs(scale - 1.0) > kScaleOff)
    out.findings.warning(
        "control.scale",
        fmt::format("the local grid is scaled by {:.4f} against the place's", scale), {file, 0, ""},
        "check that both are in metres and each row pairs one point");
  return out;
}

}  // namespace doorstep
