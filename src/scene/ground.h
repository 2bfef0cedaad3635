#pragma once
// What a map shows by land instead of by catchment: how far every spot is from a school, how thick
// pupils live. Made from the streets and the homes once for a view, and handed to the drawing.

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "network/travel_table.h"
#include "scene/classes.h"
#include "scene/map_geometry.h"

namespace doorstep::scene {

/// Shapes that hold until campuses, streets or the view change.
struct GroundShapes {
  std::string signature;            ///< equal text, equal shapes
  std::vector<MultiPolygon> bands;  ///< by class, low to high
  /// Reach: outlines at 500 m, 1 km and 30 minutes; empty for density.
  std::vector<std::vector<Ring>> levels;
  /// What lies outside all areas, to be covered again; empty where there are no areas.
  MultiPolygon outside;
};

/// Bands of land by class of scheme_of(fill), with the pupils of the whole place who live there.
struct Ground {
  FillBy fill = FillBy::Reach;
  std::shared_ptr<const GroundShapes> shapes;
  std::vector<double> pupils;      ///< by class
  double total = 0.0;              ///< their sum
  double most = 0.0;               ///< Density: the thickest hexagon, pupils a hectare
  double hex_m = 0.0;              ///< Density: across a hexagon, flat to flat
  CampusId only;                   ///< Reach: as asked for
  bool without_private = false;    ///< Reach: private campuses were not counted
  const StageYear* run = nullptr;  ///< whose pupils these are
  const MapGeometry* geometry = nullptr;
};

struct GroundRequest {
  const Place* place = nullptr;
  const StageYear* run = nullptr;
  const TravelTable* travel = nullptr;
  const MapGeometry* geometry = nullptr;
  StageId stage;
  CampusId only;  ///< Reach: the ways to this campus alone; invalid: to the nearest public one
  Box view;       ///< what is seen. Units: metres
  double m_per_px = 1.0;
};

/// Limits of reach. The bands are: up to 500 m, to 1 km, to 30 minutes, beyond.
inline constexpr std::array<double, 2> kReachMetres{500.0, 1000.0};
inline constexpr double kReachMinutes = 30.0;

/// Whether the fill is shown by land rather than by areas.
[[nodiscard]] constexpr bool by_ground(FillBy fill) {
  return fill == FillBy::Reach || fill == FillBy::Density;
}

/// Ways go along the streets where the place has them, else on straight lines with its detour;
/// pupils are counted by the ways of `travel`. Null where the fill is shown by areas. `previous`
/// comes back where nothing has changed. Cost: Reach: one search over the streets, and a snap for
/// each spot of a grid over the view. Pre: all pointers are set.
[[nodiscard]] std::shared_ptr<const Ground> build_ground(
    FillBy fill, const GroundRequest& request, const std::shared_ptr<const Ground>& previous = {});

}  // namespace doorstep::scene
