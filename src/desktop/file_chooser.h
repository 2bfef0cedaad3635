#pragma once
// The list behind the dialogs that open and save: one folder at a time, places and plans first.
// Reads the disk, draws nothing.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace doorstep::desktop {

struct FileEntry {
  enum class Kind { Up, Place, Folder, Plan, Other };
  Kind kind = Kind::Folder;
  std::string name;
  std::filesystem::path path;
};

class FileChooser {
 public:
  /// `name`: what the file is to be called, for saving; "" for opening.
  /// `suffix`: what a name without it gets, "" nothing.
  void show(const std::filesystem::path& folder, std::string name, std::string suffix = ".toml");
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  /// Up first, then places, folders, plans; by name. Hidden files are left out.
  [[nodiscard]] const std::vector<FileEntry>& entries() const { return entries_; }
  /// The name typed, without a folder; a path typed in full is taken as it stands.
  std::string name;
  /// A click: goes into a folder, or takes the name of a plan. Returns what is to be opened: a
  /// place or a plan, for opening.
  std::optional<std::filesystem::path> enter(const FileEntry& entry, bool saving);
  /// Where a save would write: with the suffix added where it has none. Nothing while the name is
  /// empty.
  [[nodiscard]] std::optional<std::filesystem::path> target() const;
  /// "" or why the folder cannot be listed.
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  void list();
  std::filesystem::path folder_;
  std::vector<FileEntry> entries_;
  std::string error_;
  std::string suffix_ = ".toml";
};

/// A plan opened by name: a scenario.toml or another .toml with edits; not a place.toml.
[[nodiscard]] bool looks_like_plan(const std::filesystem::path& file);
/// A folder with a place.toml, that file, or a place packed into one file.
[[nodiscard]] bool looks_like_place(const std::filesystem::path& path);

}  // namespace doorstep::desktop
