#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "io/table/sheet.h"

namespace doorstep::io {
namespace {

const std::string& cell_of(const Record& record, std::size_t column) {
  static const std::string kEmpty;
  return column < record.size() ? record[column] : kEmpty;
}

bool is_empty(const Record& record, std::size_t column) {
  return trimmed_wide(cell_of(record, column)).empty();
}

std::size_t filled(const Record& record) {
  std::size_t n = 0;
  for (std::size_t c = 0; c < record.size(); ++c) n += !is_empty(record, c);
  return n;
}

bool is_number(const std::string& cell) {
  std::string text = trimmed_wide(cell);
  double value = 0.0;
  return parse_number(plain_number(text).value_or(text), value);
}

std::size_t numbers(const Record& record) {
  return static_cast<std::size_t>(std::ranges::count_if(record, is_number));
}

std::size_t width_of(std::span<const Record> sample) {
  std::size_t width = 0;
  for (const Record& record : sample)
    for (std::size_t c = record.size(); c > width; --c)
      if (!is_empty(record, c - 1)) {
        width = c;
        break;
      }
  return width;
}

/// Records above the header: empty ones, a title alone in its line, a date and a unit.
std::size_t title_lines(std::span<const Record> sample, std::size_t width) {
  if (width < 2) return 0;
  std::size_t most = 0;
  for (const Record& record : sample) most = std::max(most, filled(record));
  std::size_t at = 0;
  while (at + 1 < sample.size()) {
    std::size_t n = filled(sample[at]);
    bool title = n == 0 || (n == 1 && most >= 2) || (n == 2 && width >= 5 && most >= 5);
    if (!title || numbers(sample[at]) == n) {
      if (n != 0) break;
    }
    ++at;
  }
  // What follows must look like a header; else the first record was one, however short.
  bool header_follows = numbers(sample[at]) == 0 && filled(sample[at]) >= 2;
  return header_follows ? at : 0;
}

/// Whether a header's first line has cells merged over those of a second one.
bool has_second_line(std::span<const Record> sample, std::size_t at, std::size_t width) {
  if (at + 2 >= sample.size()) return false;
  const Record& top = sample[at];
  const Record& under = sample[at + 1];
  if (numbers(under) > 0 || filled(under) == 0 || is_empty(top, 0)) return false;
  bool any_span = false;
  bool numbers_below = false;
  for (std::size_t c = 0; c < width; ++c) {
    bool starts_span =
        !is_empty(top, c) && c + 1 < width && is_empty(top, c + 1) && !is_empty(under, c + 1);
    bool in_span = is_empty(top, c) || starts_span;
    if (!in_span && !is_empty(under, c)) return false;
    if (in_span && is_empty(under, c)) return false;
    if (!in_span) continue;
    any_span = true;
    for (std::size_t r = at + 2; r < sample.size() && r < at + 8; ++r)
      numbers_below |= is_number(cell_of(sample[r], c));
  }
  return any_span && numbers_below;
}

/// As the merged cells say, where the file tells.
std::size_t header_lines_by_merges(const std::vector<MergedCells>& merged, std::size_t at) {
  std::size_t lines = 1;
  for (const MergedCells& m : merged)
    if (m.top == at && m.bottom > m.top && m.bottom - m.top < 4)
      lines = std::max(lines, m.bottom - m.top + 1);
  return lines;
}

/// Line breaks inside a header cell are layout: "学生\n人数" is one word.
std::string header_text(const std::string& cell) {
  std::string out;
  for (char c : trimmed_wide(cell)) {
    bool line_end = c == '\n' || c == '\r';
    if (!line_end) {
      out += c;
    } else if (!out.empty() && out.back() != ' ' && static_cast<signed char>(out.back()) >= 0) {
      out += ' ';
    }
  }
  return out;
}

/// Names of all columns, lines joined by "/": 小学/班数.
std::vector<std::string> joined_names(std::span<const Record> header, std::size_t width) {
  std::vector<std::string> names(width);
  for (std::size_t line = 0; line < header.size(); ++line) {
    std::string carried;
    std::vector<std::string> above = names;
    for (std::size_t c = 0; c < width; ++c) {
      std::string text = header_text(cell_of(header[line], c));
      bool last_line = line + 1 == header.size();
      bool same_above = c == 0 || line == 0 || above[c] == above[c - 1];
      if (text.empty() && !last_line && same_above) {
        // Merged over the cells below, where there are such.
        bool divided = false;
        for (std::size_t l = line + 1; l < header.size(); ++l) divided |= !is_empty(header[l], c);
        if (divided) text = carried;
      }
      carried = text;
      if (text.empty() || text == names[c]) continue;
      names[c] += (names[c].empty() ? "" : "/") + text;
    }
  }
  return names;
}

/// Empty names become field_N, repeated ones get a number.
void make_unique(std::vector<std::string>& names) {
  std::set<std::string> used;
  for (std::size_t c = 0; c < names.size(); ++c) {
    if (names[c].empty()) names[c] = fmt::format("field_{}", c + 1);
    std::string name = names[c];
    for (int n = 2; !used.insert(names[c]).second; ++n) names[c] = fmt::format("{}_{}", name, n);
  }
}

/// Leading columns whose cells stand once for several rows, as vertically merged ones do when the
/// file no longer says so: mostly empty, never a number, never twice the same in a row.
std::vector<std::size_t> merged_keys(std::span<const Record> rows, std::size_t width) {
  std::vector<std::size_t> found;
  if (rows.size() < 4) return found;
  for (std::size_t c = 0; c + 1 < width; ++c) {
    std::size_t texts = 0;
    std::size_t all = 0;
    std::string last;
    for (const Record& row : rows) {
      if (filled(row) < 2) continue;
      std::string cell = trimmed_wide(cell_of(row, c));
      bool first = all++ == 0;
      if (cell.empty() && first) return found;
      if (cell.empty()) continue;
      if (is_number(cell) || cell == last) return found;
      last = cell;
      ++texts;
    }
    if (all < 4 || texts * 10 > all * 7) return found;
    found.push_back(c);
  }
  return found;
}

/// A category such as sex may have a value 合计 too; it marks a total only where it is rare.
std::vector<std::size_t> total_columns(std::span<const Record> rows, std::size_t width) {
  std::vector<std::size_t> columns;
  for (std::size_t c = 0; c < std::min<std::size_t>(2, width); ++c) {
    std::size_t labels = 0;
    for (const Record& row : rows) labels += is_total_label(cell_of(row, c));
    if (labels == 1 || labels * 4 <= rows.size()) columns.push_back(c);
  }
  return columns;
}

}  // namespace

SheetLayout layout_of(std::span<const Record> sample, const std::vector<MergedCells>* merged,
                      bool workbook) {
  SheetLayout layout;
  std::size_t width = width_of(sample);
  if (sample.empty()) return layout;
  layout.header_at = title_lines(sample, width);
  std::size_t at = layout.header_at;
  if (merged != nullptr) layout.header_lines = header_lines_by_merges(*merged, at);
  if (layout.header_lines == 1 && has_second_line(sample, at, width)) layout.header_lines = 2;
  layout.header_lines = std::min(layout.header_lines, sample.size() - at);
  std::size_t named = filled(sample[at]);
  if (at == 0 && named > 0 && numbers(sample[at]) == named && sample.size() > 1)
    layout.header_lines = 0;
  // Cells beyond the header's in few records are ragged ends, not columns.
  std::size_t header_width =
      width_of(sample.subspan(at, std::max<std::size_t>(layout.header_lines, 1)));
  std::size_t wider = 0;
  for (const Record& row : sample.subspan(layout.first_row()))
    wider += width_of(std::span(&row, 1)) > header_width;
  if (wider * 2 < sample.size()) width = header_width;
  layout.columns = joined_names(sample.subspan(at, layout.header_lines), width);
  make_unique(layout.columns);
  std::span<const Record> rows = sample.subspan(layout.first_row());
  bool report_like = workbook || layout.header_at > 0 || layout.header_lines > 1;
  if (report_like && merged == nullptr) layout.filled_down = merged_keys(rows, width);
  layout.total_columns = total_columns(rows, width);
  return layout;
}

void describe(const SheetLayout& layout, std::span<const Record> sample, const std::string& file,
              Diagnostics& findings) {
  InputRef at{file, 0, "header"};
  if (layout.header_at > 0) {
    std::string title;
    for (const Record& record : sample.first(layout.header_at))
      for (const std::string& cell : record)
        if (title.empty()) title = header_text(cell);
    findings
        .info(
            "title-lines",
            fmt::format("{} lines above the header left out{}; row 1 is line {}", layout.header_at,
                        title.empty() ? "" : " (\"" + title + "\")", layout.first_row() + 1),
            at)
        .done = Done::Skipped;
  }
  if (layout.header_lines == 0)
    findings.warning("no-header", "the first line holds numbers only and was read as data", at,
                     "columns are called field_1, field_2 …; write a line of names above");
  if (layout.header_lines > 1) {
    std::string example;
    for (const std::string& name : layout.columns)
      if (example.empty() && name.find('/') != std::string::npos) example = name;
    findings.info("joined-header",
                  fmt::format("a header of {} lines was joined{}", layout.header_lines,
                              example.empty() ? "" : ", as in \"" + example + "\""),
                  at);
  }
  std::size_t lines_end = std::min(layout.first_row(), sample.size());
  std::set<std::string> names;
  for (const Record& record : sample.subspan(layout.header_at, lines_end - layout.header_at)) {
    if (layout.header_lines != 1) break;
    for (const std::string& cell : record) {
      std::string name = header_text(cell);
      if (!name.empty() && !names.insert(name).second)
        findings.warning("repeated-field", fmt::format("two columns are called \"{}\"", name), at,
                         fmt::format("the second is read as \"{}_2\"", name));
    }
  }
  for (std::size_t c : layout.filled_down)
    findings
        .warning("filled-down",
                 fmt::format("empty cells of \"{}\" were read as merged with the one above",
                             layout.columns[c]),
                 {file, 0, layout.columns[c]}, "write the value into every row to be sure")
        .done = Done::Repaired;
}

}  // namespace doorstep::io
