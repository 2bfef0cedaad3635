#pragma once
// Extracts for tests: a few objects written by hand in OPL, one a line, as text or packed by
// libosmium.

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <osmium/io/opl_input.hpp>
#include <osmium/io/pbf_output.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/writer.hpp>
#include <string>

#include "base/file.h"
#include "base/platform.h"

namespace doorstep::test {

/// A file in the temporary folder, removed again afterwards.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& ending)
      : path_(std::filesystem::temp_directory_path() / ("doorstep_" + std::to_string(process_id()) +
                                                        "_" + std::to_string(++count()) + ending)) {
  }
  TemporaryFile(const std::string& ending, std::string_view bytes) : TemporaryFile(ending) {
    write_file(path_, bytes);
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  static int& count() {
    static int n = 0;
    return n;
  }
  std::filesystem::path path_;
};

/// Writes OPL lines as a packed file; `options` as of libosmium: "pbf_dense_nodes=false".
inline void pack(const std::string& opl, const std::filesystem::path& path,
                 const std::string& options = "") {
  osmium::io::File in(opl.data(), opl.size(), "opl");
  osmium::io::Reader reader(in);
  osmium::io::File out(path.string(), "pbf" + (options.empty() ? "" : "," + options));
  osmium::io::Writer writer(out, osmium::io::overwrite::allow);
  while (osmium::memory::Buffer buffer = reader.read()) writer(std::move(buffer));
  writer.close();
  reader.close();
}

/// A real extract of $DOORSTEP_TEST_DATA/osm; empty, saying so, where it is not there.
inline std::filesystem::path real_extract(const char* name) {
  const char* root = std::getenv("DOORSTEP_TEST_DATA");
  std::filesystem::path path = std::filesystem::path(root ? root : "") / "osm" / name;
  if (root != nullptr && std::filesystem::exists(path)) return path;
  WARN("skipped: set DOORSTEP_TEST_DATA to a folder with osm/" << name);
  return {};
}

}  // namespace doorstep::test
