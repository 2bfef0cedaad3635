#pragma once
// Which homes are neighbours on the ground, and into how many pieces a catchment falls: what
// painting checks while the brush moves. Knows no window.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "place/place.h"

namespace doorstep::desktop {

/// Homes whose land (the ground nearest to them) shares a border.
class HomeGraph {
 public:
  HomeGraph() = default;
  /// Cost: O(n log n); about a second for 20,000 homes. Above kMostExact homes the eight nearest
  /// stand for the neighbours.
  explicit HomeGraph(const Place& place);
  [[nodiscard]] std::span<const HomeId> neighbours(HomeId home) const;
  [[nodiscard]] std::size_t size() const { return first_.empty() ? 0 : first_.size() - 1; }

  static constexpr std::size_t kMostExact = 60000;

 private:
  std::vector<uint32_t> first_;
  std::vector<HomeId> neighbours_;
};

/// Homes of one catchment that hang together.
struct Piece {
  CatchmentId catchment;
  std::vector<HomeId> homes;  ///< ascending
  double pupils = 0.0;
};

/// The pieces of a catchment, the main one first: the one with most pupils.
/// Shape: `catchment_of` and `pupils` by home.
[[nodiscard]] std::vector<Piece> pieces_of(const HomeGraph& graph,
                                           const IdVector<HomeId, CatchmentId>& catchment_of,
                                           const IdVector<HomeId, double>& pupils,
                                           CatchmentId catchment);

/// Pieces cut off from the rest of their catchment, of all catchments, in order of catchment.
[[nodiscard]] std::vector<Piece> detached_pieces(const HomeGraph& graph,
                                                 const IdVector<HomeId, CatchmentId>& catchment_of,
                                                 const IdVector<HomeId, double>& pupils);

/// The catchment round a piece: the one most of its outer neighbours belong to; invalid where it
/// has none. Ties: the lower id.
[[nodiscard]] CatchmentId surrounding(const HomeGraph& graph,
                                      const IdVector<HomeId, CatchmentId>& catchment_of,
                                      const Piece& piece);

}  // namespace doorstep::desktop
