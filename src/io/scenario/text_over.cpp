#include "io/scenario/text_over.h"

#include <algorithm>
#include <vector>

#include "io/scenario/toml_lines.h"

namespace doorstep::io {
namespace {

using Items = std::vector<TomlItem>;
using Kind = TomlItem::Kind;
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::string text_of(const Items& items) {
  std::string out;
  for (const TomlItem& item : items) out += item.text;
  return out;
}

TomlItem line_of(Kind kind, std::string text) {
  TomlItem item;
  item.kind = kind;
  item.text = std::move(text);
  return item;
}

/// What a key is called in the plain text: a position is written in metres there.
std::string_view plain_key(const TomlItem& item) {
  return item.path.front() == "at" ? "at_xy" : std::string_view(item.path.front());
}

bool is_of(const TomlItem& item, std::string_view key) {
  return item.kind == Kind::Statement && plain_key(item) == key;
}

/// All that a block says under a key.
std::vector<const TomlItem*> under(const Items& items, std::string_view key) {
  std::vector<const TomlItem*> out;
  for (const TomlItem& item : items)
    if (is_of(item, key)) out.push_back(&item);
  return out;
}

std::string said_under(const Items& items, std::string_view key) {
  std::string out;
  for (const TomlItem* item : under(items, key))
    out += (item->path.size() > 1 ? item->path[1] : "") + "=" + std::string(item->value()) + "\n";
  return out;
}

/// The keys of a block, each once, as they come.
std::vector<std::string> keys_of(const Items& items) {
  std::vector<std::string> out;
  for (const TomlItem& item : items)
    if (item.kind == Kind::Statement && std::ranges::count(out, plain_key(item)) == 0)
      out.emplace_back(plain_key(item));
  return out;
}

bool one_value(const std::vector<const TomlItem*>& items) {
  return items.size() == 1 && items.front()->path.size() == 1;
}
bool a_table(const std::vector<const TomlItem*>& items) {
  return !items.empty() &&
         std::ranges::all_of(items, [](const TomlItem* item) { return item->path.size() == 2; });
}

/// Puts another value in a line; what follows it keeps its column where there is room.
void set_value(TomlItem& item, std::string_view value) {
  std::string& text = item.text;
  std::string inner;  // comments that stood within the value
  for (std::size_t i = 0; i < item.comments.size(); ++i)
    if (text.find(item.comments[i], item.value_at) < item.value_end)
      inner += item.comments[i] + "\n";
  const bool renamed = item.path.front() == "at" && item.path.size() == 1;
  if (renamed) {
    const std::size_t key = text.find("at", item.key_at);
    text.replace(key, 2, "at_xy");
    item.value_at += 3;
    item.value_end += 3;
    item.path.front() = "at_xy";
  }
  std::string rest = text.substr(item.value_end);
  const std::size_t blanks = rest.find_first_not_of(' ');
  if (blanks != std::string::npos && blanks > 0 && rest[blanks] == '#') {
    const std::size_t column = item.value_end + blanks - (renamed ? 3 : 0);
    const std::size_t end = item.value_at + value.size();
    rest = std::string(end + 1 < column ? column - end : 1, ' ') + rest.substr(blanks);
  }
  text = inner + text.substr(0, item.value_at) + std::string(value) + rest;
}

/// The comments of a line that goes, as lines of their own.
Items comments_of(const TomlItem& item) {
  Items out;
  for (const std::string& comment : item.comments) {
    const std::size_t from = comment.find_first_not_of("# \t");
    if (from == std::string::npos) continue;
    const std::string key = item.path.empty() ? "" : item.path.back() + ": ";
    out.push_back(line_of(Kind::Comment, "# " + key + comment.substr(from) + "\n"));
  }
  return out;
}

/// One edit, or the head, brought from what it said to what it is to say.
class BlockUpdate {
 public:
  BlockUpdate(Items written, const Items& before, const Items& after)
      : items_(std::move(written)), before_(before), after_(after) {}

