#pragma once
// The panels of the data side: findings with their pins, and the dialogues of data_desk.h.

#include "desktop/panels.h"

namespace doorstep::desktop {

/// What `check` finds, in the place of the inspector; a click goes to the spot.
void draw_findings(const PanelContext& panel, Scroll& scroll);
/// Their numbers on the map.
void draw_finding_pins(const PanelContext& panel);
/// The dialogue of the data desk that is open, if any. `keys`: of this frame.
void draw_data_desk(const PanelContext& panel, const Rect& window,
                    const std::vector<std::string>& keys);
/// Campuses as a table to paste over.
void draw_sheet(const PanelContext& panel, const Rect& window,
                const std::vector<std::string>& keys);
/// The edits of the plan with what each costs, and the budget. Returns the y below.
double draw_plan_costs(const PanelContext& panel, double y);

}  // namespace doorstep::desktop
