#include "network/hierarchy/hierarchy_store.h"

#include <catch2/catch.hpp>

#include "base/file.h"
#include "base/platform.h"
#include "street_town.h"

using namespace doorstep;
using doorstep::test::StreetTown;

namespace {

namespace fs = std::filesystem;

/// A ring of ten streets, one of them as long as asked.
StreetGraph ring(double odd_minutes) {
  std::vector<Xy> nodes;
  for (int i = 0; i < 10; ++i) nodes.push_back({i * 10.0, i % 2 * 5.0});
  StreetTown town(nodes);
  for (uint32_t i = 0; i < 10; ++i) {
    double minutes = i == 4 ? odd_minutes : 1.0;
    town.edge(i, (i + 1) % 10, minutes).edge((i + 1) % 10, i, minutes);
  }
  return StreetGraph(town.build());
}

struct Folder {
  fs::path path = fs::temp_directory_path() / ("doorstep-store-" + std::to_string(process_id()));
  Folder() { fs::remove_all(path); }
  ~Folder() { fs::remove_all(path); }
  [[nodiscard]] fs::path only_file() const {
    REQUIRE(std::distance(fs::directory_iterator(path), fs::directory_iterator()) == 1);
    return fs::directory_iterator(path)->path();
  }
};

}  // namespace

TEST_CASE("a stored hierarchy comes back as it was") {
  Folder folder;
  StreetGraph graph = ring(1.5);
  Progress progress;
  Hierarchy built = build_hierarchy(graph, 1, progress);
  std::string key = hierarchy_key(graph);
  REQUIRE(store_hierarchy(folder.path, key, built));
  StoredHierarchy stored = read_stored_hierarchy(folder.path, key);
  REQUIRE(stored.value);
  CHECK(stored.why_not.empty());
  CHECK(stored.value->number == built.number);
  CHECK(stored.value->rank == built.rank);
  CHECK(stored.value->up_first == built.up_first);
  REQUIRE(stored.value->up.size() == built.up.size());
  for (std::size_t k = 0; k < built.up.size(); ++k) {
    CHECK(stored.value->up[k].node == built.up[k].node);
    CHECK(stored.value->up[k].ms == built.up[k].ms);
  }
}

TEST_CASE("other streets, by one millisecond, find no stored hierarchy") {
  Folder folder;
  Progress progress;
  StreetGraph graph = ring(1.5);
  REQUIRE(store_hierarchy(folder.path, hierarchy_key(graph), build_hierarchy(graph, 1, progress)));
  StoredHierarchy other =
      read_stored_hierarchy(folder.path, hierarchy_key(ring(1.5 + 1 / 60000.0)));
  CHECK_FALSE(other.value);
  CHECK(other.why_not.empty());
}

TEST_CASE(
    "a stored hierarchy with any byte changed, or cut short, is not used, and it is said why") {
  Folder folder;
  Progress progress;
  StreetGraph graph = ring(2.0);
  std::string key = hierarchy_key(graph);
  REQUIRE(store_hierarchy(folder.path, key, build_hierarchy(graph, 1, progress)));
  fs::path file = folder.only_file();
  std::string whole = read_file(file);
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    write_file(file, damaged);
    StoredHierarchy stored = read_stored_hierarchy(folder.path, key);
    CHECK_FALSE(stored.value);
    CHECK_FALSE(stored.why_not.empty());
  }
  for (std::size_t length : {std::size_t{0}, std::size_t{9}, whole.size() / 2, whole.size() - 1}) {
    write_file(file, whole.substr(0, length));
    CHECK_FALSE(read_stored_hierarchy(folder.path, key).value);
  }
}

TEST_CASE("a folder that cannot be written stores nothing and stops nobody") {
  Progress progress;
  StreetGraph graph = ring(2.0);
  CHECK_FALSE(
      store_hierarchy("/proc/nowhere", hierarchy_key(graph), build_hierarchy(graph, 1, progress)));
}
