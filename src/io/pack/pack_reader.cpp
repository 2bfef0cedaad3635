#include <cpl_vsi.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/platform.h"
#include "base/text.h"
#include "io/pack/place_pack.h"
#include "io/table/layers.h"
#include "io/table/source.h"

namespace doorstep::io {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;
constexpr std::size_t kMostManifest = 32U << 20;
constexpr std::size_t kPiece = 1 << 20;
constexpr std::uint64_t kRatioAskedFrom = 64ULL << 20;
constexpr const char* kManifest = "manifest.json";

struct Listed {
  std::string path;
  std::uint64_t bytes = 0;
  std::string sha;
};

/// A path that stays inside whatever it is put under, on any system.
bool is_plain(const std::string& path) {
  if (path.size() > 1000 || (!path.starts_with("place/") && !path.starts_with("scenarios/")))
    return false;
  if (std::ranges::any_of(path, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == ':';
      }))
    return false;
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

[[noreturn]] void refuse(const fs::path& file, const std::string& what, const std::string& hint) {
  throw Error(what, file.string(), hint);
}

std::vector<Listed> listed_in(const std::string& manifest, const fs::path& file) {
  const Json json = Json::parse(manifest, nullptr, false);
  const char* again = "ask for the file again; it was changed or cut off on its way";
  if (!json.is_object() || json.value("kind", "") != "doorstep place" || !json.contains("files") ||
      !json["files"].is_array())
    refuse(file, "is no place file: its manifest cannot be read", again);
  if (json.value("format", 0) != kPackFormat)
    refuse(file,
           fmt::format("place file of format {}, this program reads {}", json.value("format", 0),
                       kPackFormat),
           "open it with the program version that wrote it");
  std::vector<Listed> out;
  std::set<std::string> seen;
  for (const Json& entry : json["files"]) {
    if (!entry.is_object() || !entry.contains("path") || !entry["path"].is_string() ||
        !entry.contains("bytes") || !entry["bytes"].is_number_unsigned() ||
        !entry.contains("sha256") || !entry["sha256"].is_string())
      refuse(file, "its manifest has an entry without path, bytes and sha256", again);
    Listed one{entry["path"], entry["bytes"], entry["sha256"]};
    if (!is_plain(one.path))
      refuse(file, fmt::format("names a file outside itself, \"{}\"", printable(one.path)),
             "do not open it; ask who sent it");
    if (!seen.insert(lower_ascii(one.path)).second)
      refuse(file, fmt::format("names \"{}\" twice", printable(one.path)), again);
    out.push_back(std::move(one));
  }
  if (!seen.contains("place/place.toml")) refuse(file, "holds no place/place.toml", again);
  return out;
}

void check_limits(const std::vector<Listed>& files, const fs::path& file) {
  const ArchiveLimits limits = archive_limits();
  const auto packed = static_cast<double>(std::max<std::uintmax_t>(fs::file_size(file), 1));
  std::uint64_t bytes = 0;
  for (const Listed& f : files) {
    if (f.bytes > limits.bytes || bytes + f.bytes > limits.bytes)
      refuse(file, fmt::format("unpacks to more than {} MB", limits.bytes >> 20),
             "set DOORSTEP_ARCHIVE_MB where you trust who sent it");
    bytes += f.bytes;
  }
  if (bytes > kRatioAskedFrom && static_cast<double>(bytes) / packed > limits.ratio)
    refuse(file, fmt::format("unpacks to more than {:.0f} times its size", limits.ratio),
           "do not open it; ask who sent it");
  if (files.size() > limits.members)
    refuse(file, fmt::format("holds {} files, more than {}", files.size(), limits.members), "");
}

std::string member_path(const fs::path& file, const std::string& name) {
  return "/vsizip/{" + fs::absolute(file).string() + "}/" + name;
}

/// Copies one member out and holds it against its entry in the manifest.
void copy_out(const fs::path& file, const Listed& f, const fs::path& to) {
  VSILFILE* opened = VSIFOpenL(member_path(file, f.path).c_str(), "rb");
  if (opened == nullptr)
    refuse(file, fmt::format("lacks \"{}\", which its manifest lists", f.path),
           "ask for the file again; it was cut off on its way");
  const std::unique_ptr<VSILFILE, int (*)(VSILFILE*)> in(opened, VSIFCloseL);
  fs::create_directories(to.parent_path());
  std::ofstream out(to, std::ios::binary);
  std::vector<char> piece(kPiece);
  std::uint64_t copied = 0;
  for (;;) {
    const std::size_t n = VSIFReadL(piece.data(), 1, piece.size(), in.get());
    if (n == 0) break;
    copied += n;
    if (copied > f.bytes) break;
    out.write(piece.data(), static_cast<std::streamsize>(n));
  }
  out.close();
  if (!out) refuse(to, "cannot be written", "is the disk full?");
  if (copied != f.bytes || sha256_file(to) != f.sha)
    refuse(file, fmt::format("\"{}\" is not what its checksum says", f.path),
           "ask for the file again; it was changed or damaged on its way");
}

/// Deletes what was half unpacked.
struct Staging {
  fs::path folder;
  ~Staging() {
    std::error_code ignored;
    if (!folder.empty()) fs::remove_all(folder, ignored);
  }
};

PackReport unpack_all(const fs::path& file, const fs::path& folder, bool read_only) {
  prepare_gdal();
  QuietGdal quiet;
  const std::string manifest = first_bytes(member_path(file, kManifest), kMostManifest);
  const std::vector<Listed> files = listed_in(manifest, file);
  check_limits(files, file);
  PackReport report;
  for (const Listed& f : files) {
    const fs::path to = folder / f.path;
    copy_out(file, f, to);
    report.files.push_back(f.path);
    report.bytes += f.bytes;
    if (read_only)
      fs::permissions(to, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
  }
  write_file(folder / kManifest, manifest);
  return report;
}

/// Whether what was unpacked before still is what the manifest says.
bool still_holds(const fs::path& folder, const fs::path& file) {
  try {
    for (const Listed& f : listed_in(read_file(folder / kManifest), file)) {
      const fs::path path = folder / f.path;
      if (!fs::is_regular_file(path) || fs::is_symlink(path) || fs::file_size(path) != f.bytes ||
          sha256_file(path) != f.sha)
        return false;
    }
    return true;
  } catch (const Error&) {
    return false;
  } catch (const fs::filesystem_error&) {
    return false;
  }
}

}  // namespace

bool is_pack(const fs::path& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return false;
  if (lower_ascii(file.extension().string()) == kPackExtension) return true;
  // A local file header of 30 bytes, then the name of the first member.
  std::array<char, 43> head{};
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), head.size());
  const std::string bytes(head.data(), static_cast<std::size_t>(in.gcount()));
  return bytes.starts_with("PK\x03\x04") && bytes.size() == head.size() &&
         bytes.substr(30) == kManifest;
}

