#include "bench/cities.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numbers>
#include <numeric>

#include "base/error.h"
#include "base/random.h"
#include "base/text.h"
#include "io/osm/streets.h"
#include "network/parallel.h"
#include "network/travel_table.h"
#include "session/outcome.h"

namespace doorstep::bench {
namespace {

/// Metres about the whole degrees nearest to the first position, true in scale there.
io::Projection local_projection() {
  struct Origin {
    std::once_flag once;
    double lon = 0, lat = 0;
  };
  auto origin = std::make_shared<Origin>();
  return [origin](LonLat p) {
    std::call_once(origin->once, [&] {
      origin->lon = std::round(p.lon);
      origin->lat = std::round(p.lat);
    });
    constexpr double kMetresADegree = 111195.0;
    double east = std::cos(origin->lat * std::numbers::pi / 180.0);
    return Xy{(p.lon - origin->lon) * kMetresADegree * east,
              (p.lat - origin->lat) * kMetresADegree};
  };
}

/// `count` different nodes that streets meet, in random order.
std::vector<uint32_t> random_nodes(const Streets& streets, std::size_t count, RandomStream& random,
                                   const std::string& where) {
  std::vector<uint32_t> met;
  for (uint32_t n = 0; n < streets.nodes(); ++n) {
    if (streets.first[n] < streets.first[n + 1]) met.push_back(n);
  }
  if (count > met.size()) {
    throw Error(fmt::format("has {} nodes, too few for {}", met.size(), count), where,
                "ask for fewer --homes or --campuses");
  }
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(met[i], met[i + random.below(met.size() - i)]);
  }
  met.resize(count);
  return met;
}

void settle_at_nodes(City& city, std::size_t homes, std::size_t campuses, uint64_t seed,
                     const std::string& where) {
  const Streets& streets = city.router->streets();
  RandomStream random(RandomKey(seed).with("nodes"));
  for (uint32_t n : random_nodes(streets, homes, random, where)) {
    city.homes.push_back(snap_at_node(*city.router, n));
    city.pupils.push_back(static_cast<uint32_t>(1 + random.below(5)));
  }
  for (uint32_t n : random_nodes(streets, campuses, random, where)) {
    city.campuses.push_back(snap_at_node(*city.router, n));
  }
}

/// The stage with most campuses, its seats in the base year and the children of its ages.
City city_of_place(const std::string& path, Progress& progress) {
  auto opened = session::open_place(path, progress);
  const Place& place = opened->place;
  City city;
  city.name = place.name.en.empty() ? place.code : place.name.en;
  city.router = opened->travel.router();
  if (!city.router) {
    throw Error("does not travel by streets", path, "give a place with [travel] mode streets");
  }
  StageId best;
  std::size_t most = 0;
  for (StageId s : place.stages.ids()) {
    auto teaches = [&](const Campus& c) { return c.stages[s].has_value(); };
    auto n = static_cast<std::size_t>(std::ranges::count_if(place.campuses, teaches));
    if (n <= most) continue;
    most = n;
    best = s;
  }
  if (most == 0) throw Error("has no campus with a stage", path, "give a place with campuses");
  for (CampusId c : place.campuses.ids()) {
    if (place.campuses[c].stages[best])
      city.campuses.push_back(city.router->snap(place.campuses[c].at));
  }
  const Stage& stage = place.stages[best];
  for (HomeId h : place.homes.ids()) {
    double children = 0.0;
    for (std::size_t k = 0; k < place.children.classes; ++k) {
      int last = std::min(stage.entry_age + stage.grades, place.children.ages);
      for (int age = stage.entry_age; age < last; ++age) {
        children += place.children.at(h, ClassId(k), age);
      }
    }
    city.homes.push_back(city.router->snap(place.homes[h].at));
    city.pupils.push_back(static_cast<uint32_t>(std::lround(std::max(children, 0.0))));
  }
  return city;
}

}  // namespace

uint64_t City::all_pupils() const {
  return std::accumulate(pupils.begin(), pupils.end(), uint64_t{0});
}

Size City::size() const {
  return {homes.size(), campuses.size(), nodes(), static_cast<double>(all_pupils())};
}

StreetSnap snap_at_node(const StreetRouter& router, uint32_t node) {
  const Streets& streets = router.streets();
  DOORSTEP_ASSERT(router.has_link(node));
  StreetSnap snap;
  snap.link = router.a_link_of(node);
  snap.along = router.graph().links()[snap.link].from == node ? 0.0 : 1.0;
  snap.at = streets.node_at[node];
  return snap;
}

City city_for(const Request& request, const CityDefaults& defaults, Progress& progress) {
  std::size_t homes = request.homes ? request.homes : defaults.homes;
  std::size_t campuses = request.campuses ? request.campuses : defaults.campuses;
  if (!request.place.empty()) return city_of_place(request.place, progress);
  City city;
  if (!request.graph.empty()) {
    city.name = "road graph " + request.graph.substr(request.graph.find_last_of('/') + 1);
    city.has_coordinates = false;
    city.router = std::make_shared<const StreetRouter>(read_road_graph(request.graph));
    settle_at_nodes(city, homes, campuses, request.seed, request.graph);
    return city;
  }
  if (!request.extract.empty()) {
    city.name = "extract " + request.extract.substr(request.extract.find_last_of('/') + 1);
    io::OsmOptions options;
    options.with_backdrop = false;
    io::OsmExtract extract = io::read_osm(request.extract, options, local_projection()).value;
    city.router = std::make_shared<const StreetRouter>(
        std::make_shared<const Streets>(std::move(extract.streets)));
    settle_at_nodes(city, homes, campuses, request.seed, request.extract);
    return city;
  }
  std::size_t people = request.people ? request.people : defaults.people;
  city.name = fmt::format("made-up city of {} people", grouped(static_cast<double>(people)));
  city.router = std::make_shared<const StreetRouter>(made_up_streets(people, request.seed));
  settle(city, people, homes, campuses, request.seed);
  return city;
}

}  // namespace doorstep::bench
