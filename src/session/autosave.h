#pragma once
// Plans that are not saved yet, kept on disk after every edit, and offered again after a crash. A
// kill at any moment leaves the plan as it stood before the last edit or after it, never less.

#include <filesystem>
#include <string>
#include <vector>

#include "session/document.h"

namespace doorstep::session {

/// Unsaved work of a program that runs no more.
struct Autosave {
  std::filesystem::path folder;    ///< holds scenario.toml and what it names
  std::filesystem::path place;     ///< as it was opened
  std::filesystem::path scenario;  ///< the file it was opened from or saved to; may be empty
  std::string place_name;          ///< in Chinese
  std::string place_name_en;
  int edits = 0;
  std::filesystem::file_time_type when;
};

/// Keeps the unsaved work of one open document.
class Autosaver {
 public:
  /// `root`: where autosaves of all documents lie, each in a folder of its own.
  explicit Autosaver(std::filesystem::path root);

  /// Writes where the plan has unsaved edits that are not kept yet, and takes the copy away where
  /// it has none. `scenario_file`: where the plan belongs. Throws: Error (disk full …).
  void follow(const Document& document, const std::filesystem::path& scenario_file);
  /// Takes the copy away: saved, or given up by its user.
  void drop();
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path root_;
  std::filesystem::path folder_;  ///< empty: nothing is kept
  int kept_revision_ = -1;
};

[[nodiscard]] std::filesystem::path autosave_root();

/// Work left behind under `root`, newest first. What cannot be read is left where it is.
[[nodiscard]] std::vector<Autosave> left_behind(const std::filesystem::path& root);
/// Deletes one. Call once its work is kept elsewhere or given up.
void discard(const Autosave& autosave);

/// Brings the work back into a document opened on the place and, where there is one, the saved
/// plan: edits made since then become steps of their own, so that they can be undone.
/// Throws: Error where it does not fit the place any more; nothing changes then.
void restore(Document& document, const Autosave& autosave);

}  // namespace doorstep::session
