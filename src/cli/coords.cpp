// doorstep coords --from A --to B: positions of a CSV carried from one system to another, from
// standard input to standard output, with everything else kept byte for byte.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "geo/positions.h"

namespace doorstep::cli {
namespace {

constexpr const char* kSource = "standard input";
constexpr std::string_view kMark = "\xEF\xBB\xBF";
/// A row longer than this is a quote that nobody closed, not a row.
constexpr std::size_t kLongestRow = std::size_t{16} << 20;
/// Rows that PROJ gets at a time, and the bytes after which it gets them anyway.
constexpr std::size_t kRowsAtOnce = 4096;
constexpr std::size_t kBytesAtOnce = std::size_t{1} << 20;

/// A row with its line end, as it stands in the file.
struct Row {
  std::string bytes;
  long line = 0;  ///< on which it begins, from 1
};

/// Cuts a stream into rows; a line end within quotes is none. Holds one row at a time.
class RowReader {
 public:
  explicit RowReader(std::FILE* file) : file_(file) {}

  /// Known once the first row is there; until then each of the usual ones counts.
  void set_separator(char separator) { separators_ = separator; }

  [[nodiscard]] bool next(Row& row) {
    row.bytes.clear();
    row.line = line_;
    bool quoted = false;
    for (int c = get(); c != EOF; c = get()) {
      bool doubled = c == '"' && quoted && peek() == '"';  // stands for one and closes nothing
      if (c == '"' && !doubled) quoted = !quoted && opens(row.bytes);
      row.bytes += static_cast<char>(c);
      if (doubled) row.bytes += static_cast<char>(get());
      if (row.bytes.size() > kLongestRow) never_closed(row);
      if (c != '\n' && c != '\r') continue;
      if (c == '\r' && peek() == '\n') row.bytes += static_cast<char>(get());
      ++line_;
      if (!quoted) return true;
    }
    if (quoted) never_closed(row);
    return !row.bytes.empty();
  }

 private:
  int peek() {
    if (at_ == end_) {
      end_ = std::fread(block_.data(), 1, block_.size(), file_);
      at_ = 0;
      if (end_ == 0 && std::ferror(file_) != 0)
        throw Error("cannot be read", kSource, "give a CSV file: doorstep coords … < file.csv");
    }
    return at_ == end_ ? EOF : static_cast<unsigned char>(block_[at_]);
  }
  int get() {
    int c = peek();
    if (c != EOF) ++at_;
    return c;
  }

  /// A quote within a cell, as in 5" pipe, is a character like any other.
  [[nodiscard]] bool opens(const std::string& row) const {
    return row.empty() || row == kMark || separators_.find(row.back()) != std::string::npos;
  }
  [[noreturn]] static void never_closed(const Row& row) {
    throw Error("a quote is opened and never closed", fmt::format("{} line {}", kSource, row.line),
                "close it, or take the stray quote out");
  }

  std::FILE* file_;
  std::string separators_ = ",;\t";
  std::array<char, 65536> block_{};
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  long line_ = 1;
};

/// The first two cells of a row: where they stand in its bytes, and what stands in them.
struct Cells {
  std::array<std::size_t, 2> begin{};
  std::array<std::size_t, 2> end{};
  std::array<std::string, 2> text;
  std::size_t count = 0;
};

Cells first_two(const std::string& row, std::size_t from, char separator) {
  std::size_t end = row.size();
  while (end > from && (row[end - 1] == '\n' || row[end - 1] == '\r')) --end;
  Cells cells;
  std::size_t at = from;
  while (cells.count < 2 && at <= end) {
    std::size_t k = cells.count++;
    cells.begin[k] = at;
    bool quoted = false;
    for (; at < end && (quoted || row[at] != separator); ++at) {
      if (row[at] == '"' && (quoted || at == cells.begin[k]))
        quoted = !quoted;
      else
        cells.text[k] += row[at];
    }
    cells.end[k] = at++;
    cells.text[k] = trimmed(cells.text[k]);
  }
  return cells;
}

/// What separates the cells: that which leaves two numbers in front, else the most frequent one.
char separator_of(const std::string& first_row, std::size_t from) {
  char frequent = ',';
  for (char c : {',', ';', '\t'}) {
    Cells cells = first_two(first_row, from, c);
    double number = 0.0;
    if (parse_number(cells.text[0], number) && parse_number(cells.text[1], number)) return c;
    if (std::ranges::count(first_row, c) > std::ranges::count(first_row, frequent)) frequent = c;
  }
  return frequent;
}

/// Rows on their way: read, waiting for the transformation, written.
class Conversion {
 public:
  Conversion(const PositionSystem& from, const PositionSystem& to, std::FILE* in, std::FILE* out)
      : from_(from), to_(to), path_(from, to), reader_(in), out_(out) {}

