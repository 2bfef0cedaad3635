#pragma once
// The window: ImGui panels over the map. Knows session, scene and render; decides nothing itself.

#include "session/window_request.h"

namespace doorstep::desktop {

/// Opens the window and runs it until closed. Returns the exit status (1: no display, said why).
int open_window(const WindowRequest& request);

}  // namespace doorstep::desktop