  Items updated() {
    // Other areas come from another file, under other names: all of its keys are the writer's.
    const bool other_file = said_under(before_, "file") != said_under(after_, "file");
    for (const std::string& key : keys_of(items_)) {
      const bool plain = !under(before_, key).empty() || !under(after_, key).empty();
      if (other_file ? key != "do" : plain && said_under(before_, key) != said_under(after_, key))
        update(key);
    }
    std::string last;
    for (const std::string& key : keys_of(after_)) {
      const bool new_to_it = other_file || said_under(before_, key) != said_under(after_, key);
      if (new_to_it && under(items_, key).empty()) insert(key, last);
      last = key;
    }
    return std::move(items_);
  }

 private:
  void update(const std::string& key) {
    const auto now = under(items_, key), next = under(after_, key);
    if (one_value(now) && one_value(next)) {
      for (TomlItem& item : items_)
        if (is_of(item, key)) set_value(item, next.front()->value());
    } else if (a_table(now) && a_table(next)) {
      update_table(key);
    } else {
      erase(key);
    }
  }

  void erase(const std::string& key) {
    Items kept;
    for (TomlItem& item : items_) {
      const bool head = item.kind == Kind::Table && !item.path.empty() && item.path[0] == key;
      if (!head && !is_of(item, key)) {
        kept.push_back(std::move(item));
        continue;
      }
      for (TomlItem& comment : comments_of(item)) kept.push_back(std::move(comment));
    }
    items_ = std::move(kept);
  }

  void update_table(const std::string& key) {
    auto value_in = [&](const Items& items, const std::string& name) {
      const TomlItem* found = nullptr;
      for (const TomlItem* item : under(items, key))
        if (item->path.size() == 2 && item->path[1] == name) found = item;
      return found;
    };
    Items kept;
    std::size_t last = 0;
    bool in_table = true;
    for (TomlItem& item : items_) {
      if (!is_of(item, key)) {
        kept.push_back(std::move(item));
        continue;
      }
      in_table = item.in_table;
      const TomlItem* next = value_in(after_, item.path[1]);
      const TomlItem* was = value_in(before_, item.path[1]);
      if (next == nullptr) {
        for (TomlItem& comment : comments_of(item)) kept.push_back(std::move(comment));
      } else {
        if (was == nullptr || was->value() != next->value()) set_value(item, next->value());
        kept.push_back(std::move(item));
      }
      last = kept.size();
    }
    for (const TomlItem* next : under(after_, key)) {
      const bool there = std::ranges::any_of(kept, [&](const TomlItem& item) {
        return is_of(item, key) && item.path[1] == next->path[1];
      });
      if (there) continue;
      TomlItem added = *next;
      if (!in_table) added.text = key + "." + added.text;
      kept.insert(kept.begin() + static_cast<std::ptrdiff_t>(last++), std::move(added));
    }
    items_ = std::move(kept);
  }

  /// After the key that comes before it in the plain text; tables at the end of the edit.
  void insert(const std::string& key, const std::string& after) {
    const auto next = under(after_, key);
    std::size_t at = items_.size();
    if (a_table(next)) {
      items_.push_back(line_of(Kind::Table, "[edit." + key + "]\n"));
      items_.back().path = {key};
      for (const TomlItem* item : next) items_.push_back(*item);
      return;
    }
    std::size_t first = 0, found = kNone;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (items_[i].kind == Kind::Table && items_[i].path.empty()) first = i + 1;
      if (items_[i].kind == Kind::Table && !items_[i].path.empty()) at = std::min(at, i);
      if (i < at && is_of(items_[i], after)) found = i + 1;
    }
    at = found != kNone ? found : std::min(at, first);
    items_.insert(items_.begin() + static_cast<std::ptrdiff_t>(at), *next.front());
  }

