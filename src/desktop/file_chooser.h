#pragma once
// The list behind the dialogs that open, import and save: one folder at a time, places and plans
// first. Reads the disk, draws nothing.

#include <filesystem>
#include <optional>
#include <set>
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
  /// For opening files of any kind, several at once.
  void show_all(const std::filesystem::path& folder);
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  /// What is typed as a path: its folders are gone into, its end narrows the list.
  void type(const std::string& path);
  [[nodiscard]] const std::string& typed() const { return typed_; }
  /// What Enter takes: the path typed in full where it is there, else the first of the list.
  [[nodiscard]] std::optional<FileEntry> meant() const;
  /// Files chosen where several may be.
  [[nodiscard]] const std::set<std::filesystem::path>& ticked() const { return ticked_; }
  /// Up first, then places, folders, plans, others; by name. Hidden files are left out.
  [[nodiscard]] const std::vector<FileEntry>& entries() const { return entries_; }
  /// The name typed, without a folder; a path typed in full is taken as it stands.
  std::string name;
  /// A click: goes into a folder, takes the name of a plan, ticks a file where several may be
  /// chosen. Returns what is to be opened: a place or a plan, for opening.
  std::optional<std::filesystem::path> enter(const FileEntry& entry, bool saving);
  /// Where a save would write: with the suffix added where it has none. Nothing while the name is
  /// empty.
  [[nodiscard]] std::optional<std::filesystem::path> target() const;
  /// "" or why the folder cannot be listed.
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  void list();
  [[nodiscard]] static FileEntry entry_of(const std::filesystem::path& path);
  std::filesystem::path folder_;
  std::filesystem::path base_;  ///< what a path typed is relative to
  std::string typed_;
  bool all_ = false;
  std::set<std::filesystem::path> ticked_;
  std::vector<FileEntry> entries_;
  std::string error_;
  std::string suffix_ = ".toml";
};

/// A plan opened by name: a scenario.toml or another .toml with edits; not a place.toml.
[[nodiscard]] bool looks_like_plan(const std::filesystem::path& file);
/// A folder with a place.toml, that file, or a place packed into one file.
[[nodiscard]] bool looks_like_place(const std::filesystem::path& path);

}  // namespace doorstep::desktop
