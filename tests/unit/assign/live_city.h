#pragma once
// Cities for the capacity optimum: homes around centres, a river with two bridges (so that homes
// behind them tie), pupils and seats as asked for.

#include <cmath>
#include <vector>

#include "assign/live/capacity_optimum.h"
#include "base/random.h"

namespace doorstep::test {

struct LiveCity {
  struct Point {
    double x = 0.0;
    double y = 0.0;
  };
  std::vector<Point> homes;
  std::vector<Point> campuses;
  std::vector<int64_t> supply;
  std::vector<int64_t> seats;
  RandomStream random;

  /// `used`: pupils by seats. Distances are metres, a decisecond each.
  LiveCity(std::size_t home_count, std::size_t campus_count, double used, uint64_t seed)
      : random(RandomKey(seed).with("live city")) {
    const double radius = 900.0 * std::sqrt(static_cast<double>(campus_count));
    auto point = [&] { return Point{radius * random.normal(), radius * random.normal()}; };
    int64_t pupils = 0;
    for (std::size_t i = 0; i < home_count; ++i) {
      homes.push_back(point());
      supply.push_back(static_cast<int64_t>(random.below(6)));
      pupils += supply.back();
    }
    const double mean = static_cast<double>(pupils) / used / static_cast<double>(campus_count);
    for (std::size_t j = 0; j < campus_count; ++j) {
      campuses.push_back(point());
      seats.push_back(static_cast<int64_t>(mean * random.uniform(0.6, 1.4)));
    }
  }

  [[nodiscard]] static uint32_t decisec(Point a, Point b) {
    double metres = std::abs(a.x - b.x) + std::abs(a.y - b.y);
    if ((a.x < 0) != (b.x < 0)) {
      metres = 1e12;
      for (double bridge : {-2000.0, 2500.0})
        metres = std::min(metres, std::abs(a.x) + std::abs(b.x) + std::abs(a.y - bridge) +
                                      std::abs(b.y - bridge));
    }
    return static_cast<uint32_t>(metres);
  }
  [[nodiscard]] std::vector<uint32_t> column(std::size_t campus) const {
    std::vector<uint32_t> ds;
    for (const Point& h : homes) ds.push_back(decisec(h, campuses[campus]));
    return ds;
  }
  [[nodiscard]] live::CapacityCase as_case() const {
    live::CapacityCase given;
    const std::size_t stride = live::CapacityCase::stride_for(campuses.size());
    given.supply = supply;
    given.capacity = seats;
    given.ds.assign(homes.size() * stride, 0xFFFFFFFFu);
    for (std::size_t j = 0; j < campuses.size(); ++j) {
      const std::vector<uint32_t> ds = column(j);
      for (std::size_t i = 0; i < homes.size(); ++i) given.ds[i * stride + j] = ds[i];
      given.campus_key.push_back(RandomKey(7).with("campus").with(j).bits());
    }
    for (std::size_t i = 0; i < homes.size(); ++i)
      given.home_key.push_back(RandomKey(7).with("home").with(i).bits());
    return given;
  }
};

/// Every figure of an answer, to be compared as one.
struct Figures {
  std::vector<live::FlowPart> parts;
  std::vector<int64_t> loads;
  std::vector<int64_t> prices;
  int64_t travel = 0;
  int64_t unplaced = 0;

  explicit Figures(const live::CapacityOptimum& optimum, std::size_t campuses)
      : parts(optimum.parts()), travel(optimum.travel()), unplaced(optimum.unplaced()) {
    for (uint32_t j = 0; j < campuses; ++j) {
      loads.push_back(optimum.load(j));
      prices.push_back(optimum.seat_price(j));
    }
  }
  [[nodiscard]] bool operator==(const Figures& o) const {
    if (parts.size() != o.parts.size()) return false;
    for (std::size_t k = 0; k < parts.size(); ++k)
      if (parts[k].home != o.parts[k].home || parts[k].campus != o.parts[k].campus ||
          parts[k].pupils != o.parts[k].pupils)
        return false;
    return loads == o.loads && prices == o.prices && travel == o.travel && unplaced == o.unplaced;
  }
};

inline Figures cold(const LiveCity& city) {
  live::CapacityOptimum optimum(city.as_case());
  optimum.solve();
  return Figures(optimum, city.campuses.size());
}

}  // namespace doorstep::test
