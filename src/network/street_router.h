#pragma once
// Ways on streets from door to door: where a point meets the streets, how long it takes from
// there to a campus, and by which way. Always in the direction home → campus, so that one-ways
// are met as families meet them. What is behind the search (today Dijkstra on the reverse graph)
// stays out of this interface.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/quantity.h"
#include "geo/geometry.h"
#include "network/crossings.h"
#include "network/node_queue.h"
#include "network/segment_grid.h"
#include "network/street_graph.h"

namespace doorstep {

struct Hierarchy;
class NodeSweep;

/// Where a door meets the streets: a point of a link, and the way to it off the network.
struct StreetSnap {
  uint32_t link = 0;
  /// From 0 at the link's start to 1 at its end, by length.
  double along = 0.0;
  Xy at;
  double off_m = 0.0;
  uint32_t off_ms = 0;
};

/// A way from door to door, for drawing.
struct StreetWay {
  Polyline line;
  Minutes minutes;
  Metres metres;
  Crossings crossings;  ///< of trunk roads and railways on the streets walked
};

/// Arrays of one search, kept to be used again. One for each thread.
struct SearchSpace {
  std::vector<uint32_t> ms;    ///< by position in search order
  std::vector<uint32_t> next;  ///< position one step nearer to the campus; itself at the last one
  std::vector<uint32_t> touched;  ///< by search_near: positions that have a time
  NodeQueue queue;
};

class StreetRouter {
 public:
  /// Throws: Error where the streets are empty or damaged.
  explicit StreetRouter(std::shared_ptr<const Streets> streets);
  ~StreetRouter();

  [[nodiscard]] const Streets& streets() const { return graph_.streets(); }
  [[nodiscard]] const StreetGraph& graph() const { return graph_; }
  /// Whether any street meets the node, and the first that does.
  [[nodiscard]] bool has_link(uint32_t node) const {
    return links_first_[node] < links_first_[node + 1];
  }
  [[nodiscard]] uint32_t a_link_of(uint32_t node) const {
    return links_of_node_[links_first_[node]];
  }

  /// The contraction hierarchy of the streets, from the user's cache or built when first asked for,
  /// and then kept. Thread-safe. Cost: where built, some 10 µs a node.
  [[nodiscard]] std::shared_ptr<const Hierarchy> hierarchy(unsigned threads) const;
  [[nodiscard]] bool has_hierarchy() const;
  /// Why a hierarchy in the cache was not used; "" where it was, or there was none.
  [[nodiscard]] std::string hierarchy_note() const;

  /// The nearest point of any street. Pre: p is finite.
  [[nodiscard]] StreetSnap snap(Xy p) const;

  /// Fills space.ms with the time from every node to the campus's point on the street, its leg off
  /// the network not included; kNoTime where no way leads there.
  void search_to(const StreetSnap& campus, SearchSpace& space) const;
  /// The same as far as `limit_ms`: times above it are not final. Cost: what lies within. Pre: the
  /// space was used for nothing else.
  void search_near(const StreetSnap& campus, uint32_t limit_ms, SearchSpace& space) const;

  /// Door to door after search_to(campus). Units: milliseconds; kNoTime where there is no way.
  [[nodiscard]] uint32_t door_to_door_ms(const StreetSnap& home, const StreetSnap& campus,
                                         const SearchSpace& space) const;

  /// Minutes from every street node to the door at `campus`, for network isochrones: indexed as
  /// Streets::node_at, infinite where no way leads there.
  [[nodiscard]] std::vector<float> minutes_from_nodes(Xy campus) const;

  /// The way from a home to a campus; none where there is none. Ties go to the lowest position.
  [[nodiscard]] std::optional<StreetWay> way(Xy home, Xy campus) const;

  /// An end of a snapped link (0 its start, 1 its end), and the time between it and the snap.
  struct End {
    uint32_t node = 0;
    uint32_t ms = kNoTime;
    double along = 0.0;
  };
  struct Ends {
    End end[2];
    int count = 0;
    void add(End e) { end[count++] = e; }
    [[nodiscard]] std::span<const End> all() const {
      return {end, static_cast<std::size_t>(count)};
    }
  };
  /// Nodes a home can walk to, or a campus be reached from, along its own link.
  [[nodiscard]] Ends ends_leaving(const StreetSnap& s) const;
  [[nodiscard]] Ends ends_arriving(const StreetSnap& s) const;
  /// Along one link without leaving it; kNoTime where the snaps differ in link or it is closed.
  [[nodiscard]] uint32_t along_link_ms(const StreetSnap& home, const StreetSnap& campus) const;

 private:
  [[nodiscard]] uint32_t via_ms(const End& leaving, const SearchSpace& space) const;
  [[nodiscard]] uint32_t leg_ms(double metres) const;
  [[nodiscard]] Polyline part_of_link(uint32_t link, double from, double to) const;
  template <bool kKeepWays>
  void search(const StreetSnap& campus, SearchSpace& space) const;
  void follow(const End& start, const StreetSnap& campus, const SearchSpace& space,
              StreetWay& out) const;
  void append_step(uint32_t from, uint32_t to, uint32_t ms, Polyline& line) const;

  StreetGraph graph_;
  SegmentGrid grid_;
  std::vector<uint32_t> link_of_segment_;
  std::vector<double> start_m_;  // of each segment, along its link
  std::vector<double> link_length_m_;
  std::vector<uint32_t> links_first_;  // of each node, into links_of_node_
  std::vector<uint32_t> links_of_node_;
  /// Sweeps for isochrones, once there is a hierarchy and enough of them were asked for.
  [[nodiscard]] std::shared_ptr<const NodeSweep> node_sweep_if_it_pays() const;
  struct Lazy;
  std::unique_ptr<Lazy> lazy_;
};

}  // namespace doorstep
