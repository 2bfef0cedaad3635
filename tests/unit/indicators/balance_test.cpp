#include <catch2/catch.hpp>
#include <cmath>

#include "indicators/indicators.h"

using namespace doorstep;

TEST_CASE("the balance coefficient reproduces the worked answer of five schools' books") {
  std::vector<double> pupils{45, 37, 89, 76, 55}, books{279, 137, 935, 160, 402};
  // Mean 1,913 / 302 = 6.3344 a pupil, S = 3.2639, CV = 0.5153; unweighted it would be 0.489.
  CHECK(balance_coefficient(pupils, books) == Approx(0.5153).margin(5e-5));
}

TEST_CASE("the composite is the mean of its coefficients") {
  CHECK(composite_balance({0.881, 1.299, 0.977, 0.379, 0.170, 0.334, 0.286, 0.408}) ==
        Approx(0.592).margin(5e-4));
  CHECK(std::isnan(composite_balance({})));
}

TEST_CASE("equal shares balance perfectly; a school without pupils changes nothing") {
  CHECK(balance_coefficient({10, 30}, {20, 60}) == Approx(0).margin(1e-12));
  CHECK(balance_coefficient({45, 37, 0}, {279, 137, 500}) ==
        balance_coefficient({45, 37}, {279, 137}));
}

TEST_CASE("without pupils or resources there is no coefficient") {
  CHECK(std::isnan(balance_coefficient({}, {})));
  CHECK(std::isnan(balance_coefficient({0, 0}, {1, 1})));
  CHECK(std::isnan(balance_coefficient({1, 2}, {0, 0})));
}
