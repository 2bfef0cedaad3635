#pragma once
// Scenes to be shown to people, and notes pinned to the map: what stands in them, in which order,
// where they are kept. Knows no window; App puts a scene on the map.

#include <filesystem>
#include <string>
#include <vector>

#include "desktop/view_state.h"
#include "geo/geometry.h"

namespace doorstep::desktop {

/// One picture of a presentation: what the map shows and what is said to it.
struct ShowScene {
  std::string zh, en;  ///< captions
  Xy centre;
  double width_m = 1000.0;  ///< of the map: it fits any screen
  std::string stage;        ///< code
  Year year = 0;
  scene::MapMode mode = scene::MapMode::Scenario;
  Split split = Split::None;
  scene::FillBy fill = scene::FillBy::Utilisation;
  scene::MapLayers layers;
  bool operator==(const ShowScene&) const = default;
};

/// A note at a place on the map. Units: metres in the place's system.
struct Pin {
  Xy at;
  std::string text;
  bool operator==(const Pin&) const = default;
};

class Show {
 public:
  std::vector<ShowScene> scenes;
  std::vector<Pin> pins;
  int fresh_pin = -1;  ///< just pinned: its text has the cursor next

  /// Exchanges a scene with the one before (by -1) or after it (by 1).
  void move(std::size_t scene, int by);
  void remove(std::size_t scene);
  void remove_pin(std::size_t pin);

  /// The scene on the screen; -1: nothing is presented.
  [[nodiscard]] int presenting() const { return presenting_; }
  [[nodiscard]] bool black() const { return black_; }
  void begin();
  void end() { presenting_ = -1; }
  /// A key of the keyboard or of a clicker. Returns true where it was one of the presentation's.
  bool press(const std::string& key);

 private:
  int presenting_ = -1;
  bool black_ = false;
};

/// As JSON and back; what is damaged is left out. Throws: Error where there is no such file.
[[nodiscard]] std::string show_text(const Show& show);
[[nodiscard]] Show show_from(const std::string& text);
/// Where scenes and pins of a plan lie: beside it, or for one without a file with the user's own.
[[nodiscard]] std::filesystem::path show_file(const std::filesystem::path& plan,
                                              const std::string& place,
                                              const std::filesystem::path& own);

}  // namespace doorstep::desktop
