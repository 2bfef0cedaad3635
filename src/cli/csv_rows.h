#pragma once
// Rows of a CSV as they stand in a stream, for commands that change a few cells and keep every
// other byte. Tables that a place reads go through io instead.

#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace doorstep::cli {

/// The UTF-8 byte order mark.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// A row with its line end.
struct CsvRow {
  std::string bytes;
  long line = 0;  ///< on which it begins, from 1
};

/// A cell: where it stands in the bytes of its row, quotes included, and the text in it, trimmed.
struct CsvCell {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

/// Cuts a stream into rows; a line end within quotes is none. Holds one row at a time.
class CsvRows {
 public:
  /// `source` names the stream in errors.
  CsvRows(std::FILE* file, std::string source) : file_(file), source_(std::move(source)) {}

  /// The next row; false at the end. The first one decides on the separator: comma, semicolon or
  /// tab. Throws: Error where it cannot be read, is UTF-16, or a quote is never closed.
  [[nodiscard]] bool next(CsvRow& row);
  /// The first cells of the row that was read last, at most `most`.
  [[nodiscard]] std::vector<CsvCell> cells(const CsvRow& row, std::size_t most) const;
  [[nodiscard]] const std::string& source() const { return source_; }

 private:
  int peek();
  int get();
  [[nodiscard]] bool opens(const std::string& row) const;
  [[noreturn]] void never_closed(const CsvRow& row) const;
  void start(const CsvRow& row);

  std::FILE* file_;
  std::string source_;
  std::string separators_ = ",;\t";  ///< one, once the first row is known
  std::array<char, 65536> block_{};
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  long line_ = 1;
};

}  // namespace doorstep::cli
