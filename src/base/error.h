#pragma once
// The error of something that cannot go on: what, where (file, row, key), and what to do.
// Bugs assert; imperfect input comes back as Diagnostics (diagnostics.h).

#include <stdexcept>
#include <string>

namespace doorstep {

/// Thrown where the work cannot go on. Shown to people as one line by `message()`.
class Error : public std::runtime_error {
 public:
  Error(std::string what, std::string where, std::string hint);

  [[nodiscard]] const std::string& where() const { return where_; }
  [[nodiscard]] const std::string& hint() const { return hint_; }
  /// "where: what (hint)": one line, as the command line prints it.
  [[nodiscard]] std::string message() const;

 private:
  std::string where_;
  std::string hint_;
};

/// Thrown by a job whose cancel token was set; never shown as a failure.
class Cancelled : public std::runtime_error {
 public:
  Cancelled() : std::runtime_error("cancelled") {}
};

[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

}  // namespace doorstep

/// A bug, not bad input: stays on in release builds, aborts with the place in the code.
#define DOORSTEP_ASSERT(cond) \
  ((cond) ? static_cast<void>(0) : ::doorstep::assertion_failed(#cond, __FILE__, __LINE__))
