#pragma once
// A folder with the files of one case, and what is drafted from them.

#include <filesystem>
#include <fstream>
#include <string>

#include "intake/intake.h"
#include "io/place/place_file.h"

namespace doorstep::test {

class Desk {
 public:
  Desk() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "doorstep-intake-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    request_.code = "town";
  }
  ~Desk() { std::filesystem::remove_all(folder_); }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  Desk& file(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    request_.files.push_back(folder_ / name);
    return *this;
  }
  Desk& confirm(const std::string& key, const std::string& value) {
    request_.confirmed[key] = value;
    return *this;
  }
  Desk& yes() {
    request_.accept_all = true;
    return *this;
  }
  Desk& fields(const std::string& bytes) {
    std::ofstream(folder_ / "more.toml") << bytes;
    request_.fields.push_back(folder_ / "more.toml");
    return *this;
  }
  [[nodiscard]] intake::Draft draft() const {
    Progress progress;
    return intake::draft_place(request_, progress);
  }
  /// Writes the draft and reads the place back as a run would.
  [[nodiscard]] Loaded<Place> place() const {
    intake::write_draft(draft(), folder_ / "place", true);
    Coefficients coefficients;
    return io::read_place(folder_ / "place", coefficients);
  }
  [[nodiscard]] std::filesystem::path path(const std::string& name) const { return folder_ / name; }

 private:
  std::filesystem::path folder_;
  intake::Request request_;
};

}  // namespace doorstep::test
