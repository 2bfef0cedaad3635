// A million points among 200 jagged polygons, ours beside GEOS (prepared polygons behind an
// STRtree), turn by turn in one process. Prints times and their ratio; ctest does not run it.
//   bench_geo_polygons [ROUNDS]

#include <geos_c.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
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

/// The best of the rounds: by the clock on the wall, and of the processors, which other programs
/// disturb less.
struct Time {
  double wall_ms = 1e9;
  double cpu_ms = 1e9;

  template <class Work>
  void take(Work work) {
    auto start = std::chrono::steady_clock::now();
    std::clock_t cpu = std::clock();
    work();
    cpu_ms = std::min(cpu_ms, 1000.0 * static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC);
    auto spent = std::chrono::steady_clock::now() - start;
    wall_ms = std::min(wall_ms, std::chrono::duration<double, std::milli>(spent).count());
  }
  void print(const char* name) const {
    std::printf("%-18s %7.1f ms, %7.1f ms of processor\n", name, wall_ms, cpu_ms);
  }
};

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
  Time build;
  build.take([&] { index = PolygonIndex(shapes); });
  Peer peer(shapes);
  std::vector<int> ours(points.size());
  std::vector<int> theirs(points.size());
  Time single, one, two, geos;
  for (int r = 0; r < rounds; ++r) {
    single.take([&] {
      for (std::size_t i = 0; i < points.size(); ++i) ours[i] = index.first(points[i]);
    });
    one.take([&] { index.first(points, ours, 1); });
    two.take([&] { index.first(points, ours, 2); });
    geos.take([&] {
      for (std::size_t i = 0; i < points.size(); ++i) theirs[i] = peer.first(points[i]);
    });
  }
  build.print("build");
  single.print("one by one");
  one.print("all, one thread");
  two.print("all, two threads");
  geos.print("GEOS");
  std::printf("GEOS / ours: %.1f by the wall on two threads, %.1f by the processor\nanswers %s\n",
              geos.wall_ms / two.wall_ms, geos.cpu_ms / one.cpu_ms,
              ours == theirs ? "agree" : "DIFFER");
  return ours == theirs ? 0 : 1;
}
