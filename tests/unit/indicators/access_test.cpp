#include <catch2/catch.hpp>

#include "hand_run.h"
#include "indicators/access.h"

using namespace doorstep;
using Catch::Matchers::WithinAbs;

namespace {

/// Homes W and E 1,600 m apart, a campus at each door and one half-way:
///
///   W(30)                 E(10)
///   A 20 ---- B 24 ------ C 10        A at 0 m, B at 800 m, C at 1,600 m
class Street : public test::HandRun {
 public:
  HomeId west = home("W", 0), east = home("E", 1600);
  CampusId a = campus("A", 0, 20), b = campus("B", 800, 24), c = campus("C", 1600, 10);
  IdVector<HomeId, double> children;
  Street() {
    children.push_back(30.0);
    children.push_back(10.0);
  }
};

}  // namespace

TEST_CASE("a campus shares its seats among all children within the limit") {
  Street street;
  // Ten minutes are 800 m: A serves W alone (20/30), B both (24/40), C serves E alone (10/10).
  SeatAccess access = two_step_access(street.travel(), street.year, street.children, Minutes(10));
  CHECK_THAT(access.seats_per_child[street.west], WithinAbs(20.0 / 30 + 24.0 / 40, 1e-12));
  CHECK_THAT(access.seats_per_child[street.east], WithinAbs(24.0 / 40 + 10.0 / 10, 1e-12));
  // Every seat within anybody's reach is handed out once: 54 seats over 40 children.
  CHECK_THAT(access.mean, WithinAbs(54.0 / 40, 1e-12));
  CHECK(access.share_below_half == 0.0);
}

TEST_CASE("a home exactly at the limit of reach is inside it, a decisecond further is not") {
  Street street;
  auto middle_only = [&](Minutes limit) {
    street.year.campuses[street.a].open = street.year.campuses[street.c].open = false;
    return two_step_access(street.travel(), street.year, street.children, limit);
  };
  CHECK_THAT(middle_only(Minutes(10)).mean, WithinAbs(24.0 / 40, 1e-12));
  SeatAccess short_of_it = middle_only(Minutes(10 - 1.0 / 600));
  CHECK(short_of_it.mean == 0.0);
  CHECK(short_of_it.seats_per_child[street.west] == 0.0);
}

TEST_CASE("closed campuses and those without seats serve nobody") {
  Street street;
  street.year.campuses[street.a].seats = 0;
  street.year.campuses[street.b].open = false;
  SeatAccess access = two_step_access(street.travel(), street.year, street.children, Minutes(10));
  CHECK(access.seats_per_child[street.west] == 0.0);
  // The west, three quarters of the children, has less than half of the mean of 10 / 40.
  CHECK_THAT(access.share_below_half, WithinAbs(0.75, 1e-12));
}

TEST_CASE("coverage counts children, not homes") {
  Street street;
  street.year.campuses[street.b].open = false;
  street.year.campuses[street.c].open = false;
  CHECK_THAT(covered_share(street.travel(), street.year, street.children, Metres(500)),
             WithinAbs(0.75, 1e-12));
  CHECK_THAT(covered_share(street.travel(), street.year, street.children, Metres(1600)),
             WithinAbs(1.0, 1e-12));
}

TEST_CASE("without children there is no mean and no coverage") {
  Street street;
  street.children[street.west] = street.children[street.east] = 0.0;
  CHECK(
      std::isnan(two_step_access(street.travel(), street.year, street.children, Minutes(10)).mean));
  CHECK(std::isnan(covered_share(street.travel(), street.year, street.children, Metres(500))));
}

TEST_CASE("children at homes are those placed and those without a seat") {
  Street street;
  street.year.unplaced_of.resize(2, 0.0);
  street.flow(street.west, street.a, 12);
  street.flow(street.west, street.b, 3);
  street.year.unplaced_of[street.east] = 2;
  IdVector<HomeId, double> children = children_at_homes(street.year);
  CHECK(children[street.west] == 15.0);
  CHECK(children[street.east] == 2.0);
}
