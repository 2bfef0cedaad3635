#pragma once
// What every subcommand shares: how it is registered, progress on a terminal, tables people read.

#include <CLI/CLI.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "cli/speech.h"
#include "session/outcome.h"

namespace doorstep::cli {

/// Registers a subcommand with its options; its callback does the work and throws Error on failure,
/// or sets the exit status.
struct Commands {
  CLI::App& app;
  int& status;
  std::string language;  ///< "zh" or "en", unless a command is told otherwise
};
void add_backtest(Commands commands);
void add_bench(Commands commands);
void add_check(Commands commands);
void add_coords(Commands commands);
void add_run(Commands commands);
void add_compare(Commands commands);
void add_calibrate(Commands commands);
void add_ensemble(Commands commands);
void add_explain(Commands commands);
void add_render(Commands commands);
void add_synth(Commands commands);
void add_new(Commands commands);
void add_carry(Commands commands);
void add_pack(Commands commands);
void add_unpack(Commands commands);

/// The command was asked for wrongly: exit status 2. An Error whose `where` is an option ("--year")
/// ends with 2 as well, whoever throws it: what it names is not there.
class UsageError : public Error {
 public:
  using Error::Error;
};

/// A check of options that name an admission rule; says the nearest there is.
[[nodiscard]] CLI::Validator known_rule();

/// A check of options that count: 0 or more, and whole.
[[nodiscard]] CLI::Validator whole_number();

/// A check of options that are numbers, told with the digits that matter.
[[nodiscard]] CLI::Validator between(double low, double high);

/// Progress on standard error: one line that is written over and clears itself where that is a
/// terminal; lines for a log where --progress asks for them. Ctrl+C cancels the work.
class TerminalProgress {
 public:
  TerminalProgress();
  ~TerminalProgress();
  [[nodiscard]] Progress& progress() { return progress_; }

  /// Whether --progress was given; one of the program, as standard error is.
  static bool& in_lines();

 private:
  using Clock = std::chrono::steady_clock;
  void show(const std::string& task, double fraction);
  void show_line(const std::string& task, double fraction);

  Clock::time_point begun_ = Clock::now(), last_{};
  std::string last_task_;
  bool shown_ = false;
  std::mutex mutex_;  ///< workers step, too
  Progress progress_;
  CancelOnInterrupt interrupt_{progress_};
};

/// A table with aligned columns, the first left, the others right. CJK counts double.
class TextTable {
 public:
  /// `speech`: brings cells that are words of ours into its language; null: as they stand.
  explicit TextTable(std::vector<std::string> header, const Speech* speech = nullptr)
      : speech_(speech) {
    row(std::move(header));
  }
  void row(std::vector<std::string> cells);
  [[nodiscard]] std::string text() const;

 private:
  const Speech* speech_ = nullptr;
  std::vector<std::vector<std::string>> rows_;
};

/// Opens a place and refuses one with errors. Throws: Error.
[[nodiscard]] std::shared_ptr<const session::OpenPlace> open_for_run(const std::string& path,
                                                                     Progress& progress);
/// The scenario at `path`, or the baseline for "". Its findings go to standard error.
/// `years` >= 0: instead of the scenario's own. `say`: in which language.
[[nodiscard]] Scenario scenario_for(const session::OpenPlace& opened, const std::string& path,
                                    int years = -1, const Sentences& say = {});

/// Warnings on standard error, a few of a kind, and how many more.
void print_warnings(const Diagnostics& findings, const Sentences& say = {});

}  // namespace doorstep::cli
