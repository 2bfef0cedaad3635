#pragma once
// Seats changed on the map, on top of App: the handle over a selected campus, and what a click of
// "add seats" would do before it is made.

#include "desktop/app.h"

namespace doorstep::desktop {

/// The campus whose seats a handle changes: selected alone in Try, with no tool in hand.
[[nodiscard]] CampusId resizable(const App& app);
/// Takes the handle where it lies under the mouse.
bool take_handle(App& app, const MapPointer& p);
/// Does what the handle asks: seats that the plan gives already are changed where they are given.
void apply_resize(App& app, const ToolRequest& request);
/// The mouse moves without a button: previews what AddSeats would add.
void hover_seats(App& app, const MapPointer& p);
/// Forgets the preview of AddSeats.
void end_hover_seats(App& app);

}  // namespace doorstep::desktop
