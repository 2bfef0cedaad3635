#pragma once
// How pupils travel, what lies under the map, where each layer comes from, what was observed.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "place/schools.h"
#include "place/streets.h"

namespace doorstep {

enum class TravelMode { Streets, Table, Straight };

/// One given row of a travel table.
struct GivenTravel {
  HomeId home;
  CampusId campus;
  Minutes minutes;
};

/// What travel is to be computed from. Speeds are door to door.
struct Travel {
  TravelMode mode = TravelMode::Straight;
  MetresPerMinute speed{80.0};
  double detour = 1.3;
  std::vector<GivenTravel> given;          ///< mode Table
  std::shared_ptr<const Streets> streets;  ///< mode Streets
  Name note;                               ///< said on every output, e.g. the assumed detour
};

/// A background line or area to draw: river, railway, main road, district border.
struct Backdrop {
  enum class Kind { Water, River, Rail, Arterial, Street, Border, Park };
  Kind kind = Kind::Street;
  std::vector<Polyline> lines;
  MultiPolygon area;
  Name name;
};

/// One layer of input, for provenance.
struct LayerSource {
  std::string layer;
  std::string file;
  std::string licence;
  std::string attribution;
  std::string sha256;
  Origin origin = Origin::Real;
};

/// Observed numbers to compare with (an allocation round), per campus.
struct Observation {
  std::string label;  ///< "2023/24"
  Year year = 0;
  StageId stage;
  std::vector<std::pair<CampusId, double>> pupils;
  /// The same by the catchment they live in; empty where the source does not tell.
  struct Flow {
    CatchmentId from;
    CampusId to;
    double pupils = 0.0;
  };
  std::vector<Flow> flows;
};

}  // namespace doorstep
