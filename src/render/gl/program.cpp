#include "render/gl/program.h"

#include <epoxy/gl.h>

#include "base/error.h"
#include "base/file.h"

namespace doorstep::render {

namespace {

unsigned compile(unsigned kind, const std::string& source, const std::string& file) {
  const unsigned shader = glCreateShader(kind);
  const char* text = source.c_str();
  glShaderSource(shader, 1, &text, nullptr);
  glCompileShader(shader);
  int ok = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &ok);
  if (ok == 0) {
    char words[2048] = {};
    glGetShaderInfoLog(shader, sizeof words, nullptr, words);
    throw Error(std::string("does not compile: ") + words, file, "");
  }
  return shader;
}

}  // namespace

Program::Program(const std::filesystem::path& folder, const std::string& name) {
  const std::string common = read_file(folder / "common.glsl");
  const std::string vertex =
      common + read_file(folder / "place.glsl") + read_file(folder / (name + ".vert"));
  const std::string fragment =
      common + read_file(folder / "hatch.glsl") + read_file(folder / (name + ".frag"));
  const unsigned v = compile(GL_VERTEX_SHADER, vertex, name + ".vert");
  const unsigned f = compile(GL_FRAGMENT_SHADER, fragment, name + ".frag");
  id_ = glCreateProgram();
  glAttachShader(id_, v);
  glAttachShader(id_, f);
  glLinkProgram(id_);
  glDeleteShader(v);
  glDeleteShader(f);
  int ok = 0;
  glGetProgramiv(id_, GL_LINK_STATUS, &ok);
  if (ok == 0) {
    char words[2048] = {};
    glGetProgramInfoLog(id_, sizeof words, nullptr, words);
    throw Error(std::string("does not link: ") + words, name, "");
  }
}

Program::~Program() { glDeleteProgram(id_); }

void Program::use() const { glUseProgram(id_); }

int Program::at(const std::string& uniform) {
  auto found = locations_.find(uniform);
  if (found != locations_.end()) return found->second;
  return locations_[uniform] = glGetUniformLocation(id_, uniform.c_str());
}

}  // namespace doorstep::render
