#include "session/calibrate/fisher.h"

#include <fmt/format.h>

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace doorstep::session {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

using Row = std::vector<double>;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Predicted shares_of(Predicted predicted) {
  for (Row& round : predicted) {
    double sum = 0.0;
    for (double v : round) sum += v;
    for (double& v : round) v = sum > 0 ? v / sum : 0.0;
  }
  return predicted;
}

/// Slope and information at one point.
struct Local {
  VectorXd slope;
  MatrixXd information;
  Predicted shares;
};

class Search {
 public:
  Search(const std::vector<CountRound>& seen, const std::vector<FreeNumber>& free,
         const Model& model, Progress& progress)
      : seen_(seen), free_(free), model_(model), progress_(progress) {}

  Fit run() {
    Row at;
    for (const FreeNumber& f : free_) at.push_back(f.start);
    Predicted now = predict(at);
    Fit fit;
    fit.log_likelihood_before = fit.log_likelihood = log_likelihood(seen_, now);
    if (!std::isfinite(fit.log_likelihood))
      throw Error("the model predicts nobody where pupils were seen", "calibrate",
                  "check that the observed campuses are open and within reach in that year");
    Local local;
    constexpr int kMostRounds = 50;
    for (fit.rounds = 0; fit.rounds < kMostRounds && !fit.converged; ++fit.rounds) {
      progress_.step(fmt::format("calibrate, round {}", fit.rounds + 1),
                     static_cast<double>(fit.rounds) / kMostRounds);
      local = look_around(at, now);
      double before = fit.log_likelihood;
      step(at, now, local, fit.log_likelihood);
      fit.converged = fit.log_likelihood - before < 1e-7 * std::abs(before) + 1e-9;
    }
    local = look_around(at, now);
    describe(at, local, fit);
    return fit;
  }

 private:
  Predicted predict(const Row& numbers) const {
    Predicted out = model_(numbers);
    DOORSTEP_ASSERT(out.size() == seen_.size());
    for (std::size_t r = 0; r < out.size(); ++r)
      DOORSTEP_ASSERT(out[r].size() == seen_[r].seen.size());
    return out;
  }

  /// Central differences; the width follows the range of the number.
  Local look_around(const Row& at, const Predicted& now) const {
    const auto n = static_cast<Eigen::Index>(free_.size());
    Local local{VectorXd::Zero(n), MatrixXd::Zero(n, n), shares_of(now)};
    std::vector<Predicted> slopes;
    for (std::size_t k = 0; k < free_.size(); ++k) slopes.push_back(slope_of(at, k));
    for (std::size_t r = 0; r < seen_.size(); ++r) {
      double all = 0.0;
      for (double v : seen_[r].seen) all += v;
      for (std::size_t j = 0; j < seen_[r].seen.size(); ++j) {
        const double p = local.shares[r][j];
        if (!(p > 1e-15)) continue;
        VectorXd slope(n);
        for (Eigen::Index k = 0; k < n; ++k) slope[k] = slopes[static_cast<std::size_t>(k)][r][j];
        local.slope += seen_[r].seen[j] / p * slope;
        local.information += all / p * slope * slope.transpose();
      }
    }
    return local;
  }

  Predicted slope_of(const Row& at, std::size_t k) const {
    const double half = 1e-4 * (free_[k].high - free_[k].low);
    Row above = at, below = at;
    above[k] = std::min(at[k] + half, free_[k].high);
    below[k] = std::max(at[k] - half, free_[k].low);
    Predicted up = shares_of(predict(above)), down = shares_of(predict(below));
    for (std::size_t r = 0; r < up.size(); ++r)
      for (std::size_t j = 0; j < up[r].size(); ++j)
        up[r][j] = (up[r][j] - down[r][j]) / (above[k] - below[k]);
    return up;
  }

  /// The scoring step, damped until the likelihood rises: full at first, then shorter and more and
  /// more along the slope. Source: Marquardt 1963, J. SIAM 11(2).
  void step(Row& at, Predicted& now, const Local& local, double& best) const {
    const VectorXd scale = local.information.diagonal().cwiseMax(1e-9);
    for (double damping = 1e-8; damping < 1e8; damping *= 10.0) {
      MatrixXd damped = local.information;
      damped.diagonal() += damping * scale;
      const VectorXd move = damped.ldlt().solve(local.slope);
      if (!move.allFinite()) continue;
      Row next = at;
      for (std::size_t k = 0; k < next.size(); ++k)
        next[k] =
            std::clamp(at[k] + move[static_cast<Eigen::Index>(k)], free_[k].low, free_[k].high);
      Predicted there = predict(next);
      double value = log_likelihood(seen_, there);
      if (!(value > best)) continue;
      at = std::move(next);
      now = std::move(there);
      best = value;
      return;
    }
  }

  [[nodiscard]] double dispersion(const Predicted& shares) const {
    double chi = 0.0, freedom = -static_cast<double>(free_.size());
    for (std::size_t r = 0; r < seen_.size(); ++r) {
      double all = 0.0;
      for (double v : seen_[r].seen) all += v;
      freedom -= 1.0;
      for (std::size_t j = 0; j < seen_[r].seen.size(); ++j) {
        const double expected = all * shares[r][j];
        if (!(expected > 0)) continue;
        chi += (seen_[r].seen[j] - expected) * (seen_[r].seen[j] - expected) / expected;
        freedom += 1.0;
      }
    }
    return freedom > 0 ? std::max(1.0, chi / freedom) : 1.0;
  }

  void describe(const Row& at, const Local& local, Fit& fit) const {
    fit.dispersion = dispersion(local.shares);
    std::vector<Eigen::Index> moving;
    for (std::size_t k = 0; k < free_.size(); ++k) {
      const auto i = static_cast<Eigen::Index>(k);
      const double width = free_[k].high - free_[k].low, edge = 1e-6 * width;
      fit.numbers.push_back({free_[k].name, at[k], kNone,
                             at[k] <= free_[k].low + edge || at[k] >= free_[k].high - edge});
      if (local.information(i, i) * width * width > 1e-6)
        moving.push_back(i);
      else
        fit.unseen.push_back(free_[k].name);
    }
    if (moving.empty()) return;
    const MatrixXd part = local.information(moving, moving);
    Eigen::FullPivLU<MatrixXd> lu(part);
    const bool known = lu.isInvertible();
    // Without an inverse the information itself says which numbers move the shares alike.
    const MatrixXd inverse = known ? MatrixXd(lu.inverse()) : MatrixXd(-part);
    for (std::size_t i = 0; i < moving.size(); ++i) {
      const auto r = static_cast<Eigen::Index>(i);
      if (known)
        fit.numbers[static_cast<std::size_t>(moving[i])].standard_error =
            std::sqrt(std::max(0.0, inverse(r, r)) * fit.dispersion);
      for (Eigen::Index c = 0; c < r; ++c)
        note_pair(moving[static_cast<std::size_t>(c)], moving[i],
                  inverse(r, c) / std::sqrt(inverse(r, r) * inverse(c, c)), fit);
    }
  }

  void note_pair(Eigen::Index one, Eigen::Index other, double correlation, Fit& fit) const {
    constexpr double kEntangled = 0.95;
    if (std::abs(correlation) > kEntangled)
      fit.entangled.push_back({free_[static_cast<std::size_t>(one)].name,
                               free_[static_cast<std::size_t>(other)].name, correlation});
  }

  const std::vector<CountRound>& seen_;
  const std::vector<FreeNumber>& free_;
  const Model& model_;
  Progress& progress_;
};

}  // namespace

double log_likelihood(const std::vector<CountRound>& seen, const Predicted& predicted) {
  double sum = 0.0;
  Predicted shares = shares_of(predicted);
  for (std::size_t r = 0; r < seen.size(); ++r)
    for (std::size_t j = 0; j < seen[r].seen.size(); ++j)
      if (seen[r].seen[j] > 0) sum += seen[r].seen[j] * std::log(shares[r][j]);
  return sum;
}

Fit fit_to_counts(const std::vector<CountRound>& seen, std::vector<FreeNumber> free,
                  const Model& model, Progress& progress) {
  if (seen.empty()) throw Error("no counts to fit to", "calibrate", "give [[observed]]");
  if (free.empty()) throw Error("no number to fit", "calibrate", "name one with --free");
  for (FreeNumber& f : free) {
    if (!(f.low < f.high))
      throw Error("the range of " + f.name + " is empty", "calibrate", "low must be below high");
    f.start = std::clamp(f.start, f.low, f.high);
  }
  return Search(seen, free, model, progress).run();
}

}  // namespace doorstep::session
