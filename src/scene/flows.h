#pragma once
// Which pupil flows a map shows: bundled by area and campus when zoomed out, by clusters of homes
// when near, largest first until 85 % of the pupils are shown; and the honest count of the rest.

#include <vector>

#include "scene/map_content.h"

namespace doorstep::scene {

/// Pupils of one cluster of homes of one area at one campus.
struct FlowBundle {
  int area = -1;
  CampusId campus;
  Xy from;  ///< pupil-weighted centre of the homes
  double pupils = 0.0;
  bool selected = false;
  /// In Difference mode: the pupils are those the plan takes off this way, not adds to it.
  bool lost = false;
};

struct FlowSelection {
  std::vector<FlowBundle> bundles;  ///< largest first, the selected ones last
  int total = 0;                    ///< bundles there are
  double pupils_shown = 0.0;
  double pupils_total = 0.0;
  [[nodiscard]] double share() const {
    return pupils_total > 0 ? pupils_shown / pupils_total : 1.0;
  }
};

inline constexpr double kFlowShare = 0.85;
inline constexpr std::size_t kMostBundles = 40;

/// Flows across areas (to a campus that does not serve the home's area), and all flows of a
/// selected campus or area. In Difference mode: only what the plan adds to or takes off each way.
[[nodiscard]] FlowSelection select_flows(const MapContent& content, const Viewport& view);
/// Width at the home's end: 0.8·√pupils times a factor of zoom, at least 0.8. Units: pixels.
[[nodiscard]] double flow_width_px(double pupils, double m_per_px);

}  // namespace doorstep::scene