  void run() {
    Row row;
    try {
      for (bool first = true; reader_.next(row); first = false) take(row, first);
    } catch (const Error&) {
      flush();  // what came before a bad row is good
      throw;
    }
    flush();
    warn();
  }

 private:
  struct Waiting {
    Row row;
    Cells cells;
    long number = 0;  ///< among the data rows, from 1; 0 for what is passed on as it is
  };

  void take(Row& row, bool first) {
    if (first) start(row);
    Cells cells = first_two(row.bytes, first ? mark_ : 0, separator_);
    bool blank = cells.count < 2 && cells.text[0].empty();
    if (blank || (first && is_header(cells))) {
      waiting_.push_back({std::move(row), {}, 0});
      positions_.push_back({});
    } else {
      Xy p = position(cells, ++rows_, row.line);
      bytes_ += row.bytes.size();
      waiting_.push_back({std::move(row), std::move(cells), rows_});
      positions_.push_back(p);
    }
    if (waiting_.size() >= kRowsAtOnce || bytes_ >= kBytesAtOnce) flush();
    row = {};
  }

  void start(const Row& row) {
    if (row.bytes.starts_with("\xFF\xFE") || row.bytes.starts_with("\xFE\xFF"))
      throw Error("is UTF-16 text", kSource, "save it as CSV UTF-8");
    mark_ = row.bytes.starts_with(kMark) ? kMark.size() : 0;
    separator_ = separator_of(row.bytes, mark_);
    reader_.set_separator(separator_);
  }

  /// A header is not numeric; a row of which one cell is a number is a row with a mistake.
  [[nodiscard]] static bool is_header(const Cells& cells) {
    double number = 0.0;
    bool empty = cells.text[0].empty() && cells.text[1].empty();
    return !empty && !parse_number(cells.text[0], number) && !parse_number(cells.text[1], number);
  }

  [[nodiscard]] Xy position(const Cells& cells, long number, long line) const {
    if (cells.count < 2)
      throw Error("has only one column", where(number, line),
                  "the first two columns are to be lon,lat or x,y");
    std::array<double, 2> value{};
    for (std::size_t k = 0; k < 2; ++k) {
      if (parse_number(cells.text[k], value[k])) continue;
      std::string shown = cells.text[k].substr(0, 40);
      if (shown.empty())
        throw Error("has no position", where(number, line), "fill it in or take the row out");
      throw Error(fmt::format("\"{}\" is not a number", shown), where(number, line),
                  "write decimal degrees or metres in the first two columns, lon,lat or x,y");
    }
    check(value[0], value[1], number, line);
    return {value[0], value[1]};
  }

  void check(double x, double y, long number, long line) const {
    if (!from_.in_degrees() || (std::abs(x) <= 360.0 && std::abs(y) <= 90.0)) return;
    bool swapped = std::abs(x) <= 90.0 && std::abs(y) <= 180.0;
    throw Error(fmt::format("{}, {} is no longitude and latitude", x, y), where(number, line),
                swapped ? "latitude seems to come first: swap the two columns"
                        : "these look like metres: name their system, e.g. --from EPSG:4547");
  }

  [[nodiscard]] static std::string where(long number, long line) {
    return fmt::format("{} row {} (line {})", kSource, number, line);
  }

