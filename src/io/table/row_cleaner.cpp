#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "io/table/sheet.h"

namespace doorstep::io {
namespace {

constexpr std::size_t kLongId = 16;  // digits that Excel does not keep

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

/// 1,234,567.8 with commas in threes.
bool has_thousands(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  std::size_t point = text.find('.');
  std::string_view whole = text.substr(0, point);
  if (point != std::string_view::npos && !all_digits(text.substr(point + 1))) return false;
  std::size_t comma = whole.find(',');
  if (comma == 0 || comma > 3 || comma == std::string_view::npos) return false;
  if (!all_digits(whole.substr(0, comma))) return false;
  for (std::size_t at = comma; at < whole.size(); at += 4)
    if (whole[at] != ',' || whole.size() < at + 4 || !all_digits(whole.substr(at + 1, 3)))
      return false;
  return true;
}

/// Whether white space, of any width, may begin or end it.
bool may_need_trimming(std::string_view cell) {
  const auto plain = [](char c) { return c > 0x20 && c < 0x7F; };
  return !cell.empty() && !(plain(cell.front()) && plain(cell.back()));
}

/// 3.7063E+14: what Excel shows of a number too long for its cell.
bool is_power(std::string_view text) {
  std::size_t e = 0;
  while (e < text.size() && text[e] != 'E' && text[e] != 'e') ++e;
  if (e == text.size() || e == 0 || e + 2 >= text.size() || text[e + 1] != '+') return false;
  std::string_view digits = text.substr(0, e);
  std::string_view power = text.substr(e + 2);
  std::size_t point = digits.find('.');
  bool plain = point == std::string_view::npos
                   ? digits.size() == 1 && all_digits(digits)
                   : point == 1 && is_digit(digits[0]) && all_digits(digits.substr(2));
  return plain && all_digits(power) && power.size() == 2 && power >= "08";
}

}  // namespace

std::string trimmed_wide(std::string_view cell) {
  constexpr std::array<std::string_view, 4> kSpaces{"\u3000", "\u00A0", "\uFEFF", "\u200B"};
  constexpr std::string_view kAscii = " \t\r\n\v\f";
  for (bool again = true; again;) {
    again = false;
    while (!cell.empty() && kAscii.find(cell.front()) != std::string_view::npos)
      cell.remove_prefix(1);
    while (!cell.empty() && kAscii.find(cell.back()) != std::string_view::npos)
      cell.remove_suffix(1);
    for (std::string_view space : kSpaces) {
      if (cell.starts_with(space)) {
        cell.remove_prefix(space.size());
        again = true;
      }
      if (cell.ends_with(space)) {
        cell.remove_suffix(space.size());
        again = true;
      }
    }
  }
  return std::string(cell);
}

bool is_total_label(std::string_view cell) {
  if (cell.empty() || cell.size() > 60) return false;
  // Among plain letters only those with a T are in question: most rows end here.
  if (std::ranges::all_of(
          cell, [](char c) { return static_cast<signed char>(c) >= 0 && c != 't' && c != 'T'; }))
    return false;
  std::string text = lower_ascii(trimmed_wide(cell));
  for (const char* gone : {" ", "\u3000", "\u00A0", ":", "：", "(", ")", "（", "）", "\n", "\r"})
    replace_all(text, gone, "");
  constexpr std::array<std::string_view, 15> kWhole{
      "共计",  "累计",   "总数",       "全区",     "全县",      "全市", "全镇", "全省",
      "total", "totals", "grandtotal", "subtotal", "alltotals", "合计", "总计"};
  if (std::ranges::find(kWhole, text) != kWhole.end()) return true;
  return text.ends_with("合计") || text.ends_with("小计") || text.ends_with("总计");
}

std::optional<std::string> plain_number(std::string_view cell) {
  const auto plain = [](char c) { return is_digit(c) || c == '.' || c == '-'; };
  if (std::ranges::all_of(cell, plain)) return std::nullopt;
  std::string text = trimmed_wide(cell);
  if (text.size() > 96) return std::nullopt;
  for (int d = 0; d < 10; ++d) {
    const std::string wide{'\xEF', '\xBC', static_cast<char>(0x90 + d)};
    replace_all(text, wide, std::string(1, static_cast<char>('0' + d)));
  }
  replace_all(text, "．", ".");
  replace_all(text, "，", ",");
  replace_all(text, "－", "-");
  if (has_thousands(text)) std::erase(text, ',');
  double value = 0.0;
  if (text == cell || !parse_number(text, value)) return std::nullopt;
  return text;
}

bool names_a_code(std::string_view column) {
  std::string name = lower_ascii(without_unit(column));
  for (const char* word :
       {"代码", "编码", "编号", "标识", "证号", "学籍号", "序列号", "code", "fips", "uprn"})
    if (name.find(word) != std::string::npos) return true;
  return name == "id" || name.ends_with("_id") || name.ends_with(" id") || name.ends_with("urn");
}

std::string without_unit(std::string_view column) {
  std::string name = trimmed_wide(column);
  for (auto [open, close] :
       {std::pair<std::string_view, std::string_view>{"（", "）"}, {"(", ")"}}) {
    std::size_t at = name.rfind(open);
    if (at != std::string::npos && at > 0 && name.ends_with(close))
      return trimmed_wide(std::string_view(name).substr(0, at));
  }
  return name;
}

RowCleaner::RowCleaner(std::string file, SheetLayout layout, Options options)
    : file_(std::move(file)),
      layout_(std::move(layout)),
      options_(std::move(options)),
      ids_(layout_.columns.size()),
      above_(layout_.columns.size()) {
  for (const std::string& column : layout_.columns) code_like_.push_back(names_a_code(column));
}

void RowCleaner::note(const std::string& code, long number, std::size_t column,
                      const std::string& sample) {
  Count& count = counts_[code];
  if (count.times++ == 0) {
    count.first_row = number;
    count.field = column < layout_.columns.size() ? layout_.columns[column] : "";
    count.sample = sample;
  }
}

bool RowCleaner::is_no_data(long number, const Record& cells) {
  std::size_t first = 0;
  while (first < cells.size() && cells[first].empty()) ++first;
  if (first == cells.size()) return true;
  if (cells.size() > 1 && layout_.header_lines == 1 && cells == layout_.columns) {
    note("repeated-header", number, 0, cells[first]);
    return true;
  }
  bool alone = std::all_of(cells.begin() + static_cast<std::ptrdiff_t>(first) + 1, cells.end(),
                           [](const std::string& cell) { return cell.empty(); });
  for (const char* mark :
       {"注：", "注:", "说明：", "资料来源", "数据来源", "备注：", "Note:", "Source:"})
    if (cells.size() > 2 && alone && cells[first].rfind(mark, 0) == 0) {
      note("note-row", number, first, cells[first]);
      return true;
    }
  if (options_.keep_totals || cells.size() < 2) return false;
  for (std::size_t c : layout_.total_columns)
    if (c < cells.size() && is_total_label(cells[c])) {
      note("total-row", number, c, cells[c]);
      if (totals_.size() < 8) totals_.push_back(fmt::format("{} (\"{}\")", number, cells[c]));
      return true;
    }
  return false;
}

void RowCleaner::fill_merged(long number, Record& cells) {
  for (std::size_t c : layout_.filled_down)
    if (cells[c].empty() && !above_[c].empty()) {
      cells[c] = above_[c];
      note("filled-down", number, c, cells[c]);
    }
  std::size_t record = layout_.first_row() + static_cast<std::size_t>(number) - 1;
  for (std::size_t m = 0; m < options_.merged.size(); ++m) {
    const MergedCells& block = options_.merged[m];
    if (record < block.top || record > block.bottom || block.left >= cells.size()) continue;
    std::string& value = block_values_[{block.top, block.left}];
    if (record == block.top) value = cells[block.left];
    // Across columns a merged cell is a text over them; down the rows it is a key of each.
    if (record > block.top && cells[block.left].empty() && !value.empty()) {
      cells[block.left] = value;
      note("merged-cells", number, block.left, value);
    }
  }
  if (!layout_.filled_down.empty()) above_ = cells;
}

void RowCleaner::write_plainly(long number, std::size_t column, std::string& cell) {
  if (cell.empty()) return;
  char first = cell.front();
  bool may_be_number = is_digit(first) || first == '-' || first == '+' || first == '\xEF';
  if (!may_be_number) return;
  if (auto plain = plain_number(cell)) {
    note("number-rewritten", number, column, fmt::format("\"{}\" as {}", cell, *plain));
    cell = *plain;
  }
  if (!options_.workbook && !code_like_[column]) return;
  std::size_t point = cell.find('.');
  bool decimals_of_nothing = point != std::string::npos && point > 0 && point + 1 < cell.size() &&
                             all_digits(std::string_view(cell).substr(0, point)) &&
                             cell.find_first_not_of('0', point + 1) == std::string::npos;
  if (decimals_of_nothing) {
    note("number-rewritten", number, column,
         fmt::format("\"{}\" as {}", cell, cell.substr(0, point)));
    cell.resize(point);
  }
}

void RowCleaner::look_at_id(long number, std::size_t column, std::string_view cell) {
  if (cell.empty()) return;
  ColumnIds& ids = ids_[column];
  ++ids.texts;
  if (is_digit(cell.front()) && is_power(cell)) {
    if (ids.powers++ == 0) {
      ids.first_power = number;
      ids.power = std::string(cell);
    }
    return;
  }
  if (cell.size() < kLongId && !code_like_[column]) return;
  if (!all_digits(cell)) return;
  if (cell.size() >= kLongId) {
    ++ids.long_ids;
    if (cell.find_first_not_of('0', 15) == std::string::npos) ++ids.zero_ended;
  }
  if (!code_like_[column]) return;
  ids.leading_zeros += cell.front() == '0';
  if (ids.by_length[cell.size()]++ == 0) ids.first_short = number;
}

/// Whether nothing would be trimmed or written otherwise in a cell.
bool RowCleaner::is_plain(std::size_t column, std::string_view cell) const {
  if (cell.empty()) return true;
  if (may_need_trimming(cell) && trimmed_wide(cell) != cell) return false;
  const char first = cell.front();
  if (!is_digit(first) && first != '-' && first != '+' && first != '\xEF') return true;
  const auto of_number = [](char c) { return is_digit(c) || c == '.' || c == '-'; };
  return std::ranges::all_of(cell, of_number) &&
         !(code_like_[column] && cell.find('.') != std::string_view::npos);
}

bool RowCleaner::passes(long number, const CellRow& cells) {
  const std::size_t width = layout_.columns.size();
  if (cells.size() != width || width < 2 || options_.workbook || !options_.merged.empty() ||
      !layout_.filled_down.empty())
    return false;
  std::size_t filled = 0;
  for (std::size_t c = 0; c < width; ++c) {
    if (!is_plain(c, cells[c])) return false;
    filled += !cells[c].empty();
  }
  // One cell alone may be a note, and the header may stand again.
  if (filled < 2 || cells[0] == layout_.columns[0]) return false;
  if (!options_.keep_totals)
    for (std::size_t c : layout_.total_columns)
      if (c < width && is_total_label(cells[c])) return false;
  for (std::size_t c = 0; c < width; ++c) {
    const std::string_view cell = cells[c];
    if (code_like_[c] || cell.size() >= kLongId)
      look_at_id(number, c, cell);
    else  // no power of ten either: it is digits, or begins without one
      ids_[c].texts += !cell.empty();
  }
  return true;
}

bool RowCleaner::clean(long number, Record& cells) {
  std::size_t width = layout_.columns.size();
  for (std::string& cell : cells)
    if (may_need_trimming(cell)) cell = trimmed_wide(cell);
  std::size_t used = cells.size();
  while (used > 0 && cells[used - 1].empty()) --used;
  if (used == 0) return false;
  if (used > width)
    note("long-row", number, width,
         fmt::format("\"{}\" stands beyond the last of {} columns", cells[width], width));
  if (cells.size() < width && !options_.workbook)
    note("short-row", number, cells.size(), fmt::format("{} of {} cells", cells.size(), width));
  cells.resize(width);
  if (is_no_data(number, cells)) return false;  // first: 合计 is no key of the rows below
  fill_merged(number, cells);
  for (std::size_t c = 0; c < width; ++c) {
    write_plainly(number, c, cells[c]);
    look_at_id(number, c, cells[c]);
  }
  return true;
}

void RowCleaner::report(Diagnostics& findings) const {
  auto tell = [&](const char* code, auto&& say) {
    auto found = counts_.find(code);
    if (found != counts_.end())
      say(found->second, InputRef{file_, found->second.first_row, found->second.field});
  };
  tell("long-row", [&](const Count& n, const InputRef& at) {
    findings
        .warning("long-row",
                 fmt::format("{} rows have more cells than the header; {}", n.times, n.sample), at,
                 "the cells beyond are left out; is a separator missing its quotes?")
        .done = Done::Skipped;
  });
  tell("short-row", [&](const Count& n, const InputRef& at) {
    findings
        .warning(
            "short-row",
            fmt::format("{} rows have fewer cells than the header, first {}", n.times, n.sample),
            {at.file, at.row, ""}, "the missing cells are read as empty")
        .done = Done::Repaired;
  });
  tell("total-row", [&](const Count& n, const InputRef& at) {
    std::string rows = fmt::format("{}", fmt::join(totals_, ", "));
    findings
        .info("total-row",
              fmt::format("total rows left out: {} in row {}{}", n.times, rows,
                          n.times > totals_.size() ? " …" : ""),
              at, "write totals = \"keep\" in the layer if they are data")
        .done = Done::Skipped;
  });
  tell("repeated-header", [&](const Count& n, const InputRef& at) {
    findings
        .info("repeated-header", fmt::format("the header stands {} times more, left out", n.times),
              at)
        .done = Done::Skipped;
  });
  tell("note-row", [&](const Count& n, const InputRef& at) {
    findings.info("note-row", fmt::format("{} notes left out, first \"{}\"", n.times, n.sample), at)
        .done = Done::Skipped;
  });
  tell("merged-cells", [&](const Count& n, const InputRef& at) {
    findings
        .info("merged-cells",
              fmt::format("{} cells under a merged one were given its value, first \"{}\"", n.times,
                          n.sample),
              at)
        .done = Done::Repaired;
  });
  tell("number-rewritten", [&](const Count& n, const InputRef& at) {
    findings
        .info("number-rewritten",
              fmt::format("{} numbers were read plainly, first {}", n.times, n.sample), at)
        .done = Done::Repaired;
  });
  report_ids(findings);
}

void RowCleaner::report_ids(Diagnostics& findings) const {
  const char* remedy = "Excel did this: import again with the column as text";
  for (std::size_t c = 0; c < ids_.size(); ++c) {
    const ColumnIds& ids = ids_[c];
    InputRef at{file_, 0, layout_.columns[c]};
    if (ids.powers > 0) {
      at.row = ids.first_power;
      findings.warning("id-destroyed",
                       fmt::format("{} of {} values were cut to powers of ten such as {}",
                                   ids.powers, ids.texts, ids.power),
                       at, remedy);
      continue;
    }
    if (ids.long_ids >= 2 && ids.zero_ended * 10 >= ids.long_ids * 9) {
      findings.warning("id-destroyed",
                       fmt::format("{} of {} long numbers end in zeros after the 15th digit",
                                   ids.zero_ended, ids.long_ids),
                       at, remedy);
      continue;
    }
    if (ids.by_length.size() != 2 || ids.leading_zeros > 0) continue;
    auto [shorter, few] = *ids.by_length.begin();
    auto [full, many] = *ids.by_length.rbegin();
    if (full < 6 || full != shorter + 1 || few >= many) continue;
    findings.warning("zeros-lost",
                     fmt::format("{} codes have {} digits, {} have {}: leading zeros may be lost",
                                 many, full, few, shorter),
                     at, remedy);
  }
}

}  // namespace doorstep::io
