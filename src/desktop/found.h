#pragma once
// What the search palette finds: campuses, schools, groups, catchments and homes by name or code,
// commands by word or key. Draws nothing.

#include <string>
#include <vector>

#include "desktop/app.h"

namespace doorstep::desktop {

struct Found {
  std::string label, note;
  std::string command;
  scene::MapItem item;
  Told told = Told::Item;
  std::string told_code;
};

/// Names first, at most nine, then every command that matches. Commands that cannot be done now
/// come last and are told by `Command::enabled`.
[[nodiscard]] std::vector<Found> find_all(const App& app, const std::string& wanted);
/// Goes there or does it.
void take_found(App& app, const Found& found);

}  // namespace doorstep::desktop
