#pragma once
// One line of text to be written, with the input method of the system.

#include <string>

#include "desktop/ui.h"

namespace doorstep::desktop {

/// Draws the field and takes what is written into it. `focus`: puts the cursor there, all of the
/// text selected. Returns true where Enter was pressed in it.
bool text_field(Ui& ui, const char* id, const Rect& r, std::string& value, const std::string& hint,
                bool focus = false);

}  // namespace doorstep::desktop
