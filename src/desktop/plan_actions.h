#pragma once
// Things done to the plan and the view that panels and commands share, on top of App.

#include "desktop/app.h"

namespace doorstep::desktop {

/// Gives homes that painting cut off to the catchments round them, and shows the first.
void repair_breaks(App& app);
/// Ties a school to the group that another leads, or says why nothing changes, and has its ties at
/// hand to be switched.
void merge_into(App& app, CampusId core, CampusId member);
/// Changes the form of a campus's tie to a group: in the edit that made it, or as a new one.
void set_form(App& app, const std::string& campus, const std::string& group,
              const std::string& form);
/// Switches the policy: one edit of the plan, however often.
void set_policy(App& app, const SetPolicy& policy);

/// Takes one edit out of the plan, as a step of its own; refused where others need it.
void take_out_edit(App& app, std::size_t index);

/// Where the legend of a presentation stands, from the map's left edge. Units: pixels.
inline constexpr double kShowLegendAside = 12.0, kShowLegendWidth = 250.0;

/// The map as it is, as a scene of the presentation; and a scene on the map.
[[nodiscard]] ShowScene scene_of(const App& app);
void put_on_map(App& app, const ShowScene& scene);

}  // namespace doorstep::desktop
