#pragma once
// Which encoding a text of unknown origin is in, on the evidence of its bytes, and the way to
// UTF-8. Chinese files come as UTF-8, GB18030 (CP936) or Big5 and seldom say which. iconv stays in
// encoding.cpp.

#include <cstdint>
#include <string>
#include <string_view>

namespace doorstep::io {

enum class Certainty { Declared, Certain, Likely, Ambiguous };

/// An encoding, as iconv names it, and what speaks for it.
struct Encoding {
  std::string name = "UTF-8";
  Certainty certainty = Certainty::Certain;
  std::string evidence;  ///< "only ASCII", "the .cpg file says so", …
};

/// "declared", "certain", "likely", "ambiguous".
[[nodiscard]] const char* certainty_name(Certainty certainty);

/// Evidence of many pieces of text, given as they come. A character may not be split over pieces.
class EncodingEvidence {
 public:
  void add(std::string_view bytes);
  /// Whether a byte beyond ASCII was seen.
  [[nodiscard]] bool any() const { return high_ > 0; }
  [[nodiscard]] bool all_utf8() const { return broken_utf8_ == 0; }
  /// UTF-8 where all of it is; else GB18030, Big5 or windows-1252, by which the characters make
  /// the commonest sense. Source: GB 2312 level 1 and Big5 level 1 hold the characters in daily use
  /// in the order of their frequency class.
  [[nodiscard]] Encoding verdict() const;

 private:
  void add_double_bytes(std::string_view bytes);

  std::uint64_t high_ = 0;         ///< bytes beyond ASCII
  std::uint64_t broken_utf8_ = 0;  ///< pieces that are not UTF-8
  std::uint64_t alone_ = 0;        ///< bytes beyond ASCII between two of ASCII
  std::uint64_t pairs_ = 0;
  std::uint64_t bad_gb_ = 0;      ///< pairs GB18030 does not have
  std::uint64_t bad_big5_ = 0;    ///< pairs Big5 does not have
  std::uint64_t daily_gb_ = 0;    ///< pairs in daily use, read as GB 2312
  std::uint64_t daily_big5_ = 0;  ///< read as Big5
  std::string sample_;            ///< the first pairs, to look at their characters
};

/// The text in UTF-8. What cannot be read becomes U+FFFD, counted in `broken`.
/// Throws: Error where iconv does not know the encoding.
[[nodiscard]] std::string to_utf8(std::string_view bytes, const std::string& encoding,
                                  std::size_t* broken = nullptr);
/// Whether iconv knows it.
[[nodiscard]] bool is_known_encoding(const std::string& encoding);
/// The name iconv takes for what a .cpg file says: "936", "Big-5", "ANSI 1251", "8859-1".
/// "" where it says nothing that is known.
[[nodiscard]] std::string encoding_of_cpg(std::string_view text);
/// Of the language byte of a .dbf (offset 29); "" where it says nothing reliable (0, and 0x57,
/// which programs write whatever the text is in).
[[nodiscard]] std::string encoding_of_dbf_byte(std::uint8_t byte);
/// A text cut at a fixed width in the middle of a character: without the half character.
/// Returns whether something was taken off.
bool trim_half_character(std::string& bytes, const std::string& encoding);

}  // namespace doorstep::io
