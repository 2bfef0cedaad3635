#pragma once
// Who travels: which ways of a map are open, which way round, and how fast. The rules stand in
// config/travel_profiles.toml; nothing here knows a file format.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "place/policy.h"
#include "place/schools.h"

namespace doorstep::io {

class OsmTags;

/// A traveller's rules; the keys of config/travel_profiles.toml.
struct StreetProfile {
  std::string name;
  Name title;  ///< "on foot"
  /// Values of `highway` that are open unless a tag says otherwise.
  std::vector<std::string> highways;
  /// Values that are open only where the first access tag says so.
  std::vector<std::string> if_permitted;
  /// Tags that open or close a way, the most specific first: foot, access.
  std::vector<std::string> access_keys;
  /// Tags that make a way one-way for this traveller, the most specific first.
  std::vector<std::string> one_way_keys;
  std::vector<std::string> one_way_highways;
  /// Whether roundabouts run one way.
  bool roundabouts_bind = false;
  std::vector<std::string> closed_barriers;
  bool along_areas = true;
  bool ferries = false;
  bool obeys_maxspeed = false;
  double speed_m_per_min = 80.0;
  /// By value of `highway`, with or without _link. Units: metres per minute.
  std::vector<std::pair<std::string, double>> speed_of;
  double ferry_m_per_min = 10000.0 / 60;
  bool speed_assumed = false;
};

/// What counts as crossing a trunk road or a railway.
struct CrossingRules {
  std::vector<std::string> trunk;       ///< values of highway
  std::vector<std::string> rail;        ///< values of railway on lines
  std::vector<std::string> rail_nodes;  ///< values of railway on nodes
  double same_crossing_m = 40.0;
};

/// "walk", "ebike" or "car" of config/travel_profiles.toml. Walkers go at `walking_m_per_min`.
/// Throws: Error for a profile that is not there.
[[nodiscard]] StreetProfile travel_profile(const std::string& name, double walking_m_per_min);
/// Names of the profiles, for messages: "walk, ebike, car".
[[nodiscard]] std::string travel_profile_names();
[[nodiscard]] CrossingRules load_crossing_rules();

/// On foot: everything but motorways and what is closed to walkers; steps and paths count, one-ways
/// bind only where the map says that they bind walkers. Units: metres per minute.
[[nodiscard]] StreetProfile walking_profile(double speed_m_per_min);

struct OpenWays {
  bool forward = true;
  bool backward = true;
};

/// A profile made ready for asking about many ways.
class TravelRules {
 public:
  /// Throws: Error for a tag that is not read from extracts.
  explicit TravelRules(const StreetProfile& profile);

  enum class Answer { NotAStreet, Closed, Open };
  [[nodiscard]] Answer way(const OsmTags& tags) const;
  [[nodiscard]] OpenWays directions(const OsmTags& tags) const;
  /// Whether a barrier node stops the traveller.
  [[nodiscard]] bool stops(const OsmTags& node) const;
  [[nodiscard]] double metres_per_min(const OsmTags& tags) const;

 private:
  enum class Access { Open, Closed, Unsaid };
  [[nodiscard]] static Access access_by(std::string_view value);
  [[nodiscard]] Access access(const OsmTags& tags) const;

  const StreetProfile& profile_;
  std::vector<unsigned char> access_keys_;   ///< OsmKey
  std::vector<unsigned char> one_way_keys_;  ///< OsmKey
};

}  // namespace doorstep::io
