#include "cli/csv_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace doorstep::cli {

namespace {

/// A row longer than this is a quote that nobody closed, not a row.
constexpr std::size_t kLongestRow = std::size_t{16} << 20;

std::vector<CsvCell> cut(const std::string& row, char separator, std::size_t most) {
  std::size_t at = row.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  std::size_t end = row.size();
  while (end > at && (row[end - 1] == '\n' || row[end - 1] == '\r')) --end;
  std::vector<CsvCell> cells;
  while (cells.size() < most && at <= end) {
    CsvCell cell{at, at, ""};
    bool quoted = false;
    for (; at < end && (quoted || row[at] != separator); ++at) {
      if (row[at] == '"' && (quoted || at == cell.begin))
        quoted = !quoted;
      else
        cell.text += row[at];
    }
    cell.end = at++;
    cell.text = trimmed(cell.text);
    cells.push_back(std::move(cell));
  }
  return cells;
}

/// What separates the cells: that which leaves two numbers in front, else the most frequent one.
char separator_of(const std::string& first_row) {
  char frequent = ',';
  for (char c : {',', ';', '\t'}) {
    std::vector<CsvCell> cells = cut(first_row, c, 2);
    double number = 0.0;
    if (cells.size() == 2 && parse_number(cells[0].text, number) &&
        parse_number(cells[1].text, number))
      return c;
    if (std::ranges::count(first_row, c) > std::ranges::count(first_row, frequent)) frequent = c;
  }
  return frequent;
}

}  // namespace

bool CsvRows::next(CsvRow& row) {
  bool first = line_ == 1;
  row.bytes.clear();
  row.line = line_;
  bool quoted = false;
  bool ended = false;
  for (int c = get(); c != EOF && !ended; c = ended ? EOF : get()) {
    bool doubled = c == '"' && quoted && peek() == '"';  // stands for one and closes nothing
    if (c == '"' && !doubled) quoted = !quoted && opens(row.bytes);
    row.bytes += static_cast<char>(c);
    if (doubled) row.bytes += static_cast<char>(get());
    if (row.bytes.size() > kLongestRow) never_closed(row);
    if (c != '\n' && c != '\r') continue;
    if (c == '\r' && peek() == '\n') row.bytes += static_cast<char>(get());
    ++line_;
    ended = !quoted;
  }
  if (first && !row.bytes.empty()) start(row);
  if (quoted) never_closed(row);
  return !row.bytes.empty();
}

std::vector<CsvCell> CsvRows::cells(const CsvRow& row, std::size_t most) const {
  return cut(row.bytes, separators_.front(), most);
}

int CsvRows::peek() {
  if (at_ == end_) {
    end_ = std::fread(block_.data(), 1, block_.size(), file_);
    at_ = 0;
    if (end_ == 0 && std::ferror(file_) != 0)
      throw Error("cannot be read", source_, "give a CSV file: doorstep coords … < file.csv");
  }
  return at_ == end_ ? EOF : static_cast<unsigned char>(block_[at_]);
}

int CsvRows::get() {
  int c = peek();
  if (c != EOF) ++at_;
  return c;
}

/// A quote within a cell, as in 5" pipe, is a character like any other.
bool CsvRows::opens(const std::string& row) const {
  return row.empty() || row == kByteOrderMark || separators_.find(row.back()) != std::string::npos;
}

void CsvRows::never_closed(const CsvRow& row) const {
  throw Error("a quote is opened and never closed", fmt::format("{} line {}", source_, row.line),
              "close it, or take the stray quote out");
}

void CsvRows::start(const CsvRow& row) {
  if (row.bytes.starts_with("\xFF\xFE") || row.bytes.starts_with("\xFE\xFF"))
    throw Error("is UTF-16 text", source_, "save it as CSV UTF-8");
  separators_ = separator_of(row.bytes);
}

}  // namespace doorstep::cli
