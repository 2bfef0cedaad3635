#include "session/side_job.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "base/error.h"

namespace doorstep::session {

namespace {

/// Threads that were let go; the program waits for them when it ends, not before.
class Leaving {
 public:
  ~Leaving() {
    std::unique_lock lock(mutex_);
    gone_.wait(lock, [this] { return count_ == 0; });
  }
  void enter() {
    std::lock_guard lock(mutex_);
    ++count_;
  }
  void leave() {
    std::lock_guard lock(mutex_);
    --count_;
    gone_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable gone_;
  int count_ = 0;
};

Leaving& leaving() {
  static Leaving all;
  return all;
}

}  // namespace

struct SideJob::Run {
  Progress progress;
  std::atomic<bool> finished{false};
  Done done;
  std::string error;
};

SideJob::~SideJob() { cancel(); }

void SideJob::start(std::function<Done(Progress&)> work) {
  cancel();
  error_.clear();
  run_ = std::make_shared<Run>();
  leaving().enter();
  std::thread([run = run_, work = std::move(work)] {
    try {
      run->done = work(run->progress);
    } catch (const Cancelled&) {
    } catch (const Error& e) {
      run->error = e.message();
    } catch (const std::exception& e) {
      run->error = e.what();
    }
    run->finished = true;
    leaving().leave();
  }).detach();
}

bool SideJob::poll() {
  if (!run_ || !run_->finished) return false;
  const std::shared_ptr<Run> ended = std::exchange(run_, nullptr);
  error_ = ended->error;
  if (ended->done) ended->done();
  return true;
}

void SideJob::cancel() {
  if (run_) run_->progress.cancel();
  run_.reset();
}

double SideJob::fraction() const { return run_ ? run_->progress.fraction() : 0.0; }
std::string SideJob::task() const { return run_ ? run_->progress.task() : ""; }
std::string SideJob::take_error() { return std::exchange(error_, {}); }

}  // namespace doorstep::session
