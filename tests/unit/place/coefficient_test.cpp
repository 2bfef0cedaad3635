#include "place/coefficient.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "place/policy.h"

using namespace doorstep;

TEST_CASE("a missing coefficient is named together with the file to write it in") {
  Coefficients c;
  c.set("choice.a_quality", {1.0, 0.5, 2.0, "test", "assumed"});
  CHECK(c.value("choice.a_quality") == 1.0);
  try {
    (void)c.value("choice.a_qualitx");
    FAIL("a missing coefficient must throw");
  } catch (const Error& e) {
    CHECK(e.message().find("choice.a_qualitx") != std::string::npos);
    CHECK(e.message().find("config/choice.toml") != std::string::npos);
    CHECK(e.hint().find("choice.a_quality") != std::string::npos);
  }
}

TEST_CASE("the hash of coefficients follows values, not sources or the order of setting") {
  Coefficients a, b, changed;
  a.set("x", {1.0, 0, 0, "here"});
  a.set("y", {2.0, 0, 0, "here"});
  b.set("y", {2.0, 0, 0, "there"});
  b.set("x", {1.0, 0, 0, "there"});
  changed = b;
  changed.set("x", {1.0000000000000002});
  CHECK(a.hash() == b.hash());
  CHECK(a.hash() != changed.hash());
}

TEST_CASE("every rule is found by its own name and an unknown one names the nearest") {
  for (Rule r : {Rule::Catchment, Rule::Nearest, Rule::LeastTravel, Rule::Choice, Rule::Micro})
    CHECK(rule_from(rule_name(r), "place.toml") == r);
  try {
    (void)rule_from("neerest", "place.toml, policy.rule");
    FAIL("an unknown rule must throw");
  } catch (const Error& e) {
    CHECK(e.message().find("did you mean nearest") != std::string::npos);
    CHECK(e.where() == "place.toml, policy.rule");
  }
}
