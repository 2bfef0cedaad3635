#pragma once
// Shapes of a stage and year that cost something to make: areas, shared borders, dots of homes,
// street lines. Computed once and handed to every frame; `previous` lends what has not changed.

#include <memory>
#include <string>
#include <vector>

#include "place/place.h"
#include "scene/home_dots.h"
#include "simulate/simulate.h"

namespace doorstep::scene {

/// One area of the map: a catchment, or where no catchment has a shape the homes that belong
/// together.
struct MapArea {
  CatchmentId catchment;  ///< invalid: made from where most pupils of each home go
  std::vector<CampusId> campuses;
  MultiPolygon shape;
  Box box;
};

/// A border between two areas, drawn once; -1 is outside.
struct MapBorder {
  int left = -1;
  int right = -1;
  Polyline line;
};

struct AreaGeometry {
  /// What the shapes were made from; equal text, equal shapes.
  std::string signature;
  /// Whether shapes were made from homes because the place gives none.
  bool derived = false;
  /// How many of `areas` were made so; the others are as given.
  int from_homes = 0;
  std::vector<MapArea> areas;
  std::vector<MapBorder> borders;
  /// Index into `areas` or -1.
  IdVector<HomeId, int> area_of_home;
};

/// Streets of a routable graph as lines to draw, where the backdrop has none.
struct StreetLines {
  std::vector<Polyline> arterials;
  std::vector<Polyline> streets;
};

struct MapGeometry {
  StageId stage;
  Year year = 0;
  std::shared_ptr<const AreaGeometry> areas;
  std::shared_ptr<const StreetLines> streets;
  /// Pupils of the stage by home, placed or not.
  IdVector<HomeId, double> pupils_of_home;
  /// Stippled homes; null before the first run.
  std::shared_ptr<const HomeDots> dots;
};

/// `run` may be null: then there are no dots, and areas only where catchments are given.
[[nodiscard]] MapGeometry build_geometry(const Place& place, StageId stage, Year year,
                                         const StageYear* run,
                                         const MapGeometry* previous = nullptr);

}  // namespace doorstep::scene