  /// The rows before a bad one are written, so that the message is about the next.
  void flush() {
    std::vector<Xy> moved;
    std::vector<std::size_t> index(waiting_.size());
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
      index[i] = moved.size();
      if (waiting_[i].number > 0) moved.push_back(positions_[i]);
    }
    path_.transform(moved);
    std::vector<Waiting> rows = std::move(waiting_);
    std::vector<Xy> before = std::move(positions_);
    waiting_.clear();
    positions_.clear();
    bytes_ = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].number == 0)
        write(rows[i].row.bytes);
      else
        write(rows[i], before[i], moved[index[i]]);
    }
  }

  void write(const Waiting& waiting, Xy before, Xy after) {
    if (!std::isfinite(after.x) || !std::isfinite(after.y))
      throw Error(fmt::format("{}, {} lies outside what the systems cover", before.x, before.y),
                  where(waiting.number, waiting.row.line),
                  "check the system and the order of the columns");
    note_unmoved(before, after);
    const std::string& bytes = waiting.row.bytes;
    // A position that does not move keeps its own digits.
    if (before == after) return write(bytes);
    const Cells& c = waiting.cells;
    int decimals = to_.in_degrees() ? 9 : 4;  // a tenth of a millimetre
    write(bytes.substr(0, c.begin[0]) + fmt::format("{:.{}f}", after.x, decimals) +
          bytes.substr(c.end[0], c.begin[1] - c.end[0]) +
          fmt::format("{:.{}f}", after.y, decimals) + bytes.substr(c.end[1]));
  }

  void write(const std::string& bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), out_) != bytes.size())
      throw Error("cannot be written", "standard output", "check free space");
  }

  void note_unmoved(Xy before, Xy after) {
    if (from_.shift() != Shift::None || to_.shift() != Shift::None)
      unmoved_ += from_.in_degrees() && to_.in_degrees() && before == after;
  }

  void warn() const {
    if (rows_ == 0) fmt::print(stderr, "warning: {}: no rows with positions\n", kSource);
    if (unmoved_ > 0 && from_.shift() != to_.shift())
      fmt::print(stderr,
                 "warning: {} of {} positions lie outside China, where the maps are not shifted, "
                 "and were left as they are\n",
                 unmoved_, rows_);
  }

  const PositionSystem& from_;
  const PositionSystem& to_;
  PositionPath path_;
  RowReader reader_;
  std::FILE* out_;
  std::size_t mark_ = 0;  ///< bytes of the byte order mark
  char separator_ = ',';
  std::vector<Waiting> waiting_;
  std::vector<Xy> positions_;
  std::size_t bytes_ = 0;
  long rows_ = 0;
  long unmoved_ = 0;
};

/// Names a system given on the command line; a wrong one is wrong usage.
PositionSystem system_of(const std::string& option, const std::string& text) {
  try {
    return PositionSystem(text);
  } catch (const Error& e) {
    throw CLI::ValidationError(option, e.message());
  }
}

}  // namespace

void add_coords(Commands commands) {
  struct Options {
    std::string from, to;
  };
  auto options = std::make_shared<Options>();
  CLI::App* coords = commands.app.add_subcommand(
      "coords", "Carry the positions of a CSV from one coordinate system to another");
  coords->footer(
      "Reads CSV from standard input with lon,lat or x,y as its first two columns and writes it\n"
      "to standard output; further columns and a header row are kept as they are.\n"
      "A system: wgs84, gcj02 (Amap, Tencent), bd09 (Baidu), bd09mc (Baidu metres), EPSG:4547 or\n"
      "any other code, or a PROJ string. See docs/coords.md.\n"
      "Examples:\n"
      "  doorstep coords --from gcj02 --to wgs84 < schools.csv > schools-wgs84.csv\n"
      "  doorstep coords --from EPSG:4549 --to bd09 < survey.csv > survey-bd09.csv");
  coords->add_option("--from", options->from, "System of the input")->required();
  coords->add_option("--to", options->to, "System of the output")->required();
  coords->callback([options] {
    PositionSystem from = system_of("--from", options->from);
    PositionSystem to = system_of("--to", options->to);
    Conversion(from, to, stdin, stdout).run();
  });
}

}  // namespace doorstep::cli
