#pragma once
// The rows of a plain CSV that the program wrote, each by the names of its columns.

#include <catch2/catch.hpp>

#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace doorstep::test {

using Row = std::map<std::string, std::string>;

/// Quotes doubled inside a cell are not asked for.
inline std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out{""};
  bool quoted = false;
  for (char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      out.emplace_back();
    else
      out.back() += c;
  }
  return out;
}

inline std::vector<Row> rows_in(const std::string& text) {
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  const std::vector<std::string> header = cells_of(line);
  std::vector<Row> out;
  while (std::getline(lines, line)) {
    std::vector<std::string> values = cells_of(line);
    REQUIRE(values.size() == header.size());
    Row row;
    for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = values[i];
    out.push_back(row);
  }
  return out;
}

}  // namespace doorstep::test
