#include "network/travel_table.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "base/error.h"

using namespace doorstep;

namespace {

/// A town on a line, in metres: homes a 0, b 1000; campuses X 0, Y 1000, Z 2000.
Place line_town() {
  Place place;
  place.homes.push_back({"a", {0, 0}, {}, {}});
  place.homes.push_back({"b", {1000, 0}, {}, {}});
  for (auto [code, x] : {std::pair{"X", 0.0}, {"Y", 1000.0}, {"Z", 2000.0}}) {
    Campus campus;
    campus.code = code;
    campus.at = {x, 0};
    place.campuses.push_back(campus);
  }
  return place;
}

TravelTable travel(const Place& place) {
  Progress progress;
  return compute_travel(place, progress).value;
}

const HomeId a(0), b(1);
const CampusId X(0), Y(1), Z(2);

/// X and Y are given, Z is not. Rates: aX none (0 km), aY 12 min/km, bX 20 min/km → median 16.
Place table_town() {
  Place place = line_town();
  place.travel.mode = TravelMode::Table;
  place.travel.given = {{a, X, Minutes(0.5)}, {a, Y, Minutes(12)}, {b, X, Minutes(20)}};
  return place;
}

std::vector<std::string> codes(const Diagnostics& d) {
  std::vector<std::string> out;
  for (const Diagnostic& item : d.items()) out.push_back(item.code);
  return out;
}

}  // namespace

TEST_CASE("a straight line takes distance times detour over speed") {
  Place place = line_town();
  place.travel.speed = MetresPerMinute(80);
  place.travel.detour = 1.3;
  TravelTable t = travel(place);
  CHECK(t.decisec(a, X) == 0);
  CHECK(t.decisec(a, Y) == 9750);  // 1000 m · 1.3 / 80 m/min = 16.25 min
  CHECK(t.minutes(a, Z).value == 32.5);
  CHECK(t.metres(b, Z).value == Approx(1300));
  CHECK(t.decisec(b, Y) == 0);
}

TEST_CASE("a table gives its own minutes, and a pair it lacks stays unreachable") {
  TravelTable t = travel(table_town());
  CHECK(t.minutes(a, X).value == 0.5);
  CHECK(t.minutes(a, Y).value == 12);
  CHECK(t.minutes(b, X).value == 20);
  CHECK_FALSE(t.reachable(b, Y));
}

TEST_CASE("a campus the table does not know goes straight at the table's median, with a warning") {
  Progress progress;
  auto [t, findings] = compute_travel(table_town(), progress);
  CHECK(t.minutes(a, Z).value == 32);  // 2 km · 16 min/km
  CHECK(t.minutes(b, Z).value == 16);
  REQUIRE(codes(findings) == std::vector<std::string>{"travel.unknown_campus"});
  CHECK(findings.items()[0].severity == Severity::Warning);
  CHECK(findings.items()[0].message.find("campus Z;") != std::string::npos);
}

TEST_CASE("a home the table does not know goes straight to every campus, with a warning") {
  Place place = table_town();
  HomeId c = place.homes.push_back({"c", {500, 0}, {}, {}});
  Progress progress;
  auto [t, findings] = compute_travel(place, progress);
  CHECK(t.minutes(c, X).value == 8);  // 0.5 km · 16 min/km
  CHECK(t.minutes(c, Z).value == 24);
  CHECK(codes(findings) ==
        std::vector<std::string>{"travel.unknown_campus", "travel.unknown_home"});
  CHECK(findings.items()[1].message.find("home c;") != std::string::npos);
}

TEST_CASE("repeated and impossible rows are reported, and their order does not matter") {
  Place place = table_town();
  place.travel.given.push_back({a, Y, Minutes(10)});
  place.travel.given.push_back({b, Y, Minutes(-3)});
  Progress progress;
  auto forwards = compute_travel(place, progress);
  std::ranges::reverse(place.travel.given);
  auto backwards = compute_travel(place, progress);
  for (const auto* run : {&forwards, &backwards}) {
    CHECK(run->value.minutes(a, Y).value == 10);
    CHECK_FALSE(run->value.reachable(b, Y));
    CHECK(codes(run->findings) == std::vector<std::string>{"travel.bad_minutes",
                                                           "travel.repeated_row",
                                                           "travel.unknown_campus"});
  }
}

TEST_CASE("another place's table lends what both share by code and position") {
  Place base = line_town();
  Progress progress;
  TravelTable lent(2, 3, base.travel.speed);  // marked, so that lending shows
  for (HomeId h : base.homes.ids()) {
    for (CampusId c : base.campuses.ids()) lent.set_decisec(h, c, 100 * h.index + c.index);
  }
  Place edited = base;
  std::swap(edited.homes.raw()[0], edited.homes.raw()[1]);  // now b, a
  edited.campuses[Z].at = {3000, 0};
  TravelTable t = compute_travel(edited, progress, &base, &lent).value;
  CHECK(t.decisec(HomeId(0), X) == 100);
  CHECK(t.decisec(HomeId(1), Y) == 1);
  CHECK(t.decisec(HomeId(1), Z) == 29250);  // 3000 m · 1.3 / 80 m/min = 48.75 min, computed anew
}

TEST_CASE("nothing is lent where the two places travel differently") {
  Place base = line_town();
  Progress progress;
  TravelTable lent(2, 3, base.travel.speed);
  Place slower = base;
  slower.travel.speed = MetresPerMinute(40);
  CHECK(compute_travel(slower, progress, &base, &lent).value.decisec(a, Y) == 19500);
}

TEST_CASE("a campus moved from where the rows were given goes straight, and the median stays") {
  Place base = table_town();
  Progress progress;
  TravelTable before = compute_travel(base, progress).value;
  Place edited = base;
  edited.campuses[Y].at = {4000, 0};
  auto [t, findings] = compute_travel(edited, progress, &base, &before);
  CHECK(t.minutes(a, Y).value == 64);  // 4 km · 16 min/km
  CHECK(t.minutes(b, Y).value == 48);
  CHECK(t.minutes(b, X).value == 20);
  CHECK(t.minutes(a, Z).value == 32);
  REQUIRE(codes(findings) == std::vector<std::string>{"travel.unknown_campus"});
  CHECK(findings.items()[0].message.find("campus Y at its new site;") != std::string::npos);
}

TEST_CASE("a cancelled computation of travel stops") {
  Place place = line_town();
  Progress progress;
  progress.cancel();
  CHECK_THROWS_AS(compute_travel(place, progress), Cancelled);
}
