#include "io/table/encoding.h"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <memory>

#include "base/error.h"
#include "base/text.h"

namespace doorstep::io {
namespace {

constexpr std::size_t kSampleBytes = 8192;
constexpr std::uint64_t kEnoughPairs = 200'000;
/// Characters that names of schools and places are made of, in both scripts. Source: the headers
/// and names of our own test data; a hit proves nothing, many of them tell the scripts apart.
constexpr std::string_view kCommon =
    "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
    "她里后小么"
    "心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两"
    "长知民样现"
    "分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间"
    "新什打便位"
    "因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市区县镇"
    "村街路校园"
    "初级幼班师育办数据称编码街社委居附属实验英华阳城河江州湖南省号室楼座栋层户简体语繁字型"
    "國個來說們為這時會過對裡後麼無開見經頭現將與進實點種聲話兒問機給幾業間電門東關並產萬區縣鎮級師"
    "華陽號"
    "樓層戶簡體語學園數據稱編碼屬驗灣廣場單雙義興龍鳳馬鄉總計辦習圖書館";

struct Converter {
  explicit Converter(const std::string& encoding) : handle(iconv_open("UTF-8", encoding.c_str())) {}
  ~Converter() {
    if (known()) iconv_close(handle);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  [[nodiscard]] bool known() const { return handle != iconv_t(-1); }
  iconv_t handle;
};

/// The name iconv takes: Hong Kong's Big5 holds Taiwan's.
std::string iconv_name(const std::string& encoding) {
  std::string name = lower_ascii(encoding);
  if (name == "big5" || name == "big-5" || name == "cp950") return "BIG5-HKSCS";
  if (name == "gbk" || name == "cp936" || name == "gb2312") return "GB18030";  // both lie in it
  return encoding;
}

/// Opening takes as long as converting a page, so each thread keeps its own.
Converter& converter_for(const std::string& encoding) {
  thread_local std::map<std::string, std::unique_ptr<Converter>> open;
  auto& slot = open[encoding];
  if (!slot) slot = std::make_unique<Converter>(iconv_name(encoding));
  return *slot;
}

unsigned byte_at(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

bool between(unsigned value, unsigned low, unsigned high) { return value >= low && value <= high; }

bool in_gbk(unsigned lead, unsigned trail) {
  return between(lead, 0x81, 0xFE) && between(trail, 0x40, 0xFE) && trail != 0x7F;
}
bool in_big5(unsigned lead, unsigned trail) {
  return between(lead, 0x87, 0xFE) && (between(trail, 0x40, 0x7E) || between(trail, 0xA1, 0xFE));
}
/// GB 2312 level 1 and its punctuation.
bool daily_in_gb(unsigned lead, unsigned trail) {
  return (between(lead, 0xB0, 0xD7) || between(lead, 0xA1, 0xA3)) && between(trail, 0xA1, 0xFE);
}
/// Big5 level 1 and its punctuation.
bool daily_in_big5(unsigned lead, unsigned trail) {
  return between(lead, 0xA1, 0xC6) && in_big5(lead, trail);
}

/// The share of common characters in a sample read as `encoding`.
double share_of_common(const std::string& sample, const std::string& encoding) {
  std::string text = to_utf8(sample, encoding);
  std::size_t letters = 0;
  std::size_t common = 0;
  for (std::size_t i = 0; i < text.size();) {
    unsigned c = byte_at(text, i);
    std::size_t length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (length > 1) {
      ++letters;
      if (length == 3 && kCommon.find(text.substr(i, 3)) != std::string_view::npos) ++common;
    }
    i += length;
  }
  return letters == 0 ? 0.0 : static_cast<double>(common) / static_cast<double>(letters);
}

}  // namespace

const char* certainty_name(Certainty certainty) {
  switch (certainty) {
    case Certainty::Declared:
      return "declared";
    case Certainty::Certain:
      return "certain";
    case Certainty::Likely:
      return "likely";
    case Certainty::Ambiguous:
      break;
  }
  return "ambiguous";
}

void EncodingEvidence::add(std::string_view bytes) {
  if (broken_utf8_ > 0 && pairs_ > kEnoughPairs) return;  // no more can change the verdict
  bool ascii = std::ranges::all_of(bytes, [](char c) { return static_cast<signed char>(c) >= 0; });
  if (ascii) return;
  bool valid = is_valid_utf8(bytes);
  bool long_ones =
      std::ranges::any_of(bytes, [](char c) { return static_cast<unsigned char>(c) >= 0xE0; });
  if (!valid) ++broken_utf8_;
  // Characters of three bytes that are valid are UTF-8 beside other text, and speak for no other.
  if (valid && long_ones) {
    ++high_;
    return;
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (byte_at(bytes, i) < 0x80) continue;
    ++high_;
    bool after_ascii = i == 0 || byte_at(bytes, i - 1) < 0x80;
    if (after_ascii && byte_at(bytes, i + 1) < 0x80) ++alone_;
  }
  add_double_bytes(bytes);
}

void EncodingEvidence::add_double_bytes(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    unsigned lead = byte_at(bytes, i);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    unsigned trail = byte_at(bytes, i + 1);
    bool four = between(trail, 0x30, 0x39) && between(byte_at(bytes, i + 2), 0x81, 0xFE) &&
                between(byte_at(bytes, i + 3), 0x30, 0x39);
    ++pairs_;
    bad_gb_ += !four && !in_gbk(lead, trail);
    bad_big5_ += !in_big5(lead, trail);
    daily_gb_ += daily_in_gb(lead, trail);
    daily_big5_ += daily_in_big5(lead, trail);
    std::size_t length = four ? 4 : trail >= 0x40 ? 2 : 1;
    if (sample_.size() < kSampleBytes && length > 1) sample_.append(bytes.substr(i, length));
    i += length;
  }
}

Encoding EncodingEvidence::verdict() const {
  if (high_ == 0) return {"UTF-8", Certainty::Certain, "only ASCII"};
  if (all_utf8()) return {"UTF-8", Certainty::Certain, "every character is valid UTF-8"};
  auto of_pairs = [&](std::uint64_t n) {
    return static_cast<double>(n) / static_cast<double>(pairs_);
  };
  double common_gb = share_of_common(sample_, "GB18030");
  double common_big5 = share_of_common(sample_, "BIG5");
  double gb = (of_pairs(daily_gb_) + common_gb) / 2 - of_pairs(bad_gb_);
  double big5 = (of_pairs(daily_big5_) + common_big5) / 2 - of_pairs(bad_big5_);
  if (alone_ * 10 >= high_ * 6 && std::max(gb, big5) < 0.6)
    return {"windows-1252", high_ >= 12 ? Certainty::Likely : Certainty::Ambiguous,
            fmt::format("{} of {} bytes beyond ASCII stand alone, as accented letters do", alone_,
                        high_)};
  bool is_gb = gb >= big5;
  double won = is_gb ? gb : big5;
  double margin = is_gb ? gb - big5 : big5 - gb;
  bool plain = (won >= 0.75 && margin >= 0.3 && pairs_ >= 4) ||
               (won >= 0.5 && margin >= 0.15 && pairs_ >= 20);
  double daily = of_pairs(is_gb ? daily_gb_ : daily_big5_);
  return {is_gb ? "GB18030" : "Big5", plain ? Certainty::Likely : Certainty::Ambiguous,
          fmt::format("{:.0f} % of {} characters are in daily use when read as {}, {:.0f} % as {}",
                      100 * daily, pairs_, is_gb ? "GB18030" : "Big5",
                      100 * of_pairs(is_gb ? daily_big5_ : daily_gb_), is_gb ? "Big5" : "GB18030")};
}

std::string to_utf8(std::string_view bytes, const std::string& encoding, std::size_t* broken) {
  Converter& converter = converter_for(encoding);
  if (!converter.known())
    throw Error("unknown encoding \"" + encoding + "\"", "encoding",
                "use UTF-8, GB18030, Big5, or another name that iconv --list shows");
  iconv(converter.handle, nullptr, nullptr, nullptr, nullptr);
  std::string in(bytes);
  std::string out(bytes.size() * 3 + 16, '\0');
  char* from = in.data();
  std::size_t left = in.size();
  char* to = out.data();
  std::size_t room = out.size();
  while (left > 0) {
    if (iconv(converter.handle, &from, &left, &to, &room) != static_cast<std::size_t>(-1)) break;
    bool full = errno == E2BIG;
    if (full || room < 8) {
      std::size_t done = out.size() - room;
      out.resize(out.size() * 2);
      to = out.data() + done;
      room = out.size() - done;
    }
    if (full) continue;
    for (char c : {'\xEF', '\xBF', '\xBD'}) *to++ = c;  // U+FFFD
    room -= 3;
    ++from;
    --left;
    if (broken) ++*broken;
  }
  out.resize(out.size() - room);
  return out;
}

bool is_known_encoding(const std::string& encoding) {
  return !encoding.empty() && converter_for(encoding).known();
}

std::string encoding_of_cpg(std::string_view text) {
  std::string name = trimmed(text.substr(0, 64));
  if (name.rfind("\xEF\xBB\xBF", 0) == 0) name.erase(0, 3);
  std::string lower = lower_ascii(name);
  for (const char* prefix : {"ansi ", "ansi_", "oem ", "ldid/", "windows-", "cp"})
    if (lower.rfind(prefix, 0) == 0) lower.erase(0, std::string(prefix).size());
  bool digits =
      !lower.empty() && std::ranges::all_of(lower, [](char c) { return c >= '0' && c <= '9'; });
  if (lower.rfind("8859", 0) == 0) {
    std::string part;
    for (char c : lower.substr(4))
      if (c >= '0' && c <= '9') part += c;
    return "ISO-8859-" + (part.empty() ? "1" : part);
  }
  if (lower == "88591") return "ISO-8859-1";
  if (digits && lower == "65001") return "UTF-8";
  if (digits && lower == "54936") return "GB18030";
  if (digits) lower = "CP" + lower;
  static const std::map<std::string, const char*> kAliases{
      {"big5", "Big5"},        {"big-5", "Big5"},    {"shiftjis", "CP932"},
      {"shift-jis", "CP932"},  {"sjis", "CP932"},    {"shift_jis", "CP932"},
      {"gbk", "GBK"},          {"gb2312", "GB2312"}, {"utf8", "UTF-8"},
      {"utf-8", "UTF-8"},      {"koi8r", "KOI8-R"},  {"koi8-r", "KOI8-R"},
      {"latin1", "ISO-8859-1"}};
  if (auto alias = kAliases.find(lower); alias != kAliases.end()) return alias->second;
  return is_known_encoding(lower) ? lower : is_known_encoding(name) ? name : "";
}

std::string encoding_of_dbf_byte(std::uint8_t byte) {
  static const std::map<std::uint8_t, const char*> kCodePages{
      {0x01, "CP437"},  {0x02, "CP850"},  {0x03, "CP1252"}, {0x13, "CP932"},  {0x4D, "CP936"},
      {0x4E, "CP949"},  {0x4F, "CP950"},  {0x50, "CP874"},  {0x58, "CP1252"}, {0x65, "CP866"},
      {0x7A, "CP936"},  {0x7B, "CP932"},  {0x78, "CP950"},  {0x79, "CP949"},  {0x7C, "CP874"},
      {0xC8, "CP1250"}, {0xC9, "CP1251"}, {0xCA, "CP1254"}, {0xCB, "CP1253"}, {0xCC, "CP1257"}};
  auto found = kCodePages.find(byte);
  return found == kCodePages.end() ? "" : found->second;
}

bool trim_half_character(std::string& bytes, const std::string& encoding) {
  std::string name = lower_ascii(iconv_name(encoding));
  bool utf8 = name == "utf-8" || name == "utf8";
  bool double_byte = name == "gb18030" || name == "big5-hkscs" || name == "cp932" ||
                     name == "cp949" || name == "shift_jis" || name == "euc-kr";
  if (!utf8 && !double_byte) return false;
  std::size_t whole = 0;  // bytes of whole characters
  while (whole < bytes.size()) {
    unsigned lead = byte_at(bytes, whole);
    std::size_t length = lead < 0x80 ? 1 : 2;
    if (utf8 && lead >= 0x80) length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (name == "gb18030" && lead >= 0x80 && between(byte_at(bytes, whole + 1), 0x30, 0x39))
      length = 4;
    if (whole + length > bytes.size()) break;
    whole += length;
  }
  bool cut = whole < bytes.size();
  bytes.resize(whole);
  return cut;
}

}  // namespace doorstep::io
