#include "session/campus_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"

namespace doorstep::session {

namespace {

constexpr std::array<const char*, kSheetColumns> kKeys{"code",  "name_zh", "name_en",
                                                       "seats", "intake",  "rooms"};
constexpr double kMostSeats = 100000.0;

/// What people head such columns with.
std::optional<SheetColumn> column_of(const std::string& heading) {
  static const std::map<std::string, SheetColumn> kHeadings{
      {"code", SheetColumn::Code},       {"代码", SheetColumn::Code},
      {"学校代码", SheetColumn::Code},   {"name_zh", SheetColumn::NameZh},
      {"名称", SheetColumn::NameZh},     {"校名", SheetColumn::NameZh},
      {"学校", SheetColumn::NameZh},     {"学校名称", SheetColumn::NameZh},
      {"校区", SheetColumn::NameZh},     {"name_en", SheetColumn::NameEn},
      {"name", SheetColumn::NameEn},     {"school", SheetColumn::NameEn},
      {"英文名", SheetColumn::NameEn},   {"seats", SheetColumn::Seats},
      {"学位", SheetColumn::Seats},      {"学位数", SheetColumn::Seats},
      {"capacity", SheetColumn::Seats},  {"intake", SheetColumn::Intake},
      {"招生", SheetColumn::Intake},     {"招生计划", SheetColumn::Intake},
      {"招生数", SheetColumn::Intake},   {"rooms", SheetColumn::Rooms},
      {"教室", SheetColumn::Rooms},      {"教室数", SheetColumn::Rooms},
      {"classrooms", SheetColumn::Rooms}};
  const auto at = kHeadings.find(lower_ascii(trimmed(heading)));
  return at == kHeadings.end() ? std::nullopt : std::optional(at->second);
}

std::size_t index_of(SheetColumn c) { return static_cast<std::size_t>(c); }
bool holds_number(SheetColumn c) { return c >= SheetColumn::Seats; }

std::string figure(double value) { return fmt::format("{:g}", std::round(value * 100) / 100); }

/// "1,260" and "1 260" as spreadsheets show them.
std::optional<double> number_of(std::string text) {
  for (const char* mark : {",", " ", "\xC2\xA0", "\xEF\xBC\x8C"})
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;)
      text.erase(at, std::string(mark).size());
  double value = 0.0;
  if (!parse_number(text, value) || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// What is wrong with a value for a column; "" where it can be taken. `value` is put as it will
/// stand.
std::string complaint(SheetColumn column, std::string& value) {
  value = trimmed(value);
  if (!can_change(column)) return "this column cannot be changed";
  if (!holds_number(column)) {
    if (value.size() > 300) return "is too long for a name";
    return "";
  }
  if (value.empty()) return "is empty; write a number";
  const std::optional<double> number = number_of(value);
  if (!number) return "is not a number";
  if (*number < 0) return "cannot be negative";
  if (*number > kMostSeats) return fmt::format("is more than {:.0f}", kMostSeats);
  if (column == SheetColumn::Rooms && *number != std::floor(*number))
    return "is no whole number of rooms";
  value = figure(*number);
  return "";
}

/// Takes one cell into the changes, or says why not.
void take(const std::vector<SheetRow>& rows, std::size_t row, SheetColumn column, std::string value,
          CellError where, SheetChanges& out) {
  const std::string& before = rows[row].cells[index_of(column)];
  // What stands there already is no change, also where none could be made.
  if (trimmed(value) == before || (trimmed(value).empty() && !holds_number(column))) {
    ++out.same;
    return;
  }
  where.heading = column_key(column);
  where.value = value;
  where.what = complaint(column, value);
  if (!where.what.empty()) {
    out.errors.push_back(std::move(where));
  } else if (value == before) {
    ++out.same;
  } else {
    out.changes.push_back({row, column, before, value});
  }
}

/// A block whose first line names columns, and the one by which rows are found.
struct Headed {
  std::vector<std::optional<SheetColumn>> columns;
  std::size_t key = 0;
};

std::optional<Headed> headed(const std::vector<std::vector<std::string>>& block) {
  if (block.size() < 2) return std::nullopt;
  Headed out;
  std::size_t known = 0;
  std::optional<std::size_t> key;
  for (std::size_t c = 0; c < block[0].size(); ++c) {
    out.columns.push_back(column_of(block[0][c]));
    if (!out.columns[c]) continue;
    ++known;
    const bool better = !key || *out.columns[c] == SheetColumn::Code;
    if (*out.columns[c] <= SheetColumn::NameEn && better) key = c;
  }
  if (!key || known < 2) return std::nullopt;
  out.key = *key;
  return out;
}

SheetChanges paste_by_key(const std::vector<SheetRow>& rows, const Headed& head,
                          const std::vector<std::vector<std::string>>& block) {
  SheetChanges out;
  const SheetColumn key = *head.columns[head.key];
  std::map<std::string, std::vector<std::size_t>> rows_of;
  std::vector<std::string> known;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    rows_of[rows[r].cells[index_of(key)]].push_back(r);
    known.push_back(rows[r].cells[index_of(key)]);
  }
  for (std::size_t c = 0; c < head.columns.size(); ++c)
    if (!head.columns[c] && !trimmed(block[0][c]).empty())
      out.errors.push_back({1, c + 1, "", "is no column of the table", block[0][c]});
  for (std::size_t r = 1; r < block.size(); ++r) {
    const std::string name = head.key < block[r].size() ? trimmed(block[r][head.key]) : "";
    if (name.empty()) continue;
    const auto found = rows_of.find(name);
    CellError where{r + 1, head.key + 1, column_key(key), "", name};
    if (found == rows_of.end()) {
      const std::string near = closest(name, known);
      where.what = near.empty() ? "is no campus of this stage"
                                : fmt::format("is no campus of this stage; is it \"{}\"?", near);
      out.errors.push_back(std::move(where));
    } else if (found->second.size() > 1) {
      where.what = "stands for several campuses; paste their codes too";
      out.errors.push_back(std::move(where));
    } else {
      for (std::size_t c = 0; c < block[r].size() && c < head.columns.size(); ++c)
        if (c != head.key && head.columns[c] && !trimmed(block[r][c]).empty())
          take(rows, found->second.front(), *head.columns[c], block[r][c], {r + 1, c + 1}, out);
    }
  }
  return out;
}

struct Term {
  std::optional<SheetColumn> column;
  char sign = ' ';
  double value = 0.0;
  std::string word;
};

Term term_of(const std::string& text) {
  const std::size_t at = text.find_first_of("<>=");
  if (at == std::string::npos) return {std::nullopt, ' ', 0.0, lower_ascii(text)};
  Term out{column_of(text.substr(0, at)), text[at], 0.0, ""};
  const auto value = number_of(text.substr(at + 1));
  if (!out.column || !holds_number(*out.column) || !value)
    throw Error("\"" + text + "\" compares nothing", "filter",
                "write seats<600, intake>90 or rooms=0");
  out.value = *value;
  return out;
}

bool fits(const SheetRow& row, const Term& term) {
  if (!term.column) {
    return std::ranges::any_of(std::array{0, 1, 2}, [&](int c) {
      return lower_ascii(row.cells[static_cast<std::size_t>(c)]).find(term.word) !=
             std::string::npos;
    });
  }
  const double value = number_of(row.cells[index_of(*term.column)]).value_or(0.0);
  return term.sign == '<'   ? value < term.value
         : term.sign == '>' ? value > term.value
                            : value == term.value;
}

/// "+90" or "-5%" of what is there; the value itself otherwise.
std::string changed_by(const std::string& before, const std::string& value) {
  if (value.size() < 2 || (value[0] != '+' && value[0] != '-')) return value;
  const bool share = value.back() == '%';
  const auto by = number_of(value.substr(1, value.size() - (share ? 2 : 1)));
  const auto now = number_of(before);
  if (!by || !now) return value;
  const double step = (value[0] == '-' ? -1.0 : 1.0) * (share ? *now * *by / 100.0 : *by);
  return figure(std::round(*now + step));
}

}  // namespace

const char* column_key(SheetColumn column) { return kKeys[index_of(column)]; }
bool can_change(SheetColumn column) { return column != SheetColumn::Code; }

std::vector<SheetRow> campus_sheet(const Place& place, StageId stage, Year year) {
  std::vector<SheetRow> out;
  for (const Campus& c : place.campuses) {
    if (c.stages.size() <= stage.index || !c.stages[stage] || !c.open_in(year)) continue;
    const CampusStage& offer = *c.stages[stage];
    const double seats = value_in(offer.seats, year);
    const double grades = place.stages[stage].grades;
    const double rooms = rooms_in(offer, year);
    out.push_back({c.code,
                   {c.code, c.name.zh, c.name.en, figure(seats),
                    figure(offer.intake.empty() ? seats / grades : value_in(offer.intake, year)),
                    rooms > 0 ? figure(rooms) : ""}});
  }
  std::ranges::stable_sort(out, [](const SheetRow& a, const SheetRow& b) {
    return std::tie(a.cells[1], a.code) < std::tie(b.cells[1], b.code);
  });
  return out;
}

std::vector<std::size_t> filtered_rows(const std::vector<SheetRow>& rows,
                                       const std::string& filter) {
  std::vector<Term> terms;
  for (std::size_t at = 0; at < filter.size();) {
    const std::size_t end = std::min(filter.find(' ', at), filter.size());
    if (end > at) terms.push_back(term_of(filter.substr(at, end - at)));
    at = end + 1;
  }
  std::vector<std::size_t> out;
  for (std::size_t r = 0; r < rows.size(); ++r)
    if (std::ranges::all_of(terms, [&](const Term& t) { return fits(rows[r], t); }))
      out.push_back(r);
  return out;
}

std::vector<std::vector<std::string>> cells_of_tsv(const std::string& text) {
  std::vector<std::vector<std::string>> out;
  std::vector<std::string> row;
  std::string cell;
  bool quoted = false, any = false;
  auto end_cell = [&] { row.push_back(std::exchange(cell, {})); };
  auto end_row = [&] {
    end_cell();
    out.push_back(std::exchange(row, {}));
    any = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        cell += text[++i];
      } else if (c == '"') {
        quoted = false;
      } else {
        cell += c;
      }
      continue;
    }
    any = true;
    if (c == '"' && cell.empty()) {
      quoted = true;
    } else if (c == '\t') {
      end_cell();
    } else if (c == '\n' || c == '\r') {
      if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
      end_row();
    } else {
      cell += c;
    }
  }
  if (any || !row.empty() || !cell.empty()) end_row();
  return out;
}

