// Withheld counts against a reader who solves the sums.

#include "io/results/suppression.h"

#include <catch2/catch.hpp>

#include <random>

#include "attack.h"

using namespace doorstep::io;
using namespace doorstep::test;

namespace {

/// A table of areas by campuses with both totals; areas belong to towns, whose totals are published
/// as well.
struct Table {
  CountNetwork network;
  std::vector<std::vector<uint32_t>> cell;  ///< arc of each area and campus
  std::vector<uint32_t> area_total, campus_total, town_total;
  uint32_t total = 0;
};

Table table_of(const std::vector<std::vector<double>>& counts, std::size_t areas_a_town) {
  Table t;
  CountNetwork& n = t.network;
  uint32_t begin = n.add_node(), end = n.add_node();
  std::vector<uint32_t> columns;
  std::vector<double> column_sum(counts[0].size());
  for (std::size_t c = 0; c < counts[0].size(); ++c) columns.push_back(n.add_node());
  double all = 0;
  for (std::size_t first = 0; first < counts.size(); first += areas_a_town) {
    uint32_t town = n.add_node();
    double in_town = 0;
    for (std::size_t r = first; r < std::min(counts.size(), first + areas_a_town); ++r) {
      uint32_t row = n.add_node();
      double in_row = 0;
      t.cell.emplace_back();
      for (std::size_t c = 0; c < counts[r].size(); ++c) {
        t.cell.back().push_back(n.add_arc({row, columns[c], counts[r][c]}));
        in_row += counts[r][c];
        column_sum[c] += counts[r][c];
      }
      t.area_total.push_back(n.add_arc({town, row, in_row, 4.0}));
      in_town += in_row;
    }
    t.town_total.push_back(n.add_arc({begin, town, in_town, 16.0}));
    all += in_town;
  }
  for (std::size_t c = 0; c < columns.size(); ++c)
    t.campus_total.push_back(n.add_arc({columns[c], end, column_sum[c], 8.0}));
  t.total = n.add_arc({end, begin, all, 1000.0});
  return t;
}

/// What the reader finds of arc `target`: one equation a node, published arcs as constants.
std::pair<double, double> attacked(const CountNetwork& n, const std::vector<bool>& withheld,
                                   uint32_t target) {
  std::vector<std::size_t> unknown(n.arcs.size(), 0);
  std::size_t unknowns = 0;
  for (std::size_t a = 0; a < n.arcs.size(); ++a)
    if (withheld[a]) unknown[a] = unknowns++;
  std::vector<std::vector<double>> equations(n.nodes, std::vector<double>(unknowns, 0.0));
  std::vector<double> sums(n.nodes, 0.0);
  for (std::size_t a = 0; a < n.arcs.size(); ++a) {
    const auto& arc = n.arcs[a];
    if (withheld[a]) {
      equations[arc.from][unknown[a]] += 1;
      equations[arc.to][unknown[a]] -= 1;
    } else {
      sums[arc.from] -= arc.value;
      sums[arc.to] += arc.value;
    }
  }
  return range_of(equations, sums, unknowns, unknown[target]);
}

std::vector<bool> only_small(const CountNetwork& n, double min_count) {
  std::vector<bool> out;
  for (const auto& arc : n.arcs) out.push_back(arc.value > 0 && arc.value < min_count);
  return out;
}

std::size_t count_of(const std::vector<bool>& withheld) {
  return static_cast<std::size_t>(std::count(withheld.begin(), withheld.end(), true));
}

}  // namespace

TEST_CASE("withholding the small count alone gives it away: the reader subtracts") {
  Table t = table_of({{3, 40}, {50, 60}}, 2);
  std::vector<bool> withheld = only_small(t.network, 10);
  CHECK(count_of(withheld) == 1);
  auto [least, most] = attacked(t.network, withheld, t.cell[0][0]);
  CHECK(least == Approx(3));
  CHECK(most == Approx(3));
}

TEST_CASE("a small count of a two by two table is hidden by the other three") {
  Table t = table_of({{3, 40}, {50, 60}}, 2);
  std::vector<bool> withheld = withheld_arcs(t.network, 10);
  for (const auto& row : t.cell)
    for (uint32_t cell : row) CHECK(withheld[cell]);
  CHECK(count_of(withheld) == 4);  // no total is lost
  // 3 may be anything from 0 to 43: the row has 43, the other row must not fall below 0.
  auto [least, most] = attacked(t.network, withheld, t.cell[0][0]);
  CHECK(least == Approx(0));
  CHECK(most == Approx(43));
}

TEST_CASE("the cheapest others are withheld: 12, 20 and 15 rather than hundreds") {
  Table t = table_of({{4, 12, 300}, {20, 15, 200}, {400, 500, 600}}, 3);
  std::vector<bool> withheld = withheld_arcs(t.network, 10);
  CHECK(count_of(withheld) == 4);
  CHECK((withheld[t.cell[0][1]] && withheld[t.cell[1][0]] && withheld[t.cell[1][1]]));
}

TEST_CASE("a stage with one campus of five pupils publishes no total of them") {
  Table t = table_of({{5}}, 1);
  std::vector<bool> withheld = withheld_arcs(t.network, 10);
  CHECK(count_of(withheld) == t.network.arcs.size());
}

TEST_CASE("a table without small counts is published whole, zeros too") {
  Table t = table_of({{0, 40}, {50, 0}}, 1);
  CHECK(count_of(withheld_arcs(t.network, 10)) == 0);
}

TEST_CASE("a small total is withheld as its cell is") {
  Table t = table_of({{7, 0}, {80, 90}, {60, 70}}, 2);
  std::vector<bool> withheld = withheld_arcs(t.network, 10);
  CHECK(withheld[t.cell[0][0]]);
  CHECK(withheld[t.area_total[0]]);
}

TEST_CASE("in sixty random tables with towns no small count is narrowed to less than ten") {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    std::size_t areas = 2 + random() % 5, campuses = 1 + random() % 5;
    std::vector<std::vector<double>> counts(areas, std::vector<double>(campuses));
    for (auto& row : counts)
      for (double& n : row) {
        unsigned kind = random() % 4;  // nobody, few, some, many; fractions as the model has them
        n = kind == 0   ? 0
            : kind == 1 ? 0.5 + random() % 90 / 10.0
            : kind == 2 ? 10 + random() % 30
                        : random() % 400;
      }
    Table t = table_of(counts, 1 + random() % 3);
    std::vector<bool> withheld = withheld_arcs(t.network, 10);
    for (uint32_t a = 0; a < t.network.arcs.size(); ++a) {
      double value = t.network.arcs[a].value;
      if (value <= 0 || value >= 10) continue;
      REQUIRE(withheld[a]);
      auto [least, most] = attacked(t.network, withheld, a);
      CAPTURE(round, a, value, least, most);
      CHECK(least <= value + 1e-6);
      CHECK(most >= value + 10 - 1e-6);
    }
  }
}
