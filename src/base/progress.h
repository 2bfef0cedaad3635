#pragma once
// Progress of long work and the wish to stop it, passed down by reference.
// Who works calls `step`; who waits reads `fraction`, or sets `cancel`.

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace doorstep {

/// Shared between the worker and who watches it. Thread-safe.
class Progress {
 public:
  using Listener = std::function<void(const std::string& task, double fraction)>;

  Progress() = default;
  explicit Progress(Listener listener) : listener_(std::move(listener)) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Says where the work is; `fraction` in [0, 1]. Throws: Cancelled, once cancel() was called.
  void step(const std::string& task, double fraction);
  void cancel() { cancelled_ = true; }
  [[nodiscard]] bool cancelled() const { return cancelled_; }
  [[nodiscard]] double fraction() const { return fraction_; }
  [[nodiscard]] std::string task() const;

 private:
  Listener listener_;
  std::atomic<bool> cancelled_{false};
  std::atomic<double> fraction_{0.0};
  mutable std::mutex mutex_;
  std::string task_;
};

}  // namespace doorstep
