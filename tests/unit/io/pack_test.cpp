#include <cpl_conv.h>
#include <cpl_vsi.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/platform.h"
#include "io/pack/place_pack.h"
#include "io/place/place_file.h"

using namespace doorstep;
namespace fs = std::filesystem;

namespace {

/// Without waiting for the disk, unlike write_file.
void put(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// A folder that goes with the test, with a cache of its own.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("doorstep-pack-" + std::to_string(process_id()));
  Folder() {
    remove();
    fs::create_directories(path / "town" / "data");
    setenv("XDG_CACHE_HOME", (path / "cache").c_str(), 1);
    setenv("TOWN_DATA", (path / "elsewhere").c_str(), 1);
    fs::create_directories(path / "elsewhere" / "sub");
    put(path / "elsewhere" / "sub" / "roads.csv", "a,b\n1,2\n");
    put(path / "town" / "data" / "homes.csv", "code\nh1\n");
    put(path / "town" / "data" / "areas.shp", "shape");
    put(path / "town" / "data" / "areas.dbf", "table");
    put(path / "town" / "data" / "areas.xyz", "not named");
    put(path / "town" / "学生名单.csv", "姓名\n张三\n");
    put(path / "town" / "place.toml",
        "code = \"town\"\n[homes]\nfile = \"data/homes.csv\"\n[areas]\nfile = "
        "\"data/areas.shp\"\n[roads]\nfile = \"${TOWN_DATA}/sub/roads.csv\"\n");
  }
  ~Folder() { remove(); }
  void remove() const {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  [[nodiscard]] fs::path pack() const {
    Progress progress;
    io::write_pack({path / "town" / "place.toml", {}, {}}, path / "town.doorstep", progress);
    return path / "town.doorstep";
  }
};

/// A ZIP of the given members, in order.
void write_zip(const fs::path& file, const std::vector<std::pair<std::string, std::string>>& all) {
  void* zip = CPLCreateZip(file.c_str(), nullptr);
  for (const auto& [name, text] : all) {
    REQUIRE(CPLCreateFileInZip(zip, name.c_str(), nullptr) == CE_None);
    CPLWriteFileInZip(zip, text.data(), static_cast<int>(text.size()));
    CPLCloseFileInZip(zip);
  }
  CPLCloseZip(zip);
}

std::string manifest(const std::string& path, std::size_t bytes, const std::string& sha) {
  const std::string toml = "code = \"x\"\n";
  return "{\"format\":1,\"kind\":\"doorstep place\",\"files\":[{\"path\":\"place/place.toml\","
         "\"bytes\":" +
         std::to_string(toml.size()) + ",\"sha256\":\"" + sha256(toml) + "\"},{\"path\":\"" + path +
         "\",\"bytes\":" + std::to_string(bytes) + ",\"sha256\":\"" + sha + "\"}]}";
}

}  // namespace

TEST_CASE("a place file holds what place.toml names and nothing else") {
  Folder folder;
  Progress progress;
  const auto report = io::write_pack({folder.path / "town" / "place.toml", {}, {}},
                                     folder.path / "a.doorstep", progress);
  CHECK(report.files == std::vector<std::string>{
                            "place/data/areas.dbf", "place/data/areas.shp", "place/data/homes.csv",
                            "place/outside/TOWN_DATA/sub/roads.csv", "place/place.toml"});
  const fs::path place = io::unpack_to_cache(folder.path / "a.doorstep");
  CHECK(read_file(place.parent_path() / "data" / "homes.csv") == "code\nh1\n");
  CHECK(read_file(place.parent_path() / "outside/TOWN_DATA/sub/roads.csv") == "a,b\n1,2\n");
  const std::string toml = read_file(place);
  CHECK(toml.find("${") == std::string::npos);
  CHECK(toml.find("\"outside/TOWN_DATA/sub/roads.csv\"") != std::string::npos);
}

TEST_CASE("the same place gives the same bytes") {
  Folder folder;
  const std::string first = read_file(folder.pack());
  fs::last_write_time(folder.path / "town" / "data" / "homes.csv",
                      fs::file_time_type::clock::now() - std::chrono::hours(1000));
  CHECK(read_file(folder.pack()) == first);
  CHECK(io::is_pack(folder.path / "town.doorstep"));
  fs::rename(folder.path / "town.doorstep", folder.path / "town.zip");
  CHECK(io::is_pack(folder.path / "town.zip"));  // by how it begins
}

TEST_CASE("a file that is refused keeps the pack from being written") {
  Folder folder;
  Progress progress;
  io::PackRequest request{folder.path / "town" / "place.toml", {}, {}};
  request.check = [](const fs::path&, const std::string& shown) {
    if (shown == "data/homes.csv") throw Error("holds personal data", shown, "");
  };
  CHECK_THROWS_AS(io::write_pack(request, folder.path / "b.doorstep", progress), Error);
  CHECK_FALSE(fs::exists(folder.path / "b.doorstep"));
}

TEST_CASE("a layer in a database cannot be mailed") {
  Folder folder;
  put(folder.path / "town" / "place.toml", "code = \"town\"\n[homes]\nfile = \"PG:dbname=x\"\n");
  Progress progress;
  CHECK_THROWS_WITH(io::write_pack({folder.path / "town" / "place.toml", {}, {}},
                                   folder.path / "b.doorstep", progress),
                    Catch::Contains("database"));
}

TEST_CASE("what was unpacked before is used again, and unpacked anew where it was touched") {
  Folder folder;
  const fs::path pack = folder.pack();
  const fs::path place = io::unpack_to_cache(pack);
  const auto time = fs::last_write_time(place);
  CHECK(io::unpack_to_cache(pack) == place);
  CHECK(fs::last_write_time(place) == time);
  const fs::path homes = place.parent_path() / "data" / "homes.csv";
  fs::permissions(homes, fs::perms::owner_all);
  put(homes, "code\nh2\n");
  CHECK(io::unpack_to_cache(pack) == place);
  CHECK(read_file(homes) == "code\nh1\n");
}

TEST_CASE("a place file that names a path outside itself is refused and writes nothing") {
  Folder folder;
  const fs::path file = folder.path / "evil.doorstep";
  for (const std::string path : {"place/../../escaped.txt", "/etc/escaped", "place//x", "../x",
                                 "place/./x", "other/x", "place/c:\\\\x", "place/a\\u0000b"}) {
    INFO(path);
    write_zip(file, {{"manifest.json", manifest(path, 1, sha256("x"))},
                     {"place/place.toml", "code = \"x\"\n"},
                     {path.substr(0, 5) + "x", "x"}});
    CHECK_THROWS_WITH(io::unpack_to_cache(file), Catch::Contains("outside itself"));
  }
  CHECK_FALSE(fs::exists(folder.path / "cache" / "doorstep" / "escaped.txt"));
}

TEST_CASE("a place file whose bytes are not those of its checksums is refused") {
  Folder folder;
  const fs::path file = folder.path / "changed.doorstep";
  write_zip(file, {{"manifest.json", manifest("place/a.csv", 1, sha256("x"))},
                   {"place/place.toml", "code = \"x\"\n"},
                   {"place/a.csv", "y"}});
  CHECK_THROWS_WITH(io::unpack_to_cache(file), Catch::Contains("checksum"));
  write_zip(file, {{"manifest.json", manifest("place/a.csv", 1, sha256("x"))},
                   {"place/place.toml", "code = \"x\"\n"},
                   {"place/a.csv", std::string(5000, 'x')}});
  CHECK_THROWS_WITH(io::unpack_to_cache(file), Catch::Contains("checksum"));
  write_zip(file, {{"manifest.json", manifest("place/a.csv", 1, sha256("x"))},
                   {"place/place.toml", "code = \"x\"\n"}});
  CHECK_THROWS_WITH(io::unpack_to_cache(file), Catch::Contains("lacks"));
  for (const auto& entry : fs::directory_iterator(folder.path / "cache" / "doorstep" / "places"))
    FAIL("left behind: " << entry.path());
}

TEST_CASE("a place file that unpacks beyond the limits is refused before anything is written") {
  Folder folder;
  const fs::path file = folder.path / "bomb.doorstep";
  write_zip(file, {{"manifest.json", manifest("place/a.csv", 1ULL << 40, sha256("x"))},
                   {"place/place.toml", "code = \"x\"\n"}});
  CHECK_THROWS_WITH(io::unpack_to_cache(file), Catch::Contains("more than"));
  setenv("DOORSTEP_ARCHIVE_MB", "0.00001", 1);
  CHECK_THROWS_WITH(io::unpack_to_cache(folder.pack()), Catch::Contains("more than"));
  unsetenv("DOORSTEP_ARCHIVE_MB");
}

TEST_CASE("a cut off or foreign file is refused in one line") {
  Folder folder;
  const std::string whole = read_file(folder.pack());
  const fs::path file = folder.path / "cut.doorstep";
  for (const std::size_t n : {std::size_t{0}, std::size_t{3}, whole.size() / 2, whole.size() - 5}) {
    put(file, whole.substr(0, n));
    CHECK_THROWS_AS(io::unpack_to_cache(file), Error);
  }
  write_zip(file, {{"manifest.json", "{\"format\":9,\"kind\":\"doorstep place\",\"files\":[]}"}});
  CHECK_THROWS_WITH(io::unpack_to_cache(file), Catch::Contains("format 9"));
}
