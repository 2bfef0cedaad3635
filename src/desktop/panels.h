#pragma once
// The panels, one file each. Each draws itself into its rectangle and acts through the app.

#include "desktop/app.h"
#include "desktop/widgets.h"

namespace doorstep::desktop {

/// What every panel is given.
struct PanelContext {
  Ui& ui;
  App& app;
  const Shown& shown;
  const scene::MapContent& content;
  Rect r;

  [[nodiscard]] std::string word(const std::string& key) const { return ui.word(key); }
  [[nodiscard]] Language language() const { return app.view.language; }
  /// The result the map shows, or null.
  [[nodiscard]] const Outcome* outcome() const { return shown.main(app.view.mode).get(); }
  [[nodiscard]] std::size_t year() const { return shown.main_year(app.view.mode); }
};

void draw_top_bar(const PanelContext& panel);
void draw_search(const PanelContext& panel, const Rect& window);
void draw_layers(const PanelContext& panel, Scroll& scroll);
void draw_try(const PanelContext& panel, Scroll& scroll);
void draw_inspector(const PanelContext& panel, Scroll& scroll);
void draw_comparison(const PanelContext& panel, Scroll& scroll);
void draw_years(const PanelContext& panel);
void draw_status(const PanelContext& panel);
/// What lies over the map: mode switch, hints, tooltip, messages.
void draw_map_overlay(const PanelContext& panel);

/// Charts of the inspector; each draws into a rectangle of the panel's width and returns its
/// height.
double draw_seats_chart(const PanelContext& panel, Xy at, double width, CampusId campus);
double draw_bands_chart(const PanelContext& panel, Xy at, double width, CampusId campus);
double draw_ways_chart(const PanelContext& panel, Xy at, double width, CampusId campus);

}  // namespace doorstep::desktop
