#include "geo/control_points.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"

using namespace doorstep;

namespace {

/// A quarter turn counter-clockwise, doubled, then moved by (1000, 2000): (x, y) → (1000-2y,
/// 2000+2x).
Xy turned(Xy p) { return {1000.0 - 2.0 * p.y, 2000.0 + 2.0 * p.x}; }

/// A city grid: turned by 1° and moved far, scale 1.
Xy city(Xy p) {
  double c = std::cos(0.0174532925199433);
  double s = std::sin(0.0174532925199433);
  return {500000.0 + c * p.x - s * p.y, 4100000.0 + s * p.x + c * p.y};
}

std::vector<ControlPoint> paired(std::initializer_list<Xy> local, Xy (*way)(Xy)) {
  std::vector<ControlPoint> points;
  for (Xy p : local) points.push_back({"P" + std::to_string(points.size() + 1), p, way(p)});
  return points;
}

bool has(const Diagnostics& findings, const std::string& code) {
  for (const Diagnostic& d : findings.items())
    if (d.code == code) return true;
  return false;
}

}  // namespace

TEST_CASE("two points determine a turn, a scale and a shift, and prove nothing") {
  auto points = paired({{0, 0}, {10, 0}}, turned);
  auto fit = fit_control_points(points, FitKind::Similarity, 0.1);
  CHECK(distance_m(fit.value.fit.to_place({3, 4}), {992, 2006}) < 1e-9);
  CHECK(distance_m(fit.value.fit.to_local({992, 2006}), {3, 4}) < 1e-9);
  CHECK(fit.value.fit.scale() == Approx(2.0));
  CHECK(fit.value.fit.rotation_deg() == Approx(90.0));
  CHECK(fit.value.rms_m == Approx(0.0).margin(1e-9));
  CHECK(fit.value.spare == 0);
  CHECK(has(fit.findings, "control.no-spare"));
  CHECK(has(fit.findings, "control.scale"));
}

TEST_CASE("residuals are what least squares leaves, and the worst is named") {
  // Four corners of a square kilometre; one is 4 m east of where it should be.
  auto points = paired({{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}}, [](Xy p) { return p; });
  points[2].place.x += 4.0;
  auto fit = fit_control_points(points, FitKind::Affine, 0.5, "points.csv");
  // An affine fit of a square leaves each corner a quarter of what one corner is off.
  for (Xy r : fit.value.residual_m) CHECK(std::hypot(r.x, r.y) == Approx(1.0));
  CHECK(fit.value.rms_m == Approx(1.0));
  CHECK(fit.value.spare == 1);
  CHECK(fit.findings.count(Severity::Warning) == 4);
  CHECK(fit.findings.items().front().at.text() == "points.csv row 1");
  auto rigid = fit_control_points(points, FitKind::Similarity, 0.5);
  CHECK(rigid.value.worst == 2);
  CHECK(rigid.value.worst_m > 1.0);
}

TEST_CASE("a city grid at large coordinates is found to a tenth of a millimetre") {
  auto points = paired({{-20000, -15000}, {22000, -14000}, {1000, 24000}, {300, 700}}, city);
  for (FitKind kind : {FitKind::Similarity, FitKind::Affine}) {
    auto fit = fit_control_points(points, kind, 0.01);
    CHECK(fit.findings.items().empty());
    CHECK(fit.value.worst_m < 1e-4);
    CHECK(distance_m(fit.value.fit.to_place({5000, 6000}), city({5000, 6000})) < 1e-4);
    CHECK(distance_m(fit.value.fit.to_local(city({5000, 6000})), {5000, 6000}) < 1e-4);
  }
}

TEST_CASE("too few points, points in line and points on one spot are refused") {
  auto line = paired({{0, 0}, {1000, 1000}, {2000, 2000.5}}, city);
  CHECK_THROWS_WITH(fit_control_points(std::span(line).first(1), FitKind::Similarity, 1.0),
                    Catch::Contains("too few"));
  CHECK_THROWS_WITH(fit_control_points(std::span(line).first(2), FitKind::Affine, 1.0),
                    Catch::Contains("too few"));
  CHECK_THROWS_WITH(fit_control_points(line, FitKind::Affine, 1.0), Catch::Contains("in line"));
  CHECK_NOTHROW(fit_control_points(line, FitKind::Similarity, 1.0));
  auto spot = paired({{7000, 7000}, {7000, 7000}}, city);
  CHECK_THROWS_WITH(fit_control_points(spot, FitKind::Similarity, 1.0),
                    Catch::Contains("one spot"));
  auto broken = paired({{0, 0}, {std::nan(""), 0}}, city);
  CHECK_THROWS_AS(fit_control_points(broken, FitKind::Similarity, 1.0), Error);
}

TEST_CASE("a grid whose northing comes first is called mirrored") {
  auto points = paired({{0, 0}, {1000, 200}, {300, 1200}, {900, 900}}, city);
  for (ControlPoint& p : points) p.local = {p.local.y, p.local.x};
  CHECK(has(fit_control_points(points, FitKind::Affine, 1.0).findings, "control.mirrored"));
  CHECK(has(fit_control_points(points, FitKind::Similarity, 1.0).findings, "control.mirrored"));
}
