#include "desktop/input.h"

#include <GLFW/glfw3.h>

namespace doorstep::desktop {

namespace {

struct NamedKey {
  int key;
  const char* name;
};
constexpr NamedKey kNamed[] = {
    {GLFW_KEY_ESCAPE, "Esc"},     {GLFW_KEY_LEFT, "Left"},       {GLFW_KEY_RIGHT, "Right"},
    {GLFW_KEY_UP, "Up"},          {GLFW_KEY_DOWN, "Down"},       {GLFW_KEY_HOME, "Home"},
    {GLFW_KEY_END, "End"},        {GLFW_KEY_PAGE_UP, "PageUp"},  {GLFW_KEY_PAGE_DOWN, "PageDown"},
    {GLFW_KEY_SPACE, "Space"},    {GLFW_KEY_EQUAL, "="},         {GLFW_KEY_MINUS, "-"},
    {GLFW_KEY_TAB, "Tab"},        {GLFW_KEY_ENTER, "Enter"},     {GLFW_KEY_KP_ENTER, "Enter"},
    {GLFW_KEY_LEFT_BRACKET, "["}, {GLFW_KEY_RIGHT_BRACKET, "]"}, {GLFW_KEY_PERIOD, "."}};

}  // namespace

std::string key_name(int key, int mods) {
  std::string name;
  if ((key >= GLFW_KEY_A && key <= GLFW_KEY_Z) || (key >= GLFW_KEY_0 && key <= GLFW_KEY_9))
    name = static_cast<char>(key);
  if (key >= GLFW_KEY_F1 && key <= GLFW_KEY_F12) name = "F" + std::to_string(key - GLFW_KEY_F1 + 1);
  for (const NamedKey& k : kNamed)
    if (k.key == key) name = k.name;
  if (name.empty()) return name;
  // Shift alone tells letters from capitals, which no command does.
  const bool control = (mods & GLFW_MOD_CONTROL) != 0, shift = (mods & GLFW_MOD_SHIFT) != 0;
  if (shift && (control || name == "Tab")) name = "Shift+" + name;
  return control ? "Ctrl+" + name : name;
}

}  // namespace doorstep::desktop
