#pragma once
// What the inspector tells of besides the item selected on the map, on top of App: a school, a
// group, a home that is asked about, a plan taken as A.

#include "desktop/app.h"

namespace doorstep::desktop {

/// Has the inspector tell of a school or group, with its campuses chosen on the map.
void tell(App& app, Told what, const std::string& code);
/// Goes back from a school or group to what is selected, or ends the selection.
void leave_subject(App& app);
/// Asks about the home looked at in the year shown; a candidate under the mouse waits.
void ask_about_home(App& app);
/// Makes a plan from a file what is compared with. One that does not fit becomes a notice.
void take_as_a(App& app, const std::filesystem::path& file);

}  // namespace doorstep::desktop
