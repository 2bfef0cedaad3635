#include <algorithm>
#include <cmath>

#include "scene/home_dots.h"

namespace doorstep::scene {
namespace {

/// Dots a square pixel in the places where they lie thickest: nine in ten dots lie thinner.
double thickest(const std::vector<Xy>& dots, double m_per_px) {
  constexpr double kCellPx = 24.0;
  constexpr double kMostCells = 1e6;
  Box box;
  for (Xy p : dots) box.add(p);
  double cell = kCellPx * m_per_px;
  double columns = std::floor(box.width() / cell) + 1, rows = std::floor(box.height() / cell) + 1;
  if (columns * rows > kMostCells) return 0.0;  // so near that they are far apart
  std::vector<int> counts(static_cast<std::size_t>(columns * rows), 0);
  for (Xy p : dots) {
    const auto column = static_cast<std::size_t>((p.x - box.min.x) / cell),
               row = static_cast<std::size_t>((p.y - box.min.y) / cell);
    ++counts[row * static_cast<std::size_t>(columns) + column];
  }
  // A cell of n dots stands for n of them.
  std::sort(counts.begin(), counts.end());
  std::size_t passed = 0;
  auto ninth = counts.begin();
  while (passed + static_cast<std::size_t>(*ninth) <= dots.size() * 9 / 10)
    passed += static_cast<std::size_t>(*ninth++);
  return *ninth / (kCellPx * kCellPx);
}

}  // namespace

int dot_step(const HomeDots& dots, double m_per_px) {
  // A dot covers three square pixels: more than this hides a third of the fill.
  constexpr double kDensest = 0.12;
  if (dots.at.empty()) return 1;
  double density = thickest(dots.at, m_per_px);
  for (int step : {1, 2, 4, 10, 20})
    if (density / step <= kDensest) return step;
  return 40;
}

}  // namespace doorstep::scene
