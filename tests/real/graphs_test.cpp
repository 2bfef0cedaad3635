// Ways on real streets: every sweep, in every instruction set and on one and two threads, equals
// Dijkstra's search.

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>

#include "base/progress.h"
#include "base/random.h"
#include "bench/cities.h"
#include "network/hierarchy/cell_plan.h"
#include "network/hierarchy/cell_reach.h"
#include "network/hierarchy/door_sweep.h"
#include "network/hierarchy/node_sweep.h"

using namespace doorstep;

namespace {

constexpr std::size_t kHomes = 2500;
constexpr std::size_t kCampuses = 37;  // two full batches of lanes and a part of a third
constexpr std::size_t kSearched = 12;  // campuses compared with a search

/// Streets with homes and campuses; none, saying so, where the file is not at hand.
std::optional<bench::City> city_on(const char* folder, const std::string& name,
                                   std::string bench::Request::*kind) {
  const char* root = std::getenv(folder);
  const std::string path = root ? std::string(root) + "/" + name : "";
  if (!root || !std::filesystem::exists(path)) {
    WARN(std::string("skipped: ") + folder + " has no " + name);
    return std::nullopt;
  }
  bench::Request request;
  request.*kind = path;
  request.homes = kHomes;
  request.campuses = kCampuses;
  Progress progress;
  return bench::city_for(request, {}, progress);
}

uint32_t decisec(uint32_t ms) {
  return ms == kNoTime ? kNoTime : static_cast<uint32_t>((uint64_t{ms} + 50) / 100);
}

struct Doors {
  std::vector<DoorEnds> homes;
  std::vector<DoorEnds> campuses;
};
Doors doors_of(const bench::City& city, const Hierarchy& hierarchy) {
  Doors out;
  for (const StreetSnap& h : city.homes)
    out.homes.push_back(door_ends(*city.router, hierarchy, h, true));
  for (const StreetSnap& c : city.campuses)
    out.campuses.push_back(door_ends(*city.router, hierarchy, c, false));
  return out;
}

/// Homes × searched campuses that are not what a search says; those on a campus's own street,
/// which have a way past its ends, are left to the tests of HomeSweep.
std::size_t unlike_searches(const bench::City& city, const std::vector<uint32_t>& ds,
                            const std::vector<std::vector<uint32_t>>& right) {
  std::size_t out = 0;
  for (std::size_t c = 0; c < right.size(); ++c) {
    for (std::size_t h = 0; h < city.homes.size(); ++h) {
      if (city.homes[h].link == city.campuses[c].link) continue;
      out += ds[c * city.homes.size() + h] != right[c][h];
    }
  }
  return out;
}

std::vector<std::vector<uint32_t>> searches(const bench::City& city) {
  std::vector<std::vector<uint32_t>> out;
  SearchSpace space;
  for (std::size_t c = 0; c < std::min(kSearched, city.campuses.size()); ++c) {
    city.router->search_to(city.campuses[c], space);
    std::vector<uint32_t>& row = out.emplace_back();
    for (const StreetSnap& home : city.homes)
      row.push_back(decisec(city.router->door_to_door_ms(home, city.campuses[c], space)));
  }
  return out;
}

std::vector<InstructionSet> sets_here() {
  std::vector<InstructionSet> out;
  for (InstructionSet set : {InstructionSet::Scalar, InstructionSet::Avx2, InstructionSet::Avx512})
    if (set <= widest_instruction_set()) out.push_back(set);
  return out;
}

void check_sweeps(const bench::City& city) {
  Progress progress;
  auto hierarchy =
      std::make_shared<const Hierarchy>(build_hierarchy(city.router->graph(), 2, progress));
  const Doors doors = doors_of(city, *hierarchy);
  const auto right = searches(city);
  std::vector<uint32_t> first;
  for (unsigned threads : {1u, 2u}) {
    for (InstructionSet set : sets_here()) {
      INFO(instruction_set_name(set) << ", " << threads << " threads");
      DoorSweep sweep(hierarchy, doors.homes, threads, set);
      std::vector<uint32_t> ds(doors.homes.size() * doors.campuses.size());
      sweep.to_many(doors.campuses, ds);
      if (first.empty()) first = ds;
      CHECK(ds == first);
      CHECK(unlike_searches(city, ds, right) == 0);
      std::vector<uint32_t> row(doors.homes.size());
      sweep.to_one(doors.campuses.back(), row);
      CHECK(std::equal(row.begin(), row.end(), ds.end() - static_cast<std::ptrdiff_t>(row.size())));
    }
  }
}

void check_reach_and_nearest(const bench::City& city) {
  Progress progress;
  auto hierarchy =
      std::make_shared<const Hierarchy>(build_hierarchy(city.router->graph(), 1, progress));
  const Doors doors = doors_of(city, *hierarchy);
  DoorSweep sweep(hierarchy, doors.homes, 2);
  std::vector<uint32_t> row(doors.homes.size());
  auto plan = std::make_shared<const CellPlan>(
      plan_cells(*hierarchy, doors.homes, HomeSweep::order_of(city.homes)));
  CellReach reach(hierarchy, plan, kNoTime);
  RandomStream random{RandomKey(1)};
  for (const DoorEnds& campus : doors.campuses) {
    sweep.to_one(campus, row);
    std::vector<uint32_t> limit(row.size());
    for (std::size_t h = 0; h < row.size(); ++h)
      limit[h] = static_cast<uint32_t>(random.below(std::min(row[h], 60000u) + 600));
    reach.start(campus, {});
    reach.within(limit, 0);
    std::size_t wrong = 0;
    for (uint32_t h = 0; h < row.size(); ++h)
      wrong += reach.exact(h) ? reach.ds()[h] != row[h]
                              : reach.ds()[h] > row[h] || reach.ds()[h] <= limit[h];
    CHECK(wrong == 0);
  }
  std::vector<std::vector<NearestKey>> nearest(2, std::vector<NearestKey>(hierarchy->nodes()));
  for (unsigned threads : {1u, 2u})
    NodeSweep(hierarchy, threads).to_nearest(doors.campuses, nearest[threads - 1]);
  CHECK(nearest[0] == nearest[1]);
  NodeSweep nodes(hierarchy, 2);
  std::vector<NearestKey> least(hierarchy->nodes(), kNobody);
  std::vector<uint32_t> ms(hierarchy->nodes());
  for (uint64_t c = 0; c < doors.campuses.size(); ++c) {
    nodes.to_one(doors.campuses[c], ms);
    for (std::size_t n = 0; n < ms.size(); ++n)
      if (ms[n] != kNoTime) least[n] = std::min(least[n], NearestKey{ms[n]} << 32 | c);
  }
  CHECK(least == nearest[0]);
}

void check(const std::optional<bench::City>& city) {
  if (!city) return;
  check_sweeps(*city);
  check_reach_and_nearest(*city);
}

constexpr const char* kData = "DOORSTEP_TEST_DATA";

}  // namespace

TEST_CASE("ways on New York's roads are those of Dijkstra's search") {
  check(city_on(kData, "network/ny_arcs.txt.gz", &bench::Request::graph));
}

TEST_CASE("ways on Porto's streets are those of Dijkstra's search") {
  check(city_on(kData, "osm/porto.osm.pbf", &bench::Request::extract));
}

TEST_CASE("ways on Porto Alegre's streets are those of Dijkstra's search") {
  check(city_on(kData, "osm/poa_osm.pbf", &bench::Request::extract));
}

TEST_CASE("ways in Bincheng are those of Dijkstra's search") {
  check(city_on("DOORSTEP_ROOT", "maps/bincheng", &bench::Request::place));
}