  Items items_;
  const Items& before_;
  const Items& after_;
};

/// What makes an edit the same one though its figures changed: what it does, and to whom.
std::string identity(const TomlBlock& edit) {
  std::string out = said_under(edit.own, "do");
  for (const char* key : {"code", "campus", "stage", "from", "to"})
    if (out.find("redraw") == std::string::npos || std::string_view(key) != "code")
      out += said_under(edit.own, key);
  return out + (out.find("redraw") != std::string::npos ? said_under(edit.own, "year") : "");
}

/// For each edit of `after` the one of `before` that it was; kNone: it is new. Those that are the
/// same in both, in order; then equal ones that were moved; then those of the same identity.
std::vector<std::size_t> origins(const std::vector<TomlBlock>& before,
                                 const std::vector<TomlBlock>& after) {
  std::vector<std::size_t> out(after.size(), kNone);
  std::vector<char> taken(before.size(), 0);
  auto match = [&](auto&& name) {
    std::multimap<std::string, std::size_t> free;
    for (std::size_t j = 0; j < before.size(); ++j)
      if (!taken[j]) free.emplace(name(before[j]), j);
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (out[i] != kNone) continue;
      const std::string wanted = name(after[i]);
      const auto found = free.lower_bound(wanted);  // the first of those alike
      if (found == free.end() || found->first != wanted) continue;
      out[i] = found->second;
      taken[found->second] = 1;
      free.erase(found);
    }
  };
  match([](const TomlBlock& edit) { return text_of(edit.own); });
  match(identity);
  return out;
}

/// Comments that belong to nobody stay where they are, even if the edit below them went.
std::string gap_of(const TomlBlock& block, bool gone) {
  const bool says = std::ranges::any_of(
      block.gap, [](const TomlItem& item) { return item.kind == Kind::Comment; });
  return gone && !says ? "" : text_of(block.gap);
}

/// Adds a text of its own, a blank line above it.
void append_apart(std::string& out, const std::string& text) {
  if (!out.empty() && !out.ends_with("\n\n")) out += "\n";
  out += text;
}

std::string without_returns(std::string_view text) {
  std::string out(text);
  std::erase(out, '\r');
  return out;
}

}  // namespace

std::string text_over(std::string_view written, std::string_view before, std::string_view after,
                      WrittenEdits& known) {
  auto plan = toml_plan(without_returns(written));
  const auto was = toml_plan(before), is = toml_plan(after);
  if (!plan || !was || !is || plan->edits.size() != was->edits.size()) return "";
  const std::vector<std::size_t> from = origins(was->edits, is->edits);
  for (std::size_t j = 0; j < was->edits.size(); ++j)
    known[text_of(was->edits[j].own)] = text_of(plan->edits[j].own);
  std::vector<char> stays(plan->edits.size(), 0);
  for (std::size_t j : from)
    if (j != kNone) stays[j] = 1;

  std::string out =
      text_of(BlockUpdate(std::move(plan->head.own), was->head.own, is->head.own).updated());
  std::size_t next = 0;  // the gaps before this edit are written
  auto gaps_until = [&](std::size_t end) {
    for (; next < end; ++next)
      if (!stays[next]) out += gap_of(plan->edits[next], true);
  };
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::string plain = text_of(is->edits[i].own);
    if (from[i] == kNone) {
      const auto earlier = known.find(plain);
      append_apart(out, earlier == known.end() ? plain : earlier->second);
      continue;
    }
    const bool in_order = from[i] >= next;
    if (in_order) gaps_until(from[i]);
    TomlBlock& edit = plan->edits[from[i]];
    std::string text = text_of(
        BlockUpdate(std::move(edit.own), was->edits[from[i]].own, is->edits[i].own).updated());
    if (in_order) {
      out += gap_of(edit, false) + text;
      next = from[i] + 1;
    } else {
      append_apart(out, text);
    }
  }
  gaps_until(plan->edits.size());
  out += text_of(plan->tail);
  if (written.find("\r\n") == std::string_view::npos) return out;
  std::string returned;
  for (char c : out) returned += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return returned;
}

}  // namespace doorstep::io
