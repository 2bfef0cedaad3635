#pragma once
// A file written piece by piece, for texts too long to hold whole. As write_file, it appears
// complete or not at all.

#include <filesystem>
#include <fstream>
#include <string_view>

namespace doorstep {

class TextFile {
 public:
  /// Begins a temporary beside `path`. Without commit() it goes away.
  explicit TextFile(std::filesystem::path path);
  ~TextFile();
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;

  void write(std::string_view bytes);
  /// Flushes to disk and renames over the path. Throws: Error where anything could not be written.
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path aside_;
  std::ofstream out_;
};

}  // namespace doorstep
