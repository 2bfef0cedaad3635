#pragma once
// The small records that the capacity optimum's state is made of.

#include <cstddef>
#include <cstdint>

namespace doorstep::live {

/// One campus that a home knows of, with the pupils it sends there.
struct BandEntry {
  int64_t cost = 0;
  int64_t flow = 0;
  uint32_t campus = 0;
  uint32_t ds = 0;
};

/// A flow as it was before it first changed since the last answer.
struct OldFlow {
  uint32_t home = 0;
  uint32_t campus = 0;
  int64_t flow = 0;
};

/// Counts of one run, to explain its time.
struct Work {
  std::size_t augmentations = 0;
  std::size_t settled = 0;
  std::size_t rows_read = 0;
  std::size_t suspects = 0;
  std::size_t violations = 0;
  std::size_t rounds = 0;
  std::size_t candidates = 0;
};

/// A home sends pupils to more campuses than its band has entries for, as a large new estate does,
/// or a way is longer than costs have room for: the case is solved again with more room.
struct BandFull {};

}  // namespace doorstep::live