SheetChanges paste(const std::vector<SheetRow>& rows, const std::vector<std::size_t>& shown,
                   std::size_t at_row, SheetColumn at_column,
                   const std::vector<std::vector<std::string>>& block) {
  if (const auto head = headed(block)) return paste_by_key(rows, *head, block);
  SheetChanges out;
  for (std::size_t r = 0; r < block.size(); ++r)
    for (std::size_t c = 0; c < block[r].size(); ++c) {
      const std::size_t column = index_of(at_column) + c;
      if (column >= kSheetColumns) {
        out.errors.push_back({r + 1, c + 1, "", "lies beyond the last column", block[r][c]});
      } else if (at_row + r >= shown.size()) {
        if (!trimmed(block[r][c]).empty())
          out.errors.push_back(
              {r + 1, c + 1, kKeys[column], "lies below the last row", block[r][c]});
      } else {
        take(rows, shown[at_row + r], static_cast<SheetColumn>(column), block[r][c], {r + 1, c + 1},
             out);
      }
    }
  return out;
}

SheetChanges set_column(const std::vector<SheetRow>& rows, const std::vector<std::size_t>& which,
                        SheetColumn column, const std::string& value) {
  SheetChanges out;
  std::size_t n = 0;
  for (const std::size_t r : which) {
    std::string next = trimmed(value);
    if (holds_number(column)) next = changed_by(rows[r].cells[index_of(column)], next);
    take(rows, r, column, next, {++n, index_of(column) + 1}, out);
  }
  return out;
}

