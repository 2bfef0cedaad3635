#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "io/table/records_ahead.h"
#include "io/table/rows.h"
#include "io/table/shapes.h"
#include "io/table/text_decoder.h"

namespace doorstep::io {
namespace {

/// Records looked at to find the header and the form of the table.
constexpr std::size_t kSampledRecords = 200;
constexpr std::size_t kSniffedBytes = 1 << 16;

/// The records of a file, one at a time.
class Records {
 public:
  Records() = default;
  virtual ~Records() = default;
  Records(const Records&) = delete;
  Records& operator=(const Records&) = delete;
  /// Moves to the next; false at the end.
  virtual bool next() = 0;
  /// The record at hand as it stands in the file, where its text is UTF-8; null where not.
  [[nodiscard]] virtual const CellRow* as_it_stands() const = 0;
  /// Its cells as UTF-8. Once a record.
  virtual Record take() = 0;
};

/// The column that holds geometries as WKT, and whether there is one.
std::size_t wkt_column(const SheetLayout& layout, std::span<const Record> sample) {
  for (std::size_t c = 0; c < layout.columns.size(); ++c) {
    std::string name = lower_ascii(layout.columns[c]);
    if (name != "wkt" && name != "_wkt" && name != "the_geom" && name != "geom" &&
        name != "geometry")
      continue;
    for (const Record& record : sample.subspan(std::min(layout.first_row(), sample.size()))) {
      std::string cell = c < record.size() ? lower_ascii(trimmed_wide(record[c])) : "";
      if (cell.empty()) continue;
      for (const char* kind : {"point", "multi", "line", "polygon", "geometrycollection", "tin",
                               "triangle", "curve", "circular", "compound", "polyhedral"})
        if (cell.starts_with(kind)) return c;
      break;
    }
  }
  return layout.columns.size();
}

/// Makes rows of records: finds the header in the first of them, then lets them pass.
class SheetRows {
 public:
  SheetRows(const ReadTask& task, std::string file, bool workbook,
            std::optional<std::vector<MergedCells>> merged)
      : task_(task), workbook_(workbook), merged_(std::move(merged)) {
    head_.file = std::move(file);
  }

  TableHead read(Records& records) {
    std::vector<Record> sample;
    while (sample.size() < kSampledRecords && records.next()) sample.push_back(records.take());
    SheetLayout layout = layout_of(sample, merged_ ? &*merged_ : nullptr, workbook_);
    if (layout.columns.empty())
      throw Error("has no columns", head_.file, "it seems to be empty; export it again");
    describe(layout, sample, head_.file, task_.findings);
    head_.columns = layout.columns;
    wkt_ = wkt_column(layout, sample);
    head_.has_shapes = wkt_ < layout.columns.size();
    RowCleaner cleaner(
        head_.file, layout,
        {task_.request.keep_totals, workbook_, merged_.value_or(std::vector<MergedCells>{})});
    ShapePlacer placer(task_.request, task_.findings);
    ShapeNotes notes;
    bool go_on = true;
    auto pass = [&](Record&& cells) {
      TableRow row{++number_, std::move(cells), {}};
      if (!cleaner.clean(row.number, row.cells)) return;
      ++rows_;
      if (head_.has_shapes) locate(row, placer, notes);
      go_on = task_.visit(head_, row);
    };
    for (std::size_t i = layout.first_row(); i < sample.size() && go_on; ++i)
      pass(std::move(sample[i]));
    while (go_on && records.next())
      if (!pass_plain(records, cleaner, go_on)) pass(records.take());
    cleaner.report(task_.findings);
    notes.report(head_.file, task_.findings);
    if (rows_ == 0)
      task_.findings.warning("empty-layer", "has no rows", {head_.file, 0, ""}, "check the export");
    return head_;
  }

 private:
  /// Most rows of a large file need no second look. False where this one does.
  bool pass_plain(const Records& records, RowCleaner& cleaner, bool& go_on) {
    if (!task_.visit_plain || head_.has_shapes) return false;
    const CellRow* cells = records.as_it_stands();
    if (cells == nullptr || !cleaner.passes(number_ + 1, *cells)) return false;
    ++rows_;
    go_on = task_.visit_plain(head_, ++number_, *cells);
    return true;
  }

  void locate(TableRow& row, ShapePlacer& placer, ShapeNotes& notes) {
    const std::string& wkt = row.cells[wkt_];
    InputRef at{head_.file, row.number, head_.columns[wkt_]};
    if (wkt.empty()) {
      notes.note("no-geometry", row.number);
      return;
    }
    auto shape = shape_of_wkt(wkt, row.number, notes);
    if (!shape)
      task_.findings.warning("bad-geometry", "is no geometry in WKT", at,
                             "the row is kept without a position");
    if (!shape) return;
    row.shape = std::move(*shape);
    placer.place(row.shape, head_.crs, at);
  }

