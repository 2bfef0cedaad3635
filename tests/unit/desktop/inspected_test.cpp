#include "desktop/inspected.h"

#include <catch2/catch.hpp>

#include <thread>

#include "base/file.h"
#include "desktop/app.h"
#include "desktop/found.h"
#include "io/config.h"

using namespace doorstep;
using namespace doorstep::desktop;

namespace {

/// The town of tests/cli, run for three years.
std::shared_ptr<const Outcome> town() {
  static const auto kRun = [] {
    Progress progress;
    const auto opened = session::open_place(resource_path("tests/cli/town"), progress);
    return session::run_scenario(opened, {}, progress, 2);
  }();
  return kRun;
}

/// Homes h0 and h1, campuses a and b; a serves a square kilometre in which h0 lives.
struct Square {
  Outcome o;
  scene::AreaGeometry areas;

  Square() {
    o.place.stages.push_back(Stage{});
    for (int i = 0; i < 2; ++i) {
      Campus c;
      c.code = i == 0 ? "a" : "b";
      c.stages.resize(1);
      c.stages[StageId(0)] = CampusStage{{{2024, 10.0}}, {}, 0.0, {}};
      o.place.campuses.push_back(c);
      o.place.homes.push_back({i == 0 ? "h0" : "h1", {}, {}, {}});
    }
    o.travel = TravelTable(2, 2, MetresPerMinute(60.0));
    for (HomeId h : o.place.homes.ids())
      for (CampusId c : o.place.campuses.ids()) o.travel.set(h, c, Minutes(5));
    StageYear s;
    s.campuses.resize(2);
    for (CampusId c : s.campuses.ids()) {
      s.campuses[c].open = true;
      s.campuses[c].seats = 10;
    }
    s.flows = {
        {HomeId(0), CampusId(0), 6}, {HomeId(0), CampusId(1), 2}, {HomeId(1), CampusId(0), 3}};
    s.unplaced_of.assign(2, 0.0);
    s.unplaced_of[HomeId(0)] = 2;
    YearResult year{2024, {}};
    year.stages.push_back(s);
    o.run.years.push_back(year);
    areas.areas.push_back(
        {{}, {CampusId(0)}, {{{{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}}, {}}}, {}});
    areas.area_of_home.assign(2, -1);
    areas.area_of_home[HomeId(0)] = 0;
  }
};

}  // namespace

TEST_CASE_METHOD(Square, "a catchment tells who lives there, where they go and who comes in") {
  const CatchmentFacts facts = catchment_facts(o, 0, StageId(0), areas, 0);
  REQUIRE(facts.pupils == 10);  // 6 + 2 + 2 without a place
  REQUIRE(facts.unplaced == 2);
  REQUIRE(facts.own_share == Approx(0.75));  // 6 of the 8 placed
  REQUIRE(facts.came_in == 3);
  REQUIRE(facts.homes == 1);
  REQUIRE(facts.to.size() == 2);
  REQUIRE(facts.to[0].own);
  REQUIRE_FALSE(facts.to[1].own);
  REQUIRE(facts.years[0].seats == 10);
}

TEST_CASE_METHOD(Square, "a square is as compact as Polsby and Popper say") {
  const CatchmentFacts facts = catchment_facts(o, 0, StageId(0), areas, 0);
  REQUIRE(facts.area_m2 == 1e6);
  REQUIRE(facts.compactness == Approx(0.7853981634));  // 4π · 1 km² / (4 km)²
}

TEST_CASE_METHOD(Square,
                 "a group tells its core, its members and who attends another one of them") {
  Group group;
  group.code = "g";
  group.core = CampusId(0);
  Tie tie;
  tie.member = CampusId(1);
  tie.form = "paired";
  tie.since = 2020;
  group.ties = {tie};
  o.place.groups.push_back(group);
  Catchment catchment;
  catchment.stage = StageId(0);
  catchment.homes = {HomeId(0)};
  catchment.campuses = {CampusId(0)};
  o.place.catchments.push_back(catchment);
  GroupYear year;
  year.gained = 5;
  year.displaced = 3;
  year.induced = 2;
  o.run.years[0].groups.push_back(year);
  const GroupFacts facts = group_facts(o, 0, StageId(0), GroupId(0));
  REQUIRE(facts.members.size() == 2);
  REQUIRE(facts.members[0].form.empty());
  REQUIRE(facts.members[1].form == "paired");
  REQUIRE(facts.within == 8);
  REQUIRE(facts.lent == 2);  // of h0, to the member
  REQUIRE(facts.by_year[0].relief == 3);
  REQUIRE(groups_of(o.place, CampusId(1), 2019).empty());  // before the tie
  REQUIRE(groups_of(o.place, CampusId(1), 2020).size() == 1);
}

TEST_CASE("the home looked at is asked about, and what it asks of the model adds up") {
  const auto outcome = town();
  HomeDesk desk;
  desk.ask(outcome, nullptr, {"h01", "primary", "", outcome->run.years[0].year, 6});
  for (int i = 0; i < 2000 && desk.working(); ++i) {
    desk.poll();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  INFO(desk.error());
  REQUIRE(desk.answer());
  double share = desk.answer()->unplaced;
  for (const auto& option : desk.answer()->options) share += option.share;
  REQUIRE(share == Approx(1.0).margin(1e-6));
  desk.put_down();
  REQUIRE_FALSE(desk.answer());
}

TEST_CASE("every command has a key of its own, a line in the palette and a word") {
  App app(town()->opened, {}, io::load_words(Language::Chinese), io::load_words(Language::English));
  std::set<std::string> keys;
  for (const Command& c : app.commands.all()) {
    INFO(c.id);
    CHECK_FALSE(c.key.empty());
    CHECK(keys.insert(c.key).second);
    if (c.id == "search") continue;  // it is the palette
    bool found = false;
    for (const Found& line : find_all(app, app.words()("command." + c.id)))
      found = found || line.command == c.id;
    CHECK(found);
  }
}

TEST_CASE("the palette begins as the list of every command") {
  App app(town()->opened, {}, io::load_words(Language::Chinese), io::load_words(Language::English));
  REQUIRE(find_all(app, "").size() == app.commands.all().size() - 1);  // it lists itself not
}

TEST_CASE("the palette finds campuses, and homes by their whole code") {
  App app(town()->opened, {}, io::load_words(Language::Chinese), io::load_words(Language::English));
  const auto campuses = find_all(app, "p1");
  REQUIRE_FALSE(campuses.empty());
  REQUIRE(campuses[0].item.kind == scene::MapItem::Kind::Campus);
  const auto homes = find_all(app, "h07");
  REQUIRE(homes.size() == 1);
  REQUIRE(homes[0].item.kind == scene::MapItem::Kind::Home);
}
