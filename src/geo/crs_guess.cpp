#include "geo/crs_guess.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "base/error.h"
#include "geo/positions.h"

namespace doorstep {

double ground_distance_m(LonLat a, LonLat b) {
  constexpr double kRadius = 6371008.8;  // mean radius of GRS80
  constexpr double kRadian = std::numbers::pi / 180.0;
  double north = std::sin((b.lat - a.lat) * kRadian / 2.0);
  double east = std::sin((b.lon - a.lon) * kRadian / 2.0);
  double h = north * north + std::cos(a.lat * kRadian) * std::cos(b.lat * kRadian) * east * east;
  return 2.0 * kRadius * std::asin(std::min(1.0, std::sqrt(h)));
}

namespace {

/// The middle 96 % of one column: a few wrong rows must not decide.
struct Span {
  double low = 0.0;
  double middle = 0.0;
  double high = 0.0;
  [[nodiscard]] bool within(double from, double to) const { return low >= from && high <= to; }
};

Span span_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  std::size_t last = values.size() - 1;
  std::size_t off = values.size() / 50;
  return {values[off], values[last / 2], values[last - off]};
}

/// The sample with one of its columns taken as the easting.
struct Reading {
  Span x, y;
  bool swapped = false;
};

/// Northings and longitudes of China with its islands.
constexpr double kChinaSouthM = 400000.0;
constexpr double kChinaNorthM = 5950000.0;
/// Half the width of a zone at its widest, at the south of the mainland: 1.5° and 3° of longitude,
/// and a third more, since a city keeps one zone beyond its edge.
constexpr double kHalfThreeDegreesM = 220000.0;
constexpr double kHalfSixDegreesM = 340000.0;

bool in_china(LonLat p) {
  return suggest_projected(p).size() == 9 && p.lon > 73.0 && p.lon < 136.0 && p.lat < 54.0;
}

/// A family of zones in the three datums of China: the code of its zone or meridian `first`.
/// Source: EPSG register.
struct Family {
  int cgcs2000, xian80, beijing54;
};
constexpr Family kThreePrefixed{4513, 2349, 2401};  // zones 25 to 45
constexpr Family kThreeBare{4534, 2370, 2422};
constexpr Family kSixPrefixed{4491, 2327, 21413};  // zones 13 to 23
constexpr Family kSixBare{4502, 2338, 21453};

std::string epsg(int code) { return fmt::format("EPSG:{}", code); }

class Guesser {
 public:
  explicit Guesser(std::optional<LonLat> near) : near_(near) {}

  void read(const Reading& r) {
    degrees(r);
    mercator(r);
    prefixed(r, kThreePrefixed, 25, 45, kHalfThreeDegreesM, "3-degree", 0.9);
    prefixed(r, kSixPrefixed, 13, 23, kHalfSixDegreesM, "6-degree", 0.3);
    bare(r);
    british(r);
    utm(r);
  }

