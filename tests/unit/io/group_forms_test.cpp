// docs/model.md has a table of the forms of ties: its numbers are those of config/group_forms.toml.

#include <catch2/catch.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "io/config.h"

using namespace doorstep;

namespace {

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, '|');) {
    const auto first = cell.find_first_not_of(' '), last = cell.find_last_not_of(' ');
    cells.push_back(first == std::string::npos ? "" : cell.substr(first, last - first + 1));
  }
  return cells;
}

/// What stands between the first two backticks.
std::string quoted(const std::string& cell) {
  const auto from = cell.find('`');
  return from == std::string::npos ? ""
                                   : cell.substr(from + 1, cell.find('`', from + 1) - from - 1);
}

/// The rows of the table whose head names `brand_share`, the head first.
std::vector<std::vector<std::string>> table_of_forms() {
  const char* root = std::getenv("DOORSTEP_ROOT");
  REQUIRE(root);
  std::ifstream in(std::string(root) + "/docs/model.md");
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    const bool head = line.starts_with("| form |") && line.find("`brand_share`") != line.npos;
    if (!head && rows.empty()) continue;
    if (!line.starts_with("|")) break;
    if (!line.starts_with("|---")) rows.push_back(cells_of(line));
  }
  return rows;
}

struct Numbers {
  double value = 0, low = 0, high = 0;
};

/// "0.18 (0.1-0.4)"
Numbers numbers_of(const std::string& cell) {
  Numbers n;
  REQUIRE(std::sscanf(cell.c_str(), "%lf (%lf-%lf)", &n.value, &n.low, &n.high) == 3);
  return n;
}

}  // namespace

TEST_CASE("the table of forms and the file of forms have the same numbers, form by form") {
  const GroupForms forms = io::load_group_forms();
  const auto rows = table_of_forms();
  REQUIRE(rows.size() > 1);
  std::set<std::string> told;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    const std::string form = quoted(rows[r][1]);
    INFO(form);
    REQUIRE(forms.contains(form));
    told.insert(form);
    for (std::size_t c = 2; c < rows[0].size(); ++c) {
      const std::string rate = quoted(rows[0][c]);
      if (rate.empty()) continue;
      INFO(rate);
      const Coefficients& file = forms.at(form);
      if (rate == "pooled") {
        CHECK((rows[r][c] == "one pool") == (file.value(rate) > 0.5));
        continue;
      }
      CHECK(file.has(rate) == (rows[r][c] != "–"));
      if (!file.has(rate)) continue;
      const Coefficient& held = file.items().at(rate);
      const Numbers said = numbers_of(rows[r][c]);
      CHECK(held.value == said.value);
      CHECK(held.low == said.low);
      CHECK(held.high == said.high);
    }
  }
  for (const auto& [form, rates] : forms) CHECK(told.contains(form));
}

TEST_CASE("every rate of a form has a range round its value, a source and the mark assumed") {
  for (const auto& [form, rates] : io::load_group_forms())
    for (const auto& [name, c] : rates.items()) {
      INFO(form << "." << name);
      CHECK(c.low <= c.value);
      CHECK(c.value <= c.high);
      CHECK_FALSE(c.source.empty());
      CHECK(c.assumed());
    }
}

TEST_CASE("what no source gives is the same for every form, as docs/model.md says") {
  for (const auto& [form, rates] : io::load_group_forms()) {
    INFO(form);
    auto is = [&](const char* rate, double value, double low, double high) {
      const Coefficient& c = rates.items().at(rate);
      return c.value == value && c.low == low && c.high == high;
    };
    CHECK(is("quality_rate", 0.3, 0.1, 0.6));
    CHECK(is("core_loss", 0.5, 0.0, 1.0));
    CHECK(is("free_members", 4, 2, 8));
    CHECK((form == "online" ? is("crowding", 0, 0, 0.1) : is("crowding", 0.1, 0, 0.3)));
  }
}

TEST_CASE("the shares of a name lent are those the sources give") {
  // Nanjing: 3.6 % of 19.7 %; Beijing: 2.4-4.3 % of 7.5-10.5 %. The others stand between them.
  const GroupForms forms = io::load_group_forms();
  auto share = [&](const char* form) { return forms.at(form).items().at("brand_share"); };
  CHECK(share("branch").value == Approx(3.6 / 19.7).margin(0.005));
  CHECK(share("close_knit").low == Approx(0.30));
  CHECK(share("close_knit").high == Approx(0.45));
  CHECK(share("district").value == 0);
  for (const auto& [weaker, stronger] : {std::pair{"alliance", "paired"},
                                         {"paired", "branch"},
                                         {"branch", "entrusted"},
                                         {"entrusted", "close_knit"},
                                         {"close_knit", "merged"}})
    CHECK(share(weaker).value < share(stronger).value);
}
