#include "base/file.h"

#include <catch2/catch.hpp>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "base/error.h"
#include "base/hash.h"

using namespace doorstep;
namespace fs = std::filesystem;

namespace {

/// An empty folder that goes when the test does.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "doorstep-base-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~Scratch() { fs::remove_all(path_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }
  [[nodiscard]] std::vector<std::string> names(const std::string& below = "") const {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(path_ / below))
      out.push_back(entry.path().filename().string());
    std::ranges::sort(out);
    return out;
  }

 private:
  fs::path path_;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("what is written is read back, byte for byte") {
  Scratch here;
  std::string bytes("a\0b\r\n\xFF", 6);
  write_file(here.path() / "f", bytes);
  CHECK(read_file(here.path() / "f") == bytes);
  write_file(here.path() / "f", "new");
  CHECK(read_file(here.path() / "f") == "new");
  CHECK(here.names() == Names{"f"});
}

TEST_CASE("a file that cannot be read is named") {
  Scratch here;
  CHECK_THROWS_AS(read_file(here.path() / "none"), Error);
  CHECK_THROWS_AS(read_file(here.path()), Error);
  CHECK_THROWS_AS(read_file("/dev/zero"), Error);  // would never end
}

TEST_CASE("a write that fails leaves the old file and nothing beside it") {
  Scratch here;
  fs::create_directory(here.path() / "taken");
  CHECK_THROWS_AS(write_file(here.path() / "taken", "x"), Error);
  CHECK_THROWS_AS(write_file(here.path() / "no" / "f", "x"), Error);
  CHECK(here.names() == Names{"taken"});
}

TEST_CASE("an output folder appears on commit, with all its files") {
  Scratch here;
  {
    OutputFolder out(here.path() / "a/b/out");
    write_file(out.file("x"), "1");
    write_file(out.file("y"), "2");
    CHECK_FALSE(fs::exists(here.path() / "a/b/out"));
    out.commit();
  }
  CHECK(here.names("a/b/out") == Names{"x", "y"});
  CHECK(here.names("a/b") == Names{"out"});
}

TEST_CASE("without commit nothing is left, not even folders on the way") {
  Scratch here;
  {
    OutputFolder out(here.path() / "a/b/out");
    write_file(out.file("x"), "1");
  }
  CHECK(here.names().empty());
}

TEST_CASE("in a folder that exists files are replaced and others stay") {
  Scratch here;
  fs::create_directory(here.path() / "out");
  write_file(here.path() / "out/x", "old");
  write_file(here.path() / "out/mine", "keep");
  OutputFolder out(here.path() / "out/");
  write_file(out.file("x"), "new");
  out.commit();
  CHECK(read_file(here.path() / "out/x") == "new");
  CHECK(read_file(here.path() / "out/mine") == "keep");
}

TEST_CASE("where one file cannot be put in place, none is") {
  Scratch here;
  fs::create_directories(here.path() / "out/y");  // a folder of a file's name
  OutputFolder out(here.path() / "out");
  write_file(out.file("x"), "1");
  write_file(out.file("y"), "2");
  CHECK_THROWS_AS(out.commit(), Error);
  CHECK(here.names("out") == Names{"y"});
}

TEST_CASE("a file of the folder's name is not replaced") {
  Scratch here;
  write_file(here.path() / "out", "mine");
  CHECK_THROWS_AS(OutputFolder(here.path() / "out"), Error);
  CHECK_THROWS_AS(OutputFolder(here.path() / "out/below"), Error);
  CHECK(here.names() == Names{"out"});
}

TEST_CASE("a kill at any moment leaves no output folder or a complete one") {
  Scratch here;
  const int files = 40;
  int absent = 0, complete = 0;
  for (int delay_us = 0; delay_us < 6000; delay_us += 100) {
    fs::path target = here.path() / "out";
    pid_t child = fork();
    if (child == 0) {
      OutputFolder out(target);
      for (int i = 0; i < files; ++i)
        std::ofstream(out.file(std::to_string(i))) << std::string(1000, 'x');
      out.commit();
      for (;;) pause();
    }
    usleep(static_cast<useconds_t>(delay_us));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    if (!fs::exists(target)) {
      ++absent;
      continue;
    }
    CHECK(here.names("out").size() == files);
    ++complete;
    fs::remove_all(target);
  }
  CHECK(absent > 0);
  CHECK(absent + complete == 60);
  // The next output in this place clears away what the killed ones left.
  { OutputFolder out(here.path() / "out"); }
  CHECK(here.names().empty());
}

TEST_CASE("a file clears away what a killed writer of it left, and nothing else") {
  Scratch here;
  // 2^22 is above every process id of Linux.
  for (const char* name : {"a.png.4194305.partial", "b.png.4194305.partial", "a.png.partial"})
    std::ofstream(here.path() / name) << "half";
  write_file(here.path() / "a.png", "whole");
  CHECK(here.names() ==
        std::vector<std::string>{"a.png", "a.png.partial", "b.png.4194305.partial"});
}

TEST_CASE("checksums are those of the standard") {
  // FIPS 180-2, appendix B.1.
  const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  CHECK(sha256("abc") == abc);
  Scratch here;
  write_file(here.path() / "f", "abc");
  CHECK(sha256_file(here.path() / "f") == abc);
}
