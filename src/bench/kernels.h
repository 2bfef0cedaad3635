#pragma once
// Every benchmark by a function of its own file. A new kernel: a file bench/NAME.cpp that defines
// its function below, one line in benchmarks.cpp, one in CMakeLists.txt.

#include "bench/bench.h"

namespace doorstep::bench {

[[nodiscard]] Benchmark streets_benchmark();
[[nodiscard]] Benchmark matrix_benchmark();
[[nodiscard]] Benchmark nearest_benchmark();
[[nodiscard]] Benchmark transport_benchmark();
[[nodiscard]] Benchmark live_benchmark();
[[nodiscard]] Benchmark choice_benchmark();
[[nodiscard]] Benchmark years_benchmark();
/// Only in builds with the window.
[[nodiscard]] Benchmark scene_benchmark();

}  // namespace doorstep::bench
