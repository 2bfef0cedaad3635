#include <catch2/catch.hpp>

#include "base/error.h"
#include "indicators/indicators.h"

using namespace doorstep;

TEST_CASE("standards come from their entries, and a missing one is named") {
  Coefficients c;
  auto set = [&](const char* name, double v) { c.set(name, {v, v, v, "test", "F"}); };
  set("class.large", 51);
  set("class.very_large", 61);
  set("warning.yellow", 0.8);
  set("warning.red", 0.95);
  set("travel.long_way", 1500);
  CHECK_THROWS_WITH(standards_from(c), Catch::Contains("travel.long_time"));
  set("travel.long_time", 40);
  Standards s = standards_from(c);
  CHECK(s.large_class == 51);
  CHECK(s.red == 0.95);
  CHECK(s.long_way == Metres(1500));
  CHECK(s.long_time == Minutes(40));
  CHECK(s.all.items().size() == 6);
}
