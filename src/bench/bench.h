#pragma once
// What every benchmark reports: ours and the peer's times taken interleaved in one process, the
// size of the case, and whether the answer was checked. Kernels have a file each; the command line
// only chooses among them.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"

namespace doorstep::bench {

/// Distribution of wall times. Units: milliseconds.
struct Spread {
  double p50 = 0.0;
  double p95 = 0.0;
  double p99 = 0.0;
  double max = 0.0;
};
/// Nearest-rank percentiles. Pre: not empty.
[[nodiscard]] Spread spread_of(std::vector<double> ms);

struct Size {
  std::size_t homes = 0;
  std::size_t campuses = 0;
  std::size_t nodes = 0;
  double pupils = 0.0;
};

/// One line of a benchmark.
struct Report {
  std::string name;  ///< "matrix"
  std::string what;  ///< one sentence: what was timed, on what
  Size size;
  Spread ours_ms;
  std::string peer;  ///< "LEMON 1.3.1 network simplex, cold"; "" where there is none
  std::optional<Spread> peer_ms;
  bool exact = false;   ///< true only where this run checked the answer
  std::string checked;  ///< how: "every flow equal to LEMON's optimum"
  double peak_mb = 0.0;
  std::vector<std::pair<std::string, double>> more;  ///< further figures, unit in the name
};

/// What a person can ask for. Zero or empty: the benchmark's own default.
struct Request {
  std::string place;    ///< a place folder
  std::string graph;    ///< DIMACS-like "from to length" lines, gzip or plain
  std::string extract;  ///< .osm.pbf
  std::string data;     ///< a folder with the files of the city that is drawn
  std::size_t people = 0;
  std::size_t homes = 0;
  std::size_t campuses = 0;
  int repeat = 0;
  unsigned threads = 2;
  uint64_t seed = 1;
  bool peer = true;
};

/// The benchmarks by name: streets, matrix, nearest, transport, live, choice, years, scene.
struct Benchmark {
  std::string name;
  std::string summary;
  std::function<std::vector<Report>(const Request&, Progress&)> run;
};
[[nodiscard]] const std::vector<Benchmark>& benchmarks();

/// One JSON object: name, size, ours_ms, peer_ms, ratio, exact, peak_mb and the further figures.
[[nodiscard]] std::string as_json(const Report& report);
/// One JSON object of all: the first report's, the others in `parts`. Pre: not empty.
[[nodiscard]] std::string as_json(const std::vector<Report>& reports);
/// The machine in one line: processor, cores, memory, instruction set in use.
[[nodiscard]] std::string machine();

}  // namespace doorstep::bench
