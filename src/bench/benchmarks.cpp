#include "bench/kernels.h"

namespace doorstep::bench {

const std::vector<Benchmark>& benchmarks() {
  static const std::vector<Benchmark> all = {
      matrix_benchmark(),
  };
  return all;
}

}  // namespace doorstep::bench
