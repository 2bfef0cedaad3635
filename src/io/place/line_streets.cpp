// Streets from a line layer whose fields the place names: class, one-way, speed or minutes, level.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "io/osm/line_net.h"
#include "io/osm/street_builder.h"
#include "io/osm/tags.h"
#include "io/place/context.h"
#include "io/place/streets.h"

namespace doorstep::io {
namespace {

/// A segment longer than this lies in the wrong coordinate system. Units: metres.
constexpr double kLongestM = 200000.0;
constexpr double kPerMinute = 1000.0 / 60.0;  // km/h to metres per minute

template <class List>
bool holds(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != std::end(list);
}

/// Words of OpenStreetMap that a class may be called without being listed in `classes`.
constexpr std::array<std::string_view, 24> kKnownClasses{
    "motorway",      "motorway_link",  "trunk",    "trunk_link",    "primary",      "primary_link",
    "secondary",     "secondary_link", "tertiary", "tertiary_link", "unclassified", "residential",
    "living_street", "road",           "service",  "track",         "pedestrian",   "footway",
    "path",          "steps",          "cycleway", "bridleway",     "corridor",     "rail"};

class LineReader {
 public:
  LineReader(PlaceContext& context, Section& section, const StreetProfile& profile)
      : context_(context),
        section_(section),
        profile_(profile),
        rules_(profile),
        crossings_(load_crossing_rules()),
        table_(read_layer(context, section, "streets")) {
    class_ = field_of(table_, section, "class_field");
    oneway_ = field_of(table_, section, "oneway_field");
    speed_ = field_of(table_, section, "speed_field");
    minutes_ = field_of(table_, section, "minutes_field");
    level_ = field_of(table_, section, "level_field");
    bridge_ = field_of(table_, section, "bridge_field");
    tunnel_ = field_of(table_, section, "tunnel_field");
    if (speed_.present() && minutes_.present()) {
      section.refuse("minutes_field", "speed_field is there too", "keep one of the two");
    }
    read_values();
  }

  StreetNet net() {
    LineNoding noding;
    noding.tolerance_m = section_.number("tolerance_m", noding.tolerance_m);
    noding.at_crossings = section_.flag("join_at_crossings", noding.at_crossings);
    noding.same_crossing_m = crossings_.same_crossing_m;
    if (noding.tolerance_m <= 0 || noding.tolerance_m > 50) {
      section_.refuse("tolerance_m", "must lie between 0 and 50", "write 0.5");
    }
    for (std::size_t r = 0; r < table_.shapes.size(); ++r) add_row(r);
    report();
    return net_of_lines(lines_, noding);
  }

  [[nodiscard]] const std::string& file() const { return table_.file; }

 private:
  void read_values() {
    forward_ = section_.texts("oneway_forward");
    if (forward_.empty()) forward_ = {"yes", "true", "1", "F", "FT", "是", "单行"};
    backward_ = section_.texts("oneway_backward");
    if (backward_.empty()) backward_ = {"-1", "reverse", "T", "TF"};
    if (auto classes = section_.section("classes")) {
      for (const std::string& word : classes->keys()) {
        std::string meaning = classes->text(word);
        if (!holds(kKnownClasses, meaning)) {
          classes->refuse(word, "\"" + meaning + "\" is no class of street",
                          "use trunk, primary, secondary, tertiary, residential, service, "
                          "footway, rail or another word of OpenStreetMap's highway");
        }
        classes_.emplace_back(word, meaning);
      }
    }
  }

  /// The word of OpenStreetMap for a row's class: "road" where the layer says none.
  std::string class_of(std::size_t row) {
    const std::string& word = class_.text(row);
    if (word.empty()) return "road";
    auto listed = std::ranges::find(classes_, word, &std::pair<std::string, std::string>::first);
    if (listed != classes_.end()) return listed->second;
    if (holds(kKnownClasses, word)) return word;
    unknown_classes_.insert(word);
    return "road";
  }

  OpenWays one_way(std::size_t row) {
    constexpr std::array<std::string_view, 10> kBoth{"no", "false", "0",  "B",    "N",
                                                     "否", "双向",  "双", "both", "-"};
    const std::string& word = oneway_.text(row);
    // Who goes by no one-way tag of the map goes by none of a layer.
    bool binds = std::ranges::any_of(profile_.one_way_keys,
                                     [](const std::string& key) { return key == "oneway"; });
    if (word.empty() || holds(kBoth, word)) return {};
    bool forward = holds(forward_, word);
    if (!forward && !holds(backward_, word)) {
      unknown_oneways_.insert(word);
      return {};
    }
    return binds ? OpenWays{forward, !forward} : OpenWays{};
  }

