#include "desktop/input.h"

#include <GLFW/glfw3.h>

namespace doorstep::desktop {

std::string key_name(int key, int mods) {
  std::string name;
  if ((key >= GLFW_KEY_A && key <= GLFW_KEY_Z) || (key >= GLFW_KEY_0 && key <= GLFW_KEY_9)) {
    name = static_cast<char>(key);
  }
  switch (key) {
    case GLFW_KEY_ESCAPE:
      name = "Esc";
      break;
    case GLFW_KEY_LEFT:
      name = "Left";
      break;
    case GLFW_KEY_RIGHT:
      name = "Right";
      break;
    case GLFW_KEY_UP:
      name = "Up";
      break;
    case GLFW_KEY_DOWN:
      name = "Down";
      break;
    case GLFW_KEY_HOME:
      name = "Home";
      break;
    case GLFW_KEY_PAGE_UP:
      name = "PageUp";
      break;
    case GLFW_KEY_PAGE_DOWN:
      name = "PageDown";
      break;
    case GLFW_KEY_SPACE:
      name = "Space";
      break;
    case GLFW_KEY_EQUAL:
      name = "=";
      break;
    case GLFW_KEY_MINUS:
      name = "-";
      break;
    default:
      break;
  }
  if (name.empty()) return name;
  return (mods & GLFW_MOD_CONTROL) != 0 ? "Ctrl+" + name : name;
}

}  // namespace doorstep::desktop
