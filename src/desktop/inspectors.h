#pragma once
// What the inspector shows of each kind of thing, one file each: school, group, catchment, home.
// The campus's own is inspector.cpp's.

#include "desktop/inspected.h"
#include "desktop/panels.h"

namespace doorstep::desktop {

/// Icon, name, cross that ends it where it `ends`, chips. Returns the y below.
using Chips = std::vector<std::pair<std::string, ChipLook>>;
double draw_subject_head(const PanelContext& panel, Icon icon, const std::string& title,
                         const Chips& chips, bool ends = true);
/// Three figures side by side; the gauge stands behind the third where `full` is a number.
double draw_three_figures(const PanelContext& panel, double y,
                          const std::vector<std::pair<std::string, std::string>>& figures,
                          double full);
/// A row that leads on to another thing. Returns whether it was clicked.
bool draw_link_row(const PanelContext& panel, double& y, const char* id, Icon icon,
                   const std::string& label, const std::string& note);
/// Label on the left, figure on the right, a line below.
void draw_figure_row(const PanelContext& panel, double& y, const std::string& label,
                     const std::string& value);
/// The school and the groups a campus belongs to, to be looked at. Returns the y below.
double draw_belongs(const PanelContext& panel, CampusId campus, double y);

void draw_school(const PanelContext& panel, Scroll& scroll, SchoolId school);
void draw_group(const PanelContext& panel, Scroll& scroll, GroupId group);
/// Pre: the area is one of the geometry shown.
void draw_catchment(const PanelContext& panel, Scroll& scroll, int area);
void draw_home(const PanelContext& panel, Scroll& scroll, HomeId home);

}  // namespace doorstep::desktop
