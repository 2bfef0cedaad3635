#include "io/table/shapes.h"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <ogr_geometry.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <span>
#include <utility>

#include "base/error.h"
#include "geo/crs.h"
#include "geo/polygon.h"
#include "io/table/source.h"

namespace doorstep::io {
namespace {

/// Beyond so many rows twins are no longer looked for: their memory would grow with the file.
constexpr std::size_t kMostCompared = 1'000'000;

Ring ring_of(const OGRLinearRing& line) {
  Ring ring;
  ring.reserve(static_cast<std::size_t>(line.getNumPoints()));
  for (int i = 0; i < line.getNumPoints(); ++i) ring.push_back({line.getX(i), line.getY(i)});
  if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
  return ring;
}

/// Adds what a linear geometry holds to a shape; returns false where a part had to be left out.
bool collect(const OGRGeometry& geometry, Shape& out) {
  OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
  switch (type) {
    case wkbPoint: {
      const OGRPoint* p = geometry.toPoint();
      if (!p->IsEmpty()) out.points.push_back({p->getX(), p->getY()});
      return true;
    }
    case wkbLineString: {
      const OGRLineString* line = geometry.toLineString();
      Polyline points;
      for (int i = 0; i < line->getNumPoints(); ++i)
        points.push_back({line->getX(i), line->getY(i)});
      bool is_line = points.size() > 1;
      if (is_line) out.lines.push_back(std::move(points));
      return is_line || line->IsEmpty();
    }
    case wkbTriangle:
    case wkbPolygon: {
      const OGRPolygon* polygon = geometry.toPolygon();
      if (polygon->getExteriorRing() == nullptr) return true;
      Polygon p{ring_of(*polygon->getExteriorRing()), {}};
      for (int i = 0; i < polygon->getNumInteriorRings(); ++i)
        p.holes.push_back(ring_of(*polygon->getInteriorRing(i)));
      bool is_area = p.outer.size() > 2;
      if (is_area) out.areas.push_back(std::move(p));
      return is_area || polygon->IsEmpty();
    }
    default:
      break;
  }
  bool whole = true;
  if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) {
    for (const OGRGeometry* part : *geometry.toGeometryCollection()) whole &= collect(*part, out);
  } else if (OGR_GT_IsSubClassOf(type, wkbPolyhedralSurface)) {
    for (const OGRPolygon* part : *geometry.toPolyhedralSurface()) whole &= collect(*part, out);
  }
  return whole;
}

bool holds_surface(const OGRGeometry& geometry) {
  OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
  if (OGR_GT_IsSubClassOf(type, wkbPolyhedralSurface)) return true;
  if (!OGR_GT_IsSubClassOf(type, wkbGeometryCollection)) return false;
  for (const OGRGeometry* part : *geometry.toGeometryCollection())
    if (holds_surface(*part)) return true;
  return false;
}

/// Visits every point list of a shape.
template <class Visit>
void for_each_points(Shape& shape, Visit&& visit) {
  visit(std::span<Xy>(shape.points));
  for (Polyline& line : shape.lines) visit(std::span<Xy>(line));
  for (Polygon& polygon : shape.areas) {
    visit(std::span<Xy>(polygon.outer));
    for (Ring& hole : polygon.holes) visit(std::span<Xy>(hole));
  }
}

std::optional<Xy> first_point(const Shape& shape) {
  if (!shape.points.empty()) return shape.points.front();
  if (!shape.lines.empty()) return shape.lines.front().front();
  if (!shape.areas.empty()) return shape.areas.front().outer.front();
  return std::nullopt;
}

void mix(std::uint64_t& hash, double value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  hash = (hash ^ bits) * 0x9E3779B97F4A7C15ULL;  // golden ratio, spreads the bits
  hash ^= hash >> 29;
}

}  // namespace

void ShapeNotes::note(const std::string& code, long row) {
  Count& count = counts_[code];
  if (count.times++ == 0) count.first_row = row;
}

void ShapeNotes::report(const std::string& file, Diagnostics& findings) const {
  for (const auto& [code, count] : counts_) {
    InputRef at{file, count.first_row, ""};
    auto say = [&](const char* what) { return fmt::format("{} rows {}", count.times, what); };
    if (code == "no-geometry")
      findings.warning(code, say("have no geometry"), at, "they are kept without a position");
    else if (code == "curves")
      findings.info(code, say("hold curves, made straight in steps of 4 degrees"), at);
    else if (code == "surface")
      findings.info(
          code, say("hold surfaces (TIN or polyhedral), read as their faces seen from above"), at);
    else if (code == "heights")
      findings.info(code, say("have heights or measures, left out"), at);
    else if (code == "mixed-kinds")
      findings.warning(code, say("are of another kind than the first (points, lines, areas)"), at,
                       "check that they belong to the same layer");
    else if (code == "degenerate")
      findings.warning(code, say("hold a line of one point or a ring of two, left out"), at,
                       "check the drawing there");
    else
      findings.warning(code, say("have a geometry that cannot be read"), at, "check the export");
  }
}

