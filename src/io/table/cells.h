#pragma once
// The text of many rows in few pieces of memory: a cell is a stretch of its row's text. A table of
// a province has millions of cells, too many for a string each.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace doorstep::io {

/// The cells of one row, as long as what holds them stays as it is.
class CellRow {
 public:
  /// `end`: where each cell ends in `text`; the first begins at `begin`.
  CellRow(const char* text, std::span<const uint32_t> end, uint32_t begin)
      : text_(text), end_(end), begin_(begin) {}

  [[nodiscard]] std::size_t size() const { return end_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t cell) const {
    const uint32_t from = cell == 0 ? begin_ : end_[cell - 1];
    return {text_ + from, end_[cell] - from};
  }
  /// Pre: as operator[]; throws std::out_of_range where there is no such cell.
  [[nodiscard]] std::string_view at(std::size_t cell) const;
  /// All cells, one after the other without anything between.
  [[nodiscard]] std::string_view text() const {
    return {text_ + begin_, end_.empty() ? 0 : end_.back() - begin_};
  }
  [[nodiscard]] std::vector<std::string> strings() const;
  bool operator==(const std::vector<std::string>& other) const;

 private:
  friend class Cells;
  const char* text_;
  std::span<const uint32_t> end_;
  uint32_t begin_;
};

/// Records as they are split, one after the other.
struct RecordBlock {
  std::string text;
  std::vector<uint32_t> cell_end;    ///< by cell, in `text`
  std::vector<uint32_t> record_end;  ///< by record, in `cell_end`

  [[nodiscard]] std::size_t size() const { return record_end.size(); }
  [[nodiscard]] CellRow operator[](std::size_t record) const;
  void clear();
};

/// The rows of a table.
class Cells {
 public:
  [[nodiscard]] std::size_t size() const { return rows_; }
  [[nodiscard]] bool empty() const { return rows_ == 0; }
  [[nodiscard]] CellRow operator[](std::size_t row) const {
    return blocks_[row / kRowsOfBlock][row % kRowsOfBlock];
  }
  [[nodiscard]] CellRow at(std::size_t row) const;
  /// Throws: Error where some hundreds of rows hold more than 4 GB of text.
  void push_back(const CellRow& row);
  void push_back(const std::vector<std::string>& row);
  /// Overwrites the text and lets go of it.
  void wipe();

 private:
  static constexpr std::size_t kRowsOfBlock = 256;
  RecordBlock& block_for(std::size_t cells, std::size_t bytes);

  std::vector<RecordBlock> blocks_;
  std::size_t rows_ = 0;
};

}  // namespace doorstep::io
