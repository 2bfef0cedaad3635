// In which two columns of a stream the positions stand: as --columns says, else by the headings,
// else the first two.

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/coords.h"
#include "intake/dictionary.h"

namespace doorstep::cli {
namespace {

using intake::Dictionary;

std::optional<std::size_t> column_meaning(const Dictionary& words,
                                          const std::vector<CsvCell>& header,
                                          const std::string& meaning) {
  for (std::size_t i = 0; i < header.size(); ++i)
    for (const intake::NameMatch& m : words.meanings(header[i].text))
      if (m.meaning == meaning) return i;
  return std::nullopt;
}

/// "x" and "y" may be east and north, or in a Chinese survey north and east; "easting" may not.
bool is_letter(const CsvCell& heading) {
  const std::string name = lower_ascii(heading.text);
  return name.starts_with("x") || name.starts_with("y");
}

std::string headings(const std::vector<CsvCell>& header) {
  std::string out;
  for (std::size_t i = 0; i < std::min<std::size_t>(header.size(), 8); ++i)
    out += (i > 0 ? ", " : "") + printable(header[i].text);
  return out + (header.size() > 8 ? " …" : "");
}

/// A column by its heading, or by its number from 1.
std::size_t column_named(const std::vector<CsvCell>& first, const std::string& name) {
  for (std::size_t i = 0; i < first.size(); ++i)
    if (first[i].text == name) return i;
  double number = 0.0;
  if (parse_number(name, number) && number >= 1 && number <= 10000 &&
      number == static_cast<double>(static_cast<std::size_t>(number)))
    return static_cast<std::size_t>(number) - 1;
  throw Error(fmt::format("no column \"{}\"", name), "--columns", "there are: " + headings(first));
}

}  // namespace

PositionColumns columns_asked(const std::string& asked, const std::vector<CsvCell>& first) {
  const std::size_t comma = asked.find(',');
  if (comma == std::string::npos)
    throw Error("\"" + asked + "\" names no two columns", "--columns",
                "write east or longitude first, e.g. --columns lon,lat or --columns 3,2");
  PositionColumns out{column_named(first, trimmed(asked.substr(0, comma))),
                      column_named(first, trimmed(asked.substr(comma + 1)))};
  if (out.x == out.y)
    throw Error("\"" + asked + "\" names one column twice", "--columns",
                "write east or longitude first, e.g. --columns lon,lat or --columns 3,2");
  return out;
}

PositionColumns columns_by_headings(const std::vector<CsvCell>& header, const std::string& where) {
  const Dictionary words;
  for (const auto& [east, north] : {std::pair{"lon", "lat"}, std::pair{"x", "y"}}) {
    const auto x = column_meaning(words, header, east), y = column_meaning(words, header, north);
    if (!x || !y) continue;
    if (*y < *x && std::string(east) == "x" && is_letter(header[*x]))
      throw Error(fmt::format("columns \"{}\" and \"{}\": which of them points east is not sure",
                              printable(header[*y].text), printable(header[*x].text)),
                  where, "say it, east first: --columns EAST,NORTH");
    return {*x, *y};
  }
  throw Error(fmt::format("no headings say where the positions stand: {}", headings(header)), where,
              "say which, east or longitude first: --columns EAST,NORTH");
}

bool is_heading(const std::vector<CsvCell>& cells, PositionColumns at) {
  if (cells.size() <= std::max(at.x, at.y)) return false;
  double number = 0.0;
  const std::string &x = cells[at.x].text, &y = cells[at.y].text;
  return !parse_number(x, number) && !parse_number(y, number) && !(x.empty() && y.empty());
}

}  // namespace doorstep::cli
