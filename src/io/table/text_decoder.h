#pragma once
// The encoding of one file's text, found once, and its cells made UTF-8 with it. Where the file
// says its encoding (.cpg, language byte) its bytes must agree. Internal to io/table.

#include <string>
#include <string_view>

#include "base/diagnostics.h"
#include "io/table/csv.h"
#include "io/table/encoding.h"
#include "io/table/source.h"

namespace doorstep::io {

/// Whether all bytes are ASCII.
[[nodiscard]] bool is_ascii(std::string_view text);

/// What a file's bytes and words say of its encoding.
struct FoundEncoding {
  Encoding encoding;
  std::string conflict;     ///< what was said and is not so, "" where nothing
  bool utf16 = false;       ///< the stream itself is UTF-16
  bool big_endian = false;  ///< … high byte first
};

/// Of a separated text: a byte order mark, or the evidence of all its bytes. `given`: the layer's
/// `encoding`, "" to detect. Throws: Error where `given` is unknown. Cost: reads the file once.
[[nodiscard]] FoundEncoding encoding_of_text(const SourcePart& part, const std::string& given);
/// Of a shapefile or .dbf: .cpg, language byte, else the evidence of its names and texts.
[[nodiscard]] FoundEncoding encoding_of_dbf(const SourcePart& part, const std::string& given);
/// Throws: Error at `shown` where iconv does not know the encoding.
void require_known(const std::string& encoding, const std::string& shown);

/// Decodes cells and counts what it could not.
class TextDecoder {
 public:
  TextDecoder(FoundEncoding found, std::string shown);

  [[nodiscard]] const Encoding& encoding() const { return found_.encoding; }
  [[nodiscard]] bool double_byte() const;
  /// Whether decode() leaves a text as it is.
  [[nodiscard]] bool leaves(std::string_view text) const;
  /// To UTF-8 in place. Text that is UTF-8 already beside others stays, unless it could be either.
  void decode(std::string& text, const InputRef& at);
  /// A name or text of fixed width, perhaps cut within a character.
  void decode_cut(std::string& text, const InputRef& at);
  /// What was taken and why, conflicts, characters that could not be read.
  void report(Diagnostics& findings) const;

 private:
  FoundEncoding found_;
  std::string shown_;
  bool is_utf8_ = true;
  bool by_user_ = false;
  std::size_t decoded_ = 0;
  std::size_t broken_ = 0;
  std::size_t cut_ = 0;
  InputRef first_decoded_;
  InputRef first_broken_;
  InputRef first_cut_;
  std::string first_cut_text_;
};

}  // namespace doorstep::io
