#pragma once
// The panels, one file each. Each draws itself into its rectangle and acts through the app.

#include "base/text.h"
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
  /// What the code says in English, in the language of the interface; safe to draw.
  [[nodiscard]] std::string said(const std::string& english) const {
    return printable(app.spoken.sentence(english, app.view.language));
  }
  [[nodiscard]] std::string said_line(const std::string& english) const {
    return printable(app.spoken.line(english, app.view.language));
  }
  [[nodiscard]] const Sentences& sentences() const { return app.spoken.in(app.view.language); }
  [[nodiscard]] Language language() const { return app.view.language; }
  /// The result the map shows, or null.
  [[nodiscard]] const Outcome* outcome() const { return shown.main(app.view.mode).get(); }
  [[nodiscard]] std::size_t year() const { return shown.main_year(app.view.mode); }
};

void draw_top_bar(const PanelContext& panel);
void draw_search(const PanelContext& panel, const Rect& window,
                 const std::vector<std::string>& keys);
/// The menu with every command, opened from the top bar.
void draw_menu(const PanelContext& panel, const Rect& window);
/// Questions about files. `keys`: of this frame, for Enter.
void draw_dialogs(const PanelContext& panel, const Rect& window,
                  const std::vector<std::string>& keys);
/// The cards of the first-run tour.
void draw_tour(const PanelContext& panel, const Layout& layout, const Rect& window);
void draw_layers(const PanelContext& panel, Scroll& scroll);
void draw_try(const PanelContext& panel, Scroll& scroll);
void draw_show(const PanelContext& panel, Scroll& scroll);
/// Caption and number of the scene that is presented, over the whole window.
void draw_presentation(const PanelContext& panel, const Rect& window);
void draw_inspector(const PanelContext& panel, Scroll& scroll);
void draw_comparison(const PanelContext& panel, Scroll& scroll);
void draw_years(const PanelContext& panel);
void draw_status(const PanelContext& panel);
/// What the tools draw over the map: brush, lasso, ties, measures, what is selected.
void draw_map_marks(const PanelContext& panel);
/// Settings of the tool in hand, under the palette. Returns the y below.
double draw_tool_settings(const PanelContext& panel, double y);
/// The tie of a campus and its form, to be switched. Returns the y below.
double draw_tie(const PanelContext& panel, CampusId campus, double y);
/// All campuses of the stage as a table; the map and it highlight each other.
double draw_campus_table(const PanelContext& panel, double y);
/// What lies over the map: mode switch, hints, tooltip, messages.
void draw_map_overlay(const PanelContext& panel);

}  // namespace doorstep::desktop
