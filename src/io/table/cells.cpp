#include "io/table/cells.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "base/error.h"

namespace doorstep::io {

std::string_view CellRow::at(std::size_t cell) const {
  if (cell >= size()) throw std::out_of_range("no such cell");
  return (*this)[cell];
}

std::vector<std::string> CellRow::strings() const {
  std::vector<std::string> out;
  out.reserve(size());
  for (std::size_t c = 0; c < size(); ++c) out.emplace_back((*this)[c]);
  return out;
}

bool CellRow::operator==(const std::vector<std::string>& other) const { return strings() == other; }

CellRow RecordBlock::operator[](std::size_t record) const {
  const uint32_t first = record == 0 ? 0 : record_end[record - 1];
  return {text.data(), std::span(cell_end).subspan(first, record_end[record] - first),
          first == 0 ? 0 : cell_end[first - 1]};
}

void RecordBlock::clear() {
  text.clear();
  cell_end.clear();
  record_end.clear();
}

CellRow Cells::at(std::size_t row) const {
  if (row >= size()) throw std::out_of_range("no such row");
  return (*this)[row];
}

/// The block that the next row goes to, with room for it.
RecordBlock& Cells::block_for(std::size_t cells, std::size_t bytes) {
  if (rows_++ % kRowsOfBlock == 0) {
    blocks_.emplace_back();
    RecordBlock& block = blocks_.back();
    block.record_end.reserve(kRowsOfBlock);
    block.cell_end.reserve(kRowsOfBlock * cells);
    if (blocks_.size() > 1)  // about as much as the one before
      block.text.reserve(blocks_[blocks_.size() - 2].text.size() * 17 / 16 + bytes);
  }
  RecordBlock& block = blocks_.back();
  if (block.text.size() + bytes > std::numeric_limits<uint32_t>::max())
    throw Error("rows hold more than 4 GB of text", "row " + std::to_string(rows_),
                "is it a table at all? Leave the longest field out");
  return block;
}

void Cells::push_back(const CellRow& row) {
  const std::string_view text = row.text();
  RecordBlock& block = block_for(row.size(), text.size());
  const auto shift = static_cast<uint32_t>(block.text.size()) - row.begin_;
  block.text.append(text);
  const std::size_t first = block.cell_end.size();
  block.cell_end.resize(first + row.size());
  for (std::size_t c = 0; c < row.size(); ++c) block.cell_end[first + c] = row.end_[c] + shift;
  block.record_end.push_back(static_cast<uint32_t>(block.cell_end.size()));
}

void Cells::push_back(const std::vector<std::string>& row) {
  std::size_t bytes = 0;
  for (const std::string& cell : row) bytes += cell.size();
  RecordBlock& block = block_for(row.size(), bytes);
  for (const std::string& cell : row) {
    block.text += cell;
    block.cell_end.push_back(static_cast<uint32_t>(block.text.size()));
  }
  block.record_end.push_back(static_cast<uint32_t>(block.cell_end.size()));
}

void Cells::wipe() {
  for (RecordBlock& block : blocks_) std::ranges::fill(block.text, '\0');
  blocks_ = {};
  rows_ = 0;
}

}  // namespace doorstep::io
