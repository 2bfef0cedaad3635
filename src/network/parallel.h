#pragma once
// Runs independent pieces of work on several threads. Pieces write to places of their own, so that
// results never depend on the number of threads.

#include <cstddef>
#include <functional>
#include <string>

#include "base/progress.h"

namespace doorstep {

/// Calls work(i, worker) for every i in [0, count), worker < threads telling the scratch space to
/// use. The calling thread works too and reports progress. `threads` 0: as many as there are cores.
/// Throws: Cancelled, or the first exception of the lowest piece that failed.
void in_parallel(std::size_t count, unsigned threads, const std::string& task, Progress& progress,
                 const std::function<void(std::size_t i, unsigned worker)>& work);

/// How many workers in_parallel uses for `count` pieces.
[[nodiscard]] unsigned workers_for(std::size_t count, unsigned threads);

}  // namespace doorstep
