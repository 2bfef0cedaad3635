#pragma once
// What all dialogues share: a box over a veil, and its buttons.

#include <string>
#include <vector>

#include "desktop/panels.h"

namespace doorstep::desktop {

struct Choice {
  const char* id;
  std::string label;
  bool primary = false;
  bool enabled = true;
};

/// The box of a dialog over a veil. Returns its inside.
Rect open_box(const PanelContext& p, const Rect& window, double width, double height,
              const std::string& title);
/// Buttons at the lower right, the first one rightmost. Returns the one clicked, else -1.
int choices(Ui& ui, const Rect& inside, const std::vector<Choice>& buttons);

}  // namespace doorstep::desktop
