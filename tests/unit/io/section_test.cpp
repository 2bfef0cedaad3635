#include "io/toml_section.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace doorstep;
using namespace doorstep::io;

namespace {

/// The message of what reading a key of this text throws; "" where it goes through.
template <class Read>
std::string complaint(const std::string& toml, Read&& read) {
  toml::table table = parse_toml(toml, "place.toml");
  Section section(table, "place.toml", "homes");
  try {
    read(section);
  } catch (const Error& e) {
    return e.message();
  }
  return "";
}

}  // namespace

TEST_CASE("a value of another kind is refused with its file, section and key") {
  CHECK(complaint("code = 3", [](Section& s) { (void)s.text("code"); }) ==
        "place.toml, homes.code: must be text (write it in quotes)");
  CHECK(complaint("n = \"6\"", [](Section& s) { (void)s.integer("n", 0); }) ==
        "place.toml, homes.n: must be a number (write it without quotes)");
  CHECK(complaint("n = 6.5", [](Section& s) { (void)s.integer("n", 0); }) ==
        "place.toml, homes.n: must be a whole number (for example 2024)");
  CHECK(complaint("n = inf", [](Section& s) { (void)s.number("n", 0); }) ==
        "place.toml, homes.n: must be a number (write it without quotes)");
  CHECK(complaint("f = \"yes\"", [](Section& s) { (void)s.flag("f", false); }) ==
        "place.toml, homes.f: must be true or false (write it without quotes)");
  CHECK(complaint("at = [1]", [](Section& s) { (void)s.pair("at"); }) ==
        "place.toml, homes.at: must be two numbers (write [117.98, 37.38])");
  CHECK(complaint("l = \"a\"", [](Section& s) { (void)s.texts("l"); }) ==
        "place.toml, homes.l: must be a list (write [\"a\", \"b\"])");
  CHECK(complaint("children = 3", [](Section& s) { (void)s.section("children"); }) ==
        "place.toml, homes.children: must be a section (write [homes.children])");
}

TEST_CASE("what is required and missing is refused, what is optional falls back") {
  CHECK_THAT(complaint("", [](Section& s) { (void)s.required_text("code"); }),
             Catch::Contains("place.toml, homes.code: is missing"));
  CHECK_THAT(complaint("", [](Section& s) { (void)s.required_integer("grades"); }),
             Catch::Contains("place.toml, homes.grades: is missing"));
  CHECK(complaint("", [](Section& s) { CHECK(s.number("share", 0.5) == 0.5); }).empty());
}

TEST_CASE("a name is one text for both languages, or one each") {
  toml::table table = parse_toml("a = \"X\"\nb = { zh = \"甲\", en = \"B\" }", "f");
  Section section(table, "f", "");
  CHECK(section.name("a").zh == "X");
  CHECK(section.name("a").en == "X");
  CHECK(section.name("b").zh == "甲");
  CHECK(section.name("b").en == "B");
}

TEST_CASE("steps by year are one value, or years in order") {
  toml::table table =
      parse_toml("a = \"seats\"\nb = { 2026 = \"new\", 2024 = 120 }\nc = { x = 1 }", "f");
  Section section(table, "f", "");
  using Steps = std::vector<std::pair<Year, std::string>>;
  CHECK(section.by_year("a", 2023) == Steps{{2023, "seats"}});
  CHECK(section.by_year("b", 2023) == Steps{{2024, "120"}, {2026, "new"}});
  CHECK(section.by_year("none", 2023).empty());
  CHECK_THROWS_WITH(section.by_year("c", 2023), "\"x\" is not a year");
}

TEST_CASE("sections of a list are numbered from one") {
  toml::table table = parse_toml("[[edit]]\n[[edit]]\ncampus = 3", "f");
  Section top(table, "f", "");
  auto edits = top.sections("edit");
  REQUIRE(edits.size() == 2);
  CHECK(edits[1].at("campus").text() == "f, edit[2].campus");
}

TEST_CASE("keys that nobody read are reported with the nearest that was") {
  toml::table table = parse_toml("yeras = 3\nseed = 1", "f");
  Section section(table, "f", "");
  CHECK(section.integer("years", 10) == 10);
  CHECK(section.seed("seed", 5) == 1);
  Diagnostics findings;
  section.finish(findings);
  REQUIRE(findings.items().size() == 1);
  CHECK(findings.items()[0].at.text() == "f, yeras");
  CHECK(findings.items()[0].hint == "did you mean \"years\"?");
}

TEST_CASE("TOML that is none names the line") {
  CHECK_THROWS_AS(parse_toml("a = 1\nb = \n", "f"), Error);
  try {
    (void)parse_toml("a = 1\nb = \n", "f");
  } catch (const Error& e) {
    CHECK(e.where() == "f line 2");
  }
}

TEST_CASE("a list of names takes both languages, or one text for both") {
  toml::table table =
      parse_toml("n = [{ zh = \"戏曲\", en = \"Opera\" }, \"Chess\"]", "place.toml");
  Section section(table, "place.toml", "group");
  const std::vector<Name> names = section.names("n");
  REQUIRE(names.size() == 2);
  CHECK(names[0].en == "Opera");
  CHECK(names[1].zh == "Chess");
  CHECK(section.names("missing").empty());
  CHECK(complaint("n = \"Opera\"", [](Section& s) { (void)s.names("n"); }) ==
        "place.toml, homes.n: must be a list (write [{ zh = \"…\", en = \"…\" }])");
  CHECK(complaint("n = [3]", [](Section& s) { (void)s.names("n"); }) ==
        "place.toml, homes.n: must be a list of names (write [{ zh = \"…\", en = \"…\" }])");
}
