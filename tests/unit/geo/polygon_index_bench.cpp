// A million points among 200 jagged polygons, ours beside GEOS (prepared polygons behind an
// STRtree), turn by turn in one process. Prints times and their ratio; ctest does not run it.
//   bench_geo_polygons [ROUNDS]

#include <geos_c.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "base/random.h"
#include "geo/spatial_index.h"

using namespace doorstep;

namespace {

MultiPolygon blob(Xy centre, double radius, int n, RandomStream& random) {
  Ring ring;
  for (int i = 0; i < n; ++i) {
    double angle = 6.283185307179586 * i / n;
    double r = radius * random.uniform(0.6, 1.0);
    ring.push_back(centre + Xy{r * std::cos(angle), r * std::sin(angle)});
  }
  return {{ring, {}}};
}

/// The same polygons in GEOS, asked as its own users do.
class Peer {
 public:
  explicit Peer(const std::vector<MultiPolygon>& shapes) {
    tree_ = GEOSSTRtree_create_r(geos_, 10);
    prepared_.resize(shapes.size());
    for (std::size_t s = 0; s < shapes.size(); ++s) {
      const Ring& ring = shapes[s].front().outer;
      auto n = static_cast<unsigned>(ring.size());
      GEOSCoordSequence* at = GEOSCoordSeq_create_r(geos_, n + 1, 2);
      for (unsigned i = 0; i <= n; ++i)
        GEOSCoordSeq_setXY_r(geos_, at, i, ring[i % n].x, ring[i % n].y);
      GEOSGeometry* polygon =
          GEOSGeom_createPolygon_r(geos_, GEOSGeom_createLinearRing_r(geos_, at), nullptr, 0);
      prepared_[s] = {this, static_cast<int>(s), GEOSPrepare_r(geos_, polygon)};
      GEOSSTRtree_insert_r(geos_, tree_, polygon, &prepared_[s]);
    }
  }
  [[nodiscard]] int first(Xy p) {
    point_ = GEOSGeom_createPointFromXY_r(geos_, p.x, p.y);
    best_ = -1;
    GEOSSTRtree_query_r(
        geos_, tree_, point_,
        [](void* item, void*) {
          auto* shape = static_cast<Item*>(item);
          Peer& peer = *shape->peer;
          if ((peer.best_ < 0 || shape->index < peer.best_) &&
              GEOSPreparedIntersects_r(peer.geos_, shape->prepared, peer.point_) == 1)
            peer.best_ = shape->index;
        },
        nullptr);
    GEOSGeom_destroy_r(geos_, point_);
    return best_;
  }

 private:
  struct Item {
    Peer* peer;
    int index;
    const GEOSPreparedGeometry* prepared;
  };
  GEOSContextHandle_t geos_ = GEOS_init_r();
  GEOSSTRtree* tree_ = nullptr;
  std::vector<Item> prepared_;
  GEOSGeometry* point_ = nullptr;
  int best_ = -1;
};

template <class Work>
double milliseconds(Work work) {
  auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

}  // namespace

int main(int argc, char** argv) {
  int rounds = argc > 1 ? std::atoi(argv[1]) : 5;
  RandomStream random{RandomKey(8)};
  std::vector<MultiPolygon> shapes;
  for (int i = 0; i < 200; ++i)
    shapes.push_back(blob({1000.0 * (i % 20), 1000.0 * (i / 20)}, 700, 100, random));
  std::vector<Xy> points;
  for (int i = 0; i < 1000000; ++i)
    points.push_back({random.uniform(0, 20000), random.uniform(0, 10000)});
  PolygonIndex index;
  double build = milliseconds([&] { index = PolygonIndex(shapes); });
  Peer peer(shapes);
  std::vector<int> ours(points.size());
  std::vector<int> theirs(points.size());
  double best[4] = {1e9, 1e9, 1e9, 1e9};
  for (int r = 0; r < rounds; ++r) {
    best[0] = std::min(best[0], milliseconds([&] {
                         for (std::size_t i = 0; i < points.size(); ++i)
                           ours[i] = index.first(points[i]);
                       }));
    best[1] = std::min(best[1], milliseconds([&] { index.first(points, ours, 1); }));
    best[2] = std::min(best[2], milliseconds([&] { index.first(points, ours, 2); }));
    best[3] = std::min(best[3], milliseconds([&] {
                         for (std::size_t i = 0; i < points.size(); ++i)
                           theirs[i] = peer.first(points[i]);
                       }));
  }
  std::printf(
      "build %.1f ms\none by one %.1f ms\nall, one thread %.1f ms\nall, two threads %.1f ms\n"
      "GEOS %.1f ms, %.1f times ours on two threads\nanswers %s\n",
      build, best[0], best[1], best[2], best[3], best[3] / best[2],
      ours == theirs ? "agree" : "DIFFER");
  return ours == theirs ? 0 : 1;
}
