#pragma once
// Local city grids: the way from a grid nobody registered to the place's system, fitted to points
// known in both. What the points are and where they come from is the caller's.

#include <span>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "geo/geometry.h"

namespace doorstep {

/// A point known in both systems.
struct ControlPoint {
  std::string name;
  Xy local;
  Xy place;
};

/// x' = x0 + a·x + b·y, y' = y0 + c·x + d·y, reckoned from the middle of the points so that large
/// coordinates lose no digits.
class PlaneFit {
 public:
  [[nodiscard]] Xy to_place(Xy local) const;
  /// The exact inverse.
  [[nodiscard]] Xy to_local(Xy place) const;
  /// Square root of the change of area: 1.0003 stretches by 0.3 m a kilometre.
  [[nodiscard]] double scale() const;
  /// By which the x axis turns, counter-clockwise. Units: degrees.
  [[nodiscard]] double rotation_deg() const;

 private:
  friend class PlaneFitter;
  Xy local_middle_, place_middle_;
  double a_ = 1.0, b_ = 0.0, c_ = 0.0, d_ = 1.0;
};

enum class FitKind {
  Similarity,  ///< shift, turn and one scale: four parameters; two points at least
  Affine       ///< also shear and a scale each way: six parameters; three points at least
};

struct ControlFit {
  PlaneFit fit;
  FitKind kind = FitKind::Similarity;
  /// By point: where the fit puts it less where it is. Units: metres of the place's system.
  std::vector<Xy> residual_m;
  /// Root of the mean square of their lengths; 0 where the points just suffice and prove nothing.
  double rms_m = 0.0;
  double worst_m = 0.0;
  std::size_t worst = 0;  ///< index of the point with the largest residual
  /// Points beyond what the fit needs: with none, no mistake can show.
  int spare = 0;
};

/// Least squares. Findings (codes "control.…"): residuals above the limit, each by name; no spare
/// point; a scale off 1 by more than 1 %; a mirrored grid, whose columns are probably swapped.
/// Throws: Error where the points are too few, in line, on one spot, or not finite.
/// Units: limit in metres. `file` is named in errors and findings, rows count from 1.
[[nodiscard]] Loaded<ControlFit> fit_control_points(std::span<const ControlPoint> points,
                                                    FitKind kind, double limit_m,
                                                    const std::string& file = "control points");

}  // namespace doorstep
