#pragma once
// What a map is to show: which results, which layers, what is selected. Plain data pointing at
// snapshots that outlive the drawing; the window and the command line fill it alike.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/words.h"
#include "indicators/indicators.h"
#include "scene/classes.h"
#include "scene/display_list.h"
#include "scene/ground.h"
#include "scene/map_geometry.h"
#include "scene/theme.h"

namespace doorstep::scene {

enum class MapMode { Scenario, Baseline, Difference };

/// Layers whose order can be changed; areas lie under them, names over them.
enum class OrderedLayer { Homes, Ties, Flows, Campuses };

struct MapLayers {
  bool catchments = true;
  bool campuses = true;
  bool homes = true;
  bool flows = true;
  bool backdrop = true;
  bool labels = true;
  bool ties = false;
  std::array<OrderedLayer, 4> order{OrderedLayer::Homes, OrderedLayer::Ties, OrderedLayer::Flows,
                                    OrderedLayer::Campuses};  ///< lowest first
  /// 0.1 to 1 of what each layer draws.
  double area_opacity = 1.0, backdrop_opacity = 1.0;
  std::array<double, 4> opacity{1.0, 1.0, 1.0, 1.0};  ///< by OrderedLayer
  bool operator==(const MapLayers&) const = default;
};

/// Moves a layer one place up (by 1) or down (by -1) among the ordered ones.
void move_layer(MapLayers& layers, OrderedLayer layer, int by);

/// One result to draw. Any pointer but `place` may be null: what needs it is left out.
struct Snapshot {
  const Place* place = nullptr;
  const StageYear* run = nullptr;
  const StageIndicators* indicators = nullptr;
  const MapGeometry* geometry = nullptr;
  /// The year that decline is counted from; null: the run is of one year.
  const StageYear* first = nullptr;
  Year first_year = 0;
  const Ground* ground = nullptr;  ///< of fills by land (ground.h)
};

/// A thing on the map. Catchments drawn from homes have no catchment id: `area` finds them.
struct MapItem {
  enum class Kind { None, Campus, Area, Home };
  Kind kind = Kind::None;
  CampusId campus;
  CatchmentId catchment;
  int area = -1;  ///< index into AreaGeometry::areas of the snapshot shown
  HomeId home;
  bool operator==(const MapItem&) const = default;
};

/// A campus that is being dragged and not yet kept.
struct GhostCampus {
  Xy at;
  std::string title;   ///< "东城分校 · 2028"
  std::string detail;  ///< "1,206人, 1,260个学位 96%"
};

/// The visible part of the picture that labels must keep to. Units: pixels.
struct PixelFrame {
  double x = 0.0, y = 0.0, width = 0.0, height = 0.0;
};

struct MapContent {
  Snapshot current;
  Snapshot baseline;  ///< `place` null: nothing to compare with
  StageId stage;
  Year year = 0;
  MapMode mode = MapMode::Scenario;
  FillBy fill = FillBy::Utilisation;
  MapLayers layers;
  ThemeKind theme = ThemeKind::Light;
  const Words* words = nullptr;
  MapItem selection;
  MapItem hover;
  /// The picture under everything, with whose it is; areas over it let it through.
  std::optional<ImageMark> basemap;
  std::string basemap_attribution;
  std::optional<GhostCampus> ghost;
  /// Only areas of this legend class at full strength; -1: all.
  int class_filter = -1;
  /// A percentage beside every label, not only above 110 % or where it changed.
  bool all_percentages = false;
  /// Pixels that dense homes get for one of the view where it has fewer: print in vectors has 1.
  double dense_scale = 1.0;
  std::optional<PixelFrame> frame;
  /// Where no label may go: what lies over the map in its corners. Units: pixels.
  std::vector<PixelFrame> keep_clear;

  /// What the mode shows.
  [[nodiscard]] const Snapshot& shown() const {
    return mode == MapMode::Baseline && baseline.place ? baseline : current;
  }
  /// Whether there are two results, whichever of them is shown.
  [[nodiscard]] bool compares_with_other() const {
    return baseline.place && baseline.run && current.run;
  }
  [[nodiscard]] bool compares() const {
    return mode != MapMode::Baseline && baseline.place && baseline.run && current.run;
  }
};

}  // namespace doorstep::scene
