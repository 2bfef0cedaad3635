#pragma once
// Campuses of a stage as a sheet of cells, and what pasting a block from a spreadsheet over it
// would change: cell by cell, with what cannot be taken named by row and column. Nothing is changed
// here; the changes become edits of the plan, and place files stay as they are.

#include <optional>
#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace doorstep::session {

enum class SheetColumn { Code, NameZh, NameEn, Seats, Intake, Rooms };
inline constexpr std::size_t kSheetColumns = 6;
/// "seats": also how a heading of a pasted block may call it.
[[nodiscard]] const char* column_key(SheetColumn column);
/// Whether the column can be changed by an edit.
[[nodiscard]] bool can_change(SheetColumn column);

struct SheetRow {
  std::string code;
  std::vector<std::string> cells;  ///< one a SheetColumn; "" where nothing is known
};

/// The campuses that teach `stage` in `year`, by name. `place`: with the edits of the plan.
[[nodiscard]] std::vector<SheetRow> campus_sheet(const Place& place, StageId stage, Year year);

/// Rows that a filter keeps: words that code or names contain, and comparisons such as
/// `seats<600` or `rooms=0`, all of which must hold. Throws: Error for a comparison of no column.
[[nodiscard]] std::vector<std::size_t> filtered_rows(const std::vector<SheetRow>& rows,
                                                     const std::string& filter);

/// A block of cells as spreadsheets put it on the clipboard: tabs, line ends, "quoted ""cells""".
[[nodiscard]] std::vector<std::vector<std::string>> cells_of_tsv(const std::string& text);

/// One cell that would change.
struct CellChange {
  std::size_t row = 0;  ///< of the sheet
  SheetColumn column = SheetColumn::Seats;
  std::string before;
  std::string after;
};
/// A cell that cannot be taken, by its row and column in what was pasted, from 1.
struct CellError {
  std::size_t row = 0;
  std::size_t column = 0;
  std::string heading;  ///< of the sheet's column, "" beyond it
  std::string what;
  std::string value;
};
struct SheetChanges {
  std::vector<CellChange> changes;
  std::vector<CellError> errors;
  std::size_t same = 0;  ///< cells that hold what they held
};

/// Pastes a block with its upper left corner at a row and column. Where its first line names
/// columns of the sheet, one of them code or name, rows are found by that instead.
/// `shown`: the rows as they are listed, so that a filtered sheet is pasted over as it is seen.
[[nodiscard]] SheetChanges paste(const std::vector<SheetRow>& rows,
                                 const std::vector<std::size_t>& shown, std::size_t at_row,
                                 SheetColumn at_column,
                                 const std::vector<std::vector<std::string>>& block);
/// One value into a column of many rows. "+90", "-5%" and "+10%" change what is there.
[[nodiscard]] SheetChanges set_column(const std::vector<SheetRow>& rows,
                                      const std::vector<std::size_t>& which, SheetColumn column,
                                      const std::string& value);

/// The edits that make the changes: one set_seats a campus, one rename_campus where a name changes.
[[nodiscard]] std::vector<Edit> edits_of(const std::vector<SheetRow>& rows,
                                         const SheetChanges& changes, const std::string& stage,
                                         Year year);

}  // namespace doorstep::session
