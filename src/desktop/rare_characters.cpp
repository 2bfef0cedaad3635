#include "desktop/rare_characters.h"

#include <algorithm>
#include <map>
#include <vector>

#include "desktop/fonts.h"

namespace doorstep::desktop {

namespace {

// Canadian syllabics, which no school here is named in: text fields refuse the private use area.
constexpr char32_t kFirst = 0x1400, kLast = 0x167F, kNone = 0xFFFD;

bool needs_one(char32_t c) { return c > 0xFFFF || (c >= kFirst && c <= kLast); }

/// In the order in which they were met; one for the program, as texts go between windows of it.
struct Register {
  std::map<char32_t, char32_t> stand_ins;
  std::vector<char32_t> characters;
};
Register& all() {
  static Register all;
  return all;
}

void append(std::string& out, char32_t c) {
  auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

/// Lead bytes of the stand-ins, and of what is beyond 16 bits.
bool may_change(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == 0xE1 || byte >= 0xF0;
}

template <class Change>
std::string changed(const std::string& text, Change change) {
  if (std::ranges::none_of(text, may_change)) return text;
  std::string out;
  for (const char32_t c : characters_of(text)) append(out, change(c));
  return out;
}

}  // namespace

char32_t stand_in(char32_t character) {
  if (!needs_one(character)) return character;
  Register& r = all();
  if (const auto known = r.stand_ins.find(character); known != r.stand_ins.end())
    return known->second;
  const char32_t next = kFirst + static_cast<char32_t>(r.characters.size());
  if (next > kLast) return kNone;
  r.characters.push_back(character);
  r.stand_ins[character] = next;
  return next;
}

char32_t stood_for(char32_t stand_in) {
  const Register& r = all();
  const bool known = stand_in >= kFirst && stand_in - kFirst < r.characters.size();
  return known ? r.characters[stand_in - kFirst] : stand_in;
}

std::string with_stand_ins(const std::string& text) {
  return changed(text, [](char32_t c) { return stand_in(c); });
}

std::string without_stand_ins(const std::string& text) {
  return changed(text, [](char32_t c) { return stood_for(c); });
}

}  // namespace doorstep::desktop
