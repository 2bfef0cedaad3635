#include "io/table/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>

#include "base/error.h"

namespace doorstep::io {
namespace {

constexpr std::size_t kBufferBytes = 1 << 16;
/// A quote that never closes would swallow the rest of the file. Source: assumed; the longest cell
/// that is meant is a boundary as text.
constexpr std::size_t kLongestRecord = 64 << 20;
constexpr std::size_t kSniffedRecords = 200;

/// How evenly a separator divides: records that have as many cells as most, and that number.
struct Division {
  std::size_t cells = 1;
  double share = 0.0;
};

Division divide(std::string_view sample, CsvDialect dialect) {
  std::map<std::size_t, std::size_t> records_of;
  std::size_t records = 0;
  try {
    CsvReader reader(bytes_of(sample), dialect, "sample");
    std::vector<std::string> cells;
    while (records < kSniffedRecords && reader.next(cells)) {
      if (cells.size() == 1 && cells[0].empty()) continue;
      ++records_of[cells.size()];
      ++records;
    }
  } catch (const Error&) {
    // The sample may end inside quotes; the records before it are enough.
  }
  Division best;
  for (auto [cells, count] : records_of) {
    double share = static_cast<double>(count) / static_cast<double>(records);
    if (cells > 1 && share >= best.share) best = {cells, share};
  }
  return best;
}

void put_utf8(std::string& out, std::uint32_t c) {
  auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

/// Turns units of two bytes into UTF-8; keeps what is left over between chunks.
class Utf16Decoder {
 public:
  Utf16Decoder(ByteSource source, bool big_endian)
      : source_(std::move(source)), big_endian_(big_endian) {}

  std::size_t read(char* out, std::size_t room) {
    while (given_ == ready_.size() && refill()) {
    }
    std::size_t n = std::min(room, ready_.size() - given_);
    std::memcpy(out, ready_.data() + given_, n);
    given_ += n;
    return n;
  }

 private:
  bool refill() {
    char chunk[4096];
    std::size_t n = source_(chunk, sizeof chunk);
    ready_.clear();
    given_ = 0;
    for (std::size_t i = 0; i < n; ++i) {
      auto byte = static_cast<unsigned char>(chunk[i]);
      if (has_half_) {
        unit(big_endian_ ? half_ << 8 | byte : static_cast<std::uint32_t>(byte) << 8 | half_);
      } else {
        half_ = byte;
      }
      has_half_ = !has_half_;
    }
    if (n == 0 && high_ != 0) put_utf8(ready_, 0xFFFD);
    if (n == 0) high_ = 0;
    return n > 0;
  }

  void unit(std::uint32_t u) {
    bool low = u >= 0xDC00 && u < 0xE000;
    if (high_ != 0 && low) {
      put_utf8(ready_, 0x10000 + ((high_ - 0xD800) << 10) + (u - 0xDC00));
      high_ = 0;
      return;
    }
    if (high_ != 0) put_utf8(ready_, 0xFFFD);
    high_ = u >= 0xD800 && u < 0xDC00 ? u : 0;
    if (high_ == 0) put_utf8(ready_, low ? 0xFFFD : u);
  }

  ByteSource source_;
  bool big_endian_;
  std::string ready_;
  std::size_t given_ = 0;
  std::uint32_t half_ = 0;
  std::uint32_t high_ = 0;
  bool has_half_ = false;
};

}  // namespace

ByteSource bytes_of(std::string_view text) {
  return [text](char* out, std::size_t room) mutable {
    std::size_t n = std::min(room, text.size());
    std::memcpy(out, text.data(), n);
    text.remove_prefix(n);
    return n;
  };
}

ByteSource utf16_as_utf8(ByteSource source, bool big_endian) {
  auto decoder = std::make_shared<Utf16Decoder>(std::move(source), big_endian);
  return [decoder](char* out, std::size_t room) { return decoder->read(out, room); };
}

CsvDialect sniff_csv(std::string_view sample, bool double_byte) {
  CsvDialect best{',', double_byte};
  double best_score = 0.0;
  for (char separator : {',', '\t', ';', '|'}) {
    CsvDialect dialect{separator, double_byte};
    Division d = divide(sample, dialect);
    // Evenness first; more cells tell between even ones, so that decimal commas do not win.
    double score = d.share * (1.0 - 1.0 / static_cast<double>(d.cells + 1));
    if (d.share >= 0.5 && score > best_score + 1e-12) {
      best_score = score;
      best = dialect;
    }
  }
  return best;
}

CsvReader::CsvReader(ByteSource source, CsvDialect dialect, std::string shown)
    : source_(std::move(source)),
      dialect_(dialect),
      shown_(std::move(shown)),
      buffer_(kBufferBytes) {
  if (peek() != 0xEF || filled_ < 3) return;
  if (std::memcmp(buffer_.data(), "\xEF\xBB\xBF", 3) == 0) at_ = 3;
}

int CsvReader::peek() {
  while (at_ == filled_) {
    if (ended_) return kEnd;
    filled_ = source_(buffer_.data(), buffer_.size());
    at_ = 0;
    ended_ = filled_ == 0;
  }
  return static_cast<unsigned char>(buffer_[at_]);
}

int CsvReader::take() {
  int c = peek();
  if (c == kEnd) return kEnd;
  ++at_;
  if (++record_bytes_ > kLongestRecord)
    throw Error(
        fmt::format("record {} does not end within {} MB", record_ + 1, kLongestRecord >> 20),
        shown_, "is a quote left open there? is it a table at all?");
  return c;
}

void CsvReader::append(std::string& cell, int c) {
  if (c == 0) {
    ++nul_bytes_;
    return;
  }
  cell += static_cast<char>(c);
  if (dialect_.double_byte && c >= 0x81 && peek() >= 0x40) cell += static_cast<char>(take());
}

/// What needs no second look, up to the end of what is in memory.
void CsvReader::take_run(std::string& cell) {
  if (dialect_.double_byte) return;
  const char* const begin = buffer_.data() + at_;
  const char* const end = buffer_.data() + filled_;
  const char* p = begin;
  while (p != end && *p != dialect_.separator && *p != '\n' && *p != '\r' && *p != '\0') ++p;
  cell.append(begin, p);
  at_ += static_cast<std::size_t>(p - begin);
  record_bytes_ += static_cast<std::size_t>(p - begin);
}

void CsvReader::read_quoted(std::string& cell) {
  for (;;) {
    int c = take();
    if (c == kEnd)
      throw Error(fmt::format("a quote opened in record {} never closes", record_ + 1), shown_,
                  "close it, or double the quotes that belong to the text");
    if (c == '"') {
      if (peek() != '"') return;
      take();
    }
    append(cell, c);
  }
}

void CsvReader::read_cell(std::string& cell) {
  if (peek() == '"') {
    take();
    read_quoted(cell);
  }
  for (;;) {  // also what follows a closing quote, which belongs to the cell for want of better
    take_run(cell);
    int c = peek();
    if (c == kEnd || c == '\n' || c == '\r' || c == static_cast<unsigned char>(dialect_.separator))
      return;
    append(cell, take());
  }
}

template <class NextCell>
bool CsvReader::read_record(const NextCell& next_cell) {
  record_bytes_ = 0;
  if (peek() == kEnd) return false;
  for (;;) {
    next_cell();
    int c = take();
    if (c == '\r' && peek() == '\n') take();
    if (c == static_cast<unsigned char>(dialect_.separator)) continue;
    ++record_;
    return true;
  }
}

bool CsvReader::next(std::vector<std::string>& cells) {
  cells.clear();
  cells.reserve(last_cells_);
  const bool any = read_record([&] { read_cell(cells.emplace_back()); });
  if (any) last_cells_ = cells.size();
  return any;
}

/// A record that lies whole in memory, without quotes or anything else that needs a second look.
bool CsvReader::take_plain_record(RecordBlock& records) {
  if (dialect_.double_byte || peek() == kEnd) return false;
  const char* const begin = buffer_.data() + at_;
  const auto* line_end = static_cast<const char*>(std::memchr(begin, '\n', filled_ - at_));
  if (line_end == nullptr) return false;
  const char* end = line_end;
  if (end != begin && end[-1] == '\r') --end;
  const auto bytes = static_cast<std::size_t>(end - begin);
  for (const char strange : {'"', '\r', '\0'})
    if (std::memchr(begin, strange, bytes) != nullptr) return false;
  std::string& text = records.text;
  std::size_t to = text.size();
  text.resize(to + bytes);
  for (const char* p = begin; p != end; ++p) {
    if (*p == dialect_.separator)
      records.cell_end.push_back(static_cast<uint32_t>(to));
    else
      text[to++] = *p;
  }
  text.resize(to);
  records.cell_end.push_back(static_cast<uint32_t>(to));
  at_ += static_cast<std::size_t>(line_end - begin) + 1;
  ++record_;
  return true;
}

bool CsvReader::next(RecordBlock& records) {
  if (take_plain_record(records)) {
    records.record_end.push_back(static_cast<uint32_t>(records.cell_end.size()));
    return true;
  }
  const bool any = read_record([&] {
    read_cell(records.text);
    records.cell_end.push_back(static_cast<uint32_t>(records.text.size()));
  });
  if (any) records.record_end.push_back(static_cast<uint32_t>(records.cell_end.size()));
  return any;
}

}  // namespace doorstep::io
