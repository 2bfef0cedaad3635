#include "desktop/file_chooser.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "io/pack/place_pack.h"

namespace doorstep::desktop {

namespace fs = std::filesystem;

namespace {

bool is_place_file(const fs::path& file) { return file.filename() == "place.toml"; }

}  // namespace

bool looks_like_plan(const fs::path& file) {
  std::error_code ignored;
  if (file.extension() != ".toml" || is_place_file(file) || !fs::is_regular_file(file, ignored))
    return false;
  // Plans are small; the keys that make one stand at the head or where the edits begin.
  std::ifstream in(file, std::ios::binary);
  std::array<char, 16384> head{};
  in.read(head.data(), head.size());
  const std::string text(head.data(), static_cast<std::size_t>(in.gcount()));
  return text.find("[[edit]]") != std::string::npos ||
         (text.find("format") != std::string::npos && text.find("seed") != std::string::npos);
}

bool looks_like_place(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return fs::exists(path / "place.toml", ignored);
  return (is_place_file(path) && fs::exists(path, ignored)) || io::is_pack(path);
}

void FileChooser::show(const fs::path& folder, std::string file_name, std::string suffix) {
  suffix_ = std::move(suffix);
  std::error_code ignored;
  folder_ =
      fs::absolute(folder.empty() ? fs::current_path(ignored) : folder, ignored).lexically_normal();
  if (folder_.filename().empty()) folder_ = folder_.parent_path();
  name = std::move(file_name);
  list();
}

void FileChooser::list() {
  entries_.clear();
  error_.clear();
  std::error_code failed;
  for (fs::directory_iterator it(folder_, failed), end; !failed && it != end;
       it.increment(failed)) {
    const fs::path& path = it->path();
    const std::string file = path.filename().string();
    if (file.empty() || file.front() == '.') continue;
    std::error_code ignored;
    FileEntry entry{FileEntry::Kind::Other, file, path};
    if (fs::is_directory(path, ignored))
      entry.kind = looks_like_place(path)                        ? FileEntry::Kind::Place
                   : fs::exists(path / "scenario.toml", ignored) ? FileEntry::Kind::Plan
                                                                 : FileEntry::Kind::Folder;
    else if (looks_like_place(path))
      entry.kind = FileEntry::Kind::Place;
    else if (looks_like_plan(path))
      entry.kind = FileEntry::Kind::Plan;
    else
      continue;
    entries_.push_back(std::move(entry));
  }
  if (failed) error_ = failed.message();
  std::sort(entries_.begin(), entries_.end(), [](const FileEntry& a, const FileEntry& b) {
    return a.kind != b.kind ? a.kind < b.kind : a.name < b.name;
  });
  if (folder_.has_parent_path() && folder_.parent_path() != folder_)
    entries_.insert(entries_.begin(), {FileEntry::Kind::Up, "..", folder_.parent_path()});
}

std::optional<fs::path> FileChooser::enter(const FileEntry& entry, bool saving) {
  const FileEntry chosen = entry;  // list() below replaces the entries
  switch (chosen.kind) {
    case FileEntry::Kind::Up:
    case FileEntry::Kind::Folder:
      folder_ = chosen.path;
      list();
      return {};
    case FileEntry::Kind::Place:
      if (!saving) return chosen.path;
      if (std::error_code ignored; fs::is_directory(chosen.path, ignored)) {
        folder_ = chosen.path;
        list();
      }
      return {};
    case FileEntry::Kind::Plan: {
      std::error_code ignored;
      if (!saving) return chosen.path;
      if (fs::is_directory(chosen.path, ignored)) {
        folder_ = chosen.path;
        name = "scenario.toml";
        list();
      } else {
        name = chosen.name;
      }
      return {};
    }
    case FileEntry::Kind::Other:
      return {};
  }
  return {};
}

std::optional<fs::path> FileChooser::target() const {
  if (name.empty()) return {};
  fs::path file(name);
  if (file.is_relative()) file = folder_ / file;
  if (file.filename().empty()) return {};
  if (!suffix_.empty() && file.extension() != suffix_) file += suffix_;
  return file.lexically_normal();
}

}  // namespace doorstep::desktop
