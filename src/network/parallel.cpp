#include "network/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "base/error.h"

namespace doorstep {
namespace {

/// The failure of the lowest piece, so that what is thrown does not depend on timing alone.
class Failure {
 public:
  void keep(std::size_t piece, std::exception_ptr what) {
    std::lock_guard lock(mutex_);
    if (what_ && piece_ <= piece) return;
    piece_ = piece;
    what_ = what;
    any_ = true;
  }
  [[nodiscard]] bool any() const { return any_; }
  void rethrow() const {
    if (what_) std::rethrow_exception(what_);
  }

 private:
  std::mutex mutex_;
  std::atomic<bool> any_{false};
  std::size_t piece_ = 0;
  std::exception_ptr what_;
};

}  // namespace

unsigned workers_for(std::size_t count, unsigned threads) {
  std::size_t wanted = threads > 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
  return static_cast<unsigned>(std::max<std::size_t>(1, std::min(wanted, count)));
}

void in_parallel(std::size_t count, unsigned threads, const std::string& task, Progress& progress,
                 const std::function<void(std::size_t, unsigned)>& work) {
  std::atomic<std::size_t> next{0};
  Failure failure;
  auto run = [&](unsigned worker) {
    for (std::size_t i = next++; i < count && !failure.any(); i = next++) {
      try {
        if (progress.cancelled()) throw Cancelled();
        if (worker == 0) progress.step(task, static_cast<double>(i) / static_cast<double>(count));
        work(i, worker);
      } catch (...) {
        failure.keep(i, std::current_exception());
      }
    }
  };
  std::vector<std::jthread> others;
  for (unsigned w = 1; w < workers_for(count, threads); ++w) others.emplace_back(run, w);
  run(0);
  others.clear();  // joins
  failure.rethrow();
}

}  // namespace doorstep
