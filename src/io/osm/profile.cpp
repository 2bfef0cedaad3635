#include "io/osm/profile.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "io/config.h"
#include "io/osm/tags.h"
#include "io/toml_section.h"

namespace doorstep::io {
namespace {

constexpr const char* kFile = "config/travel_profiles.toml";
constexpr double kPerMinute = 1000.0 / 60.0;  // km/h to metres per minute

toml::table read_profiles() { return parse_toml(read_file(resource_path(kFile)), kFile); }

template <class List>
bool holds(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}

void read_speeds(Section& section, StreetProfile& profile) {
  auto speeds = section.section("speed_kmh");
  if (!speeds) return;
  Coefficients found;
  read_coefficients(*speeds, found);
  for (const auto& [name, c] : found.items()) {
    if (c.assumed()) profile.speed_assumed = true;
    if (name.empty()) {
      profile.speed_m_per_min = c.value * kPerMinute;
    } else {
      profile.speed_of.emplace_back(name, c.value * kPerMinute);
    }
  }
}

double number_of(const toml::table& all, const char* section, const char* key) {
  Section at(*all[section].as_table(), kFile, section);
  auto inner = at.section(key);
  return inner ? inner->required_number("value") : at.required_number(key);
}

/// "50", "30 mph", "walk"; 0 where it is no number. Units: metres per minute.
double speed_limit(std::string_view text) {
  double value = 0.0;
  std::size_t digits = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
    value = value * 10.0 + (text[digits] - '0');
  }
  bool miles = text.find("mph") != std::string_view::npos;
  return digits > 0 && digits <= 3 ? value * kPerMinute * (miles ? 1.609344 : 1.0) : 0.0;
}

}  // namespace

std::string travel_profile_names() {
  // The order in which people think of them; other names of a changed file follow.
  return "walk, ebike or car";
}

StreetProfile travel_profile(const std::string& name, double walking_m_per_min) {
  toml::table all = read_profiles();
  const toml::table* found = all[name].as_table();
  if (found == nullptr || !found->contains("highways")) {
    throw Error("unknown profile \"" + name + "\"", kFile, "use " + travel_profile_names());
  }
  Section section(*found, kFile, name);
  StreetProfile p;
  p.name = name;
  p.title = section.name("name");
  p.highways = section.texts("highways");
  p.if_permitted = section.texts("if_permitted");
  p.access_keys = section.texts("access");
  p.one_way_keys = section.texts("oneway");
  p.one_way_highways = section.texts("oneway_highways");
  p.roundabouts_bind = section.flag("roundabouts_bind", false);
  p.closed_barriers = section.texts("closed_barriers");
  p.along_areas = section.flag("along_areas", true);
  p.ferries = section.flag("ferries", false);
  p.obeys_maxspeed = section.flag("maxspeed", false);
  p.speed_m_per_min = walking_m_per_min;
  p.ferry_m_per_min = number_of(all, "ferry", "speed_kmh") * kPerMinute;
  read_speeds(section, p);
  return p;
}

StreetProfile walking_profile(double speed_m_per_min) {
  return travel_profile("walk", speed_m_per_min);
}

CrossingRules load_crossing_rules() {
  toml::table all = read_profiles();
  if (!all["crossings"].is_table()) throw Error("has no [crossings]", kFile, "add it again");
  Section section(*all["crossings"].as_table(), kFile, "crossings");
  return {section.texts("trunk"), section.texts("rail"), section.texts("rail_nodes"),
          number_of(all, "crossings", "same_crossing_m")};
}

TravelRules::TravelRules(const StreetProfile& profile) : profile_(profile) {
  auto number = [&](const std::string& key) {
    return static_cast<unsigned char>(required_osm_key(key, profile.name));
  };
  for (const std::string& key : profile.access_keys) access_keys_.push_back(number(key));
  for (const std::string& key : profile.one_way_keys) one_way_keys_.push_back(number(key));
}

/// Source: OpenStreetMap wiki, Key:access; values not named here leave the question to the next
/// key.
TravelRules::Access TravelRules::access_by(std::string_view value) {
  if (value.empty()) return Access::Unsaid;
  constexpr std::array<std::string_view, 7> kOpen{
      "yes", "designated", "permissive", "official", "destination", "customers", "public"};
  constexpr std::array<std::string_view, 7> kClosed{
      "no", "private", "use_sidepath", "agricultural", "forestry", "military", "emergency"};
  if (holds(kOpen, value)) return Access::Open;
  return holds(kClosed, value) ? Access::Closed : Access::Unsaid;
}

TravelRules::Access TravelRules::access(const OsmTags& tags) const {
  for (unsigned char key : access_keys_) {
    Access found = access_by(tags[static_cast<OsmKey>(key)]);
    if (found != Access::Unsaid) return found;
  }
  return Access::Unsaid;
}

TravelRules::Answer TravelRules::way(const OsmTags& tags) const {
  std::string_view highway = tags[OsmKey::Highway];
  bool ferry = highway.empty() && tags.is(OsmKey::Route, "ferry");
  if (ferry) {
    return profile_.ferries && access(tags) != Access::Closed ? Answer::Open : Answer::NotAStreet;
  }
  bool usual = holds(profile_.highways, highway);
  if (!usual && !holds(profile_.if_permitted, highway)) return Answer::NotAStreet;
  if (!profile_.along_areas && tags.is(OsmKey::Area, "yes")) return Answer::NotAStreet;
  if (!usual) {
    auto own = access_keys_.empty() ? Access::Unsaid
                                    : access_by(tags[static_cast<OsmKey>(access_keys_[0])]);
    return own == Access::Open ? Answer::Open : Answer::Closed;
  }
  Access found = access(tags);
  // A motorroad is closed to what is slow, not to cars.
  bool slow = !holds(profile_.highways, "motorway");
  if (found == Access::Unsaid && slow && tags.is(OsmKey::Motorroad, "yes")) return Answer::Closed;
  return found == Access::Closed ? Answer::Closed : Answer::Open;
}

OpenWays TravelRules::directions(const OsmTags& tags) const {
  for (unsigned char key : one_way_keys_) {
    std::string_view value = tags[static_cast<OsmKey>(key)];
    if (value == "yes" || value == "true" || value == "1") return {true, false};
    if (value == "-1" || value == "reverse") return {false, true};
    if (value == "no") return {true, true};
  }
  if (holds(profile_.one_way_highways, tags[OsmKey::Highway])) return {true, false};
  bool round = tags.is(OsmKey::Junction, "roundabout") || tags.is(OsmKey::Junction, "circular");
  return {true, !(round && profile_.roundabouts_bind)};
}

bool TravelRules::stops(const OsmTags& node) const {
  std::string_view barrier = node[OsmKey::Barrier];
  if (barrier.empty()) return false;
  Access found = access(node);
  if (found != Access::Unsaid) return found == Access::Closed;
  return holds(profile_.closed_barriers, barrier);
}

double TravelRules::metres_per_min(const OsmTags& tags) const {
  std::string_view highway = tags[OsmKey::Highway];
  if (highway.empty()) return profile_.ferry_m_per_min;
  double speed = profile_.speed_m_per_min;
  if (profile_.speed_of.empty()) return speed;
  if (highway.ends_with("_link")) highway.remove_suffix(5);
  for (const auto& [name, of_class] : profile_.speed_of) {
    if (name == highway) speed = of_class;
  }
  double limit = profile_.obeys_maxspeed ? speed_limit(tags[OsmKey::Maxspeed]) : 0.0;
  return limit > 0.0 ? std::min(speed, limit) : speed;
}

}  // namespace doorstep::io
