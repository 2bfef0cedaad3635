#pragma once
// Recipes that the tests of synth make towns from, and folders to write them to.

#include <filesystem>
#include <string>

#include "synth/plan.h"

namespace doorstep::test {

/// A folder under the system's temporary one, empty at first and removed at the end.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& name);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A town of 100,000 people on 120 square kilometres: core, two towns, villages, river and railway,
/// one named group of two primary schools.
[[nodiscard]] std::string town_of_100000();

/// `text` with the first `from` replaced by `to`. Fails the test where there is none.
[[nodiscard]] std::string with(std::string text, const std::string& from, const std::string& to);

[[nodiscard]] synth::Recipe recipe_from(const std::string& text);
[[nodiscard]] synth::Plan plan_from(const std::string& text);

}  // namespace doorstep::test
