#include "desktop/focus.h"

#include <catch2/catch.hpp>

using namespace doorstep::desktop;

namespace {

/// A window of two panels: left with buttons a over b, right with c.
struct Window {
  Focus focus;
  bool b_is_there = true;
  std::string clicked;

  void frame() {
    focus.begin_frame();
    focus.set_panels({{0, 0, 100, 300}, {200, 0, 100, 300}});
    auto button = [&](const char* id, Rect r) {
      if (focus.offer(id, r).activated) clicked = id;
    };
    button("a", {10, 10, 50, 20});
    if (b_is_there) button("b", {10, 60, 50, 20});
    button("c", {210, 10, 50, 20});
  }
  std::string after(const std::string& key) {
    focus.press(key);
    frame();
    return focus.id();
  }
  Window() {
    frame();
    frame();
  }
};

}  // namespace

TEST_CASE_METHOD(Window,
                 "the keyboard is the map's until it goes to a panel, and Esc takes it back") {
  REQUIRE_FALSE(focus.press("Tab"));
  focus.next_panel();
  frame();
  REQUIRE(focus.id() == "a");
  REQUIRE(after("Esc").empty());
  REQUIRE_FALSE(focus.press("Enter"));
}

TEST_CASE_METHOD(Window, "Tab goes round in drawing order, and back with Shift") {
  focus.next_panel();
  REQUIRE(after("Tab") == "b");
  REQUIRE(after("Tab") == "c");
  REQUIRE(after("Tab") == "a");
  REQUIRE(after("Shift+Tab") == "c");
}

TEST_CASE_METHOD(Window, "panels are walked one after the other and back to the map") {
  focus.next_panel();
  focus.next_panel();
  frame();
  REQUIRE(focus.id() == "c");
  focus.next_panel();
  REQUIRE_FALSE(focus.on());
}

TEST_CASE_METHOD(Window, "arrows go to the nearest thing that way and stay at the edge") {
  focus.next_panel();
  REQUIRE(after("Down") == "b");
  REQUIRE(after("Down") == "b");
  REQUIRE(after("Up") == "a");
  REQUIRE(after("Right") == "c");
  REQUIRE(after("Left") == "a");
}

TEST_CASE_METHOD(Window, "Enter clicks what has the focus, once") {
  focus.next_panel();
  after("Down");
  after("Enter");
  REQUIRE(clicked == "b");
  clicked.clear();
  frame();
  REQUIRE(clicked.empty());
}

TEST_CASE_METHOD(Window,
                 "letters stay shortcuts, and a button that goes away gives the focus back") {
  focus.next_panel();
  after("Down");
  REQUIRE_FALSE(focus.press("Ctrl+Z"));
  b_is_there = false;
  frame();
  frame();
  REQUIRE_FALSE(focus.on());
}