Shape shape_of(const OGRGeometry* geometry, long row, ShapeNotes& notes) {
  Shape shape;
  if (geometry == nullptr || geometry->IsEmpty()) {
    notes.note("no-geometry", row);
    return shape;
  }
  if (geometry->Is3D() || geometry->IsMeasured()) notes.note("heights", row);
  if (holds_surface(*geometry)) notes.note("surface", row);
  bool whole = true;
  if (geometry->hasCurveGeometry(TRUE)) {
    notes.note("curves", row);
    std::unique_ptr<OGRGeometry> linear(geometry->getLinearGeometry());
    if (linear) whole = collect(*linear, shape);
  } else if (geometry->hasCurveGeometry()) {  // a curve's type around straight pieces only
    std::unique_ptr<OGRGeometry> linear(geometry->getLinearGeometry());
    if (linear) whole = collect(*linear, shape);
  } else {
    whole = collect(*geometry, shape);
  }
  if (!whole) notes.note("degenerate", row);
  return shape;
}

std::optional<Shape> shape_of_wkt(const std::string& wkt, long row, ShapeNotes& notes) {
  QuietGdal quiet;
  OGRGeometry* read = nullptr;
  const char* text = wkt.c_str();
  if (OGRGeometryFactory::createFromWkt(&text, nullptr, &read) != OGRERR_NONE || read == nullptr)
    return std::nullopt;
  std::unique_ptr<OGRGeometry> geometry(read);
  return shape_of(geometry.get(), row, notes);
}

ShapePlacer::ShapePlacer(const TableRequest& request, Diagnostics& findings)
    : request_(request), findings_(&findings) {}

void ShapePlacer::choose_way(const Shape& shape, const std::string& crs, const std::string& file) {
  chosen_ = true;
  if (request_.grid) {
    move_.emplace(request_.grid);
    return;
  }
  std::string from = !request_.crs.empty() ? request_.crs : crs;
  if (from.empty()) {
    Xy p = *first_point(shape);
    bool degrees = std::abs(p.x) <= 180 && std::abs(p.y) <= 90;
    if (request_.datum == "bd09mc") {
      from = "EPSG:3857";  // not used: Baidu's plane is known to the mover
    } else if (degrees && !is_geographic(Crs(request_.to_crs))) {
      throw Error(
          fmt::format("says no coordinate system, and {:.5f}, {:.5f} look like degrees", p.x, p.y),
          file, "write crs = \"EPSG:4490\" (or EPSG:4326) in the layer");
    } else {
      findings_->warning("no-crs",
                         "says no coordinate system; its numbers were taken as the place's (" +
                             request_.to_crs + ")",
                         {file, 0, ""}, "write crs = \"EPSG:…\" in the layer");
      from = request_.to_crs;
    }
  }
  move_.emplace(from, request_.datum, request_.to_crs, file);
}

void ShapePlacer::place(Shape& shape, const std::string& crs, const InputRef& at) {
  if (request_.swap_axes)
    for_each_points(shape, [](std::span<Xy> points) {
      for (Xy& p : points) std::swap(p.x, p.y);
    });
  if (shape.empty()) return;
  if (!request_.to_crs.empty()) {
    if (!chosen_) choose_way(shape, crs, at.file);
    for_each_points(shape, [&](std::span<Xy> points) {
      std::vector<Xy> before(points.begin(), points.end());
      (*move_)(points);
      for (std::size_t i = 0; i < points.size(); ++i)
        if (!std::isfinite(points[i].x) || !std::isfinite(points[i].y))
          throw Error(fmt::format("position {}, {} cannot be brought to {}", before[i].x,
                                  before[i].y, request_.to_crs),
                      at.text(), "give the layer's own crs in place.toml");
    });
    if (!shape.areas.empty()) repair(shape, at);
  }
  look_for_twin(shape, at);
}

void ShapePlacer::repair(Shape& shape, const InputRef& at) {
  Loaded<MultiPolygon> result = repaired(shape.areas, at);
  findings_->append(result.findings);
  if (result.value.empty())
    findings_->warning("no-area", "an area without any extent, left out", at, "check the drawing")
        .done = Done::Skipped;
  shape.areas = std::move(result.value);
}

void ShapePlacer::look_for_twin(const Shape& shape, const InputRef& at) {
  // Points may well stand on each other (schools of one campus); areas and lines may not.
  if (shape.areas.empty() && shape.lines.empty()) return;
  if (seen_.size() >= kMostCompared) return;
  std::uint64_t hash = shape.areas.size() * 31 + shape.lines.size();
  Shape copy = shape;
  for_each_points(copy, [&](std::span<Xy> points) {
    for (Xy p : points) {
      mix(hash, p.x);
      mix(hash, p.y);
    }
    mix(hash, static_cast<double>(points.size()));
  });
  if (seen_.insert(hash).second) return;
  if (!std::exchange(twin_said_, true))
    findings_->warning("duplicate-shape", "has the same shape as a row above it", at,
                       "remove one of them; further ones are not listed");
}

}  // namespace doorstep::io
