#pragma once
// Small street graphs for tests: nodes by position, streets both ways or one way.

#include <memory>
#include <vector>

#include "place/place.h"

namespace doorstep::test {

class StreetTown {
 public:
  explicit StreetTown(std::vector<Xy> nodes) : nodes_(std::move(nodes)), out_(nodes_.size()) {}

  /// A street walked at 60 m a minute: 1 m takes one second.
  StreetTown& one_way(uint32_t from, uint32_t to, std::vector<Xy> shape = {}) {
    double length = 0;
    Xy at = nodes_[from];
    for (Xy p : shape) {
      length += distance_m(at, p);
      at = p;
    }
    length += distance_m(at, nodes_[to]);
    return edge(from, to, length / 60.0, std::move(shape), length);
  }
  StreetTown& both_ways(uint32_t a, uint32_t b, std::vector<Xy> shape = {}) {
    one_way(a, b, shape);
    return one_way(b, a, {shape.rbegin(), shape.rend()});
  }
  StreetTown& edge(uint32_t from, uint32_t to, double minutes, std::vector<Xy> shape = {},
                   double length = 0) {
    out_[from].push_back(
        {to, static_cast<float>(minutes), static_cast<float>(length), std::move(shape)});
    return *this;
  }

  [[nodiscard]] std::shared_ptr<const Streets> build() const {
    auto s = std::make_shared<Streets>();
    s->speed_m_per_min = 60;
    s->node_at = nodes_;
    s->first = {0};
    s->shape_first = {0};
    for (const auto& edges : out_) {
      for (const Edge& e : edges) {
        s->head.push_back(e.to);
        s->walk_min.push_back(e.minutes);
        s->length_m.push_back(e.length);
        s->road_class.push_back(1);
        s->shape.insert(s->shape.end(), e.shape.begin(), e.shape.end());
        s->shape_first.push_back(static_cast<uint32_t>(s->shape.size()));
      }
      s->first.push_back(static_cast<uint32_t>(s->head.size()));
    }
    return s;
  }

 private:
  struct Edge {
    uint32_t to;
    float minutes;
    float length;
    std::vector<Xy> shape;
  };
  std::vector<Xy> nodes_;
  std::vector<std::vector<Edge>> out_;
};

/// A place of homes h0, h1 … and campuses c0, c1 … on these streets.
inline Place place_on(std::shared_ptr<const Streets> streets, const std::vector<Xy>& homes,
                      const std::vector<Xy>& campuses) {
  Place place;
  place.travel.mode = TravelMode::Streets;
  place.travel.streets = std::move(streets);
  for (std::size_t i = 0; i < homes.size(); ++i) {
    place.homes.push_back({"h" + std::to_string(i), homes[i], {}, {}});
  }
  for (std::size_t i = 0; i < campuses.size(); ++i) {
    Campus campus;
    campus.code = "c" + std::to_string(i);
    campus.at = campuses[i];
    place.campuses.push_back(campus);
  }
  return place;
}

}  // namespace doorstep::test
