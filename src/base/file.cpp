#include "base/file.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "base/platform.h"

namespace doorstep {
namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::error_code status;
  if (fs::is_directory(path, status))
    throw Error("is a folder, not a file", path.string(), "name a file in it");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error("cannot be read", path.string(), "check that the file exists");
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (in.bad()) throw Error("cannot be read to its end", path.string(), "check the disk");
  return std::move(bytes).str();
}

void write_file(const fs::path& path, std::string_view bytes) {
  fs::path aside = path;
  aside += fmt::format(".{}.partial", process_id());
  {
    std::ofstream out(aside, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) {
      std::error_code ignored;
      fs::remove(aside, ignored);
      throw Error("cannot be written", path.string(), "check the folder, permissions and free space");
    }
  }
  flush_to_disk(aside);
  std::error_code failed;
  fs::rename(aside, path, failed);
  if (failed) {
    std::error_code ignored;
    fs::remove(aside, ignored);
    throw Error("cannot be written: " + failed.message(), path.string(), "check permissions");
  }
}

OutputFolder::OutputFolder(fs::path target) : target_(std::move(target)) {
  if (target_.filename().empty()) target_ = target_.parent_path();  // "out/" names "out"
  std::error_code failed;
  if (fs::exists(target_) && !fs::is_directory(target_))
    throw Error("is a file, not a folder", target_.string(), "name another output folder");
  fs::path parent = fs::absolute(target_).parent_path();
  fs::create_directories(parent, failed);
  staging_ = parent / fmt::format(".{}.{}.partial", target_.filename().string(), process_id());
  fs::remove_all(staging_, failed);
  if (!fs::create_directories(staging_, failed) || failed)
    throw Error("output folder cannot be made", target_.string(), "check permissions");
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  fs::remove_all(staging_, ignored);
}

fs::path OutputFolder::file(const std::string& name) { return staging_ / name; }

void OutputFolder::commit() {
  std::error_code failed;
  fs::create_directories(target_, failed);
  for (const auto& entry : fs::directory_iterator(staging_)) {
    flush_to_disk(entry.path());
    fs::rename(entry.path(), target_ / entry.path().filename(), failed);
    if (failed)
      throw Error("cannot be written: " + failed.message(),
                  (target_ / entry.path().filename()).string(), "check permissions and free space");
  }
}

fs::path resource_path(const std::string& name) {
  std::vector<fs::path> roots;
  if (const char* root = std::getenv("DOORSTEP_ROOT"); root && *root) roots.emplace_back(root);
  roots.push_back(program_folder() / ".." / "share" / "doorstep");
  roots.push_back(program_folder() / ".." / "..");  // build/<preset>/doorstep in the source tree
  roots.emplace_back(DOORSTEP_SOURCE_DIR);
  for (const fs::path& root : roots)
    if (fs::exists(root / name)) return (root / name).lexically_normal();
  throw Error("is missing from the installation", name, "set DOORSTEP_ROOT to the folder holding it");
}

}  // namespace doorstep
