#include "scene/format.h"

#include <catch2/catch.hpp>

#include "scene/text_fit.h"
#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::scene;

TEST_CASE("numbers carry their unit as each language writes it") {
  CHECK(pupils_text(1614, Language::Chinese) == "1,614人");
  CHECK(pupils_text(1614, Language::English) == "1,614 pupils");
  CHECK(pupils_text(1, Language::English) == "1 pupil");
  CHECK(pupils_short(18315, Language::Chinese) == "1.8万人");
  CHECK(kilometres_text(940, Language::Chinese) == "0.94千米");
  CHECK(kilometres_text(940, Language::English) == "0.94 km");
  CHECK(points_text(-0.016, Language::English, 1) == "−1.6 pt");
  CHECK(points_text(0.0, Language::Chinese) == "±0百分点");
}

TEST_CASE("counts from one to four are suppressed, none and five are not") {
  CHECK(suppressed(0) == "0");
  CHECK(suppressed(1) == "< 5");
  CHECK(suppressed(4) == "< 5");
  CHECK(suppressed(5) == "5");
}

TEST_CASE("a pattern takes its values by number") {
  CHECK(filled("{1} of {0}", {"77", "34"}) == "34 of 77");
  CHECK(filled("{2}", {"a"}) == "{2}");
  CHECK(filled("{0} {0:edit has|edits have} no cost", {"1"}) == "1 edit has no cost");
  CHECK(filled("{0} {0:edit has|edits have} no cost", {"12"}) == "12 edits have no cost");
  CHECK(filled("{ zh = {0} }", {"a"}) == "{ zh = a }");
}

TEST_CASE("lines break between Chinese characters but not before their punctuation") {
  test::SquareMeasure measure;  // 12 px a Chinese character at size 12
  auto lines = wrap_text("斜线是超过\uff0c越密越挤", 60, 12, false, measure);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == "斜线是超");
  CHECK(lines[1] == "过\uff0c越密越");
  CHECK(lines[2] == "挤");
}

TEST_CASE("English breaks at spaces and is cut with an ellipsis where it may not go on") {
  test::SquareMeasure measure;  // 6 px a letter at size 12
  auto lines = wrap_text("wide at home", 48, 12, false, measure);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == "wide at");
  CHECK(lines[1] == "home");
  CHECK(wrap_text("wide at home", 48, 12, false, measure, 1)[0] == "wide at…");
  CHECK(ellipsised("abcdef", 30, 12, false, measure) == "abcd…");
}
