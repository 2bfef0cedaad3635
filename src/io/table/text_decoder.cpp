#include "io/table/text_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace doorstep::io {

/// Eight bytes at a time.
bool is_ascii(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  std::uint64_t seen = 0;
  std::size_t at = 0;
  for (; at + sizeof seen <= text.size(); at += sizeof seen) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, sizeof eight);
    seen |= eight;
  }
  for (; at < text.size(); ++at) seen |= static_cast<unsigned char>(text[at]);
  return (seen & kHighBits) == 0;
}

namespace {

constexpr const char* kGiven = "place.toml says so";

bool is_utf8_name(const std::string& encoding) {
  std::string name = lower_ascii(encoding);
  return name == "utf-8" || name == "utf8" || name == "cp65001";
}

/// Whether a text, valid as UTF-8, holds two-byte letters (Cyrillic, Greek, accents) and no longer
/// ones: so GBK reads too, 小学 as "Сѧ".
bool could_be_gbk(std::string_view text) {
  bool two_bytes = false;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xE0) return false;
    two_bytes |= byte >= 0x80;
  }
  return two_bytes;
}

/// Feeds a stream in pieces that end at a byte of ASCII, so that no character is torn.
void add_stream(const ByteSource& read, EncodingEvidence& evidence) {
  std::string window;
  std::string chunk(1 << 16, '\0');
  while (std::size_t n = read(chunk.data(), chunk.size())) {
    // Plain ASCII says nothing, and is most of most files.
    if (window.empty() && is_ascii({chunk.data(), n})) continue;
    window.append(chunk, 0, n);
    std::size_t start = 0;
    for (std::size_t at = window.find('\n'); at != std::string::npos;
         at = window.find('\n', start)) {
      evidence.add(std::string_view(window).substr(start, at - start));
      start = at + 1;
    }
    std::size_t rest = window.size();
    while (rest > start && static_cast<unsigned char>(window[rest - 1]) >= 0x40) --rest;
    if (window.size() - start > (1 << 18) && rest > start) {
      evidence.add(std::string_view(window).substr(start, rest - start));
      start = rest;
    }
    window.erase(0, start);
    if (window.size() > (1 << 22)) {  // letters only, for 4 MB: no text of ours
      evidence.add(window);
      window.clear();
    }
  }
  evidence.add(window);
}

/// Every second byte NUL: UTF-16 without its mark, of Latin text.
bool looks_utf16(const std::string& start, bool& big_endian) {
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
    big_endian = start[0] == '\xFE';
    return true;
  }
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < start.size(); ++i)
    if (start[i] == '\0') ++(i % 2 == 0 ? even : odd);
  big_endian = even > odd;
  return std::max(even, odd) * 10 > start.size() * 3 && std::min(even, odd) * 10 < start.size();
}

unsigned number_at(const std::string& bytes, std::size_t at, int length) {
  unsigned value = 0;
  for (int i = length - 1; i >= 0; --i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return value;
}

/// Names and text cells of a .dbf, as evidence. Source: dBASE III file structure.
EncodingEvidence evidence_of_dbf(const SourcePart& dbf, std::string& header) {
  EncodingEvidence evidence;
  header = first_bytes(dbf.path, 65536);
  if (header.size() < 33) return evidence;
  std::size_t header_bytes = number_at(header, 8, 2);
  std::size_t record_bytes = number_at(header, 10, 2);
  std::vector<std::pair<std::size_t, std::size_t>> texts;  // offset and length in the record
  std::size_t offset = 1;
  for (std::size_t at = 32;
       at + 32 <= header.size() && at + 32 <= header_bytes && header[at] != '\r'; at += 32) {
    std::string name = header.substr(at, 11);
    evidence.add(name.substr(0, name.find('\0')));
    std::size_t length = number_at(header, at + 16, 1);
    if (header[at + 11] == 'C') texts.emplace_back(offset, length);
    offset += length;
  }
  if (texts.empty() || record_bytes < offset) return evidence;
  ByteSource read = bytes_of_part(dbf);
  std::string record(header_bytes, '\0');
  if (read(record.data(), header_bytes) < header_bytes) return evidence;
  record.resize(record_bytes);
  while (read(record.data(), record_bytes) == record_bytes)
    for (auto [start, length] : texts)
      evidence.add(trimmed(std::string_view(record).substr(start, length)));
  return evidence;
}

std::string sibling(const std::string& path, const char* lower, const char* upper) {
  for (const char* extension : {lower, upper}) {
    std::string name = without_extension(path) + "." + extension;
    if (is_there(name)) return name;
  }
  return "";
}

}  // namespace

void require_known(const std::string& encoding, const std::string& shown) {
  if (!encoding.empty() && !is_known_encoding(encoding))
    throw Error("unknown encoding \"" + encoding + "\"", shown,
                "use UTF-8, GB18030, Big5 or another name iconv knows");
}

FoundEncoding encoding_of_text(const SourcePart& part, const std::string& given) {
  require_known(given, part.shown);
  FoundEncoding found;
  std::string start = first_bytes(part.path, 4096);
  if (looks_utf16(start, found.big_endian)) {
    found.utf16 = true;
    bool mark = start[0] == '\xFF' || start[0] == '\xFE';
    found.encoding = {found.big_endian ? "UTF-16BE" : "UTF-16LE",
                      mark ? Certainty::Certain : Certainty::Likely,
                      mark ? "its byte order mark" : "every second byte is zero"};
    return found;
  }
  if (!given.empty()) {
    found.encoding = {given, Certainty::Declared, kGiven};
    return found;
  }
  EncodingEvidence evidence;
  add_stream(bytes_of_part(part), evidence);
  found.encoding = evidence.verdict();
  bool mark = start.starts_with("\xEF\xBB\xBF");
  if (mark && evidence.all_utf8())
    found.encoding = {"UTF-8", Certainty::Certain, "its byte order mark"};
  return found;
}

