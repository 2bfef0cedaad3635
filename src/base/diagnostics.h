#pragma once
// What was found in imperfect input: severity, file, row, field, what was done about it.
// Nothing is dropped in silence: who repairs or skips a row says so here.

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace doorstep {

enum class Severity { Info, Warning, Error };

/// Where in the input. `row` counts data rows from 1 (the header is row 0); 0 where none applies.
struct InputRef {
  std::string file;
  long row = 0;
  std::string field;
  /// "schools.csv row 7, seats"
  [[nodiscard]] std::string text() const;
};

/// A place on the map to zoom to, in the place's own coordinates. Units: metres.
struct MapSpot {
  double x = 0.0;
  double y = 0.0;
};

/// What was done about it: taken as it stands, mended, left out; nothing where the work cannot go
/// on before a person has looked (every error is so).
enum class Done { Kept, Repaired, Skipped, Nothing };

/// One finding: a stable `code` for tests and filters, a sentence for people, and the remedy.
struct Diagnostic {
  Severity severity = Severity::Info;
  std::string code;
  std::string message;
  InputRef at;
  std::string hint;
  std::optional<MapSpot> spot;
  Done done = Done::Kept;
  /// Errors stop the run, so nothing was done about them whatever `done` says.
  [[nodiscard]] Done outcome() const { return severity == Severity::Error ? Done::Nothing : done; }
};

/// An ordered list of findings.
class Diagnostics {
 public:
  void add(Diagnostic d) { items_.push_back(std::move(d)); }
  /// Each returns what was added, to set `done` or `spot` where they are not the default.
  Diagnostic& info(std::string code, std::string message, InputRef at = {}, std::string hint = {});
  Diagnostic& warning(std::string code, std::string message, InputRef at = {},
                      std::string hint = {});
  Diagnostic& error(std::string code, std::string message, InputRef at = {}, std::string hint = {});
  void append(const Diagnostics& other);

  [[nodiscard]] const std::vector<Diagnostic>& items() const { return items_; }
  [[nodiscard]] int count(Severity s) const;
  [[nodiscard]] bool has_errors() const { return count(Severity::Error) > 0; }
  /// Throws the first error as `Error`, adding how many more there are.
  void throw_first_error() const;

 private:
  std::vector<Diagnostic> items_;
};

/// A value read from imperfect input, with what was found on the way.
template <class T>
struct Loaded {
  T value;
  Diagnostics findings;
};

[[nodiscard]] const char* severity_name(Severity s);
/// "kept", "repaired", "skipped", "nothing"
[[nodiscard]] const char* done_name(Done d);

}  // namespace doorstep
