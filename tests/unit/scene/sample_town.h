#pragma once
// Towns in memory for tests of scene and render: one to check by hand, one to look at.

#include "base/words.h"
#include "indicators/indicators.h"
#include "scene/map_content.h"

namespace doorstep::test {

/// A place with a result of its one stage, and the geometry drawn from them. Not to be moved:
/// snapshots point inside.
struct Town {
  Place place;
  StageYear run;
  StageIndicators indicators;
  scene::MapGeometry geometry;
  [[nodiscard]] scene::Snapshot snapshot() const { return {&place, &run, &indicators, &geometry}; }
};

/// Two catchments of 1 km², W and E, a campus in the middle of each, two homes in each:
///
///   y 1000 +---------+---------+
///          | h0      |      h2 |     W: 90 of 100 seats, E: 120 of 100
///          |    W    |    E    |     30 pupils of h1 cross to E
///          |      h1 |      h3 |
///   y 0    +---------+---------+
///         x 0      1000      2000
[[nodiscard]] Town two_catchments();

/// A synthetic town of 24 catchments given as lists of homes, with streets, a river and a group.
/// `relieved`: the fullest campus has given 30 % of its pupils to its two neighbours.
[[nodiscard]] Town large_town(bool relieved = false);

/// config/lang/<zh|en>.toml, read simply: "[section]" and `key = "text"` lines.
[[nodiscard]] Words words_from_config(Language language);

/// Everything on except ties, nothing selected. Pre: `town` and `words` outlive the content.
[[nodiscard]] scene::MapContent content_of(const Town& town, const Words& words);

/// Every character as wide as its display columns times half the size.
class SquareMeasure : public scene::TextMeasure {
 public:
  [[nodiscard]] double width_px(const std::string& text, double size, bool) const override {
    return display_width(text) * size / 2;
  }
};

}  // namespace doorstep::test
