// The local grid of a layer: control_points = "points.csv", a table of points known in the layer's
// own numbers (local_x, local_y) and in the place's system (x, y).

#include <fmt/format.h>

#include "base/text.h"
#include "geo/control_points.h"
#include "io/place/context.h"

namespace doorstep::io {
namespace {

/// A survey's control points agree better; a worse one is named. Units: metres. Source: assumed.
constexpr double kWorstResidual = 1.0;

}  // namespace

std::shared_ptr<const PlaneFit> grid_of(PlaceContext& context, Section& section) {
  if (!section.has("control_points")) return nullptr;
  ResolvedFile file = resolve_file(context.folder, section, "control_points");
  std::string kind = section.text("control_fit", "similarity");
  if (kind != "similarity" && kind != "affine")
    section.refuse("control_fit", "unknown fit \"" + kind + "\"", "use similarity or affine");
  double limit = section.number("control_limit_m", kWorstResidual);
  std::shared_ptr<const PlaneFit>& fit = context.grids[file.shown + "\n" + kind];
  if (fit) return fit;
  TableRequest request;
  request.path = file.path;
  request.shown = file.shown;
  Table table = read_table(request, context.findings);
  FieldOf columns[4];
  const char* names[4] = {"local_x", "local_y", "x", "y"};
  for (int i = 0; i < 4; ++i) columns[i] = named_field(table, names[i], "control_points");
  FieldOf name = table.has("name") ? named_field(table, "name", "control_points") : FieldOf{};
  std::vector<ControlPoint> points;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    std::optional<double> n[4];
    for (int i = 0; i < 4; ++i) n[i] = number_in_cell(context, columns[i], r);
    if (!n[0] || !n[1] || !n[2] || !n[3]) continue;
    std::string called = name.text(r);
    points.push_back(
        {called.empty() ? fmt::format("point {}", r + 1) : called, {*n[0], *n[1]}, {*n[2], *n[3]}});
  }
  auto fitted = fit_control_points(points, kind == "affine" ? FitKind::Affine : FitKind::Similarity,
                                   limit, file.shown);
  context.findings.append(fitted.findings);
  context.findings.info(
      "control.fit",
      fmt::format("local grid fitted to {} points: scale {:.6f}, turn {:.4f}°, error {:.3f} m",
                  points.size(), fitted.value.fit.scale(), fitted.value.fit.rotation_deg(),
                  fitted.value.rms_m),
      {file.shown, 0, ""});
  fit = std::make_shared<PlaneFit>(fitted.value.fit);
  return fit;
}

}  // namespace doorstep::io
