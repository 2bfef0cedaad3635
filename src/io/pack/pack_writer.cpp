#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/platform.h"
#include "base/text.h"
#include "io/pack/named_files.h"
#include "io/pack/place_pack.h"
#include "io/scenario/scenario_file.h"
#include "io/table/layers.h"
#include "io/table/source.h"

namespace doorstep::io {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kPiece = 1 << 20;

/// One file of the pack: bytes in memory, or a file to copy.
struct Member {
  std::string text;
  fs::path from;  ///< empty: `text`
  std::uint64_t bytes = 0;
  std::string sha;
};
using Members = std::map<std::string, Member>;  // in order, so that the bytes repeat

void add_folder(Members& members, const std::string& root, const std::string& toml_name,
                NamedFiles named, const PackRequest& request, Progress& progress) {
  members[root + toml_name] = {named.text, {}, named.text.size(), sha256(named.text)};
  std::size_t done = 0;
  for (const auto& [within, from] : named.files) {
    progress.step(within,
                  0.5 * static_cast<double>(done++) / static_cast<double>(named.files.size()));
    if (request.check) request.check(from, within);
    members[root + within] = {"", from, fs::file_size(from), sha256_file(from)};
  }
}

/// A folder name for a plan, of its code, that no other has.
std::string folder_of(const std::string& code, std::set<std::string>& taken) {
  std::string plain;
  for (char c : code.empty() ? std::string("plan") : code) {
    const auto byte = static_cast<unsigned char>(c);
    plain += byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_' ? c : '_';
  }
  std::string name = plain;
  for (int n = 2; !taken.insert(lower_ascii(name)).second; ++n)
    name = fmt::format("{}-{}", plain, n);
  return name;
}

std::string manifest_of(const Members& members, const std::string& code,
                        const std::vector<std::string>& scenarios) {
  Json files = Json::array();
  for (const auto& [path, m] : members)
    files.push_back({{"path", path}, {"bytes", m.bytes}, {"sha256", m.sha}});
  return Json{{"format", kPackFormat},  {"kind", "doorstep place"},
              {"code", code},           {"place", "place/place.toml"},
              {"scenarios", scenarios}, {"files", std::move(files)}}
             .dump(1, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

/// A ZIP being written under another name until it is whole.
class Zip {
 public:
  explicit Zip(const fs::path& target)
      : target_(target),
        partial_(target.parent_path() /
                 fmt::format(".{}.{}.partial", target.filename().string(), process_id())) {
    QuietGdal quiet;
    zip_ = CPLCreateZip(partial_.c_str(), nullptr);
    if (zip_ == nullptr)
      throw Error("cannot be written", target_.string(), "check the folder and its permissions");
  }
  ~Zip() {
    if (zip_ != nullptr) CPLCloseZip(zip_);
    std::error_code ignored;
    fs::remove(partial_, ignored);
  }
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;

  void begin(const std::string& name) { check(CPLCreateFileInZip(zip_, name.c_str(), nullptr)); }
  void put(const char* bytes, std::size_t n) {
    if (n > 0) check(CPLWriteFileInZip(zip_, bytes, static_cast<int>(n)));
  }
  void end() { check(CPLCloseFileInZip(zip_)); }
  void commit() {
    void* zip = std::exchange(zip_, nullptr);
    check(CPLCloseZip(zip));
    if (!flush_to_disk(partial_)) check(CE_Failure);
    std::error_code failed;
    fs::rename(partial_, target_, failed);
    if (failed) throw Error("cannot be written: " + failed.message(), target_.string(), "");
  }

 private:
  void check(CPLErr result) const {
    if (result != CE_None) throw Error("cannot be written", target_.string(), "is the disk full?");
  }
  fs::path target_, partial_;
  void* zip_ = nullptr;
};

void copy_in(Zip& zip, const Member& m, const std::string& name) {
  zip.begin(name);
  if (m.from.empty()) {
    zip.put(m.text.data(), m.text.size());
  } else {
    std::ifstream in(m.from, std::ios::binary);
    std::vector<char> piece(kPiece);
    std::uint64_t copied = 0;
    while (in) {
      in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
      copied += static_cast<std::uint64_t>(in.gcount());
      zip.put(piece.data(), static_cast<std::size_t>(in.gcount()));
    }
    if (copied != m.bytes)
      throw Error("changed while it was packed", m.from.string(), "pack the place again");
  }
  zip.end();
}

}  // namespace

PackReport write_pack(const PackRequest& request, const fs::path& out, Progress& progress) {
  Members members;
  NamedFiles place = named_files(request.place);
  const std::string code = place.code;
  add_folder(members, "place/", "place.toml", std::move(place), request, progress);
  std::vector<std::string> scenarios;
  std::set<std::string> taken;
  for (const fs::path& given : request.scenarios) {
    NamedFiles plan = named_files(scenario_file_of(given));
    scenarios.push_back(folder_of(plan.code, taken));
    add_folder(members, "scenarios/" + scenarios.back() + "/", "scenario.toml", std::move(plan),
               request, progress);
  }
  PackReport report;
  for (const auto& [path, m] : members) {
    report.files.push_back(path);
    report.bytes += m.bytes;
  }
  const ArchiveLimits limits = archive_limits();
  if (report.bytes > limits.bytes)
    throw Error(fmt::format("holds {} MB, more than the {} MB that are unpacked again",
                            report.bytes >> 20, limits.bytes >> 20),
                request.place.string(), "leave large layers out, or set DOORSTEP_ARCHIVE_MB");
  Zip zip(fs::absolute(out));
  // First, so that the file tells what it is by its first bytes.
  const std::string manifest = manifest_of(members, code, scenarios);
  copy_in(zip, {manifest, {}, manifest.size(), ""}, "manifest.json");
  std::size_t done = 0;
  for (const auto& [path, m] : members) {
    progress.step(path,
                  0.5 + 0.5 * static_cast<double>(done++) / static_cast<double>(members.size()));
    copy_in(zip, m, path);
  }
  zip.commit();
  progress.step("packed", 1.0);
  return report;
}

}  // namespace doorstep::io
