#include <catch2/catch.hpp>

#include "hand_run.h"

using namespace doorstep;
using namespace doorstep::test;

namespace {

/// A at 0, B at 1000; home h at 200, home i at 900; 10 pupils each at A.
struct Before : HandRun {
  CampusId a = campus("A", 0, 100), b = campus("B", 1000, 100);
  HomeId h = home("h", 200), i = home("i", 900);
};

}  // namespace

TEST_CASE("nothing changed: nobody moves") {
  Before x;
  x.flow(x.h, x.a, 10);
  x.flow(x.i, x.a, 10);
  StageComparison c = compared(x, x);
  CHECK(c.must_move == 0);
  CHECK(c.nearer == 0);
  CHECK(c.farther == 0);
  REQUIRE(c.rows.size() == 2);
  CHECK(c.rows[0].campus == "A");
  CHECK(c.rows[0].pupils_a == 20);
  CHECK(c.rows[0].pupils_b == 20);
}

TEST_CASE("who moves is counted home by home, nearer or farther by the way") {
  Before x, y;
  x.flow(x.h, x.a, 10);
  x.flow(x.i, x.a, 10);
  y.flow(y.h, y.a, 7);
  y.flow(y.h, y.b, 3);   // 200 m before, 800 m now
  y.flow(y.i, y.b, 10);  // 900 m before, 100 m now
  StageComparison c = compared(x, y);
  CHECK(c.must_move == Approx(13));
  CHECK(c.farther == Approx(3));
  CHECK(c.nearer == Approx(10));
}

TEST_CASE("places are matched by code: other ids, a campus that opened and one that closed") {
  Before x;
  x.flow(x.h, x.a, 10);
  x.flow(x.i, x.b, 10);
  HandRun y;
  auto n = y.campus("N", 950, 50);
  auto a = y.campus("A", 0, 100);
  auto i = y.home("i", 900);
  auto h = y.home("h", 200);
  y.flow(i, n, 10);
  y.flow(h, a, 10);
  StageComparison c = compared(x, y);
  CHECK(c.must_move == Approx(10));
  CHECK(c.nearer == Approx(10));
  REQUIRE(c.rows.size() == 3);
  CHECK(c.rows[1].campus == "B");
  CHECK(c.rows[1].in_a);
  CHECK_FALSE(c.rows[1].in_b);
  CHECK(c.rows[2].campus == "N");
  CHECK(c.rows[2].seats_b == 50);
  CHECK_FALSE(c.rows[2].in_a);
}

TEST_CASE("who loses a seat altogether moves, and is neither nearer nor farther") {
  Before x, y;
  x.flow(x.h, x.a, 10);
  y.flow(y.h, y.a, 6);
  StageComparison c = compared(x, y);
  CHECK(c.must_move == Approx(4));
  CHECK(c.nearer == 0);
  CHECK(c.farther == 0);
}
