// The places kept as recipes: what their sources say holds in what is made. Figures: documents
// named in each recipe.

#include <catch2/catch.hpp>

#include <set>

#include "synth/plan.h"

using namespace doorstep;
using Catch::Matchers::WithinAbs;

namespace {

synth::Plan made(const char* recipe) {
  Progress progress;
  return synth::make_plan(synth::read_recipe(std::string(DOORSTEP_TREE "/maps/") + recipe),
                          progress);
}

double children(const synth::Plan& plan, std::size_t first, std::size_t last) {
  double sum = 0.0;
  for (const synth::PlannedHome& h : plan.homes)
    for (std::size_t age = first; age <= last; ++age) sum += h.children[age];
  return sum;
}

/// Schools in any group, cores among them.
std::set<std::string> grouped(const synth::Plan& plan) {
  std::set<std::string> out;
  for (const synth::GroupRecipe& g : plan.recipe.groups) {
    out.insert(g.core);
    for (const std::string& member : g.members()) out.insert(member);
  }
  return out;
}

std::vector<std::string> leaders_alone(const synth::Plan& plan) {
  std::vector<std::string> out;
  for (const synth::GroupRecipe& g : plan.recipe.groups)
    if (g.ties.empty()) out.push_back(g.code);
  return out;
}

/// What follows `key = "` on each line of a scenario, each once.
std::set<std::string> named_in(const std::string& scenario, const std::string& key) {
  std::set<std::string> out;
  const std::string start = "\n" + key + " = \"";
  for (std::size_t at = scenario.find(start); at != std::string::npos;
       at = scenario.find(start, at + 1)) {
    std::size_t from = at + start.size();
    out.insert(scenario.substr(from, scenario.find('"', from) - from));
  }
  return out;
}

}  // namespace

TEST_CASE("Dongsheng has 135 schools, 39 of them private, and 108,248 pupils by stage") {
  synth::Plan plan = made("dongsheng");
  CHECK(plan.campuses.size() == 135);
  CHECK(std::ranges::count_if(plan.campuses, &synth::PlannedCampus::is_private) == 39);
  CHECK_THAT(children(plan, 3, 5), WithinAbs(22042, 1e-5));
  CHECK_THAT(children(plan, 6, 11), WithinAbs(51198, 1e-5));
  CHECK_THAT(children(plan, 12, 14), WithinAbs(26942, 1e-5));
  CHECK_THAT(children(plan, 15, 17), WithinAbs(8066, 1e-5));
}

TEST_CASE("48 % of Dongsheng's schools are in groups, none of the rest by more than one rule") {
  synth::Plan plan = made("dongsheng");
  CHECK(grouped(plan).size() == 65);
  CHECK(plan.recipe.groups.size() == 14);
  CHECK(leaders_alone(plan).empty());
  for (const synth::PlannedCampus& c : plan.campuses)
    if (c.is_private) CHECK(grouped(plan).count(c.code) == 0);
}

TEST_CASE("good schools of Dongsheng stand in the east") {
  synth::Plan plan = made("dongsheng");
  double east = 0, west = 0;
  int in_east = 0, in_west = 0;
  for (const synth::PlannedCampus& c : plan.campuses) {
    if (c.zone == synth::Zone::Town || c.zone == synth::Zone::Village) continue;
    bool is_east = c.at.x > plan.centre.x;
    (is_east ? east : west) += c.quality;
    ++(is_east ? in_east : in_west);
  }
  CHECK(east / in_east > 1.1 * west / in_west);
}

TEST_CASE("35 % of Xining's children are migrants, hardly any of them in villages") {
  synth::Plan plan = made("xining");
  double all = 0, migrants = 0, in_villages = 0, of_villages = 0;
  for (const synth::PlannedHome& h : plan.homes) {
    double here = 0;
    for (double c : h.children) here += c;
    all += here;
    migrants += here * h.migrant_share;
    if (h.zone != synth::Zone::Village) continue;
    of_villages += here;
    in_villages += here * h.migrant_share;
  }
  CHECK_THAT(migrants / all, WithinAbs(0.35, 1e-6));
  CHECK(in_villages / of_villages < 0.1);
}

TEST_CASE("Xining holds 12 city junior, 15 district primary and 15 rural central schools by kind") {
  synth::Plan plan = made("xining");
  std::map<std::string, int> kinds;
  for (const synth::PlannedCampus& c : plan.campuses)
    if (c.origin == Origin::Derived) ++kinds[c.code.substr(0, 2)];
  CHECK(kinds == std::map<std::string, int>{{"cj", 12}, {"dp", 15}, {"rc", 15}});
  for (const synth::PlannedCampus& c : plan.campuses)
    if (c.code.starts_with("rc"))
      CHECK((c.zone == synth::Zone::Town || c.zone == synth::Zone::Village));
}

TEST_CASE("Liaoning has 110 counties, 485 groups and 1,958 schools in them, 43.6 % of all") {
  synth::Plan plan = made("liaoning");
  CHECK(plan.towns.size() == 110);
  CHECK(plan.recipe.groups.size() == 485);
  CHECK(grouped(plan).size() == 1958);
  CHECK(leaders_alone(plan).empty());
  CHECK(plan.campuses.size() == 4490);  // of which 1,958 are 43.6 %
  CHECK_THAT(children(plan, 0, 14), WithinAbs(220080 + 1216563 + 1660365 + 1640931, 1.0));
}

TEST_CASE("in Heping and Xigang every school is in a group") {
  synth::Plan plan = made("liaoning");
  std::set<std::string> in_group = grouped(plan);
  for (const synth::PlannedCampus& c : plan.campuses) {
    const std::string& county = plan.towns[static_cast<std::size_t>(c.town)].recipe.code;
    INFO(c.code);
    if (county == "210102" || county == "210203") CHECK(in_group.count(c.code) == 1);
  }
}

TEST_CASE("the plan that founds Liaoning's groups has all 485 of them and their 1,958 schools") {
  const std::string plan = made("liaoning/before.toml").more.at("groups.toml");
  std::set<std::string> schools = named_in(plan, "campus");
  CHECK(schools.size() == 1958 - 485);
  CHECK(named_in(plan, "group").size() == 485);
  schools.merge(named_in(plan, "core"));
  CHECK(schools.size() == 1958);
}

TEST_CASE("a variant takes what it does not say from the recipe it extends") {
  synth::Plan before = made("liaoning/before.toml");
  CHECK(before.recipe.code == "liaoning-before");
  CHECK(before.recipe.groups.empty());
  CHECK(before.more.count("groups.toml") == 1);
  CHECK(before.more.count("all-in-groups.toml") == 1);
  CHECK(before.campuses.size() == made("liaoning").campuses.size());
}