fs::path unpack_to_cache(const fs::path& file) {
  if (!fs::is_regular_file(file)) refuse(file, "is no file", "name a place file");
  const fs::path cache = user_cache_folder() / "places";
  const fs::path folder = cache / sha256_file(file);
  const fs::path place = folder / "place" / "place.toml";
  std::error_code ignored;
  if (fs::exists(folder, ignored)) {
    if (still_holds(folder, file)) return place;
    fs::remove_all(folder, ignored);
  }
  fs::create_directories(cache, ignored);
  Staging staging{cache / fmt::format(".{}-{}", folder.filename().string(), process_id())};
  fs::remove_all(staging.folder, ignored);
  unpack_all(file, staging.folder, true);
  std::error_code failed;
  fs::rename(staging.folder, folder, failed);
  if (failed && !still_holds(folder, file))  // else another program was first
    refuse(folder, "cannot be made: " + failed.message(), "check the permissions of the folder");
  return place;
}

PackReport unpack(const fs::path& file, const fs::path& folder) {
  if (!fs::is_regular_file(file)) refuse(file, "is no file", "name a place file");
  const fs::path target = fs::absolute(folder).lexically_normal();
  if (fs::exists(target)) refuse(folder, "exists already", "choose a folder that does not exist");
  Staging staging{target.parent_path() /
                  fmt::format(".{}.{}", target.filename().string(), process_id())};
  PackReport report = unpack_all(file, staging.folder, false);
  std::error_code failed;
  fs::rename(staging.folder, target, failed);
  if (failed) refuse(folder, "cannot be made: " + failed.message(), "");
  return report;
}

std::vector<std::string> packed_scenarios(const fs::path& place_file) {
  std::vector<std::string> out;
  const fs::path root = place_file.parent_path().parent_path();
  std::error_code ignored;
  if (!fs::exists(root / kManifest, ignored)) return out;
  for (fs::directory_iterator it(root / "scenarios", ignored), end; it != end;
       it.increment(ignored))
    if (fs::exists(it->path() / "scenario.toml", ignored))
      out.push_back(it->path().filename().string());
  std::ranges::sort(out);
  return out;
}

fs::path packed_scenario(const fs::path& place_file, const std::string& name) {
  const auto names = packed_scenarios(place_file);
  if (std::ranges::find(names, name) == names.end()) return {};
  return place_file.parent_path().parent_path() / "scenarios" / name / "scenario.toml";
}

}  // namespace doorstep::io
