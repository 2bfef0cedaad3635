#include "base/diagnostics.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace doorstep {

std::string InputRef::text() const {
  std::string out = file;
  if (row > 0) out += fmt::format(" row {}", row);
  if (!field.empty()) out += (out.empty() ? "" : ", ") + field;
  return out;
}

namespace {

Diagnostic made(Severity severity, std::string code, std::string message, InputRef at,
                std::string hint) {
  Diagnostic d;
  d.severity = severity;
  d.code = std::move(code);
  d.message = std::move(message);
  d.at = std::move(at);
  d.hint = std::move(hint);
  return d;
}

}  // namespace

Diagnostic& Diagnostics::info(std::string code, std::string message, InputRef at,
                              std::string hint) {
  return items_.emplace_back(
      made(Severity::Info, std::move(code), std::move(message), std::move(at), std::move(hint)));
}
Diagnostic& Diagnostics::warning(std::string code, std::string message, InputRef at,
                                 std::string hint) {
  return items_.emplace_back(
      made(Severity::Warning, std::move(code), std::move(message), std::move(at), std::move(hint)));
}
Diagnostic& Diagnostics::error(std::string code, std::string message, InputRef at,
                               std::string hint) {
  return items_.emplace_back(
      made(Severity::Error, std::move(code), std::move(message), std::move(at), std::move(hint)));
}

void Diagnostics::append(const Diagnostics& other) {
  items_.insert(items_.end(), other.items_.begin(), other.items_.end());
}

int Diagnostics::count(Severity s) const {
  return static_cast<int>(
      std::ranges::count_if(items_, [s](const Diagnostic& d) { return d.severity == s; }));
}

void Diagnostics::throw_first_error() const {
  auto first = std::ranges::find_if(
      items_, [](const Diagnostic& d) { return d.severity == Severity::Error; });
  if (first == items_.end()) return;
  int more = count(Severity::Error) - 1;
  std::string what = first->message;
  if (more > 0) what += fmt::format("; and {} more", more);
  throw Error(what, first->at.text(), first->hint);
}

const char* severity_name(Severity s) {
  switch (s) {
    case Severity::Info:
      return "info";
    case Severity::Warning:
      return "warning";
    case Severity::Error:
      return "error";
  }
  return "info";
}

const char* done_name(Done d) {
  switch (d) {
    case Done::Kept:
      return "kept";
    case Done::Repaired:
      return "repaired";
    case Done::Skipped:
      return "skipped";
    case Done::Nothing:
      return "nothing";
  }
  return "nothing";
}

}  // namespace doorstep
