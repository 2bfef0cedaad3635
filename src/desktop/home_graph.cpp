#include "desktop/home_graph.h"

#include <algorithm>
#include <map>
#include <utility>

#include "geo/spatial_index.h"
#include "geo/topology.h"
#include "geo/voronoi.h"

namespace doorstep::desktop {

namespace {

using Pairs = std::vector<std::pair<uint32_t, uint32_t>>;

/// Neighbours by the borders of Voronoi cells; homes at one spot are neighbours too.
Pairs by_cells(const std::vector<Xy>& points) {
  Box box;
  for (Xy p : points) box.add(p);
  const double margin = 0.05 * std::max(box.width(), box.height()) + 100.0;
  box.add(box.min - Xy{margin, margin});
  box.add(box.max + Xy{margin, margin});
  const VoronoiCells cells = voronoi_cells(points, box);
  const Topology topology = derive_topology(cells.cells);
  Pairs out;
  for (uint32_t i = 0; i < topology.neighbours.size(); ++i)
    for (uint32_t j : topology.neighbours[i])
      if (i < j) out.emplace_back(i, j);
  for (const auto& [duplicate, original] : cells.duplicates) out.emplace_back(original, duplicate);
  return out;
}

Pairs by_distance(const std::vector<Xy>& points) {
  constexpr std::size_t kNearest = 9;  // itself among them
  const PointIndex index(points);
  Pairs out;
  for (uint32_t i = 0; i < points.size(); ++i)
    for (uint32_t j : index.nearest(points[i], kNearest))
      if (i != j) out.emplace_back(std::min(i, j), std::max(i, j));
  return out;
}

}  // namespace

HomeGraph::HomeGraph(const Place& place) {
  std::vector<Xy> points;
  for (const Home& h : place.homes) points.push_back(h.at);
  Pairs pairs;
  if (points.size() > 1)
    pairs = points.size() <= kMostExact ? by_cells(points) : by_distance(points);
  const std::size_t half = pairs.size();
  for (std::size_t i = 0; i < half; ++i) pairs.emplace_back(pairs[i].second, pairs[i].first);
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  first_.assign(points.size() + 1, 0);
  for (const auto& [from, to] : pairs) {
    ++first_[from + 1];
    neighbours_.emplace_back(to);
  }
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
}

std::span<const HomeId> HomeGraph::neighbours(HomeId home) const {
  return std::span(neighbours_)
      .subspan(first_[home.index], first_[home.index + 1] - first_[home.index]);
}

std::vector<Piece> pieces_of(const HomeGraph& graph,
                             const IdVector<HomeId, CatchmentId>& catchment_of,
                             const IdVector<HomeId, double>& pupils, CatchmentId catchment) {
  std::vector<Piece> out;
  IdVector<HomeId, char> seen(catchment_of.size(), 0);
  for (HomeId start : catchment_of.ids()) {
    if (catchment_of[start] != catchment || seen[start] || start.index >= graph.size()) continue;
    Piece piece{catchment, {start}, 0.0};
    seen[start] = 1;
    for (std::size_t i = 0; i < piece.homes.size(); ++i) {
      const HomeId h = piece.homes[i];
      piece.pupils += h.index < pupils.size() ? pupils[h] : 0.0;
      for (HomeId n : graph.neighbours(h)) {
        if (n.index >= catchment_of.size() || seen[n] || catchment_of[n] != catchment) continue;
        seen[n] = 1;
        piece.homes.push_back(n);
      }
    }
    std::sort(piece.homes.begin(), piece.homes.end());
    out.push_back(std::move(piece));
  }
  std::stable_sort(out.begin(), out.end(), [](const Piece& a, const Piece& b) {
    return a.pupils != b.pupils ? a.pupils > b.pupils : a.homes.size() > b.homes.size();
  });
  return out;
}

std::vector<Piece> detached_pieces(const HomeGraph& graph,
                                   const IdVector<HomeId, CatchmentId>& catchment_of,
                                   const IdVector<HomeId, double>& pupils) {
  std::vector<CatchmentId> catchments;
  for (CatchmentId c : catchment_of)
    if (c.valid()) catchments.push_back(c);
  std::sort(catchments.begin(), catchments.end());
  catchments.erase(std::unique(catchments.begin(), catchments.end()), catchments.end());
  std::vector<Piece> out;
  for (CatchmentId c : catchments) {
    auto pieces = pieces_of(graph, catchment_of, pupils, c);
    for (std::size_t i = 1; i < pieces.size(); ++i) out.push_back(std::move(pieces[i]));
  }
  return out;
}

CatchmentId surrounding(const HomeGraph& graph, const IdVector<HomeId, CatchmentId>& catchment_of,
                        const Piece& piece) {
  std::map<CatchmentId, int> round;
  for (HomeId h : piece.homes)
    for (HomeId n : graph.neighbours(h))
      if (n.index < catchment_of.size() && catchment_of[n].valid() &&
          catchment_of[n] != piece.catchment)
        ++round[catchment_of[n]];
  CatchmentId best;
  int most = 0;
  for (const auto& [catchment, count] : round)
    if (count > most) {
      most = count;
      best = catchment;
    }
  return best;
}

}  // namespace doorstep::desktop
