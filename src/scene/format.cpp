#include "scene/format.h"

#include <cmath>

namespace doorstep::scene {
namespace {

std::string with_unit(const std::string& number, Language language, const char* zh,
                      const char* en) {
  return language == Language::Chinese ? number + zh : number + " " + en;
}

}  // namespace

std::string pupils_text(double pupils, Language language) {
  bool one = std::round(pupils) == 1.0;
  return with_unit(grouped(pupils), language, "人", one ? "pupil" : "pupils");
}

std::string pupils_short(double pupils, Language language) {
  if (language == Language::Chinese && std::abs(pupils) >= 1e4)
    return grouped(pupils / 1e4, 1) + "万人";
  return pupils_text(pupils, language);
}

std::string kilometres_text(double metres, Language language) {
  return with_unit(grouped(metres / 1000.0, 2), language, "千米", "km");
}

std::string minutes_text(double minutes, Language language) {
  return with_unit(grouped(minutes, std::abs(minutes) < 10 ? 1 : 0), language, "分钟", "min");
}

std::string points_text(double ratio, Language language, int decimals) {
  return with_unit(signed_grouped(ratio * 100.0, decimals), language, "百分点", "pt");
}

std::string suppressed(double count) {
  double r = std::round(count);
  return r >= 1 && r < 5 ? "< 5" : grouped(r);
}

std::string filled(std::string_view pattern, std::initializer_list<std::string> values) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size();) {
    const std::size_t end = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
    const std::string_view inside =
        end == std::string_view::npos ? "" : pattern.substr(i + 1, end - i - 1);
    const std::size_t index =
        inside.empty() ? values.size() : static_cast<std::size_t>(inside[0] - '0');
    const std::size_t bar = inside.find('|');
    const bool choice = inside.size() > 2 && inside[1] == ':' && bar != std::string_view::npos;
    if (index >= values.size() || (inside.size() != 1 && !choice)) {
      out += pattern[i++];
      continue;
    }
    const std::string& value = *(values.begin() + index);
    out += !choice        ? value
           : value == "1" ? std::string(inside.substr(2, bar - 2))
                          : std::string(inside.substr(bar + 1));
    i = end + 1;
  }
  return out;
}

}  // namespace doorstep::scene
