#include "base/sentences.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace doorstep {

namespace {

std::vector<std::string> split_at_holes(std::string_view pattern) {
  std::vector<std::string> out;
  for (std::size_t from = 0;;) {
    const std::size_t hole = pattern.find("{}", from);
    out.emplace_back(pattern.substr(from, hole - from));
    if (hole == std::string_view::npos) return out;
    from = hole + 2;
  }
}

/// What stands in the holes; each literal at the first place where it can stand.
std::optional<std::vector<std::string_view>> holes_of(std::string_view text,
                                                      const std::vector<std::string>& between) {
  const std::string& first = between.front();
  const std::string& last = between.back();
  if (text.size() < first.size() + last.size() || !text.starts_with(first) || !text.ends_with(last))
    return std::nullopt;
  const std::size_t end = text.size() - last.size();
  std::vector<std::string_view> holes;
  std::size_t from = first.size();
  std::size_t beside = 0;  // holes without anything between them: the first one takes it all
  auto take = [&](std::size_t to) {
    holes.push_back(text.substr(from, to - from));
    holes.insert(holes.end(), std::exchange(beside, 0), std::string_view());
  };
  for (std::size_t i = 1; i + 1 < between.size(); ++i) {
    if (between[i].empty()) {
      ++beside;
      continue;
    }
    const std::size_t at = text.find(between[i], from);
    if (at == std::string_view::npos || at + between[i].size() > end) return std::nullopt;
    take(at);
    from = at + between[i].size();
  }
  take(end);
  return holes;
}

std::size_t letters_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return c != ' '; }));
}

/// A reference in a translation: {}, {2}, {~}, {2~}.
struct Hole {
  std::size_t length = 0;  ///< 0: what stands here is none
  std::optional<std::size_t> number;
  bool translated = false;
};

Hole hole_at(std::string_view text) {
  Hole hole;
  std::size_t i = 1;
  if (i < text.size() && text[i] >= '0' && text[i] <= '9')
    hole.number = static_cast<std::size_t>(text[i++] - '0');
  if (i < text.size() && text[i] == '~') hole.translated = ++i > 0;
  if (i < text.size() && text[i] == '}') hole.length = i + 1;
  return hole;
}

}  // namespace

Sentences::Sentences(const std::vector<Translation>& sentences,
                     std::map<std::string, std::string> kinds)
    : kinds_(std::move(kinds)) {
  for (const Translation& t : sentences) {
    Pattern p{split_at_holes(t.english), 0, t.other};
    if (p.between.size() == 1) {
      exact_.emplace(t.english, t.other);
      continue;
    }
    for (const std::string& text : p.between) p.letters += letters_of(text);
    patterns_.push_back(std::move(p));
  }
  std::ranges::stable_sort(patterns_, std::greater{}, &Pattern::letters);
}

std::string Sentences::filled(const Pattern& pattern,
                              const std::vector<std::string_view>& holes) const {
  std::string out;
  std::size_t next = 0;
  for (std::size_t i = 0; i < pattern.other.size();) {
    const Hole hole =
        pattern.other[i] == '{' ? hole_at(std::string_view(pattern.other).substr(i)) : Hole{};
    if (hole.length == 0) {
      out += pattern.other[i++];
      continue;
    }
    const std::size_t which = hole.number ? *hole.number : next;
    next = which + 1;
    if (which < holes.size())
      out += hole.translated ? (*this)(holes[which]) : std::string(holes[which]);
    i += hole.length;
  }
  return out;
}

std::optional<Sentences::Said> Sentences::match(std::string_view english) const {
  if (auto found = exact_.find(std::string(english)); found != exact_.end())
    return Said{found->second, letters_of(english)};
  // A sentence inside a hole may have more letters than the one around it, which begins earlier.
  const Pattern* best = nullptr;
  std::vector<std::string_view> best_holes;
  std::size_t least = english.size() + 1;
  for (const Pattern& p : patterns_)
    if (auto holes = holes_of(english, p.between)) {
      const std::size_t lead = p.between.front().empty() ? holes->front().size() : 0;
      if (lead >= least) continue;
      least = lead;
      best = &p;
      best_holes = std::move(*holes);
    }
  if (best == nullptr) return std::nullopt;
  return Said{filled(*best, best_holes), best->letters};
}

std::optional<std::string> Sentences::find(std::string_view english) const {
  auto said = match(english);
  return said ? std::optional(std::move(said->text)) : std::nullopt;
}

std::string Sentences::operator()(std::string_view english) const {
  auto found = find(english);
  return found ? std::move(*found) : std::string(english);
}

const std::string& Sentences::kind(const std::string& code) const {
  const auto found = kinds_.find(code);
  return found == kinds_.end() ? code : found->second;
}

std::string Sentences::at(const InputRef& at) const {
  if (english() || at.row <= 0) return at.text();
  const InputRef file{at.file, 0, ""};
  return (at.file.empty() ? "" : file.text() + " ") + "第 " + std::to_string(at.row) + " 行" +
         (at.field.empty() ? "" : "，" + at.field);
}

std::string Sentences::line(std::string_view message) const {
  if (english()) return std::string(message);
  // A place may hold ": " and a remedy " (": the cut is where the sentence between them has most
  // letters of its own, so that a hole does not swallow the place.
  std::string best(message);
  std::size_t most = 0;
  auto places = [this](std::string_view where) {
    std::string out;
    for (std::size_t end = where.find("; "); end != std::string_view::npos;
         end = where.find("; ")) {
      out += (*this)(where.substr(0, end)) + "；";
      where.remove_prefix(end + 2);
    }
    return out + (*this)(where);
  };
  for (std::size_t from = 0;;) {
    const std::string_view rest = message.substr(from);
    auto consider = [&](std::string_view what, std::string_view hint) {
      const auto said = match(what);
      if (!said || said->letters < most) return;
      most = said->letters;
      best = (from == 0 ? "" : places(message.substr(0, from - 2)) + "：") + said->text +
             (hint.empty() ? "" : "（" + (*this)(hint) + "）");
    };
    consider(rest, "");
    if (rest.ends_with(')'))
      for (std::size_t open = rest.find(" ("); open != std::string_view::npos;
           open = rest.find(" (", open + 1))
        consider(rest.substr(0, open), rest.substr(open + 2, rest.size() - open - 3));
    const std::size_t colon = message.find(": ", from);
    if (colon == std::string_view::npos) return best;
    from = colon + 2;
  }
}

}  // namespace doorstep
