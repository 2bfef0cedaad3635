#pragma once
// Parts of the comparison panel, each a file's business of its own. Internal to desktop.

#include "desktop/movers.h"
#include "indicators/indicators.h"

namespace doorstep::desktop {

struct PanelContext;

/// Campuses by how much they change. Returns the y below.
double draw_largest(const PanelContext& panel, const StageComparison& comparison, double y);
/// Who must move and how far. Returns the y below.
double draw_movers(const PanelContext& panel, const Movers& movers, double y);

}  // namespace doorstep::desktop
