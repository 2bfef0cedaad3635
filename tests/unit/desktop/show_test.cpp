#include <catch2/catch.hpp>

#include "desktop/show.h"

using namespace doorstep;
using namespace doorstep::desktop;

namespace {

Show two_scenes() {
  Show show;
  ShowScene first;
  first.zh = "现在";
  first.en = "Now";
  first.centre = {500100.5, 4140200.25};
  first.width_m = 1234.5;
  first.stage = "primary";
  first.year = 2025;
  first.mode = scene::MapMode::Baseline;
  first.layers.flows = false;
  ShowScene second = first;
  second.en = "Then";
  second.mode = scene::MapMode::Scenario;
  second.split = Split::SideBySide;
  show.scenes = {first, second};
  show.pins = {{{1, 2}, "看这里 \"here\""}};
  return show;
}

}  // namespace

TEST_CASE("scenes and notes come back as they were written") {
  const Show show = two_scenes();
  const Show read = show_from(show_text(show));
  REQUIRE(read.scenes == show.scenes);
  REQUIRE(read.pins == show.pins);
}

TEST_CASE("one damaged scene takes no other with it, and no text is an empty show") {
  REQUIRE(show_from("").scenes.empty());
  const Show read = show_from(
      R"({"scenes": [{"en": "no place"}, {"en": "good", "centre": [1, 2], "layers": ["homes"]}],
          "pins": [{"at": "x"}, {"at": [1, 2], "text": "ok"}]})");
  REQUIRE(read.scenes.size() == 1);
  REQUIRE(read.scenes[0].en == "good");
  REQUIRE_FALSE(read.scenes[0].layers.flows);
  REQUIRE(read.pins.size() == 1);
}

TEST_CASE("a clicker goes on and back, stops at the ends, darkens and leaves") {
  Show show = two_scenes();
  REQUIRE_FALSE(show.press("PageDown"));  // nothing is presented yet
  show.begin();
  REQUIRE(show.press("PageDown"));
  REQUIRE(show.presenting() == 1);
  REQUIRE(show.press("Right"));
  REQUIRE(show.presenting() == 1);
  REQUIRE(show.press("B"));
  REQUIRE(show.black());
  show.press("PageUp");  // first the light comes back
  REQUIRE_FALSE(show.black());
  REQUIRE(show.presenting() == 1);
  show.press("PageUp");
  show.press("PageUp");
  REQUIRE(show.presenting() == 0);
  REQUIRE(show.press("Ctrl+Z"));  // no command while people look
  REQUIRE(show.press("Esc"));
  REQUIRE(show.presenting() == -1);
}

TEST_CASE("scenes change places, and a plan keeps its show beside it") {
  Show show = two_scenes();
  show.move(0, -1);
  REQUIRE(show.scenes[0].en == "Now");
  show.move(0, 1);
  REQUIRE(show.scenes[0].en == "Then");
  REQUIRE(show_file("/a/plan.toml", "town", "/own") == "/a/plan.show.json");
  REQUIRE(show_file("", "town", "/own") == "/own/town.show.json");
}
