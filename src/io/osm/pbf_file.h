#pragma once
// The container of the packed OpenStreetMap format: a run of blobs, each a small header and a
// compressed block. Decides what is a sound file; what stands in a block is pbf_block's matter.
// Source: OpenStreetMap wiki, PBF Format (file format, limits of 64 KiB and 32 MiB).

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace doorstep::io {

/// One blob of data. `offset` is that of its length field, as messages name it.
struct PbfBlob {
  uint64_t offset = 0;
  uint64_t data = 0;
  uint32_t size = 0;
};

/// An unpacked block.
struct PbfBytes {
  std::unique_ptr<char[]> bytes;
  std::size_t size = 0;
  [[nodiscard]] std::string_view view() const { return {bytes.get(), size}; }
};

/// Damage at a byte of the file. Throws: Error always.
[[noreturn]] void refuse_pbf(const std::filesystem::path& path, uint64_t offset,
                             const std::string& what, const std::string& hint = "");

/// The blobs of data of a file, in its order; the header blobs are checked on the way.
/// Throws: Error naming the byte where the file is damaged, cut off or beyond the limits.
[[nodiscard]] std::vector<PbfBlob> list_pbf_blobs(const std::filesystem::path& path);

/// Reads and unpacks blobs. One for each thread.
class PbfUnpacker {
 public:
  explicit PbfUnpacker(std::filesystem::path path);
  ~PbfUnpacker();
  PbfUnpacker(PbfUnpacker&&) noexcept;
  PbfUnpacker& operator=(PbfUnpacker&&) = delete;

  /// Throws: Error naming the byte, and the compression where it is one that is not read.
  [[nodiscard]] PbfBytes unpack(const PbfBlob& blob);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace doorstep::io
