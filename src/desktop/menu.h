#pragma once
// Which command stands where in the menu: every command, once.

#include <string>
#include <vector>

namespace doorstep::desktop {

struct MenuPart {
  std::string word;                   ///< key of its heading
  std::vector<std::string> commands;  ///< by id
};

[[nodiscard]] const std::vector<MenuPart>& menu_parts();

}  // namespace doorstep::desktop