  static bool says_yes(const std::string& cell) {
    return !cell.empty() && cell != "no" && cell != "0" && cell != "F" && cell != "N" &&
           cell != "false" && cell != "否";
  }

  void add_row(std::size_t row) {
    const std::vector<Polyline>& parts = table_.shapes[row].lines;
    if (parts.empty()) {
      ++without_line_;
      return;
    }
    StreetLine line = described(row);
    for (const Polyline& part : parts) {
      bool broken = part.size() < 2;
      for (std::size_t i = 0; i + 1 < part.size(); ++i) {
        broken |= !(distance_m(part[i], part[i + 1]) <= kLongestM);
      }
      if (broken) {
        context_.findings.warning("streets.odd_line",
                                  "a street with a part longer than 200 km, or without length",
                                  table_.at(row), "it is left out; check the coordinate system");
        continue;
      }
      line.line = part;
      lines_.push_back(line);
    }
  }

  StreetLine described(std::size_t row) {
    StreetLine line;
    std::string word = class_of(row);
    bool rail = word == "rail";
    std::array<OsmTag, 1> tag{OsmTag{rail ? OsmKey::Railway : OsmKey::Highway, word}};
    OsmTags tags(tag);
    line.usable = rules_.way(tags) == TravelRules::Answer::Open;
    line.road_class = road_class_of(word);
    if (rail) line.kinds = kCrossesRail;
    if (holds(crossings_.trunk, word)) line.kinds = kCrossesTrunk;
    line.open = one_way(row);
    line.speed_m_per_min = rail ? profile_.speed_m_per_min : rules_.metres_per_min(tags);
    if (auto speed = positive(speed_, row)) line.speed_m_per_min = *speed * kPerMinute;
    line.minutes = positive(minutes_, row).value_or(0.0);
    if (says_yes(bridge_.text(row))) line.traits |= kOnBridge;
    if (says_yes(tunnel_.text(row))) line.traits |= kInTunnel;
    line.level = (line.traits & kOnBridge) != 0 ? 1 : (line.traits & kInTunnel) != 0 ? -1 : 0;
    if (auto level = number_in_cell(context_, level_, row)) line.level = static_cast<int>(*level);
    return line;
  }

  std::optional<double> positive(const FieldOf& field, std::size_t row) {
    auto value = number_in_cell(context_, field, row);
    if (!value) return std::nullopt;
    if (*value > 0) return value;
    ++not_positive_;
    return std::nullopt;
  }

  static std::string listed(const std::set<std::string>& words) {
    std::string out;
    std::size_t count = 0;
    for (const std::string& word : words) {
      if (++count > 8) return out + " …";
      out += (out.empty() ? "\"" : ", \"") + word + "\"";
    }
    return out;
  }

  void report() {
    InputRef at{table_.file, 0, {}};
    auto warn = [&](bool when, const char* code, const std::string& what, const char* done) {
      if (when) context_.findings.warning(code, what, at, done);
    };
    warn(without_line_ > 0, "streets.no_line",
         fmt::format("{} rows of the street layer have no line", without_line_),
         "they are left out");
    warn(!unknown_classes_.empty(), "streets.unknown_class",
         "classes of street that are not known: " + listed(unknown_classes_),
         "they count as \"road\"; say what they are in [travel.classes]");
    warn(!unknown_oneways_.empty(), "streets.unknown_oneway",
         "one-way values that are not known: " + listed(unknown_oneways_),
         "they count as both ways; list them in oneway_forward or oneway_backward");
    warn(not_positive_ > 0, "streets.no_speed",
         fmt::format("{} speeds or minutes are not above 0", not_positive_),
         "the profile's speed is taken");
    warn(lines_.empty(), "streets.none", "the layer holds no line", "check the file and layer");
  }

  PlaceContext& context_;
  Section& section_;
  const StreetProfile& profile_;
  TravelRules rules_;
  CrossingRules crossings_;
  Table table_;
  FieldOf class_, oneway_, speed_, minutes_, level_, bridge_, tunnel_;
  std::vector<std::string> forward_;
  std::vector<std::string> backward_;
  std::vector<std::pair<std::string, std::string>> classes_;
  std::vector<StreetLine> lines_;
  std::set<std::string> unknown_classes_;
  std::set<std::string> unknown_oneways_;
  std::size_t without_line_ = 0;
  std::size_t not_positive_ = 0;
};

}  // namespace

OsmExtract read_line_streets(PlaceContext& context, Section& section,
                             const StreetProfile& profile) {
  OsmExtract out;
  LineReader reader(context, section, profile);
  double least_island_m = section.number("least_island_m", 0.0);
  out.streets =
      graph_of(reader.net(), least_island_m, context.place.travel.speed.value, 0, out.counts);
  report_streets(reader.file(), out.counts, context.findings);
  return out;
}

}  // namespace doorstep::io
