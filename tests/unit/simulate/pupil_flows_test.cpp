#include "simulate/pupil_flows.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

#include "simulate/flow_writer.h"

using namespace doorstep;

namespace {

bool same(const PupilFlow& a, const PupilFlow& b) {
  return a.home == b.home && a.campus == b.campus && a.pupils == b.pupils;
}

bool same(const std::vector<PupilFlow>& a, const std::vector<PupilFlow>& b) {
  return std::ranges::equal(a, b,
                            [](const PupilFlow& x, const PupilFlow& y) { return same(x, y); });
}

/// Homes 1 and 4 send pupils, those between them none.
const std::vector<PupilFlow> kFew{
    {HomeId(1), CampusId(0), 3.0}, {HomeId(1), CampusId(2), 0.1}, {HomeId(4), CampusId(1), 1e-7}};

}  // namespace

TEST_CASE("flows come out as they were put in") {
  const PupilFlows flows(kFew);
  REQUIRE(flows.size() == 3);
  CHECK(same(flows.listed(), kFew));
  CHECK(same(flows[2], kFew[2]));
  CHECK(PupilFlows().listed().empty());
}

TEST_CASE("flows of one home are found, and homes without any have none") {
  const PupilFlows flows(kFew);
  std::vector<double> pupils;
  for (const PupilFlow& f : flows.of(HomeId(1))) pupils.push_back(f.pupils);
  CHECK(pupils == std::vector<double>{3.0, 0.1});
  for (std::size_t home : {0, 2, 3, 5, 100}) CHECK(flows.of(HomeId(home)).empty());
}

TEST_CASE("a run of flows begins and ends within a home") {
  const PupilFlows flows(kFew);
  std::vector<PupilFlow> seen;
  for (const PupilFlow& f : flows.run(1, 3)) seen.push_back(f);
  CHECK(same(seen, {kFew[1], kFew[2]}));
}

TEST_CASE("flows listed in any order are put in order") {
  std::vector<PupilFlow> mixed{kFew[2], kFew[1], kFew[0]};
  CHECK(same(PupilFlows(mixed).listed(), kFew));
  PupilFlows one_by_one;
  for (const PupilFlow& f : mixed) one_by_one.push_back(f);
  CHECK(same(PupilFlows(one_by_one.listed()).listed(), kFew));
}

TEST_CASE("campuses beyond 16 bits keep their numbers") {
  const std::vector<PupilFlow> far{{HomeId(0), CampusId(65535), 1.0},
                                   {HomeId(0), CampusId(65536), 2.0},
                                   {HomeId(3), CampusId(200001), 3.0}};
  CHECK(same(PupilFlows(far).listed(), far));
}

TEST_CASE("runs written with gaps between them close up") {
  // Two runs with room for three flows each; the first writes two, the second one.
  for (std::size_t campuses : {10, 70000}) {
    const std::vector<std::size_t> begin{0, 3, 6};
    FlowWriter writer(PupilFlows(kFew), 5, campuses, begin);
    std::size_t first = begin[0], second = begin[1];
    writer.put(second, kFew[2].home, kFew[2].campus, kFew[2].pupils);
    writer.put(first, kFew[0].home, kFew[0].campus, kFew[0].pupils);
    writer.put(first, kFew[1].home, kFew[1].campus, kFew[1].pupils);
    const std::vector<std::size_t> end{first, second};
    CHECK(same(std::move(writer).finish(end).listed(), kFew));
  }
}