  ReadTask task_;
  TableHead head_;
  bool workbook_;
  std::optional<std::vector<MergedCells>> merged_;
  std::size_t wkt_ = 0;
  long number_ = 0;  ///< of the row at hand
  long rows_ = 0;    ///< that are data
};

/// The bytes of a text, from UTF-16 where it is that.
ByteSource text_source(const SourcePart& part, const FoundEncoding& found) {
  ByteSource bytes = bytes_of_part(part);
  return found.utf16 ? utf16_as_utf8(std::move(bytes), found.big_endian) : bytes;
}

std::string start_of(const ByteSource& source) {
  std::string start(kSniffedBytes, '\0');
  std::size_t n = 0;
  while (n < start.size()) {
    std::size_t got = source(start.data() + n, start.size() - n);
    if (got == 0) break;
    n += got;
  }
  start.resize(n);
  return start;
}

/// Control characters, which no table has, tell a picture or a program from a text.
void refuse_binary(const std::string& start, const std::string& shown) {
  auto strange = std::ranges::count_if(start, [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != 0;
  });
  if (strange * 20 > static_cast<std::ptrdiff_t>(start.size()))
    throw Error("is no text", shown, "save it as CSV");
}

/// Of a separated text, split in a thread of their own.
class CsvRecords : public Records {
 public:
  CsvRecords(CsvReader& reader, TextDecoder& decoder, const std::string& file)
      : ahead_([&reader](RecordBlock& block) { return reader.next(block); }),
        decoder_(decoder),
        at_{file, -1, ""} {}

  bool next() override {
    now_ = ahead_.next();
    at_.row += now_.has_value();
    return now_.has_value();
  }
  [[nodiscard]] const CellRow* as_it_stands() const override {
    if (is_ascii(now_->text())) return &*now_;
    for (std::size_t c = 0; c < now_->size(); ++c)
      if (!decoder_.leaves((*now_)[c])) return nullptr;
    return &*now_;
  }
  Record take() override {
    Record record = now_->strings();
    for (std::string& cell : record) decoder_.decode(cell, at_);
    return record;
  }

 private:
  RecordsAhead ahead_;
  TextDecoder& decoder_;
  InputRef at_;
  std::optional<CellRow> now_;
};

/// Of a sheet of a workbook.
class SheetRecords : public Records {
 public:
  explicit SheetRecords(OGRLayer& layer)
      : layer_(layer), fields_(layer.GetLayerDefn()->GetFieldCount()) {
    layer_.ResetReading();
  }

  bool next() override {
    OGRFeatureUniquePtr feature(layer_.GetNextFeature());
    if (!feature) return false;
    now_.assign(static_cast<std::size_t>(fields_), "");
    for (int i = 0; i < fields_; ++i)
      if (feature->IsFieldSetAndNotNull(i))
        now_[static_cast<std::size_t>(i)] = feature->GetFieldAsString(i);
    return true;
  }
  [[nodiscard]] const CellRow* as_it_stands() const override { return nullptr; }
  Record take() override { return std::move(now_); }

 private:
  OGRLayer& layer_;
  int fields_;
  Record now_;
};

}  // namespace

TableHead read_csv_rows(const SourcePart& part, const ReadTask& task) {
  FoundEncoding found = encoding_of_text(part, task.request.encoding);
  TextDecoder decoder(found, part.shown);
  std::string start = start_of(text_source(part, found));
  refuse_binary(start, part.shown);
  CsvDialect dialect = sniff_csv(start, decoder.double_byte());
  CsvReader reader(text_source(part, found), dialect, part.shown);
  TableHead head;
  {
    CsvRecords records(reader, decoder, task.request.shown);
    head = SheetRows(task, task.request.shown, false, std::nullopt).read(records);
  }
  decoder.report(task.findings);
  if (reader.nul_bytes() > 0)
    task.findings.warning(
        "nul-bytes", fmt::format("{} NUL bytes were left out", reader.nul_bytes()),
        {task.request.shown, 0, ""}, "they come from a broken transfer or UTF-16; export it again");
  return head;
}

TableHead read_sheet_rows(const SourcePart& part, const std::string& sheet, const ReadTask& task) {
  OpenDataset data = open_vector(part, task.findings);
  QuietGdal quiet;
  OGRLayer& layer = layer_of(*data, sheet, part.shown);
  auto merged = merged_cells_of(part, layer.GetName());
  SheetRecords records(layer);
  return SheetRows(task, task.request.shown, true, std::move(merged)).read(records);
}

}  // namespace doorstep::io
