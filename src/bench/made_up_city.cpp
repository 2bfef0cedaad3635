// A made-up city of any size: a lattice a little out of true, every fifth street a collector, every
// twentieth an arterial, lanes missing here and there, a river with a bridge at each arterial.

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "bench/cities.h"

namespace doorstep::bench {
namespace {

constexpr double kPeopleANode = 19.0;
constexpr double kSpacingM = 100.0;
constexpr double kPupilsAPerson = 0.06;  // of one stage of six or nine years

/// Which line of the lattice: the wider the road, the less a walker waits.
struct LineKind {
  uint8_t road_class;
  double pace;  ///< of the time at full speed
};
LineKind kind_of(uint32_t line) {
  if (line % 20 == 0) return {5, 1.0};
  if (line % 5 == 0) return {3, 1.1};
  return {1, 1.3};
}

class Lattice {
 public:
  Lattice(uint32_t side, uint64_t seed) : side_(side), random_(RandomKey(seed).with("streets")) {
    streets_.node_at.reserve(std::size_t{side} * side);
    for (uint32_t y = 0; y < side; ++y) {
      for (uint32_t x = 0; x < side; ++x) streets_.node_at.push_back(corner(x, y));
    }
    streets_.first.push_back(0);
    for (uint32_t y = 0; y < side; ++y) {
      for (uint32_t x = 0; x < side; ++x) add_streets_of(x, y);
    }
  }
  [[nodiscard]] Streets take() { return std::move(streets_); }

 private:
  [[nodiscard]] Xy corner(uint32_t x, uint32_t y) {
    double dx = random_.uniform(-25.0, 25.0);
    return {x * kSpacingM + dx, y * kSpacingM + random_.uniform(-25.0, 25.0)};
  }

  /// Whether the street from (x, y) eastward (or northward) is there, the same seen from both ends.
  [[nodiscard]] bool exists(uint32_t x, uint32_t y, bool east) const {
    if (!east) return y + 1 < side_;
    if (x + 1 >= side_) return false;
    bool over_river = x == side_ / 3;
    if (over_river) return y % 20 == 0;
    if (y % 5 == 0) return true;
    return RandomKey(uint64_t{y} * side_ + x).with("missing").uniform() > 0.15;
  }

  void add_streets_of(uint32_t x, uint32_t y) {
    if (x > 0 && exists(x - 1, y, true)) add(x, y, x - 1, y);
    if (exists(x, y, true)) add(x, y, x + 1, y);
    if (y > 0) add(x, y, x, y - 1);
    if (exists(x, y, false)) add(x, y, x, y + 1);
    streets_.first.push_back(static_cast<uint32_t>(streets_.head.size()));
  }

  void add(uint32_t x, uint32_t y, uint32_t to_x, uint32_t to_y) {
    uint32_t to = to_y * side_ + to_x;
    double metres = distance_m(streets_.node_at[y * side_ + x], streets_.node_at[to]);
    LineKind kind = kind_of(y == to_y ? y : x);
    streets_.head.push_back(to);
    streets_.length_m.push_back(static_cast<float>(metres));
    streets_.walk_min.push_back(static_cast<float>(metres / streets_.speed_m_per_min * kind.pace));
    streets_.road_class.push_back(kind.road_class);
  }

  uint32_t side_;
  RandomStream random_;
  Streets streets_;
};

/// A point of the city, more often near its middle.
Xy settled_point(double side_m, RandomStream& random) {
  double spread = side_m / 4.5;
  for (;;) {
    Xy p{side_m / 2 + spread * random.normal(), 0.0};
    p.y = side_m / 2 + spread * random.normal();
    if (p.x >= 0 && p.y >= 0 && p.x <= side_m && p.y <= side_m) return p;
  }
}

uint32_t side_for(std::size_t people) {
  return std::max(
      8u, static_cast<uint32_t>(std::ceil(std::sqrt(static_cast<double>(people) / kPeopleANode))));
}

/// Pupils for each home, one to a few, that add up to exactly `total`. Pre: homes > 0.
std::vector<uint32_t> spread_pupils(std::size_t homes, uint64_t total, RandomStream& random) {
  std::vector<double> up_to;
  double sum = 0.0;
  for (std::size_t h = 0; h < homes; ++h) up_to.push_back(sum += random.uniform(0.4, 1.6));
  std::vector<uint32_t> out;
  uint64_t given = 0;
  for (double s : up_to) {
    auto due = static_cast<uint64_t>(std::llround(static_cast<double>(total) * s / sum));
    out.push_back(static_cast<uint32_t>(due - given));
    given = due;
  }
  return out;
}

}  // namespace

std::shared_ptr<const Streets> made_up_streets(std::size_t people, uint64_t seed) {
  return std::make_shared<const Streets>(Lattice(side_for(people), seed).take());
}

void settle(City& city, std::size_t people, std::size_t homes, std::size_t campuses,
            uint64_t seed) {
  double side_m = (side_for(people) - 1) * kSpacingM;
  RandomStream home_at(RandomKey(seed).with("homes"));
  for (std::size_t h = 0; h < homes; ++h) {
    city.homes.push_back(city.router->snap(settled_point(side_m, home_at)));
  }
  RandomStream campus_at(RandomKey(seed).with("campuses"));
  for (std::size_t c = 0; c < campuses; ++c) {
    city.campuses.push_back(city.router->snap(settled_point(side_m, campus_at)));
  }
  RandomStream children(RandomKey(seed).with("pupils"));
  auto total = static_cast<uint64_t>(static_cast<double>(people) * kPupilsAPerson);
  city.pupils = spread_pupils(homes, std::max<uint64_t>(total, homes), children);
}

}  // namespace doorstep::bench
