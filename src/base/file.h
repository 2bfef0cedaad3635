#pragma once
// Reading whole files, writing them aside and renaming, and folders of results that appear
// complete or not at all.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace doorstep {

/// The bytes of a file. Throws: Error where missing or unreadable.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

/// Writes a temporary beside `path`, flushes it to disk and renames it over `path`: a kill at any
/// moment leaves the old file or the new one. Throws: Error.
void write_file(const std::filesystem::path& path, std::string_view bytes);

/// A set of output files built in a hidden folder beside the target and moved in on commit().
/// Without commit (an exception, a kill) the target stays as it was.
class OutputFolder {
 public:
  /// Throws: Error where the folder cannot be made.
  explicit OutputFolder(std::filesystem::path target);
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  /// Where to write the file that will be `target/name`.
  [[nodiscard]] std::filesystem::path file(const std::string& name);
  /// Puts the files in place. A new target appears in one step, complete. In a folder that exists,
  /// files of the same name are replaced one by one and others stay. Throws: Error.
  void commit();

 private:
  void remove_leftovers();

  std::filesystem::path target_;
  std::filesystem::path made_;  ///< highest folder that had to be made on the way to the target
  std::filesystem::path staging_;
};

/// Where config/, shaders/ and maps/ lie: $DOORSTEP_ROOT, beside the program, its share folder, or
/// the source tree. Throws: Error naming `name` when none holds it.
[[nodiscard]] std::filesystem::path resource_path(const std::string& name);

}  // namespace doorstep
