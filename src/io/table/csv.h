#pragma once
// Splitting separated text into records and cells, as bytes: no encoding is assumed beyond ASCII
// being itself. What the records mean (header, totals) is sheet.h's.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "io/table/cells.h"

namespace doorstep::io {

/// Fills `out` with up to `room` bytes and returns how many; 0 at the end.
using ByteSource = std::function<std::size_t(char* out, std::size_t room)>;

struct CsvDialect {
  char separator = ',';
  /// Second bytes of characters may look like ASCII (GB18030, Big5): '|' may be half a character.
  bool double_byte = false;
};

/// The separator (comma, semicolon, tab or bar) that divides the sample's records most evenly; a
/// comma where none does, so that a file of one column is a file of one column.
[[nodiscard]] CsvDialect sniff_csv(std::string_view sample, bool double_byte = false);

/// Reads records one by one. Lines end in LF, CR LF or CR alone, also mixed; quoted cells may hold
/// separators, doubled quotes and line ends; NUL bytes and a byte order mark are left out.
class CsvReader {
 public:
  /// `shown` names the file in messages.
  CsvReader(ByteSource source, CsvDialect dialect, std::string shown);

  /// The next record, which has at least one cell; an empty line is a record of one empty cell.
  /// Returns false at the end. Throws: Error where a quote never closes or a record has no end.
  bool next(std::vector<std::string>& cells);
  /// The same, put behind others; false, and nothing added, at the end.
  bool next(RecordBlock& records);
  /// Number of the record last read, from 1.
  [[nodiscard]] long record() const { return record_; }
  [[nodiscard]] std::size_t nul_bytes() const { return nul_bytes_; }

 private:
  static constexpr int kEnd = -1;

  bool take_plain_record(RecordBlock& records);
  template <class NextCell>
  bool read_record(const NextCell& next_cell);
  int peek();
  int take();
  void read_cell(std::string& cell);
  void take_run(std::string& cell);
  void read_quoted(std::string& cell);
  void append(std::string& cell, int c);

  ByteSource source_;
  CsvDialect dialect_;
  std::string shown_;
  std::vector<char> buffer_;
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
  std::size_t record_bytes_ = 0;
  std::size_t last_cells_ = 0;  ///< of the record before: the next has as many
  std::size_t nul_bytes_ = 0;
  long record_ = 0;
  bool ended_ = false;
};

/// A text in UTF-16 as UTF-8, as it streams; halves of pairs become U+FFFD.
[[nodiscard]] ByteSource utf16_as_utf8(ByteSource source, bool big_endian);
/// Bytes held in memory, which must outlive the source.
[[nodiscard]] ByteSource bytes_of(std::string_view text);

}  // namespace doorstep::io
