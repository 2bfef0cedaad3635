#pragma once
// Measures of polygons and operations on them. Rings follow geometry.h: not closed, outer rings
// counter-clockwise, holes clockwise; `normalised` brings any input there and `repaired` makes
// crossing or overlapping input valid. Results of operations are normalised.
// Boost.Geometry stays in polygon_boost.cpp.

#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "geo/geometry.h"

namespace doorstep {

/// Units: square metres; positive where the ring runs counter-clockwise.
[[nodiscard]] double signed_area_m2(const Ring& ring);
/// Holes taken off, whatever the orientation of the rings.
[[nodiscard]] double area_m2(const Polygon& polygon);
[[nodiscard]] double area_m2(const MultiPolygon& shape);
/// Length of all rings, of holes too. Units: metres.
[[nodiscard]] double perimeter_m(const MultiPolygon& shape);
[[nodiscard]] double length_m(const Polyline& line);

/// Centre of gravity; the mean of the vertices where there is no area. May lie outside: for labels
/// take interior_point. Pre: at least one vertex.
[[nodiscard]] Xy centroid(const MultiPolygon& shape);
/// A point surely inside, far from the border (to 1 % of the size): where a label goes. Of the
/// largest polygon. Source: Agafonkin, polylabel (2016). Pre: a ring of three vertices or more.
[[nodiscard]] Xy interior_point(const MultiPolygon& shape);

/// Points on the border, also of a hole, are inside.
[[nodiscard]] bool contains(const Polygon& polygon, Xy p);
[[nodiscard]] bool contains(const MultiPolygon& shape, Xy p);
/// To the nearest border, inside or out. Units: metres.
[[nodiscard]] double distance_to_border_m(const MultiPolygon& shape, Xy p);
/// To a segment. Units: metres.
[[nodiscard]] double distance_to_segment_m(Xy p, Xy a, Xy b);

/// Repeated closing points, repeated neighbours and points that are not finite taken out, rings of
/// fewer than three points dropped, orientation set. The area stays as it was.
[[nodiscard]] MultiPolygon normalised(const MultiPolygon& shape);
[[nodiscard]] Polygon rectangle(const Box& box);

/// "" where valid (no crossing, no overlap of parts, holes inside), else the reason in English.
/// Pre: normalised.
[[nodiscard]] std::string why_invalid(const MultiPolygon& shape);
/// Normalised, and where that is not enough cut where rings cross (a bow-tie becomes two
/// triangles, a point is inside where an odd number of rings of its polygon wind round it), with
/// overlapping parts merged. Findings say what was done and where; codes start with "polygon.".
[[nodiscard]] Loaded<MultiPolygon> repaired(const MultiPolygon& shape, const InputRef& at = {});

/// Pre for all four: valid input.
[[nodiscard]] MultiPolygon united(const MultiPolygon& a, const MultiPolygon& b);
[[nodiscard]] MultiPolygon united(const std::vector<MultiPolygon>& shapes);
[[nodiscard]] MultiPolygon intersection(const MultiPolygon& a, const MultiPolygon& b);
[[nodiscard]] MultiPolygon difference(const MultiPolygon& a, const MultiPolygon& b);

/// Counter-clockwise, without points on its edges; fewer than three points where all lie in line.
[[nodiscard]] Ring convex_hull(std::vector<Xy> points);

/// Douglas-Peucker; the ends stay. Units: tolerance in metres. Borders shared by shapes must be
/// simplified as arcs (topology.h), or they part.
[[nodiscard]] Polyline simplified(const Polyline& line, double tolerance_m);
/// Ring by ring; a ring that would vanish is dropped with its holes, the last one kept as it was.
[[nodiscard]] MultiPolygon simplified(const MultiPolygon& shape, double tolerance_m);

/// The pieces of a line inside a box.
[[nodiscard]] std::vector<Polyline> clipped(const Polyline& line, const Box& box);
/// Pre: valid input where it crosses the box.
[[nodiscard]] MultiPolygon clipped(const MultiPolygon& shape, const Box& box);

}  // namespace doorstep
