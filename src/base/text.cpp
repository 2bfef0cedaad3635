#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace doorstep {
namespace {

constexpr std::string_view kMinus = "\u2212";

/// Decodes one code point at `i`, advancing it; U+FFFD for a broken sequence.
uint32_t next_code_point(std::string_view s, std::size_t& i) {
  auto byte = [&](std::size_t k) { return static_cast<unsigned char>(s[k]); };
  unsigned char lead = byte(i++);
  if (lead < 0x80) return lead;
  int extra = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : -1;
  if (extra < 0 || lead > 0xF4 || i + static_cast<std::size_t>(extra) > s.size()) return 0xFFFD;
  uint32_t cp = lead & (0x3Fu >> extra);
  for (int k = 0; k < extra; ++k) {
    if ((byte(i) & 0xC0) != 0x80) return 0xFFFD;
    cp = (cp << 6) | (byte(i++) & 0x3Fu);
  }
  constexpr uint32_t kSmallest[] = {0, 0x80, 0x800, 0x10000};
  if (cp < kSmallest[extra] || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) return 0xFFFD;
  return cp;
}

bool is_wide(uint32_t cp) {
  return (cp >= 0x1100 && cp <= 0x115F) || (cp >= 0x2E80 && cp <= 0xA4CF) ||
         (cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0xF900 && cp <= 0xFAFF) ||
         (cp >= 0xFE30 && cp <= 0xFE4F) || (cp >= 0xFF00 && cp <= 0xFF60) ||
         (cp >= 0xFFE0 && cp <= 0xFFE6) || (cp >= 0x20000 && cp <= 0x3FFFD);
}

std::string grouped_magnitude(double value, int decimals) {
  std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
  std::size_t dot = std::min(digits.find('.'), digits.size());
  for (std::size_t i = dot; i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

double rounded(double value, int decimals) {
  double scale = std::pow(10.0, decimals);
  return std::round(value * scale) / scale;
}

}  // namespace

std::string grouped(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  double r = rounded(value, decimals);
  return (r < 0 ? std::string(kMinus) : "") + grouped_magnitude(r, decimals);
}

std::string percent(double ratio, int decimals) {
  return std::isfinite(ratio) ? grouped(ratio * 100.0, decimals) + "%" : "–";
}

std::string signed_grouped(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  double r = rounded(value, decimals);
  std::string sign = r > 0 ? "+" : r < 0 ? std::string(kMinus) : "±";
  return sign + grouped_magnitude(r, decimals);
}

int display_width(std::string_view utf8) {
  int width = 0;
  for (std::size_t i = 0; i < utf8.size();) width += is_wide(next_code_point(utf8, i)) ? 2 : 1;
  return width;
}

std::string printable(std::string_view utf8) {
  auto turns_direction = [](uint32_t cp) {
    return cp == 0x200E || cp == 0x200F || cp == 0x061C || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069);
  };
  std::string out;
  for (std::size_t i = 0; i < utf8.size();) {
    std::size_t start = i;
    uint32_t cp = next_code_point(utf8, i);
    std::string_view bytes = utf8.substr(start, i - start);
    if (cp == 0xFFFD && bytes != "\xEF\xBF\xBD")
      for (char c : bytes) out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    else if (cp == '\n' || cp == '\r' || cp == '\t')
      out += cp == '\n' ? "\\n" : cp == '\r' ? "\\r" : "\\t";
    else if (cp < 0x20 || cp == 0x7F)
      out += fmt::format("\\x{:02x}", cp);
    else if ((cp >= 0x80 && cp < 0xA0) || turns_direction(cp) || cp == 0x2028 || cp == 0x2029)
      out += fmt::format("\\u{:04x}", cp);
    else
      out += bytes;
  }
  return out;
}

std::string padded(std::string_view utf8, int width, bool right) {
  std::string pad(static_cast<std::size_t>(std::max(0, width - display_width(utf8))), ' ');
  return right ? pad + std::string(utf8) : std::string(utf8) + pad;
}

std::string trimmed(std::string_view text) {
  auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return std::string(text);
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t start = i;
    if (next_code_point(text, i) == 0xFFFD && text.substr(start, 3) != "\xEF\xBF\xBD") return false;
  }
  return true;
}

namespace {

/// Digits with at most one point among them, as most numbers of a table. Both the digits as a whole
/// number and the power of ten are exact, so that their quotient is the nearest number.
bool parse_plain(std::string_view text, double& out) {
  constexpr std::size_t kExactDigits = 15;
  constexpr double kPower[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                               1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  if (text.empty() || text.size() > kExactDigits) return false;
  uint64_t digits = 0;
  std::size_t point = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] >= '0' && text[i] <= '9')
      digits = digits * 10 + static_cast<uint64_t>(text[i] - '0');
    else if (text[i] == '.' && point == text.size() && i > 0)
      point = i;
    else
      return false;
  }
  const std::size_t decimals = point == text.size() ? 0 : text.size() - point - 1;
  out = static_cast<double>(digits) / kPower[decimals];
  return true;
}

}  // namespace

bool parse_number(std::string_view text, double& out) {
  if (parse_plain(text, out)) return true;
  std::string clean = trimmed(text);
  std::string_view s = clean;
  if (s.size() > 1 && s.front() == '+' && s[1] != '-') s.remove_prefix(1);
  if (s.empty() || s.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return false;
  double value = 0.0;
  auto [end, status] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (status != std::errc() || end != s.data() + s.size() || !std::isfinite(value)) return false;
  out = value;
  return true;
}

std::string closest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& c : candidates) {
    std::vector<std::size_t> row(c.size() + 1);
    for (std::size_t j = 0; j <= c.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j <= c.size(); ++j) {
        std::size_t up = row[j];
        row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (word[i - 1] != c[j - 1])});
        diagonal = up;
      }
    }
    if (row[c.size()] < best_distance) {
      best_distance = row[c.size()];
      best = c;
    }
  }
  return best;
}

std::string version() { return DOORSTEP_VERSION; }

}  // namespace doorstep