FoundEncoding encoding_of_dbf(const SourcePart& part, const std::string& given) {
  require_known(given, part.shown);
  FoundEncoding found;
  SourcePart dbf = part;
  if (extension_of(part.path) != "dbf") dbf.path = sibling(part.path, "dbf", "DBF");
  if (dbf.path.empty()) return found;
  if (!given.empty()) {
    found.encoding = {given, Certainty::Declared, kGiven};
    return found;
  }
  std::string header;
  EncodingEvidence evidence = evidence_of_dbf(dbf, header);
  Encoding verdict = evidence.verdict();
  std::string said;
  std::string by;
  std::string cpg = sibling(part.path, "cpg", "CPG");
  if (!cpg.empty()) {
    std::string text = trimmed(first_bytes(cpg, 64));
    said = encoding_of_cpg(text);
    by = "the .cpg file says \"" + text + "\"";
    if (lower_ascii(text).find("utf-16") != std::string::npos)
      throw Error("its .cpg file says UTF-16, which a .dbf cannot hold", part.shown,
                  "export it again in UTF-8");
    if (said.empty()) found.conflict = by + ", which is no encoding that is known";
  }
  if (said.empty() && header.size() > 29) {
    auto byte = static_cast<std::uint8_t>(header[29]);
    said = encoding_of_dbf_byte(byte);
    by = fmt::format("the language byte of the .dbf is 0x{:02X}", byte);
  }
  found.encoding = verdict;
  if (said.empty() || !evidence.any()) return found;
  // Bytes that are all valid UTF-8, with Chinese among them, are UTF-8 whatever is said.
  bool said_utf8 = is_utf8_name(said);
  if (said_utf8 != evidence.all_utf8() && (said_utf8 || verdict.certainty == Certainty::Certain)) {
    found.conflict = by + fmt::format(", but the text is {}", said_utf8 ? "no UTF-8" : "UTF-8");
    return found;
  }
  found.encoding = {said, Certainty::Declared, by};
  return found;
}

TextDecoder::TextDecoder(FoundEncoding found, std::string shown)
    : found_(std::move(found)),
      shown_(std::move(shown)),
      is_utf8_(found_.utf16 || is_utf8_name(found_.encoding.name)),
      by_user_(found_.encoding.evidence == kGiven) {}

bool TextDecoder::double_byte() const {
  std::string name = lower_ascii(found_.encoding.name);
  for (const char* known : {"gb18030", "gbk", "gb2312", "cp936", "big5", "cp950", "cp932", "shift",
                            "sjis", "cp949", "uhc"})
    if (!is_utf8_ && name.find(known) != std::string::npos) return true;
  return false;
}

bool TextDecoder::leaves(std::string_view text) const {
  if (is_ascii(text)) return true;
  bool declared = found_.encoding.certainty == Certainty::Declared;
  return is_valid_utf8(text) && (is_utf8_ || (!declared && !could_be_gbk(text)));
}

void TextDecoder::decode(std::string& text, const InputRef& at) {
  if (leaves(text)) return;
  std::size_t broken = 0;
  text = to_utf8(text, is_utf8_ ? "UTF-8" : found_.encoding.name, &broken);
  if (decoded_++ == 0) first_decoded_ = at;
  if (broken > 0 && broken_++ == 0) first_broken_ = at;
}

void TextDecoder::decode_cut(std::string& text, const InputRef& at) {
  bool cut = trim_half_character(text, is_utf8_ ? "UTF-8" : found_.encoding.name);
  decode(text, at);
  if (cut && cut_++ == 0) {
    first_cut_ = at;
    first_cut_text_ = text;
  }
}

void TextDecoder::report(Diagnostics& findings) const {
  const Encoding& e = found_.encoding;
  std::string confirm = fmt::format("write encoding = \"{}\" in the layer to confirm it", e.name);
  if (!found_.conflict.empty())
    findings.warning("encoding-conflict",
                     fmt::format("{}; it was read as {}", found_.conflict, e.name), {shown_, 0, ""},
                     "check the names, and write encoding = \"…\" in the layer");
  bool plain = is_utf8_ && !found_.utf16;
  if (!plain && !by_user_ && (decoded_ > 0 || found_.utf16)) {
    std::string message =
        found_.utf16 ? fmt::format("was read as {}: {}", e.name, e.evidence)
                     : fmt::format("{} cells are not UTF-8 and were read as {} ({}): {}", decoded_,
                                   e.name, certainty_name(e.certainty), e.evidence);
    if (e.certainty == Certainty::Ambiguous)
      findings.warning("encoding-unsure", message, first_decoded_,
                       "check the names, and write encoding = \"GB18030\", \"Big5\" or another");
    else
      findings.info("encoding", message, found_.utf16 ? InputRef{shown_, 0, ""} : first_decoded_,
                    e.certainty == Certainty::Likely ? confirm : "");
  }
  if (broken_ > 0)
    findings.warning(
        "encoding-broken",
        fmt::format("{} cells hold bytes that are no {}, shown as \uFFFD", broken_, e.name),
        first_broken_, "write encoding = \"…\" in the layer, or mend the cells");
  if (cut_ > 0)
    findings
        .warning("text-cut",
                 fmt::format("{} texts were cut within a character at the end of their width; "
                             "the half was left out, as in \"{}\"",
                             cut_, first_cut_text_),
                 first_cut_, "field names of a .dbf have 10 bytes, five Chinese characters")
        .done = Done::Repaired;
}

}  // namespace doorstep::io
