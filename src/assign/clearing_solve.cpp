#include "assign/clearing_solve.h"

#include <bit>
#include <cstddef>
#include <cstdint>

namespace doorstep {

namespace {

/// A pivot below this part of its diagonal is what rounding left of a sum that vanishes.
constexpr double kVanished = 1e-12;
constexpr double kRaised = 1e-6;

/// Which unknowns meet in an equation, in either direction, as far as elimination has come.
class Meetings {
 public:
  Meetings(const std::vector<double>& a, std::size_t n)
      : words_((n + 63) / 64), met_(n * words_, 0), count_(n, 0), left_(n, 1) {
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        if (i != j && a[i * n + j] != 0.0) {
          set(i, j);
          set(j, i);
        }
    for (std::size_t i = 0; i < n; ++i) recount(i);
  }

  /// The unknown that meets fewest others, the first of several.
  [[nodiscard]] std::size_t fewest() const {
    std::size_t best = left_.size();
    for (std::size_t i = 0; i < left_.size(); ++i)
      if (left_[i] && (best == left_.size() || count_[i] < count_[best])) best = i;
    return best;
  }
  /// Takes an unknown out: those it meets now meet each other. Returns them.
  std::vector<uint32_t> take_out(std::size_t v) {
    std::vector<uint32_t> out;
    for (std::size_t w = 0; w < words_; ++w)
      for (uint64_t bits = met_[v * words_ + w]; bits != 0; bits &= bits - 1)
        out.push_back(static_cast<uint32_t>(w * 64) +
                      static_cast<uint32_t>(std::countr_zero(bits)));
    left_[v] = 0;
    for (uint32_t i : out) {
      for (std::size_t w = 0; w < words_; ++w) met_[i * words_ + w] |= met_[v * words_ + w];
      clear(i, i);
      clear(i, v);
      recount(i);
    }
    return out;
  }

 private:
  void set(std::size_t i, std::size_t j) { met_[i * words_ + j / 64] |= uint64_t{1} << (j % 64); }
  void clear(std::size_t i, std::size_t j) {
    met_[i * words_ + j / 64] &= ~(uint64_t{1} << (j % 64));
  }
  void recount(std::size_t i) {
    int count = 0;
    for (std::size_t w = 0; w < words_; ++w) count += std::popcount(met_[i * words_ + w]);
    count_[i] = count;
  }

  std::size_t words_;
  std::vector<uint64_t> met_;
  std::vector<int> count_;
  std::vector<uint8_t> left_;
};

}  // namespace

bool solve_in_place(std::vector<double>& a, std::vector<double>& b) {
  const std::size_t n = b.size();
  bool regular = true;
  std::vector<double> diagonal(n);
  for (std::size_t i = 0; i < n; ++i) diagonal[i] = a[i * n + i];
  Meetings meetings(a, n);
  std::vector<std::size_t> order(n);
  std::vector<std::vector<uint32_t>> met(n);
  for (std::size_t step = 0; step < n; ++step) {
    const std::size_t k = order[step] = meetings.fewest();
    met[k] = meetings.take_out(k);
    const double* pivot_row = &a[k * n];
    double& pivot = a[k * n + k];
    if (!(pivot > kVanished * diagonal[k])) {
      pivot = kRaised * (diagonal[k] > 0.0 ? diagonal[k] : 1.0);
      regular = false;
    }
    for (uint32_t i : met[k]) {
      double* row = &a[i * n];
      if (row[k] == 0.0) continue;
      const double factor = row[k] / pivot;
      for (uint32_t j : met[k]) row[j] -= factor * pivot_row[j];
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t step = n; step-- > 0;) {
    const std::size_t k = order[step];
    double sum = b[k];
    for (uint32_t j : met[k]) sum -= a[k * n + j] * b[j];
    b[k] = sum / a[k * n + k];
  }
  return regular;
}

}  // namespace doorstep
