#include "base/file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/error.h"
#include "base/platform.h"
#include "base/text_file.h"

namespace doorstep {
namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::error_code status;
  if (fs::is_directory(path, status))
    throw Error("is a folder, not a file", path.string(), "name a file in it");
  if (fs::exists(path, status) && !fs::is_regular_file(path, status))
    throw Error("is a device, not a file", path.string(), "name a file on disk");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error("cannot be read", path.string(), "check that the file exists");
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (in.bad()) throw Error("cannot be read to its end", path.string(), "check the disk");
  return std::move(bytes).str();
}

namespace {

/// Removes what killed runs left beside the target: ".out.123.partial" where 123 runs no more.
void remove_abandoned(const fs::path& parent, const std::string& prefix) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    std::string name = entry.path().filename().string();
    int process = 0;
    if (name.rfind(prefix, 0) != 0 || fs::path(name).extension() != ".partial") continue;
    const char* digits = name.c_str() + prefix.size();
    auto [end, status] = std::from_chars(digits, name.c_str() + name.size(), process);
    if (status != std::errc() || std::string_view(end) != ".partial") continue;
    if (!process_runs(process)) fs::remove_all(entry.path(), ignored);
  }
}

}  // namespace

TextFile::TextFile(fs::path path) : path_(std::move(path)), aside_(path_) {
  remove_abandoned(fs::absolute(path_).parent_path(), path_.filename().string() + ".");
  aside_ += fmt::format(".{}.partial", process_id());
  out_.open(aside_, std::ios::binary | std::ios::trunc);
}

TextFile::~TextFile() {
  if (path_.empty()) return;
  out_.close();
  std::error_code ignored;
  fs::remove(aside_, ignored);
}

void TextFile::write(std::string_view bytes) {
  out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

void TextFile::commit() {
  out_.flush();
  if (!out_)
    throw Error("cannot be written", path_.string(),
                "check the folder, permissions and free space");
  out_.close();
  flush_to_disk(aside_);
  std::error_code failed;
  fs::rename(aside_, path_, failed);
  if (failed)
    throw Error("cannot be written: " + failed.message(), path_.string(), "check permissions");
  path_.clear();
}

void write_file(const fs::path& path, std::string_view bytes) {
  TextFile file(path);
  file.write(bytes);
  file.commit();
}

namespace {

/// The highest folder that has to be made for `folder` to exist; empty where it does.
fs::path first_missing(fs::path folder) {
  fs::path missing;
  std::error_code ignored;
  while (!folder.empty() && !fs::exists(folder, ignored)) {
    missing = folder;
    if (folder == folder.parent_path()) break;
    folder = folder.parent_path();
  }
  return missing;
}

}  // namespace

OutputFolder::OutputFolder(fs::path target) : target_(std::move(target)) {
  if (target_.filename().empty()) target_ = target_.parent_path();  // "out/" names "out"
  std::error_code failed;
  if (fs::exists(target_, failed) && !fs::is_directory(target_, failed))
    throw Error("is a file, not a folder", target_.string(), "name another output folder");
  fs::path parent = fs::absolute(target_).parent_path();
  made_ = first_missing(parent);
  fs::create_directories(parent, failed);
  std::string prefix = fmt::format(".{}.", target_.filename().string());
  remove_abandoned(parent, prefix);
  staging_ = parent / fmt::format("{}{}.partial", prefix, process_id());
  fs::remove_all(staging_, failed);
  if (!fs::create_directories(staging_, failed) || failed) {
    remove_leftovers();
    throw Error("output folder cannot be made", target_.string(),
                "name a folder that you may write to");
  }
}

OutputFolder::~OutputFolder() { remove_leftovers(); }

void OutputFolder::remove_leftovers() {
  std::error_code ignored;
  fs::remove_all(staging_, ignored);
  // Folders made on the way to the target go too, as long as nobody else has put anything there.
  fs::path parent = fs::absolute(target_, ignored).parent_path();
  for (; !made_.empty(); parent = parent.parent_path()) {
    bool top = parent == made_;
    if (!fs::is_empty(parent, ignored) || !fs::remove(parent, ignored) || top) break;
  }
  made_.clear();
}

fs::path OutputFolder::file(const std::string& name) { return staging_ / name; }

void OutputFolder::commit() {
  std::error_code failed;
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(staging_)) {
    names.push_back(entry.path().filename().string());
    flush_to_disk(entry.path());
  }
  std::ranges::sort(names);
  auto refuse = [this](const std::string& why, const fs::path& path) {
    throw Error("cannot be written: " + why, path.string(), "check permissions and free space");
  };
  if (!fs::exists(target_, failed)) {  // a new folder appears whole
    fs::rename(staging_, target_, failed);
    if (failed) refuse(failed.message(), target_);
  } else {
    for (const std::string& name : names)  // nothing is moved where one file could not be
      if (fs::is_directory(target_ / name, failed)) refuse("is a folder", target_ / name);
    for (const std::string& name : names) {
      fs::rename(staging_ / name, target_ / name, failed);
      if (failed) refuse(failed.message(), target_ / name);
    }
  }
  flush_to_disk(target_);
}

fs::path resource_path(const std::string& name) {
  std::vector<fs::path> roots;
  if (const char* root = std::getenv("DOORSTEP_ROOT"); root && *root) roots.emplace_back(root);
  roots.push_back(program_folder() / ".." / "share" / "doorstep");
  roots.push_back(program_folder() / ".." / "..");  // build/<preset>/doorstep in the source tree
  roots.emplace_back(DOORSTEP_SOURCE_DIR);
  for (const fs::path& root : roots)
    if (fs::exists(root / name)) return (root / name).lexically_normal();
  throw Error("is missing from the installation", name,
              "set DOORSTEP_ROOT to the folder holding it");
}

}  // namespace doorstep
