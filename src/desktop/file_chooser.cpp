#include "desktop/file_chooser.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "base/text.h"
#include "io/pack/place_pack.h"

namespace doorstep::desktop {

namespace fs = std::filesystem;

namespace {

bool is_place_file(const fs::path& file) { return file.filename() == "place.toml"; }

bool holds(const std::string& text, const std::string& part) {
  return lower_ascii(text).find(lower_ascii(part)) != std::string::npos;
}

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
  base_ = folder_;
  typed_.clear();
  ticked_.clear();
  all_ = false;
  name = std::move(file_name);
  list();
}

void FileChooser::show_all(const fs::path& folder) {
  show(folder, "");
  all_ = true;
  list();
}

void FileChooser::type(const std::string& path) {
  if (path == typed_) return;
  typed_ = path;
  std::string written = path;
  if (const char* home = std::getenv("HOME"); home != nullptr && written.starts_with("~/"))
    written.replace(0, 1, home);
  const std::size_t slash = written.rfind('/');
  const fs::path folder =
      slash == std::string::npos ? base_ : base_ / written.substr(0, slash + 1);  // absolute: as is
  folder_ = folder.lexically_normal();
  if (folder_.filename().empty() && folder_.has_relative_path()) folder_ = folder_.parent_path();
  list();
  const std::string end = slash == std::string::npos ? written : written.substr(slash + 1);
  if (end.empty() || end == "..") return;
  std::erase_if(entries_, [&](const FileEntry& e) {
    return e.kind == FileEntry::Kind::Up || !holds(e.name, end);
  });
}

std::optional<FileEntry> FileChooser::meant() const {
  if (typed_.empty()) return {};
  const std::string end = typed_.substr(typed_.rfind('/') + 1);
  for (const FileEntry& e : entries_)
    if (e.name == end) return e;
  std::error_code ignored;
  if (!end.empty() && fs::exists(folder_ / end, ignored)) return entry_of(folder_ / end);
  for (const FileEntry& e : entries_)
    if (e.kind != FileEntry::Kind::Up) return e;
  return {};
}

FileEntry FileChooser::entry_of(const fs::path& path) {
  using Kind = FileEntry::Kind;
  std::error_code ignored;
  FileEntry entry{Kind::Other, path.filename().string(), path};
  if (looks_like_place(path))
    entry.kind = Kind::Place;
  else if (fs::is_directory(path, ignored))
    entry.kind = fs::exists(path / "scenario.toml", ignored) ? Kind::Plan : Kind::Folder;
  else if (looks_like_plan(path))
    entry.kind = Kind::Plan;
  return entry;
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
    FileEntry entry = entry_of(path);
    if (entry.kind == FileEntry::Kind::Other && !all_) continue;
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
  typed_.clear();
  switch (chosen.kind) {
    case FileEntry::Kind::Up:
    case FileEntry::Kind::Folder:
      folder_ = base_ = chosen.path;
      list();
      return {};
    case FileEntry::Kind::Place:
      if (!saving) return chosen.path;
      if (std::error_code ignored; fs::is_directory(chosen.path, ignored)) {
        folder_ = base_ = chosen.path;
        list();
      }
      return {};
    case FileEntry::Kind::Plan: {
      std::error_code ignored;
      if (!saving) return chosen.path;
      if (fs::is_directory(chosen.path, ignored)) {
        folder_ = base_ = chosen.path;
        name = "scenario.toml";
        list();
      } else {
        name = chosen.name;
      }
      return {};
    }
    case FileEntry::Kind::Other:
      base_ = folder_;
      if (all_ && ticked_.erase(chosen.path) == 0) ticked_.insert(chosen.path);
      list();
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
