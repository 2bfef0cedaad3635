#pragma once
// A copy of tests/cli/town in a folder of its own, to spoil, and the program run on it as a planner
// would: in a shell, with its exit status and both outputs.

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "chinese_prose.h"

namespace doorstep::test {

struct Answer {
  int status = 0;
  std::string out;
  std::string err;
};

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

/// Names of what lies in a folder, hidden ones too, in order.
inline std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

class TownCopy {
 public:
  TownCopy() {
    std::string pattern = (std::filesystem::temp_directory_path() / "doorstep-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    std::filesystem::create_directory(folder_ / "work");
    std::filesystem::copy(DOORSTEP_TOWN, folder_ / "work/town",
                          std::filesystem::copy_options::recursive);
  }
  ~TownCopy() { std::filesystem::remove_all(folder_); }
  TownCopy(const TownCopy&) = delete;
  TownCopy& operator=(const TownCopy&) = delete;

  /// Where the program runs: holds town/ and, where there is a scenario, plan/.
  [[nodiscard]] std::filesystem::path work() const { return folder_ / "work"; }
  [[nodiscard]] std::filesystem::path file(const std::string& name) const {
    return work() / "town" / name;
  }
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(file(name), std::ios::binary) << bytes;
  }
  /// Replaces the first occurrence, which must be there.
  void replace(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = bytes_of(file(name));
    std::size_t at = text.find(from);
    INFO("looking for " << from << " in " << name);
    REQUIRE(at != std::string::npos);
    write(name, text.replace(at, from.size(), to));
  }
  void scenario(const std::string& text, const std::string& folder = "plan") const {
    std::filesystem::create_directories(work() / folder);
    std::ofstream(work() / folder / "scenario.toml") << text;
  }
  /// Runs `doorstep ARGUMENTS`; `before` stands in front of it: variables, or another program.
  [[nodiscard]] Answer run(const std::string& arguments, const std::string& before = "") const {
    const char* program = std::getenv("DOORSTEP_BIN");
    INFO("DOORSTEP_BIN names the program under test");
    REQUIRE(program != nullptr);
    std::string out = (folder_ / "stdout").string();
    std::string err = (folder_ / "stderr").string();
    std::string command = "cd '" + work().string() + "' && " + before + " '" + program + "' " +
                          arguments + " >" + out + " 2>" + err;
    int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), bytes_of(out),
            bytes_of(err)};
  }

 private:
  std::filesystem::path folder_;
};

/// The same refusal, asked for in Chinese, holds no English prose.
inline void expect_chinese_refusal(const TownCopy& town, const std::string& arguments, int status,
                                   const std::string& before) {
  if (arguments.find("--lang") != std::string::npos) return;
  const Answer answer = town.run(arguments + " --lang zh", before);
  CHECK(answer.status == status);
  for (const std::string& prose : english_prose(answer.err)) {
    INFO(answer.err);
    FAIL_CHECK("no Chinese for: " << prose);
  }
}

/// A refusal: the status, one line on standard error that begins with "doorstep: " and holds every
/// part (file, row or key, what is wrong, what to do), nothing on standard output, nothing left.
inline void expect_refusal(const TownCopy& town, const std::string& arguments,
                           const std::vector<std::string>& parts, int status = 1,
                           const std::string& before = "") {
  std::vector<std::string> names = names_in(town.work());
  std::vector<std::string> place = names_in(town.work() / "town");
  Answer answer = town.run(arguments, before);
  if (std::getenv("DOORSTEP_SHOW") != nullptr) WARN(answer.err);
  INFO("doorstep " << arguments << "\n" << answer.err);
  CHECK(answer.status == status);
  CHECK(answer.out.empty());
  CHECK(answer.err.rfind("doorstep: ", 0) == 0);
  CHECK(std::ranges::count(answer.err, '\n') == 1);
  CHECK(answer.err.back() == '\n');
  for (const std::string& part : parts) CHECK_THAT(answer.err, Catch::Contains(part));
  CHECK(names_in(town.work()) == names);
  CHECK(names_in(town.work() / "town") == place);
  expect_chinese_refusal(town, arguments, status, before);
}

/// The run goes through and says so: a warning on standard error that holds every part.
inline void expect_warning(const TownCopy& town, const std::string& arguments,
                           const std::vector<std::string>& parts) {
  Answer answer = town.run(arguments);
  if (std::getenv("DOORSTEP_SHOW") != nullptr) WARN(answer.err);
  INFO("doorstep " << arguments << "\n" << answer.err);
  CHECK(answer.status == 0);
  std::istringstream lines(answer.err);
  bool found = false;
  for (std::string line; std::getline(lines, line);)
    if (line.rfind("warning: ", 0) == 0)
      found |= std::ranges::all_of(
          parts, [&](const std::string& p) { return line.find(p) != std::string::npos; });
  CHECK(found);
}

}  // namespace doorstep::test
