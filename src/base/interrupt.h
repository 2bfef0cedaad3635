#pragma once
// Ctrl+C while long work is done: the work is asked to stop and puts away what it has begun, rather
// than being killed in the middle of a file. Implemented in platform_linux.cpp.

#include "base/progress.h"

namespace doorstep {

/// While it lives, SIGINT and SIGTERM cancel the progress; a second one ends the program at once.
/// One at a time; a later one takes the place of an earlier one until it is gone.
class CancelOnInterrupt {
 public:
  explicit CancelOnInterrupt(Progress& progress);
  ~CancelOnInterrupt();
  CancelOnInterrupt(const CancelOnInterrupt&) = delete;
  CancelOnInterrupt& operator=(const CancelOnInterrupt&) = delete;

 private:
  Progress* before_;
};

}  // namespace doorstep
