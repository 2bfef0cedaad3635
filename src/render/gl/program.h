#pragma once
// A shader program from shaders/NAME.vert and NAME.frag, each after the common parts.

#include <filesystem>
#include <map>
#include <string>

namespace doorstep::render {

class Program {
 public:
  /// Throws: Error with the driver's words where it does not compile.
  Program(const std::filesystem::path& folder, const std::string& name);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void use() const;
  /// Location of a uniform; -1 where the shader does not use it.
  [[nodiscard]] int at(const std::string& uniform);

 private:
  unsigned id_ = 0;
  std::map<std::string, int> locations_;
};

}  // namespace doorstep::render
