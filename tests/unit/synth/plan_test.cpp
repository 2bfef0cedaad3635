#include <catch2/catch.hpp>

#include <numeric>
#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "geo/polygon.h"
#include "recipes.h"

using namespace doorstep;
using Catch::Matchers::WithinAbs;
using doorstep::test::plan_from;
using doorstep::test::ScratchFolder;
using doorstep::test::town_of_100000;
using doorstep::test::with;

namespace {

double children_of_ages(const synth::Plan& plan, std::size_t first, std::size_t last) {
  double sum = 0.0;
  for (const synth::PlannedHome& h : plan.homes)
    for (std::size_t age = first; age <= last; ++age) sum += h.children[age];
  return sum;
}

/// Names and checksums of all files of a folder.
std::map<std::string, std::string> checksums(const std::filesystem::path& folder) {
  std::map<std::string, std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    out[entry.path().filename().string()] = sha256_file(entry.path());
  return out;
}

}  // namespace

TEST_CASE("shares of a total add up to it, ties to the lower index") {
  CHECK(synth::shared_exactly(1.0, {1, 1, 1}) == std::vector<double>{0.34, 0.33, 0.33});
  CHECK(synth::shared_exactly(10.0, {3, 1, 0}) == std::vector<double>{7.5, 2.5, 0.0});
}

TEST_CASE("people and children of every band are those of the recipe") {
  synth::Plan plan = plan_from(town_of_100000());
  double people = 0.0;
  for (const synth::PlannedHome& h : plan.homes) people += h.people;
  CHECK_THAT(people, WithinAbs(100000, 1e-6));
  CHECK_THAT(children_of_ages(plan, 0, 0), WithinAbs(900, 1e-6));
  CHECK_THAT(children_of_ages(plan, 1, 4), WithinAbs(5200, 1e-6));
  CHECK_THAT(children_of_ages(plan, 5, 9), WithinAbs(6300, 1e-6));
  CHECK_THAT(children_of_ages(plan, 10, 14), WithinAbs(5900, 1e-6));
}

TEST_CASE("the outline has the area asked for, and every home lies in it") {
  synth::Plan plan = plan_from(town_of_100000());
  CHECK_THAT(area_m2(plan.outline) / 1e6, WithinAbs(120, 0.01));
  for (const synth::PlannedHome& h : plan.homes) CHECK(contains(plan.outline, h.at));
}

TEST_CASE("the same recipe gives the same bytes, another seed does not") {
  ScratchFolder once("once"), again("again"), other("other");
  synth::write_plan(plan_from(town_of_100000()), once.path());
  synth::write_plan(plan_from(town_of_100000()), again.path());
  synth::write_plan(plan_from(with(town_of_100000(), "seed = 7", "seed = 8")), other.path());
  CHECK(checksums(once.path()) == checksums(again.path()));
  CHECK(checksums(once.path()).at("homes.csv") != checksums(other.path()).at("homes.csv"));
}

TEST_CASE("schools of the recipe keep their names; further ones say that they are synthetic") {
  synth::Plan plan = plan_from(town_of_100000());
  int named = 0;
  for (const synth::PlannedCampus& c : plan.campuses) {
    bool synthetic = c.name.zh.starts_with("合成") && c.name.en.starts_with("Synthetic");
    CHECK(synthetic == (c.origin == Origin::Synthetic));
    named += synthetic ? 0 : 1;
  }
  CHECK(named == 2);
}

TEST_CASE("no synthetic school is in a group") {
  synth::Plan plan = plan_from(town_of_100000());
  std::set<std::string> synthetic;
  for (const synth::PlannedCampus& c : plan.campuses)
    if (c.origin == Origin::Synthetic) synthetic.insert(c.code);
  for (const synth::GroupRecipe& g : plan.recipe.groups) {
    CHECK(synthetic.count(g.core) == 0);
    for (const std::string& member : g.members()) CHECK(synthetic.count(member) == 0);
  }
}

TEST_CASE("no campus is planned above the largest the recipe allows") {
  synth::Plan plan = plan_from(town_of_100000() + "[utilisation]\nlargest_campus = 700\n");
  for (const synth::PlannedCampus& c : plan.campuses) CHECK(c.pupils <= 700.0);
}

TEST_CASE("pupils of all catchments are the children of the stage's ages") {
  synth::Plan plan = plan_from(town_of_100000());
  double primary = 0.0;
  for (const synth::PlannedCampus& c : plan.campuses)
    if (c.stage == 0) primary += c.pupils;
  CHECK_THAT(primary, WithinAbs(children_of_ages(plan, 6, 11), 1e-6));
}

TEST_CASE("every node of the streets is reached from every other") {
  synth::Plan plan = plan_from(town_of_100000());
  std::vector<uint32_t> part(plan.nodes.size());
  std::iota(part.begin(), part.end(), 0u);
  auto root = [&](uint32_t n) {
    while (part[n] != n) n = part[n];
    return n;
  };
  for (const synth::PlannedRoad& r : plan.roads) part[root(r.from)] = root(r.to);
  std::set<uint32_t> roots;
  for (uint32_t n = 0; n < plan.nodes.size(); ++n) roots.insert(root(n));
  CHECK(roots.size() == 1);
}

TEST_CASE("river and railway are crossed at bridges only") {
  synth::Plan plan = plan_from(town_of_100000());
  int bridges = 0;
  for (const synth::PlannedRoad& r : plan.roads) {
    Xy a = plan.nodes[r.from], b = plan.nodes[r.to];
    bool crossing = synth::crosses(a, b, plan.river) || synth::crosses(a, b, plan.railway);
    CHECK((!crossing || r.bridge));
    bridges += crossing ? 1 : 0;
  }
  CHECK(bridges >= 2);
  CHECK(bridges < static_cast<int>(plan.roads.size()) / 20);
}
