#include <catch2/catch.hpp>

#include "base/error.h"
#include "desktop/commands.h"
#include "desktop/input.h"
#include "desktop/layout.h"
#include "desktop/script.h"
#include "desktop/text_record.h"

using namespace doorstep;
using namespace doorstep::desktop;

TEST_CASE("a key runs its command, and nothing where the command is not possible") {
  int done = 0;
  bool possible = true;
  Commands commands;
  commands.add({"undo", "Ctrl+Z", [&] { return possible; }, [&] { ++done; }});
  REQUIRE(commands.press("Ctrl+Z"));
  REQUIRE_FALSE(commands.press("Z"));
  possible = false;
  REQUIRE_FALSE(commands.press("Ctrl+Z"));
  REQUIRE_FALSE(commands.run("redo"));
  REQUIRE(done == 1);
}

TEST_CASE("panels fill the window without gaps or overlaps at any size") {
  for (auto [w, h] : {std::pair{1280.0, 720.0}, {1440.0, 900.0}, {2560.0, 1440.0}}) {
    for (bool wide : {false, true}) {
      const Layout l = layout_for(w, h, wide);
      double area = 0;
      for (const Rect& r : {l.top, l.left, l.map, l.right, l.years, l.status}) area += r.w * r.h;
      REQUIRE(area == Approx(w * h));
      REQUIRE(l.map.right() == Approx(l.right.x));
      REQUIRE(l.years.bottom() == Approx(l.status.y));
    }
  }
}

TEST_CASE("a script says which line is wrong") {
  const auto lines = parse_script("# picture\nwait\nmove 10 20.5\nshot a.png # here\n", "s");
  REQUIRE(lines.size() == 3);
  REQUIRE(lines[1].number(1) == 20.5);
  REQUIRE(lines[2].line == 4);
  REQUIRE(lines[2].words == std::vector<std::string>{"a.png"});
  for (const char* bad : {"wait\njump", "wait\nmove 1", "wait\nmove 1 x", "wait\nquit now"}) {
    try {
      static_cast<void>(parse_script(bad, "s"));
      FAIL("took " << bad);
    } catch (const Error& e) {
      REQUIRE(e.where() == "s line 2");
    }
  }
}

TEST_CASE("a script types the rest of a line") {
  const auto lines = parse_script(
      "type east\ntype No. 1 Primary School  # its name\ntype \"  # 5 \" # between quotes\n"
      "type 第一 小学\n",
      "s");
  REQUIRE(lines[0].words == std::vector<std::string>{"east"});
  REQUIRE(lines[1].words == std::vector<std::string>{"No. 1 Primary School"});
  REQUIRE(lines[2].words == std::vector<std::string>{"  # 5 "});
  REQUIRE(lines[3].words == std::vector<std::string>{"第一 小学"});
  REQUIRE_THROWS_AS(parse_script("type\n", "s"), Error);
  REQUIRE_THROWS_AS(parse_script("type \"open\n", "s"), Error);
}

TEST_CASE("texts that leave their frame, overlap or read badly are named, covered ones are not") {
  const Rect frame{0, 0, 100, 20};
  const scene::Colour black{0, 0, 0}, grey{0x99, 0x99, 0x99}, white{255, 255, 255};
  auto text = [&](const char* words, Rect box, scene::Colour ink, std::size_t painted) {
    return TextRecord{words, box, frame, box, ink, painted};
  };
  PaintedTexts drawn;
  drawn.rects = {{{0, 0, 300, 300}, white}, {{0, 200, 300, 100}, white}};
  drawn.texts = {
      text("inside", {0, 4, 100, 12}, black, 1), text("wide", {0, 104, 101, 12}, black, 1),
      text("low", {0, 150, 20, 12}, black, 1),   text("pale", {0, 30, 20, 12}, grey, 1),
      text("across", {10, 8, 60, 12}, black, 1), text("under", {0, 210, 40, 12}, grey, 1),
      text("over", {0, 210, 40, 12}, black, 2)};
  for (std::size_t i = 3; i < drawn.texts.size(); ++i) drawn.texts[i].frame = drawn.texts[i].box;
  // Grey 153 on white: 1.05 / (0.318 + 0.05).
  CHECK(contrast_of(drawn.texts[3], drawn.rects) == Approx(2.85).margin(0.01));
  CHECK(contrast_of(drawn.texts[0], drawn.rects) == Approx(21.0));
  REQUIRE(text_complaints(drawn) == std::vector<std::string>{"'wide' leaves its frame",
                                                             "'low' leaves its frame",
                                                             "'pale' has a contrast of 2.8 only",
                                                             "'inside' and 'across' overlap"});
}

TEST_CASE("keys are named as the registry writes them") {
  constexpr int kControl = 2, kShift = 1;  // GLFW's bits
  REQUIRE(key_name('Z', kControl) == "Ctrl+Z");
  REQUIRE(key_name('B', 0) == "B");
  REQUIRE(key_name('1', kShift) == "1");
  REQUIRE(key_name(256, 0) == "Esc");
  REQUIRE(key_name(340, kShift).empty());  // the shift key itself
}
