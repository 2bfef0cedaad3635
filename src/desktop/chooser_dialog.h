#pragma once
// The dialogue over file_chooser.h: one folder as a list, a path to type, and what to do with it.

#include "desktop/panels.h"

namespace doorstep::desktop {

/// `enter`: pressed in this frame, outside the fields.
void draw_chooser(const PanelContext& panel, const Rect& window, bool enter);

}  // namespace doorstep::desktop
