#include <catch2/catch.hpp>
#include <cmath>

#include "scene/classes.h"
#include "unit/scene/sample_town.h"

using namespace doorstep;
using namespace doorstep::scene;

TEST_CASE("a campus at exactly 100 per cent fits, one pupil more does not") {
  ClassScheme s = scheme_of(FillBy::Utilisation, theme(ThemeKind::Light), Words());
  CHECK(s.class_of(1.0) == 3);
  CHECK(s.class_of(1001.0 / 1000.0) == 4);
  CHECK(s.class_of(1.0 + 3e-9) == 3);  // how far clearing overshoots
  CHECK(s.hatches[3].spacing_px == 0.0);
  CHECK(s.hatches[4].spacing_px == 9.0);
}

TEST_CASE("utilisation classes are open below and closed above") {
  ClassScheme s = scheme_of(FillBy::Utilisation, theme(ThemeKind::Light), Words());
  const double bounds[] = {0.5, 0.7, 0.9, 1.0, 1.1, 1.3};
  for (int i = 0; i < 6; ++i) {
    CHECK(s.class_of(bounds[i]) == i);
    CHECK(s.class_of(bounds[i] + 1e-5) == i + 1);
  }
  CHECK(s.class_of(0.1 + 0.2 + 0.8) == 4);  // 1.1 by a sum that is not exact
}

TEST_CASE("an average class of 45.5 rounds up into the large side") {
  ClassScheme s = scheme_of(FillBy::ClassSize, theme(ThemeKind::Light), Words());
  CHECK(s.class_of(45.4) == 3);
  CHECK(s.class_of(45.5) == 4);
  CHECK(s.class_of(65.5) == 6);
}

TEST_CASE("changes of exactly 5 and 20 points belong to the outer class on both sides") {
  ClassScheme s = change_scheme(theme(ThemeKind::Light), Words());
  CHECK(s.class_of(-20) == 0);
  CHECK(s.class_of(-5) == 1);
  CHECK(s.class_of(-4.9) == 2);
  CHECK(s.class_of(4.9) == 2);
  CHECK(s.class_of(5) == 3);
  CHECK(s.class_of(20) == 4);
}

TEST_CASE("what has no value has no class") {
  CHECK(scheme_of(FillBy::Utilisation, theme(ThemeKind::Dark), Words()).class_of(NAN) == -1);
}

TEST_CASE("both languages have the same words for map and legend") {
  Words zh = test::words_from_config(Language::Chinese);
  Words en = test::words_from_config(Language::English);
  int seen = 0;
  for (const auto& [key, text] : zh.all())
    if (key.rfind("map.", 0) == 0 || key.rfind("legend.", 0) == 0) {
      CHECK(en.all().count(key) == 1);
      ++seen;
    }
  CHECK(seen > 40);
}
