#include "io/scenario/toml_lines.h"

#include <algorithm>
#include <iterator>

namespace doorstep::io {
namespace {

constexpr std::string_view kEdit = "edit";

/// Reads one item after another; knows the table it stands in.
class ItemReader {
 public:
  explicit ItemReader(std::string_view text) : text_(text) {}
  [[nodiscard]] bool more() const { return at_ < text_.size(); }
  /// False where what follows is written in a way that is not known here.
  bool read(TomlItem& item);

 private:
  bool read_table(TomlItem& item, std::size_t from);
  bool read_statement(TomlItem& item, std::size_t from);
  bool read_key(std::vector<std::string>& parts);
  void skip_blanks() {
    while (more() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  void skip_line() {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
  }
  void skip_string();
  void take(TomlItem& item, std::size_t from) const {
    item.text = std::string(text_.substr(from, at_ - from));
    if (item.text.empty() || item.text.back() != '\n') item.text += '\n';
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> table_;  ///< within the edit
};

bool ItemReader::read(TomlItem& item) {
  const std::size_t from = at_;
  skip_blanks();
  const char c = more() ? text_[at_] : '\n';
  if (c == '[') return read_table(item, from);
  if (c != '\n' && c != '#') return read_statement(item, from);
  item.kind = c == '#' ? TomlItem::Kind::Comment : TomlItem::Kind::Blank;
  skip_line();
  take(item, from);
  return true;
}

bool ItemReader::read_key(std::vector<std::string>& parts) {
  for (;;) {
    skip_blanks();
    if (!more()) return false;
    const char quote = text_[at_];
    if (quote == '"' || quote == '\'') {
      const std::size_t end = text_.find(quote, at_ + 1);
      if (end == std::string_view::npos) return false;
      parts.emplace_back(text_.substr(at_ + 1, end - at_ - 1));
      if (parts.back().find('\\') != std::string::npos) return false;  // rare: left to the writer
      at_ = end + 1;
    } else {
      const std::size_t end = text_.find_first_of(" \t.=]#\n", at_);
      if (end == std::string_view::npos || end == at_) return false;
      parts.emplace_back(text_.substr(at_, end - at_));
      at_ = end;
    }
    skip_blanks();
    if (!more() || text_[at_] != '.') return more();
    ++at_;
  }
}

bool ItemReader::read_table(TomlItem& item, std::size_t from) {
  item.kind = TomlItem::Kind::Table;
  const bool many = text_.substr(at_, 2) == "[[";
  at_ += many ? 2 : 1;
  std::vector<std::string> parts;
  if (!read_key(parts) || text_[at_] != ']' || parts.front() != kEdit) return false;
  if (many != (parts.size() == 1) || parts.size() > 2) return false;
  table_.assign(parts.begin() + 1, parts.end());
  item.path = table_;
  skip_line();
  take(item, from);
  if (const std::size_t c = item.text.find('#'); c != std::string::npos)
    item.comments.push_back(item.text.substr(c, item.text.size() - c - 1));
  return true;
}

void ItemReader::skip_string() {
  const char quote = text_[at_];
  const std::string three(3, quote);
  const bool many = text_.substr(at_, 3) == three;
  at_ += many ? 3 : 1;
  for (; more(); ++at_) {
    if (quote == '"' && text_[at_] == '\\') {
      ++at_;
    } else if (many ? text_.substr(at_, 3) == three : text_[at_] == quote || text_[at_] == '\n') {
      at_ += many ? 3 : text_[at_] == quote;
      return;
    }
  }
}

bool ItemReader::read_statement(TomlItem& item, std::size_t from) {
  item.kind = TomlItem::Kind::Statement;
  item.key_at = at_ - from;
  item.path = table_;
  item.in_table = !table_.empty();
  if (!read_key(item.path) || text_[at_] != '=' || item.path.front() == kEdit) return false;
  ++at_;
  skip_blanks();
  item.value_at = at_ - from;
  int depth = 0;
  while (more()) {
    const char c = text_[at_];
    if (c == '#') {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      item.comments.emplace_back(text_.substr(at_, end - at_));
      at_ = end;
      continue;
    }
    if (c == '\n' && depth <= 0) break;
    if (c == '"' || c == '\'') {
      skip_string();
      item.value_end = std::min(at_, text_.size()) - from;
      continue;
    }
    depth += c == '[' || c == '{';
    depth -= c == ']' || c == '}';
    ++at_;
    if (c != ' ' && c != '\t' && c != '\n') item.value_end = at_ - from;
  }
  at_ = std::min(at_, text_.size());
  skip_line();
  take(item, from);
  return item.value_end > item.value_at;
}

bool begins_edit(const TomlItem& item) {
  return item.kind == TomlItem::Kind::Table && item.path.empty();
}
bool is(const TomlItem& item, TomlItem::Kind kind) { return item.kind == kind; }

/// The end of what belongs to the keys above: comments that follow them without a blank line.
std::size_t end_of_block(const std::vector<TomlItem>& items, std::size_t from, std::size_t next) {
  std::size_t end = next;
  while (end > from && !is(items[end - 1], TomlItem::Kind::Statement) &&
         !is(items[end - 1], TomlItem::Kind::Table))
    --end;
  while (end < next && is(items[end], TomlItem::Kind::Comment)) ++end;
  return end;
}

/// Where the comments begin that stand right above the item.
std::size_t comments_above(const std::vector<TomlItem>& items, std::size_t at) {
  while (at > 0 && is(items[at - 1], TomlItem::Kind::Comment)) --at;
  return at;
}

}  // namespace

std::optional<TomlPlan> toml_plan(std::string_view text) {
  std::vector<TomlItem> items;
  for (ItemReader reader(text); reader.more();)
    if (!reader.read(items.emplace_back())) return {};
  std::vector<std::size_t> starts;  // of each edit, its comments included
  for (std::size_t i = 0; i < items.size(); ++i)
    if (begins_edit(items[i])) starts.push_back(comments_above(items, i));
  auto slice = [&](std::size_t from, std::size_t to) {
    using At = std::move_iterator<std::vector<TomlItem>::iterator>;
    return std::vector<TomlItem>(At(items.begin() + static_cast<std::ptrdiff_t>(from)),
                                 At(items.begin() + static_cast<std::ptrdiff_t>(to)));
  };
  TomlPlan out;
  std::size_t begin = 0, above = 0;
  for (std::size_t i = 0; i <= starts.size(); ++i) {
    const std::size_t next = i < starts.size() ? starts[i] : items.size();
    const std::size_t end = end_of_block(items, begin, next);
    TomlBlock block{slice(above, begin), slice(begin, end)};
    if (i == 0)
      out.head = std::move(block);
    else
      out.edits.push_back(std::move(block));
    above = end;
    begin = next;
  }
  out.tail = slice(above, items.size());
  return out;
}

}  // namespace doorstep::io
