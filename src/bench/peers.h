#pragma once
// Searches of other libraries on the same streets: what ours is compared with and checked against.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "network/street_router.h"

namespace doorstep::bench {

/// A one-to-all search towards a campus, in milliseconds by node, kNoTime where there is no way.
/// Ends on the campus's street are seeds, as ours has them.
class PeerSearch {
 public:
  virtual ~PeerSearch() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  virtual void search(const std::vector<StreetRouter::End>& seeds, std::vector<uint32_t>& ms) = 0;
};

/// Boost.Graph's dijkstra_shortest_paths_no_color_map on a compressed sparse row graph.
[[nodiscard]] std::unique_ptr<PeerSearch> boost_dijkstra(const StreetGraph& graph);
/// LEMON's Dijkstra on a static digraph.
[[nodiscard]] std::unique_ptr<PeerSearch> lemon_dijkstra(const StreetGraph& graph);

}  // namespace doorstep::bench
