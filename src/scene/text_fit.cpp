#include "scene/text_fit.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace doorstep::scene {
namespace {

std::size_t character_bytes(char lead) {
  auto c = static_cast<unsigned char>(lead);
  return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

std::vector<std::string> characters(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t n = std::min(character_bytes(text[i]), text.size() - i);
    out.push_back(text.substr(i, n));
    i += n;
  }
  return out;
}

bool stays_with_previous(const std::string& character) {
  static constexpr std::string_view kClosing =
      "\uff0c\u3002\u3001\uff1b\uff1a\uff1f\uff01\uff09\u300b\u300d\u300f\u3009\u3011\u201d"
      "\u2019";  // ，。、；：？！）》」』〉】”’
  return kClosing.find(character) != std::string_view::npos && display_width(character) == 2;
}

/// Pieces that must not be broken: a word with the space after it, or one wide character.
std::vector<std::string> pieces(const std::string& text) {
  std::vector<std::string> out;
  bool open = false;  // the last piece is a word that goes on
  for (const std::string& c : characters(text)) {
    bool wide = display_width(c) == 2;
    if (wide && !stays_with_previous(c)) {
      out.push_back(c);
      open = false;
    } else if (c == " ") {
      out.empty() ? out.push_back(c) : static_cast<void>(out.back() += c);
      open = false;
    } else if (open || (wide && !out.empty())) {
      out.back() += c;
    } else {
      out.push_back(c);
      open = true;
    }
  }
  return out;
}

}  // namespace

std::string ellipsised(const std::string& text, double width_px, double size_px, bool bold,
                       const TextMeasure& measure) {
  if (measure.width_px(text, size_px, bold) <= width_px) return text;
  std::vector<std::string> parts = characters(text);
  while (!parts.empty()) {
    parts.pop_back();
    std::string shorter;
    for (const std::string& p : parts) shorter += p;
    shorter = trimmed(shorter) + "…";
    if (measure.width_px(shorter, size_px, bold) <= width_px) return shorter;
  }
  return "";
}

std::vector<std::string> wrap_text(const std::string& text, double width_px, double size_px,
                                   bool bold, const TextMeasure& measure, std::size_t most_lines) {
  std::vector<std::string> lines;
  std::string line;
  std::vector<std::string> parts = pieces(text);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::string longer = line + parts[i];
    if (line.empty() || measure.width_px(trimmed(longer), size_px, bold) <= width_px) {
      line = longer;
      continue;
    }
    if (lines.size() + 1 == most_lines) {
      for (; i < parts.size(); ++i) line += parts[i];
      break;
    }
    lines.push_back(ellipsised(trimmed(line), width_px, size_px, bold, measure));
    line = parts[i];
  }
  if (!trimmed(line).empty())
    lines.push_back(ellipsised(trimmed(line), width_px, size_px, bold, measure));
  return lines;
}

}  // namespace doorstep::scene
