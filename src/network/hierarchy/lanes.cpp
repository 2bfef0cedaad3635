#include "network/hierarchy/lanes.h"

#include "base/error.h"

// One body, compiled for each instruction set: the functions between push and pop may use more than
// the rest of the program, and are called only where the machine has it.
// NOLINTBEGIN(bugprone-suspicious-include)
namespace doorstep {
namespace scalar {
#include "network/hierarchy/lane_kernels.inc"
}  // namespace scalar

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define DOORSTEP_WIDE_KERNELS 1
#pragma GCC push_options
#pragma GCC target("avx2")
namespace avx2 {
#include "network/hierarchy/lane_kernels.inc"
}  // namespace avx2
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx512f")
#define DOORSTEP_WIDE_SHUFFLES 1
namespace avx512 {
#include "network/hierarchy/lane_kernels.inc"
}  // namespace avx512
#pragma GCC pop_options
#endif
// NOLINTEND(bugprone-suspicious-include)

const LaneKernels& lane_kernels(InstructionSet set) {
#if defined(DOORSTEP_WIDE_KERNELS)
  if (set == InstructionSet::Avx512) return avx512::kKernels;
  if (set == InstructionSet::Avx2) return avx2::kKernels;
#else
  static_cast<void>(set);
#endif
  return scalar::kKernels;
}

}  // namespace doorstep
