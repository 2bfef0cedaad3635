// doorstep coords --from A --to B: positions of a CSV carried from one system to another, from
// standard input to standard output, with everything else kept byte for byte.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/coords.h"
#include "geo/positions.h"

namespace doorstep::cli {
namespace {

constexpr const char* kSource = "standard input";
/// Rows that PROJ gets at a time, and the bytes after which it gets them anyway.
constexpr std::size_t kRowsAtOnce = 4096;
constexpr std::size_t kBytesAtOnce = std::size_t{1} << 20;
constexpr std::size_t kEveryCell = 1000000;

/// Rows on their way: read, waiting for the transformation, written.
class Conversion {
 public:
  /// `local`: the input is in a local grid, tied by it to `from`. `columns`: as --columns says.
  Conversion(const PositionSystem& from, const PositionSystem& to, std::optional<PlaneFit> local,
             std::string columns, Sentences say)
      : from_(from),
        to_(to),
        local_(local),
        asked_(std::move(columns)),
        say_(std::move(say)),
        path_(from, to) {}

  void run() {
    CsvRow row;
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
    CsvRow row;
    std::vector<CsvCell> cells;
    long number = 0;  ///< among the data rows, from 1; 0 for what is passed on as it is
  };

  void take(CsvRow& row, bool first) {
    std::vector<CsvCell> cells = reader_.cells(row, first ? kEveryCell : at_.last() + 1);
    bool blank = cells.size() == 1 && cells[0].text.empty();
    std::optional<Xy> p;
    const std::string where = row_name(kSource, rows_ + 1, row.line);
    if (first && !blank) find_columns(cells, where);
    if (!blank) p = position_in(cells, where, first, at_);
    if (p) check(p->x, p->y, ++rows_, row.line);
    bytes_ += row.bytes.size();
    waiting_.push_back({std::move(row), std::move(cells), p ? rows_ : 0});
    positions_.push_back(p.value_or(Xy{}));
    if (waiting_.size() >= kRowsAtOnce || bytes_ >= kBytesAtOnce) flush();
    row = {};
  }

  void find_columns(const std::vector<CsvCell>& first, const std::string& where) {
    if (!asked_.empty())
      at_ = columns_asked(asked_, first);
    else if (is_heading(first, at_))
      at_ = columns_by_headings(first, where);
  }

  void check(double x, double y, long number, long line) const {
    if (local_ || !from_.in_degrees() || (std::abs(x) <= 360.0 && std::abs(y) <= 90.0)) return;
    bool swapped = std::abs(x) <= 90.0 && std::abs(y) <= 180.0;
    throw Error(fmt::format("{}, {} is no longitude and latitude", x, y),
                row_name(kSource, number, line),
                swapped ? "latitude seems to come first: swap the two columns"
                        : "these look like metres: name their system, e.g. --from EPSG:4547");
  }

  /// The rows before a bad one are written, so that the message is about the next.
  void flush() {
    std::vector<Xy> moved;
    std::vector<std::size_t> index(waiting_.size());
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
      index[i] = moved.size();
      if (waiting_[i].number == 0) continue;
      moved.push_back(local_ ? local_->to_place(positions_[i]) : positions_[i]);
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
                  row_name(kSource, waiting.number, waiting.row.line),
                  "check the system and the order of the columns");
    note_unmoved(before, after);
    const std::string& bytes = waiting.row.bytes;
    // A position that does not move keeps its own digits.
    if (before == after) return write(bytes);
    const std::vector<CsvCell>& c = waiting.cells;
    int decimals = to_.in_degrees() ? 9 : 4;  // a tenth of a millimetre
    const CsvCell& left = c[std::min(at_.x, at_.y)];
    const CsvCell& right = c[at_.last()];
    const bool east_first = at_.x < at_.y;
    write(bytes.substr(0, left.begin) +
          fmt::format("{:.{}f}", east_first ? after.x : after.y, decimals) +
          bytes.substr(left.end, right.begin - left.end) +
          fmt::format("{:.{}f}", east_first ? after.y : after.x, decimals) +
          bytes.substr(right.end));
  }

  void write(const std::string& bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size())
      throw Error("cannot be written", "standard output", "check free space");
  }

  void note_unmoved(Xy before, Xy after) {
    if (from_.shift() != Shift::None || to_.shift() != Shift::None)
      unmoved_ += from_.in_degrees() && to_.in_degrees() && before == after;
  }

