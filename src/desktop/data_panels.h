#pragma once
// The panels of the data side: findings with their pins, and the dialogues of data_desk.h.

#include "desktop/panels.h"

namespace doorstep::desktop {

/// What `check` finds, in the place of the inspector; a click goes to the spot.
void draw_findings(const PanelContext& panel, Scroll& scroll);
/// Their numbers on the map in `panel.r`, seen through `view`.
void draw_finding_pins(const PanelContext& panel, const scene::Viewport& view);
/// The same pins under the mouse, after all else that lies over the map.
void touch_finding_pins(const PanelContext& panel, const scene::Viewport& view);
/// What the pins cover of a map `w` by `h`: names keep clear of it. None where no findings are
/// shown. Units: pixels.
[[nodiscard]] std::vector<scene::PixelFrame> pin_frames(App& app, const scene::Viewport& view,
                                                        double w, double h);
/// The dialogue of the data desk that is open, if any. `keys`: of this frame.
void draw_data_desk(const PanelContext& panel, const Rect& window,
                    const std::vector<std::string>& keys);
/// Campuses as a table to paste over.
void draw_sheet(const PanelContext& panel, const Rect& window,
                const std::vector<std::string>& keys);
/// The edits of the plan with what each costs, and the budget. Returns the y below.
double draw_plan_costs(const PanelContext& panel, double y);

}  // namespace doorstep::desktop
