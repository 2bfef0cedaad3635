#pragma once
// A folder of this process for inputs that are read from files, rewritten for each input.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace doorstep::fuzz {

class ScratchFolder {
 public:
  /// A copy of the files of `from`.
  explicit ScratchFolder(const std::filesystem::path& from) {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "doorstep-fuzz-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
    std::filesystem::copy(from, path_);
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  std::filesystem::path write(const char* name, std::string_view bytes) const {
    std::ofstream(path_ / name, std::ios::binary | std::ios::trunc) << bytes;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace doorstep::fuzz
