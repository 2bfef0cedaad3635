#include "base/progress.h"

#include "base/error.h"

namespace doorstep {

void Progress::step(const std::string& task, double fraction) {
  if (cancelled_) throw Cancelled();
  fraction_ = fraction;
  {
    std::lock_guard lock(mutex_);
    task_ = task;
  }
  if (listener_) listener_(task, fraction);
}

std::string Progress::task() const {
  std::lock_guard lock(mutex_);
  return task_;
}

}  // namespace doorstep