  [[nodiscard]] std::vector<CrsCandidate> ranked() {
    double sum = 0.0;
    for (const CrsCandidate& c : found_) sum += c.confidence;
    for (CrsCandidate& c : found_) c.confidence /= std::max(1.0, sum);
    std::stable_sort(found_.begin(), found_.end(),
                     [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
    std::erase_if(found_, [](const CrsCandidate& c) { return c.confidence < 0.005; });
    return std::move(found_);
  }

 private:
  /// How much nearness to the known place says. Assumed.
  [[nodiscard]] double nearness(LonLat p) const {
    if (!near_) return 1.0;
    double tens_of_km = ground_distance_m(p, *near_) / 10000.0;
    return 1.0 / (1.0 + tens_of_km * tens_of_km);
  }

  [[nodiscard]] std::string from_place(LonLat p) const {
    if (!near_) return "";
    return fmt::format("; its middle then lies {:.0f} km from the place",
                       ground_distance_m(p, *near_) / 1000.0);
  }

  [[nodiscard]] static std::optional<LonLat> middle_in(const std::string& system,
                                                       const Reading& r) {
    Xy p{r.x.middle, r.y.middle};
    PositionPath path{PositionSystem(system), PositionSystem("wgs84")};
    if (path.transform(std::span<Xy>(&p, 1)) > 0) return std::nullopt;
    return LonLat{p.x, p.y};
  }

  void add(const Reading& r, const std::string& system, LonLat centre, double weight,
           const std::string& reason) {
    CrsCandidate c;
    c.system = system;
    c.swapped = r.swapped;
    c.centre = centre;
    c.confidence = weight * nearness(centre);
    c.reason = reason + from_place(centre);
    found_.push_back(std::move(c));
  }

  /// The same zone in the older datums, which the numbers cannot tell from CGCS2000.
  void add_alike(const Family& family, int step) {
    CrsCandidate& c = found_.back();
    c.alike = {epsg(family.xian80 + step), epsg(family.beijing54 + step)};
    // Assumed: by place the older datums lie some 30 to 120 m from CGCS2000; the larger is said.
    c.alike_apart_m = 120.0;
    Crs wgs84("EPSG:4326");
    for (const std::string& other : c.alike)
      c.ballpark = c.ballpark || is_ballpark(Crs(other), wgs84, c.centre);
  }

  void degrees(const Reading& r) {
    if (!r.x.within(-180.0, 180.0) || !r.y.within(-90.0, 90.0)) return;
    LonLat middle{r.x.middle, r.y.middle};
    bool china = in_china(middle);
    const char* order = r.swapped ? "latitude first, then longitude" : "longitude, then latitude";
    double weight = china ? 0.95 : r.swapped ? 0.25 : 0.6;
    // A span of many degrees is a continent; a few numbers round zero may be any local grid.
    if (std::max(r.x.high - r.x.low, r.y.high - r.y.low) > 60.0) weight *= 0.3;
    add(r, china ? "EPSG:4490" : "EPSG:4326", middle, weight,
        fmt::format("numbers up to {:.0f} and {:.0f} are degrees, {}{}", std::abs(r.x.high),
                    std::abs(r.y.high), order, china ? ", within China" : ""));
    if (china) found_.back().alike = {"EPSG:4326", "gcj02", "bd09"};
    if (china) found_.back().alike_apart_m = 700.0;
  }

  void mercator(const Reading& r) {
    constexpr double kEdge = 20037508.35;
    bool large = std::max(std::abs(r.x.middle), std::abs(r.y.middle)) > 1000000.0;
    if (!large || !r.x.within(-kEdge, kEdge) || !r.y.within(-kEdge, kEdge)) return;
    std::optional<LonLat> web = middle_in("EPSG:3857", r);
    if (!web) return;
    bool china = in_china(*web);
    double weight = china ? 0.6 : near_ ? 0.3 : 0.05;
    if (r.swapped) weight *= 0.2;
    add(r, "EPSG:3857", *web, weight, "seven or eight digits both ways fit web Mercator");
    if (!china) return;
    if (auto baidu = middle_in("bd09mc", r))
      add(r, "bd09mc", *baidu, weight * 0.5,
          fmt::format("the same numbers in Baidu metres lie {:.0f} km from web Mercator's",
                      ground_distance_m(*web, *baidu) / 1000.0));
  }

  void prefixed(const Reading& r, const Family& family, int first, int last, double half_m,
                const char* width, double weight) {
    int zone = static_cast<int>(std::floor(r.x.middle / 1e6));
    double centre = zone * 1e6 + 500000.0;
    if (zone < first || zone > last || !r.y.within(kChinaSouthM, kChinaNorthM) ||
        !r.x.within(centre - half_m, centre + half_m))
      return;
    std::string system = epsg(family.cgcs2000 + zone - first);
    std::optional<LonLat> middle = middle_in(system, r);
    if (!middle || middle->lon < 72.0 || middle->lon > 137.0) return;
    if (!in_china(*middle)) weight *= 0.3;
    add(r, system, *middle, weight,
        fmt::format("the easting begins with {}, the number of a {} zone{}", zone, width,
                    r.swapped ? "; the northing comes first, as in Chinese surveys" : ""));
    add_alike(family, zone - first);
  }

  /// Eastings of six digits round 500 km: the meridian is not in the numbers.
  void bare(const Reading& r) {
    if (!r.y.within(kChinaSouthM, kChinaNorthM) ||
        !r.x.within(500000.0 - kHalfSixDegreesM, 500000.0 + kHalfSixDegreesM))
      return;
    bool three = r.x.within(500000.0 - kHalfThreeDegreesM, 500000.0 + kHalfThreeDegreesM);
    const Family& family = three ? kThreeBare : kSixBare;
    std::vector<CrsCandidate> kept = std::move(found_);
    found_.clear();
    for (int step = 0; step < (three ? 21 : 11); ++step) try_meridian(r, family, step, three);
    // Without a place all meridians share what one of them would get.
    double share = near_ || found_.empty() ? 1.0 : 1.0 / static_cast<double>(found_.size());
    for (CrsCandidate& c : found_) c.confidence *= share;
    kept.insert(kept.end(), found_.begin(), found_.end());
    found_ = std::move(kept);
  }

  void try_meridian(const Reading& r, const Family& family, int step, bool three) {
    int meridian = 75 + step * (three ? 3 : 6);
    // Far from the place no meridian needs trying.
    if (near_ && std::abs(near_->lon - meridian) > (three ? 4.0 : 6.0)) return;
    std::string system = epsg(family.cgcs2000 + step);
    std::optional<LonLat> middle = middle_in(system, r);
    if (!middle || (!near_ && !in_china(*middle))) return;
    add(r, system, *middle, 0.85,
        fmt::format("an easting of six digits round 500 km fits a zone without prefix; its "
                    "meridian {}°E is not in the numbers{}",
                    meridian,
                    r.swapped ? "; the northing comes first, as in Chinese surveys" : ""));
    add_alike(family, step);
  }

  void british(const Reading& r) {
    if (!r.x.within(0.0, 700000.0) || !r.y.within(0.0, 1300000.0)) return;
    if (std::max(r.x.middle, r.y.middle) < 1000.0) return;  // degrees, or a local grid
    std::optional<LonLat> middle = middle_in("EPSG:27700", r);
    if (!middle || middle->lon < -8.7 || middle->lon > 1.8 || middle->lat < 49.8 ||
        middle->lat > 60.9)
      return;
    add(r, "EPSG:27700", *middle,
        r.swapped ? 0.15
        : near_   ? 0.8
                  : 0.5,
        "both numbers fit the British National Grid");
  }

  /// Only with a place: without one each of 120 zones would do as well.
  void utm(const Reading& r) {
    if (!near_ || !r.x.within(160000.0, 840000.0) || !r.y.within(0.0, 10000000.0)) return;
    if (r.y.middle < 1000.0) return;
    int zone = std::clamp(static_cast<int>(std::floor((near_->lon + 180.0) / 6.0)) + 1, 1, 60);
    for (int z = std::max(1, zone - 1); z <= std::min(60, zone + 1); ++z) {
      std::string system = epsg((near_->lat >= 0.0 ? 32600 : 32700) + z);
      std::optional<LonLat> middle = middle_in(system, r);
      if (!middle || ground_distance_m(*middle, *near_) > 500000.0) continue;
      add(r, system, *middle, in_china(*near_) ? 0.2 : 0.7,
          fmt::format("the numbers fit UTM zone {}{}", z, near_->lat >= 0.0 ? "N" : "S"));
    }
  }

  std::optional<LonLat> near_;
  std::vector<CrsCandidate> found_;
};

/// What a person has to know before saying yes.
std::string question_of(const std::vector<CrsCandidate>& candidates, bool placed) {
  if (candidates.empty())
    return "no known system fits these numbers; a local grid needs control points, see "
           "docs/coords.md";
  const CrsCandidate& best = candidates.front();
  std::string text =
      fmt::format("confirm {}{}", best.system, best.swapped ? " with axes swapped" : "");
  bool bare = best.reason.find("not in the numbers") != std::string::npos;
  if (bare && !placed)
    return fmt::format(
        "which central meridian? {} zones fit; name one, or another layer that "
        "lies nearby",
        candidates.size());
  if (candidates.size() > 1 && candidates[1].confidence >= 0.25 * best.confidence)
    text += fmt::format(" rather than {}{}", candidates[1].system,
                        candidates[1].swapped ? " with axes swapped" : "");
  if (best.alike.empty()) return text;
  bool degrees = best.system == "EPSG:4490";
  if (degrees)
    return text +
           "; WGS 84 is the same to a metre, but GCJ-02 and BD-09 of web maps look alike and lie "
           "up to 700 m aside: compare with a trusted layer";
  return text + fmt::format(
                    "; Xian 1980 ({}) and Beijing 1954 ({}) have numbers alike and lie up to some "
                    "{:.0f} m aside{}",
                    best.alike[0], best.alike[1], best.alike_apart_m,
                    best.ballpark ? ", and PROJ converts them only roughly here" : "");
}

}  // namespace

bool CrsGuess::clear() const {
  if (candidates.empty() || !candidates.front().alike.empty()) return false;
  return candidates.front().confidence >= 0.5 &&
         (candidates.size() == 1 || candidates[1].confidence < 0.25 * candidates[0].confidence);
}

CrsGuess guess_crs(std::span<const Xy> sample, std::optional<LonLat> near) {
  std::vector<double> first;
  std::vector<double> second;
  for (Xy p : sample) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y) || (p.x == 0.0 && p.y == 0.0)) continue;
    first.push_back(p.x);
    second.push_back(p.y);
  }
  CrsGuess guess;
  if (first.empty()) {
    guess.confirm = "no positions to tell a system from";
    return guess;
  }
  Span a = span_of(std::move(first));
  Span b = span_of(std::move(second));
  Guesser guesser(near);
  guesser.read({a, b, false});
  guesser.read({b, a, true});
  guess.candidates = guesser.ranked();
  guess.confirm = question_of(guess.candidates, near.has_value());
  return guess;
}

}  // namespace doorstep
