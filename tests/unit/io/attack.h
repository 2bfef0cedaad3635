#pragma once
// What a reader can work out of a published table: the least and the most that a withheld count can
// be, given every sum. A linear programme, solved by a plain simplex that shares no code with the
// program under test.

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace doorstep::test {

/// max c·x over A x = b, x >= 0, by the two-phase tableau with Bland's rule. Infinity where
/// unbounded.
inline double largest(std::vector<std::vector<double>> a, std::vector<double> b,
                      const std::vector<double>& c) {
  constexpr double kZero = 1e-9;
  std::size_t rows = a.size(), columns = c.size();
  std::vector<std::size_t> basis(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    if (b[i] < 0) {
      b[i] = -b[i];
      for (double& v : a[i]) v = -v;
    }
    a[i].resize(columns + rows, 0.0);
    a[i][columns + i] = 1.0;
    basis[i] = columns + i;
  }
  auto improve = [&](const std::vector<double>& goal, std::size_t width) {
    for (;;) {
      std::size_t in = width;
      for (std::size_t j = 0; j < width && in == width; ++j) {
        double gain = goal[j];
        for (std::size_t i = 0; i < rows; ++i) gain -= goal[basis[i]] * a[i][j];
        if (gain > kZero) in = j;
      }
      if (in == width) return true;
      std::size_t out = rows;
      for (std::size_t i = 0; i < rows; ++i) {
        if (a[i][in] <= kZero) continue;
        if (out == rows || b[i] / a[i][in] < b[out] / a[out][in] - 1e-12 ||
            (std::abs(b[i] / a[i][in] - b[out] / a[out][in]) <= 1e-12 && basis[i] < basis[out]))
          out = i;
      }
      if (out == rows) return false;
      double pivot = a[out][in];
      for (double& v : a[out]) v /= pivot;
      b[out] /= pivot;
      for (std::size_t i = 0; i < rows; ++i) {
        if (i == out) continue;
        double k = a[i][in];
        for (std::size_t j = 0; j < a[i].size(); ++j) a[i][j] -= k * a[out][j];
        b[i] -= k * b[out];
      }
      basis[out] = in;
    }
  };
  std::vector<double> first(columns + rows, 0.0);
  for (std::size_t i = 0; i < rows; ++i) first[columns + i] = -1.0;
  improve(first, columns + rows);
  // Whatever artificial variable stays in the basis stands at 0: keep it from growing.
  std::vector<double> second(columns + rows, 0.0);
  for (std::size_t j = 0; j < columns; ++j) second[j] = c[j];
  for (std::size_t i = 0; i < rows; ++i)
    if (basis[i] >= columns) second[basis[i]] = -1e6;
  if (!improve(second, columns)) return std::numeric_limits<double>::infinity();
  double value = 0.0;
  for (std::size_t i = 0; i < rows; ++i)
    if (basis[i] < columns) value += c[basis[i]] * b[i];
  return value;
}

/// The range of unknown `target` where every equation holds. Shape: equations[e][unknown].
inline std::pair<double, double> range_of(const std::vector<std::vector<double>>& equations,
                                          const std::vector<double>& sums, std::size_t unknowns,
                                          std::size_t target) {
  std::vector<double> goal(unknowns, 0.0);
  goal[target] = 1.0;
  double most = largest(equations, sums, goal);
  goal[target] = -1.0;
  return {-largest(equations, sums, goal), most};
}

}  // namespace doorstep::test
