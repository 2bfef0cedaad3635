#pragma once
// What the records of a spreadsheet or CSV mean: title lines, header (of several lines, with merged
// cells), totals, notes, numbers as people write them, and ids that Excel destroyed. Pure: it sees
// records of UTF-8 cells and no file.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "io/table/cells.h"

namespace doorstep::io {

using Record = std::vector<std::string>;

/// A block of merged cells. Units: record and column, from 0, both ends inside.
struct MergedCells {
  std::size_t top = 0;
  std::size_t left = 0;
  std::size_t bottom = 0;
  std::size_t right = 0;
};

/// Where the table lies in a sheet.
struct SheetLayout {
  std::size_t header_at = 0;     ///< records above the header: titles, units
  std::size_t header_lines = 1;  ///< 0 where the first record is data already
  std::vector<std::string> columns;
  std::vector<std::size_t> filled_down;    ///< columns with vertically merged keys, inferred
  std::vector<std::size_t> total_columns;  ///< of the first two, those where 合计 marks a total
  [[nodiscard]] std::size_t first_row() const { return header_at + header_lines; }
};

/// Judged by the first records. `merged`: what the file says of merged cells; null where it says
/// nothing, and they are inferred from empty cells. `workbook`: keys may be merged vertically.
[[nodiscard]] SheetLayout layout_of(std::span<const Record> sample,
                                    const std::vector<MergedCells>* merged, bool workbook);
/// Findings on the header: title lines, joined names, missing and repeated names.
void describe(const SheetLayout& layout, std::span<const Record> sample, const std::string& file,
              Diagnostics& findings);

/// Makes clean rows of raw ones, and reports once what it did to them all.
class RowCleaner {
 public:
  struct Options {
    bool keep_totals = false;
    bool workbook = false;
    std::vector<MergedCells> merged;
  };
  RowCleaner(std::string file, SheetLayout layout, Options options);

  /// Trims, pads, fills down, and writes numbers plainly. `number`: the row's, from 1.
  /// Returns false for a row that is no data: empty, total, note, or the header again.
  bool clean(long number, Record& cells);
  /// Whether a row is data that clean() would leave as it is, which is then counted as cleaned.
  /// False: nothing was counted, and the row needs a look. Most rows of most files pass.
  bool passes(long number, const CellRow& cells);
  /// Findings, each once with its count and first row.
  void report(Diagnostics& findings) const;

 private:
  struct Count {
    std::size_t times = 0;
    long first_row = 0;
    std::string field;
    std::string sample;
  };
  struct ColumnIds {  ///< what Excel may have done to a column
    std::size_t texts = 0;
    std::size_t powers = 0;      ///< 3.7063E+14
    std::size_t long_ids = 0;    ///< 16 digits and more
    std::size_t zero_ended = 0;  ///< of these with zeros beyond the 15th digit
    std::size_t leading_zeros = 0;
    std::map<std::size_t, std::size_t> by_length;
    long first_power = 0;
    long first_short = 0;
    std::string power;
  };

  void note(const std::string& code, long number, std::size_t column, const std::string& sample);
  bool is_no_data(long number, const Record& cells);
  void fill_merged(long number, Record& cells);
  void write_plainly(long number, std::size_t column, std::string& cell);
  void look_at_id(long number, std::size_t column, std::string_view cell);
  [[nodiscard]] bool is_plain(std::size_t column, std::string_view cell) const;
  void report_ids(Diagnostics& findings) const;

  std::string file_;
  SheetLayout layout_;
  Options options_;
  std::map<std::string, Count> counts_;
  std::vector<ColumnIds> ids_;
  std::vector<bool> code_like_;
  Record above_;  ///< the row above as filled
  std::map<std::pair<std::size_t, std::size_t>, std::string> block_values_;
  std::vector<std::string> totals_;
};

/// "合计", "小 计", "Grand Total:", "滨城区小计".
[[nodiscard]] bool is_total_label(std::string_view cell);
/// Without surrounding white space, the ideographic and non-breaking ones too.
[[nodiscard]] std::string trimmed_wide(std::string_view cell);
/// "1，234" and "１２３" as plain numbers, where the whole cell is one; else nothing.
[[nodiscard]] std::optional<std::string> plain_number(std::string_view cell);
/// Whether the name says that it holds codes: 学校代码, area_code, fid.
[[nodiscard]] bool names_a_code(std::string_view column);
/// A column's name without its unit: "学生数（人）" is "学生数", "area (km2)" is "area".
[[nodiscard]] std::string without_unit(std::string_view column);

}  // namespace doorstep::io
