#pragma once
// What benchmarks run on: streets with homes, pupils and the campuses of one stage, taken from a
// place, an OSM extract, a bare road graph, or made up. A made-up city is a lattice of streets with
// a hierarchy of roads, a river and a dense core: it has the size and the shape of the problem,
// not the figures of any real town.

#include <memory>
#include <string>
#include <vector>

#include "base/progress.h"
#include "bench/bench.h"
#include "network/home_sweep.h"
#include "network/street_router.h"

namespace doorstep::bench {

struct City {
  std::string name;  ///< "New York road graph": the beginning of a sentence
  std::shared_ptr<const StreetRouter> router;
  std::vector<StreetSnap> homes;
  std::vector<uint32_t> pupils;  ///< of the stage, by home
  std::vector<StreetSnap> campuses;
  std::vector<uint32_t> seats;  ///< by campus; filled by give_seats
  /// Whether nodes have places in the plane; a bare graph has none.
  bool has_coordinates = true;

  [[nodiscard]] std::size_t nodes() const { return router->streets().nodes(); }
  [[nodiscard]] uint64_t all_pupils() const;
  [[nodiscard]] Size size() const;
};

/// How many homes and campuses a benchmark takes where the request leaves them open.
struct CityDefaults {
  std::size_t people = 100000;
  std::size_t homes = 20000;
  std::size_t campuses = 200;
};

/// The city a request names: --graph, --extract, --place, else one made up of --people.
/// Throws: Error where the file cannot be read or has too few nodes.
[[nodiscard]] City city_for(const Request& request, const CityDefaults& defaults,
                            Progress& progress);

/// Streets of a made-up city: people / 19 nodes, so that ten million live on half a million.
[[nodiscard]] std::shared_ptr<const Streets> made_up_streets(std::size_t people, uint64_t seed);
/// Homes denser towards the core, pupils a home (6 % of the people in all), campuses where pupils
/// are. Pre: the streets are made_up_streets(people, seed).
void settle(City& city, std::size_t people, std::size_t homes, std::size_t campuses, uint64_t seed);

/// A road graph of "from to length" lines counted from 0, or of DIMACS "a from to length" lines
/// counted from 1, gzip or plain. Lengths become milliseconds. Throws: Error.
[[nodiscard]] std::shared_ptr<const Streets> read_road_graph(const std::string& path);

/// The door at a node itself. Pre: some street meets the node.
[[nodiscard]] StreetSnap snap_at_node(const StreetRouter& router, uint32_t node);

/// Gives seats so that 97 % of them are used in all and three campuses in ten, spread at random,
/// are full when all travel as little as the seats allow. Cost: a sweep from every campus.
void give_seats(City& city, uint64_t seed, unsigned threads);

}  // namespace doorstep::bench
