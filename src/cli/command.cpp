#include "cli/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>

#include "base/platform.h"
#include "base/text.h"
#include "io/scenario/scenario_file.h"
#include "session/place_pack.h"

namespace doorstep::cli {

CLI::Validator known_rule() {
  return CLI::Validator(
      [](const std::string& word) {
        try {
          (void)rule_from(word, "");
        } catch (const Error& e) {
          return fmt::format("{}: {}", e.what(), e.hint());
        }
        return std::string();
      },
      "RULE");
}

CLI::Validator whole_number() {
  return CLI::Range(int64_t{0}, int64_t{9007199254740991}, "a whole number of 0 or more");
}

CLI::Validator between(double low, double high) {
  return CLI::Validator(
      [low, high](const std::string& word) {
        double value = 0.0;
        if (parse_number(word, value) && value >= low && value <= high) return std::string();
        return fmt::format("Value {} not in range {:g} to {:g}", word, low, high);
      },
      fmt::format("FLOAT in [{:g} - {:g}]", low, high));
}

bool& TerminalProgress::in_lines() {
  static bool asked = false;
  return asked;
}

TerminalProgress::TerminalProgress()
    : progress_([this](const std::string& task, double fraction) { show(task, fraction); }) {}

TerminalProgress::~TerminalProgress() {
  if (shown_) fmt::print(stderr, "\r\033[K");
}

void TerminalProgress::show(const std::string& task, double fraction) {
  constexpr std::chrono::milliseconds kBetween{100};  // a terminal is slower than the work
  if (!in_lines() && !stderr_is_terminal()) return;
  std::lock_guard lock(mutex_);
  if (in_lines()) return show_line(task, fraction);
  const Clock::time_point now = Clock::now();
  if (now - last_ < kBetween) return;
  last_ = now;
  shown_ = true;
  fmt::print(stderr, "\r\033[K{:3.0f}%  {}", fraction * 100.0, task);
  std::fflush(stderr);
}

/// A line for each task, and one every few seconds of a long one.
void TerminalProgress::show_line(const std::string& task, double fraction) {
  constexpr std::chrono::seconds kBetween{5};
  const Clock::time_point now = Clock::now();
  if (task == last_task_ && now - last_ < kBetween) return;
  last_ = now;
  last_task_ = task;
  const std::chrono::duration<double> since = now - begun_;
  fmt::print(stderr, "{:7.1f} s  {:3.0f}%  {}\n", since.count(), fraction * 100.0, task);
  std::fflush(stderr);
}

void TextTable::row(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = speech_ ? (*speech_)(cell) : printable(cell);
  rows_.push_back(std::move(cells));
}

std::string TextTable::text() const {
  std::vector<int> widths;
  for (const auto& row : rows_)
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c == widths.size()) widths.push_back(0);
      widths[c] = std::max(widths[c], display_width(row[c]));
    }
  std::string out;
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    std::string line;
    for (std::size_t c = 0; c < rows_[r].size(); ++c)
      line += (c ? "  " : "") + padded(rows_[r][c], widths[c], c > 0);
    while (!line.empty() && line.back() == ' ') line.pop_back();
    out += line + "\n";
    if (r > 0) continue;
    int total = -2;
    for (int w : widths) total += w + 2;
    out += std::string(static_cast<std::size_t>(std::max(0, total)), '-') + "\n";
  }
  return out;
}

std::shared_ptr<const session::OpenPlace> open_for_run(const std::string& path,
                                                       Progress& progress) {
  auto opened = session::open_place(path, progress);
  opened->findings.throw_first_error();
  return opened;
}

Scenario scenario_for(const session::OpenPlace& opened, const std::string& path, int years,
                      const Sentences& say) {
  if (path.empty()) {
    Scenario baseline;
    baseline.code = "baseline";
    baseline.name = {"基线", "Baseline"};
    baseline.place = opened.place.code;
    if (years >= 0) baseline.years = years;
    return baseline;
  }
  Loaded<Scenario> loaded = io::read_scenario(session::scenario_path(opened, path), opened.place);
  print_warnings(loaded.findings, say);
  if (years >= 0) loaded.value.years = years;
  return std::move(loaded.value);
}

void print_warnings(const Diagnostics& findings, const Sentences& say) {
  constexpr int kShownOfAKind = 3;
  std::map<std::string, int> seen;
  for (const Diagnostic& d : findings.items()) {
    if (d.severity == Severity::Info || ++seen[d.code] > kShownOfAKind) continue;
    std::string where = printable(say.at(d.at));
    fmt::print(stderr, "{}: {}{}{}{}\n", say(severity_name(d.severity)), where,
               where.empty() ? "" : ": ", printable(say(d.message)),
               d.hint.empty() ? "" : " (" + printable(say(d.hint)) + ")");
  }
  for (const auto& [code, count] : seen)
    if (count > kShownOfAKind)
      fmt::print(stderr, "{}: {}\n", say("warning"),
                 printable(say(fmt::format(
                     "{} more of \"{}\"; doorstep check --all and findings.csv of a run list them",
                     count - kShownOfAKind, say.english() ? code : say.kind(code)))));
}

}  // namespace doorstep::cli
