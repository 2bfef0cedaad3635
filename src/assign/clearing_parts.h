#pragma once
// Shares rows among threads in a fixed number of parts, so that what is kept by part does not
// depend on how many threads there are.

#include <tbb/parallel_for.h>

#include <cstddef>

namespace doorstep {

/// Calls work(part, from, to) for each part of [0, count), or once for part 0 where that is little.
template <std::size_t Parts, class Work>
void side_by_side(std::size_t count, const Work& work) {
  constexpr std::size_t kWorthSharing = 256;
  if (count < kWorthSharing) {
    work(std::size_t{0}, std::size_t{0}, count);
    return;
  }
  tbb::parallel_for(std::size_t{0}, Parts, [&](std::size_t part) {
    work(part, count * part / Parts, count * (part + 1) / Parts);
  });
}

/// Begins to fetch what will be read soon; rows of one campus lie far apart.
inline void fetch_ahead([[maybe_unused]] const void* where) {
#if defined(__GNUC__)
  __builtin_prefetch(where);
#endif
}

}  // namespace doorstep
