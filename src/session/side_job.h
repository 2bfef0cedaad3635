#pragma once
// One piece of long work beside the document: reading files that were dropped, packing a place.
// Cancelling lets go of it at once; the thread ends at its next step and its result is dropped.
// One thread owns a SideJob; the work must only touch what it was given.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/progress.h"

namespace doorstep::session {

class SideJob {
 public:
  SideJob() = default;
  ~SideJob();
  SideJob(const SideJob&) = delete;
  SideJob& operator=(const SideJob&) = delete;

  /// Begins; what ran before is let go. `work` returns what is done with its result on the thread
  /// that polls. It may throw Error.
  using Done = std::function<void()>;
  void start(std::function<Done(Progress&)> work);
  /// Calls what the work returned, once it is finished. True where something ended.
  bool poll();
  /// Lets go of it. Cost: none; nothing is waited for.
  void cancel();
  [[nodiscard]] bool running() const { return run_ != nullptr; }
  [[nodiscard]] double fraction() const;
  [[nodiscard]] std::string task() const;
  /// The failure of the last work as one line, once; "" where there is none.
  [[nodiscard]] std::string take_error();

 private:
  struct Run;
  std::shared_ptr<Run> run_;
  std::string error_;
};

}  // namespace doorstep::session