std::vector<Edit> edits_of(const std::vector<SheetRow>& rows, const SheetChanges& changes,
                           const std::string& stage, Year year) {
  std::map<std::size_t, SetSeats> seats;
  std::map<std::size_t, RenameCampus> names;
  for (const CellChange& change : changes.changes) {
    const std::string& code = rows[change.row].code;
    const double value = number_of(change.after).value_or(0.0);
    if (change.column == SheetColumn::NameZh || change.column == SheetColumn::NameEn) {
      RenameCampus& edit = names[change.row];
      edit.campus = code;
      (change.column == SheetColumn::NameZh ? edit.name.zh : edit.name.en) = change.after;
      continue;
    }
    auto [at, fresh] = seats.emplace(change.row, SetSeats{});
    SetSeats& edit = at->second;
    if (fresh) {
      edit.campus = code;
      edit.stage = stage;
      edit.year = year;
      edit.seats = number_of(rows[change.row].cells[index_of(SheetColumn::Seats)]).value_or(0.0);
    }
    if (change.column == SheetColumn::Seats) edit.seats = value;
    if (change.column == SheetColumn::Intake) edit.intake = value;
    if (change.column == SheetColumn::Rooms) edit.rooms = value;
  }
  std::vector<Edit> out;
  for (auto& [row, edit] : seats) out.emplace_back(std::move(edit));
  for (auto& [row, edit] : names) out.emplace_back(std::move(edit));
  return out;
}

}  // namespace doorstep::session
