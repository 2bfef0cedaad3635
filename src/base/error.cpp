#include "base/error.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "base/text.h"

namespace doorstep {

Error::Error(std::string what, std::string where, std::string hint)
    : std::runtime_error(std::move(what)), where_(std::move(where)), hint_(std::move(hint)) {}

std::string Error::message() const {
  std::string line;
  if (!where_.empty()) line += where_ + ": ";
  line += what();
  if (!hint_.empty()) line += " (" + hint_ + ")";
  for (char& c : line)
    if (c == '\n' || c == '\r') c = ' ';
  return printable(line);  // names from a file may carry escape sequences
}

void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "doorstep: bug: %s does not hold at %s:%d\n", condition, file, line);
  std::abort();
}

}  // namespace doorstep
