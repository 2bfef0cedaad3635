#pragma once
// What the window keeps for its user between two starts: language, looks, the files opened last.
// Knows no window; plans and places are not settings and never kept here.

#include <filesystem>
#include <string>
#include <vector>

namespace doorstep::session {

/// A place with the plan that was open on it; `scenario` empty: the place alone.
struct RecentFile {
  std::filesystem::path place;
  std::filesystem::path scenario;
  bool operator==(const RecentFile&) const = default;
};

struct Settings {
  std::string language;         ///< "zh", "en"; "" never chosen
  std::string theme = "light";  ///< "light", "dark", "contrast"
  double scale = 0.0;           ///< 0.75 to 2.5; 0: what the screen asks for
  bool reduced_motion = false;
  bool tour_seen = false;
  int width = 0, height = 0;       ///< of the window; 0: not known
  std::vector<RecentFile> recent;  ///< newest first

  bool operator==(const Settings&) const = default;
};

inline constexpr std::size_t kMostRecent = 10;

/// Puts a file first among the recent ones; each stands there once.
void remember(Settings& settings, RecentFile file);

/// What stands in `file`; defaults where it is missing or unreadable, and for values out of range:
/// a damaged settings file never keeps the program from starting.
[[nodiscard]] Settings read_settings(const std::filesystem::path& file);
/// Writes aside and renames. Throws: Error.
void write_settings(const Settings& settings, const std::filesystem::path& file);
/// Where the settings of this user lie.
[[nodiscard]] std::filesystem::path settings_file();

}  // namespace doorstep::session
