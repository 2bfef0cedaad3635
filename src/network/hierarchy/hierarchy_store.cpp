#include "network/hierarchy/hierarchy_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/platform.h"

namespace doorstep {
namespace {

namespace fs = std::filesystem;

constexpr char kMagic[8] = {'d', 's', 'h', 'i', 'e', 'r', '0', '1'};  // with the version
constexpr std::size_t kChecksum = 64;
constexpr std::size_t kMostKept = 12;
constexpr std::size_t kWorthStoring = 20000;  // nodes; fewer are contracted in a tenth of a second

static_assert(sizeof(HierarchyArc) == 8 && sizeof(StreetGraph::Back) == 8);

template <class T>
void put(std::string& bytes, const T* data, std::size_t count) {
  bytes.append(reinterpret_cast<const char*>(data), count * sizeof(T));
}

/// Reads arrays one after another and never past the end.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  template <class T>
  bool take(std::vector<T>& out, std::size_t count) {
    if (count > bytes_.size() / sizeof(T)) return false;
    out.resize(count);
    std::memcpy(out.data(), bytes_.data(), count * sizeof(T));
    bytes_.remove_prefix(count * sizeof(T));
    return true;
  }
  [[nodiscard]] bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

bool is_permutation_of_all(const std::vector<uint32_t>& v) {
  std::vector<char> seen(v.size(), 0);
  for (uint32_t x : v) {
    if (x >= v.size() || seen[x]) return false;
    seen[x] = 1;
  }
  return true;
}

/// Whether the index fits the arcs and every arc leads to a node contracted later.
bool leads_upwards(const std::vector<uint32_t>& rank, const std::vector<uint32_t>& first,
                   const std::vector<HierarchyArc>& arcs) {
  if (first.size() != rank.size() + 1 || first.front() != 0 || first.back() != arcs.size() ||
      !std::ranges::is_sorted(first)) {
    return false;
  }
  for (std::size_t n = 0; n < rank.size(); ++n) {
    for (uint32_t k = first[n]; k < first[n + 1]; ++k) {
      if (arcs[k].node >= rank.size() || rank[arcs[k].node] <= rank[n]) return false;
    }
  }
  return true;
}

bool read_arrays(std::string_view bytes, Hierarchy& h) {
  Reader reader(bytes);
  std::vector<uint32_t> sizes;
  bool whole = reader.take(sizes, 3) && reader.take(h.number, sizes[0]) &&
               reader.take(h.rank, sizes[0]) &&
               reader.take(h.up_first, std::size_t{sizes[0]} + 1) && reader.take(h.up, sizes[1]) &&
               reader.take(h.down_first, std::size_t{sizes[0]} + 1) &&
               reader.take(h.down, sizes[2]) && reader.at_end();
  return whole && is_permutation_of_all(h.number) && is_permutation_of_all(h.rank) &&
         leads_upwards(h.rank, h.up_first, h.up) && leads_upwards(h.rank, h.down_first, h.down);
}

fs::path file_of(const fs::path& folder, const std::string& key) {
  return folder / (key.substr(0, 32) + ".hierarchy");
}

void remove_oldest(const fs::path& folder) {
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.path().extension() == ".hierarchy") {
      files.emplace_back(entry.last_write_time(ignored), entry.path());
    }
  }
  std::ranges::sort(files);
  for (std::size_t i = 0; i + kMostKept < files.size(); ++i) fs::remove(files[i].second, ignored);
}

}  // namespace

std::string hierarchy_key(const StreetGraph& graph) {
  std::string bytes(kMagic, sizeof kMagic);
  for (uint32_t p = 0; p < graph.nodes(); ++p) {
    auto arcs = static_cast<uint32_t>(graph.back_end(p) - graph.back_begin(p));
    put(bytes, &arcs, 1);
    put(bytes, graph.back_begin(p), arcs);
  }
  return sha256(bytes);
}

StoredHierarchy read_stored_hierarchy(const fs::path& folder, const std::string& key) {
  fs::path file = file_of(folder, key);
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return {};
  auto refuse = [&](const char* why) {
    return StoredHierarchy{{}, fmt::format("{} {}", file.filename().string(), why)};
  };
  std::string bytes;
  try {
    bytes = read_file(file);
  } catch (const Error&) {
    return refuse("cannot be read");
  }
  constexpr std::size_t kHead = sizeof kMagic + kChecksum;
  if (bytes.size() < kHead + kChecksum) return refuse("is cut short");
  if (std::memcmp(bytes.data(), kMagic, sizeof kMagic) != 0) return refuse("is of another version");
  std::string_view all(bytes);
  if (all.substr(sizeof kMagic, kChecksum) != key) return refuse("belongs to other streets");
  std::string_view body = all.substr(0, all.size() - kChecksum);
  if (sha256(body) != all.substr(body.size())) return refuse("is damaged");
  StoredHierarchy out;
  out.value.emplace();
  if (!read_arrays(body.substr(kHead), *out.value)) return refuse("holds no hierarchy");
  return out;
}

bool store_hierarchy(const fs::path& folder, const std::string& key, const Hierarchy& h) {
  std::string bytes(kMagic, sizeof kMagic);
  bytes += key;
  uint32_t sizes[3] = {static_cast<uint32_t>(h.nodes()), static_cast<uint32_t>(h.up.size()),
                       static_cast<uint32_t>(h.down.size())};
  put(bytes, sizes, 3);
  put(bytes, h.number.data(), h.number.size());
  put(bytes, h.rank.data(), h.rank.size());
  put(bytes, h.up_first.data(), h.up_first.size());
  put(bytes, h.up.data(), h.up.size());
  put(bytes, h.down_first.data(), h.down_first.size());
  put(bytes, h.down.data(), h.down.size());
  bytes += sha256(bytes);
  try {
    fs::create_directories(folder);
    write_file(file_of(folder, key), bytes);
  } catch (const std::exception&) {
    return false;
  }
  remove_oldest(folder);
  return true;
}

Hierarchy stored_or_built(const StreetGraph& graph, unsigned threads, Progress& progress,
                          std::string& note) {
  if (graph.nodes() < kWorthStoring) return build_hierarchy(graph, threads, progress);
  fs::path folder = user_cache_folder() / "hierarchies";
  std::string key = hierarchy_key(graph);
  StoredHierarchy stored = read_stored_hierarchy(folder, key);
  if (stored.value && stored.value->nodes() == graph.nodes()) return std::move(*stored.value);
  note = stored.why_not;
  Hierarchy built = build_hierarchy(graph, threads, progress);
  store_hierarchy(folder, key, built);
  return built;
}

}  // namespace doorstep