  void warn() const {
    Diagnostics out;
    if (rows_ == 0) out.warning("no-positions", "no rows with positions", {kSource, 0, ""}, "");
    if (unmoved_ > 0 && from_.shift() != to_.shift())
      out.warning("outside-china",
                  fmt::format("{} of {} positions lie outside China, where the maps are not "
                              "shifted, and were left as they are",
                              unmoved_, rows_),
                  {}, "");
    print_warnings(out, say_);
  }

  const PositionSystem& from_;
  const PositionSystem& to_;
  std::optional<PlaneFit> local_;
  std::string asked_;
  PositionColumns at_;
  Sentences say_;
  PositionPath path_;
  CsvRows reader_{stdin, kSource};
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
    throw UsageError(e.where().empty() ? e.what() : fmt::format("{}: {}", e.where(), e.what()),
                     option, e.hint());
  }
}

struct CoordsOptions {
  std::string from, to, control, near, columns, language;
  std::string fit = "similarity";
  double limit_m = 0.1;
  bool guess = false;
};

/// The grid of the input, from its control points; what the fit amounts to goes to standard error.
std::optional<PlaneFit> local_grid(const CoordsOptions& options, const PositionSystem& tied_to) {
  if (options.control.empty()) return std::nullopt;
  if (tied_to.in_degrees())
    throw Error("control points are tied to degrees", options.control,
                "give their known positions in metres and name that system, e.g. --from EPSG:4549");
  std::vector<ControlPoint> points = read_control_points(options.control);
  FitKind kind = options.fit == "affine" ? FitKind::Affine : FitKind::Similarity;
  auto fit = fit_control_points(points, kind, options.limit_m, options.control);
  fmt::print(stderr, "{}", described(fit.value, points));
  print_warnings(fit.findings, Speech(options.language).sentences());
  return fit.value.fit;
}

void convert(const CoordsOptions& options) {
  if (options.guess) {
    CsvRows rows(stdin, kSource);
    fmt::print("{}", guessed_systems(rows, options.near, options.columns));
    return;
  }
  if (options.from.empty()) throw CLI::RequiredError("--from");
  if (options.to.empty()) throw CLI::RequiredError("--to");
  PositionSystem from = system_of("--from", options.from);
  PositionSystem to = system_of("--to", options.to);
  const Sentences say = Speech(options.language).sentences();
  Conversion(from, to, local_grid(options, from), options.columns, say).run();
}

}  // namespace

void add_coords(Commands commands) {
  auto options = std::make_shared<CoordsOptions>();
  options->language = commands.language;
  CLI::App* coords = commands.app.add_subcommand(
      "coords", "Carry the positions of a CSV from one coordinate system to another");
  coords->footer(
      "Reads CSV from standard input and writes it to standard output. The positions stand in "
      "columns\n"
      "called lon,lat or x,y (or as tables name them), without headings in the first two; further "
      "columns\n"
      "and a header row are kept as they are.\n"
      "A system: wgs84, gcj02 (Amap, Tencent), bd09 (Baidu), bd09mc (Baidu metres), EPSG:4547 or\n"
      "any other code, or a PROJ string. See docs/coords.md.\n"
      "Examples:\n"
      "  doorstep coords --from gcj02 --to wgs84 < schools.csv > schools-wgs84.csv\n"
      "  doorstep coords --from EPSG:4549 --to bd09 < survey.csv > survey-bd09.csv\n"
      "  doorstep coords --control points.csv --from EPSG:4549 --to wgs84 < local.csv\n"
      "  doorstep coords --guess --near 118.02,37.38 < unknown.csv");
  coords->add_option("--from", options->from, "System of the input");
  coords->add_option("--to", options->to, "System of the output");
  coords->add_option("--columns", options->columns,
                     "Columns of the two numbers, by name or number: x,y or lon,lat");
  coords->add_option("--control", options->control,
                     "The input is in a local grid, tied to --from by these points: CSV of name, "
                     "local x, local y, known x, known y");
  coords->add_option("--fit", options->fit, "similarity or affine, of the control points")
      ->check(CLI::IsMember({"similarity", "affine"}));
  coords->add_option("--limit", options->limit_m, "Residual of a control point to warn at, metres")
      ->check(between(0.0, 1e6));
  coords->add_flag("--guess", options->guess, "Say which systems fit the numbers, convert nothing");
  coords->add_option("--near", options->near, "lon,lat of the place, for --guess");
  coords->callback([options] { convert(*options); });
}

}  // namespace doorstep::cli
