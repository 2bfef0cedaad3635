#include "scene/home_dots.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "base/random.h"
#include "geo/polygon.h"
#include "geo/spatial_index.h"
#include "scene/map_geometry.h"

namespace doorstep::scene {
namespace {

uint64_t key_of(const Place& place) {
  constexpr uint64_t kPrime = 0x100000001B3;
  uint64_t key = place.homes.size();
  for (const Home& h : place.homes) {
    key = (key ^ std::bit_cast<uint64_t>(h.at.x)) * kPrime;
    key = (key ^ std::bit_cast<uint64_t>(h.at.y)) * kPrime;
  }
  return key;
}

bool same_pupils(const IdVector<HomeId, double>& a, const IdVector<HomeId, double>& b) {
  constexpr double kNobody = 1e-6;  // sums in another order
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](double x, double y) {
           return std::abs(x - y) < kNobody;
         });
}

/// Finds the reach of a home, the index of all homes made when first asked for.
class Reaches {
 public:
  Reaches(const Place& place, const AreaGeometry* areas) : place_(place), areas_(areas) {}

  [[nodiscard]] DotReach of(HomeId h, const MultiPolygon* shape) {
    if (index_.size() == 0) {
      std::vector<Xy> at;
      at.reserve(place_.homes.size());
      for (const Home& home : place_.homes) at.push_back(home.at);
      index_ = PointIndex(at);
    }
    constexpr double kAlone = 200.0, kOfGap = 0.65, kLeast = 10.0, kMost = 500.0;
    const Xy at = place_.homes[h].at;
    double gap = kAlone;
    for (uint32_t other : index_.nearest(at, 2))
      if (double d = distance_m(at, place_.homes[HomeId(other)].at); d > 1.0) gap = d;
    // Nearer to the home than any border, a dot needs no test of its own.
    const double clear = shape && contains(*shape, at) ? distance_to_border_m(*shape, at) : 0.0;
    return {static_cast<float>(std::clamp(kOfGap * gap, kLeast, kMost)), static_cast<float>(clear)};
  }
  [[nodiscard]] const MultiPolygon* shape_of(int area) const {
    return area >= 0 ? &areas_->areas[static_cast<std::size_t>(area)].shape : nullptr;
  }

 private:
  const Place& place_;
  const AreaGeometry* areas_;
  PointIndex index_;
};

void add_dots(HomeDots& out, HomeId h, const Place& place, Reaches& reaches) {
  if (out.pupils[h] <= 0.0) return;
  RandomStream random(RandomKey(7).with(place.homes[h].code));
  const auto count = static_cast<int>(out.pupils[h] / out.pupils_per_dot + random.uniform());
  if (count == 0) return;
  const int area = out.areas ? out.areas->area_of_home[h] : -1;
  const MultiPolygon* shape = reaches.shape_of(area);
  DotReach& reach = out.reach[h];
  if (reach.radius < 0.0F) reach = reaches.of(h, shape);
  const Xy home = place.homes[h].at;
  for (int i = 0; i < count; ++i) {
    const double r = static_cast<double>(reach.radius) * std::sqrt(random.uniform());
    const double angle = 2 * std::numbers::pi * random.uniform();
    Xy dot = home + Xy{r * std::cos(angle), r * std::sin(angle)};
    if (shape && r >= static_cast<double>(reach.clear) && !contains(*shape, dot))
      dot = home + (dot - home) * 0.4;
    out.at.push_back(dot);
    out.area.push_back(area);
  }
}

}  // namespace

std::shared_ptr<const HomeDots> home_dots(const Place& place,
                                          const std::shared_ptr<const AreaGeometry>& areas,
                                          const IdVector<HomeId, double>& pupils,
                                          const std::shared_ptr<const HomeDots>& previous) {
  const uint64_t homes_key = key_of(place);
  const bool same_ground = previous && previous->areas == areas && previous->homes_key == homes_key;
  if (same_ground && same_pupils(previous->pupils, pupils)) return previous;
  auto out = std::make_shared<HomeDots>();
  out->areas = areas;
  out->homes_key = homes_key;
  out->pupils = pupils;
  if (same_ground)
    out->reach = previous->reach;
  else
    out->reach.assign(place.homes.size(), {});
  double total = 0.0;
  for (double n : pupils) total += n;
  for (double step : {10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0})
    if (total / out->pupils_per_dot > kMostDots) out->pupils_per_dot = step;
  Reaches reaches(place, areas.get());
  for (HomeId h : place.homes.ids()) add_dots(*out, h, place, reaches);
  return out;
}

}  // namespace doorstep::scene
