#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include "indicators/resources.h"

using namespace doorstep;
using Catch::Matchers::WithinAbs;

namespace {

constexpr double kNotReported = std::numeric_limits<double>::quiet_NaN();

IndicatorSet books_and_rooms() { return {{{"books", "volumes", 10, 12}, {"rooms", "m2", 4, 5}}}; }

}  // namespace

TEST_CASE("the composite of several indicators is the mean of their coefficients") {
  // Books as in the worked answer: mean 6.3344, CV 0.5153; the same rooms a pupil everywhere: 0.
  std::vector<SchoolResources> schools{{"a", 45, {279, 90}},
                                       {"b", 37, {137, 74}},
                                       {"c", 89, {935, 178}},
                                       {"d", 76, {160, 152}},
                                       {"e", 55, {402, 110}}};
  BalanceReview review = review_composite(books_and_rooms(), schools, 0.65);
  CHECK_THAT(review.coefficient[0], WithinAbs(0.5153, 5e-5));
  CHECK_THAT(review.coefficient[1], WithinAbs(0.0, 1e-12));
  CHECK_THAT(review.composite, WithinAbs(0.5153 / 2, 5e-5));
  CHECK(review.passes);
  CHECK_FALSE(review_composite(books_and_rooms(), schools, 0.25).passes);
  CHECK_FALSE(review_each(books_and_rooms(), schools, 0.50).passes);
}

TEST_CASE("a district that does not report an indicator never passes") {
  std::vector<SchoolResources> schools{{"a", 10, {100, kNotReported}}, {"b", 10, {100, 40}}};
  BalanceReview review = review_each(books_and_rooms(), schools, 0.50);
  CHECK(review.not_reported == 1);
  CHECK(std::isnan(review.coefficient[1]));
  CHECK_THAT(review.composite, WithinAbs(0.0, 1e-12));
  CHECK_FALSE(review.passes);
}

TEST_CASE("a school passes with enough indicators met and the others near their standard") {
  SchoolResources school{"a", 100, {1000, 360}};  // 10 books a pupil, 3.6 of 4 m²
  SchoolStanding standing = standing_of(books_and_rooms(), school, false, 1, 0.85);
  CHECK(standing.met == 1);
  CHECK(standing.below == std::vector<std::string>{"rooms"});
  CHECK(standing.passes);  // 3.6 is 90 % of 4
  CHECK_FALSE(standing_of(books_and_rooms(), school, false, 1, 0.95).passes);
  CHECK_FALSE(standing_of(books_and_rooms(), school, false, 2, 0.85).passes);
  CHECK(standing_of(books_and_rooms(), school, true, 1, 0.5).met == 0);
}

TEST_CASE("what a school does not report it does not meet") {
  SchoolStanding standing =
      standing_of(books_and_rooms(), {"a", 100, {1000, kNotReported}}, false, 1, 0.85);
  CHECK(standing.met == 1);
  CHECK_FALSE(standing.passes);
  CHECK_FALSE(standing_of(books_and_rooms(), {"a", 0, {1000, 400}}, false, 1, 0.85).passes);
}

TEST_CASE("the seven indicators take their standards from the file") {
  Coefficients standards;
  CHECK_THROWS_WITH(seven_indicators(standards),
                    Catch::Contains("quality.least.teachers_higher_degree.primary"));
  for (const auto& one : eight_indicators().indicators) CHECK_FALSE(one.code.empty());
}
