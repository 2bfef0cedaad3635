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

TEST_CASE("a text that leaves its frame on any side is named once") {
  const Rect frame{0, 0, 100, 20};
  const std::vector<TextRecord> records{{"inside", {0, 4, 100, 12}, frame},
                                        {"rounding", {0, 4, 100.4, 12}, frame},
                                        {"wide", {0, 4, 101, 12}, frame},
                                        {"wide", {0, 4, 101, 12}, frame},
                                        {"low", {0, 14, 10, 12}, frame}};
  REQUIRE(texts_outside(records) == std::vector<std::string>{"wide", "low"});
}

TEST_CASE("keys are named as the registry writes them") {
  constexpr int kControl = 2, kShift = 1;  // GLFW's bits
  REQUIRE(key_name('Z', kControl) == "Ctrl+Z");
  REQUIRE(key_name('B', 0) == "B");
  REQUIRE(key_name('1', kShift) == "1");
  REQUIRE(key_name(256, 0) == "Esc");
  REQUIRE(key_name(340, kShift).empty());  // the shift key itself
}
