#include "bench/kernels.h"

namespace doorstep::bench {

const std::vector<Benchmark>& benchmarks() {
  static const std::vector<Benchmark> all = {
      streets_benchmark(), matrix_benchmark(), nearest_benchmark(), transport_benchmark(),
      live_benchmark(),    choice_benchmark(), years_benchmark(),
#ifdef DOORSTEP_DRAWS
      scene_benchmark(),
#endif
  };
  return all;
}

}  // namespace doorstep::bench
