// The one file that knows libdeflate.

#include "io/osm/pbf_file.h"

#include <fmt/format.h>
#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <protozero/pbf_reader.hpp>

#include "base/error.h"

namespace doorstep::io {
namespace {

constexpr uint32_t kLongestHeader = 64 * 1024;
constexpr uint32_t kLargestBlob = 32 * 1024 * 1024;
/// Blocks of real extracts shrink to a third or a tenth; more than this is made to exhaust memory.
constexpr uint64_t kMostGrowth = 250;

constexpr const char* kAgain = "fetch the extract again";

std::string read_bytes(std::ifstream& in, const std::filesystem::path& path, uint64_t at,
                       std::size_t count) {
  std::string bytes(count, '\0');
  in.seekg(static_cast<std::streamoff>(at));
  if (!in.read(bytes.data(), static_cast<std::streamsize>(count))) {
    refuse_pbf(path, at, "the file cannot be read here");
  }
  return bytes;
}

struct BlobHead {
  std::string type;
  int64_t size = -1;
};

BlobHead parse_head(const std::string& bytes) {
  BlobHead head;
  protozero::pbf_reader message(bytes);
  while (message.next()) {
    if (message.tag() == 1 && message.wire_type() == protozero::pbf_wire_type::length_delimited) {
      head.type = message.get_string();
    } else if (message.tag() == 3 && message.wire_type() == protozero::pbf_wire_type::varint) {
      head.size = message.get_int32();
    } else {
      message.skip();
    }
  }
  return head;
}

/// What the file says one must know to read it.
void check_header_block(const std::filesystem::path& path, uint64_t offset,
                        std::string_view block) {
  protozero::pbf_reader message(block.data(), block.size());
  while (message.next()) {
    if (message.tag() != 4 || message.wire_type() != protozero::pbf_wire_type::length_delimited) {
      message.skip();
      continue;
    }
    std::string feature = message.get_string();
    if (feature == "OsmSchema-V0.6" || feature == "DenseNodes") continue;
    bool history = feature == "HistoricalInformation";
    refuse_pbf(path, offset,
               history ? "this is a history file"
                       : fmt::format("the file needs a reader that knows \"{:.40}\"", feature),
               history ? "make an extract of one date: osmium time-filter"
                       : "convert it: osmium cat in.osm.pbf -o out.osm.pbf");
  }
}

struct Packed {
  enum class Kind { None, Raw, Zlib } kind = Kind::None;
  protozero::data_view bytes;
  int64_t raw_size = -1;
};

Packed parse_blob(const std::filesystem::path& path, uint64_t offset, const char* data,
                  std::size_t size) {
  constexpr std::array<const char*, 8> kOthers{"", "", "", "", "lzma", "bzip2", "lz4", "zstd"};
  Packed packed;
  protozero::pbf_reader message(data, size);
  while (message.next()) {
    auto wire = message.wire_type();
    if (message.tag() == 2 && wire == protozero::pbf_wire_type::varint) {
      packed.raw_size = message.get_int32();
    } else if (wire == protozero::pbf_wire_type::length_delimited &&
               (message.tag() == 1 || message.tag() == 3)) {
      packed.kind = message.tag() == 1 ? Packed::Kind::Raw : Packed::Kind::Zlib;
      packed.bytes = message.get_view();
    } else if (message.tag() >= 4 && message.tag() <= 7) {
      refuse_pbf(
          path, offset,
          fmt::format("the blob is compressed by {}, which is not read", kOthers[message.tag()]),
          "convert it: osmium cat in.osm.pbf -o out.osm.pbf");
    } else {
      message.skip();
    }
  }
  return packed;
}

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

}  // namespace

void refuse_pbf(const std::filesystem::path& path, uint64_t offset, const std::string& what,
                const std::string& hint) {
  throw Error(fmt::format("byte {}: {}", offset, what), path.string(),
              hint.empty() ? kAgain : hint);
}

struct PbfUnpacker::Impl {
  std::filesystem::path path;
  std::ifstream in;
  std::vector<char> packed;
  std::unique_ptr<libdeflate_decompressor, FreeDecompressor> inflate{
      libdeflate_alloc_decompressor()};

  PbfBytes take(const PbfBlob& blob);
};

PbfUnpacker::PbfUnpacker(std::filesystem::path path) : impl_(std::make_unique<Impl>()) {
  impl_->in.open(path, std::ios::binary);
  impl_->path = std::move(path);
}
PbfUnpacker::~PbfUnpacker() = default;
PbfUnpacker::PbfUnpacker(PbfUnpacker&&) noexcept = default;

PbfBytes PbfUnpacker::Impl::take(const PbfBlob& blob) {
  Packed found = parse_blob(path, blob.offset, packed.data(), blob.size);
  if (found.kind == Packed::Kind::None) refuse_pbf(path, blob.offset, "the blob holds no data");
  bool raw = found.kind == Packed::Kind::Raw;
  auto size = raw ? static_cast<int64_t>(found.bytes.size()) : found.raw_size;
  if (size < 0) refuse_pbf(path, blob.offset, "the blob does not say its size");
  if (size > kLargestBlob || static_cast<uint64_t>(size) > kMostGrowth * blob.size + 65536) {
    refuse_pbf(path, blob.offset,
               fmt::format("the blob of {} bytes claims to unpack to {}", blob.size, size),
               "at most 32 MiB are read");
  }
  PbfBytes out{std::make_unique_for_overwrite<char[]>(static_cast<std::size_t>(size) + 1),
               static_cast<std::size_t>(size)};
  if (raw) {
    std::copy_n(found.bytes.data(), found.bytes.size(), out.bytes.get());
    return out;
  }
  std::size_t written = 0;
  auto result = libdeflate_zlib_decompress(inflate.get(), found.bytes.data(), found.bytes.size(),
                                           out.bytes.get(), out.size, &written);
  if (result != LIBDEFLATE_SUCCESS || written != out.size) {
    refuse_pbf(path, blob.offset, "the blob's compressed data are damaged");
  }
  return out;
}

PbfBytes PbfUnpacker::unpack(const PbfBlob& blob) {
  impl_->packed.resize(blob.size);
  impl_->in.seekg(static_cast<std::streamoff>(blob.data));
  if (!impl_->in.read(impl_->packed.data(), static_cast<std::streamsize>(blob.size))) {
    impl_->in.clear();
    refuse_pbf(impl_->path, blob.data, "the file cannot be read here");
  }
  try {
    return impl_->take(blob);
  } catch (const protozero::exception& e) {
    refuse_pbf(impl_->path, blob.offset, fmt::format("the blob is damaged ({})", e.what()));
  }
}

std::vector<PbfBlob> list_pbf_blobs(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error("cannot be opened", path.string(), "check the permissions");
  uint64_t end = std::filesystem::file_size(path);
  std::vector<PbfBlob> blobs;
  bool begun = false;
  for (uint64_t at = 0; at < end;) {
    if (end - at < 4) refuse_pbf(path, at, "the file is cut off in the length of a blob");
    std::string length = read_bytes(in, path, at, 4);
    uint32_t head_size = 0;
    for (char c : length) head_size = head_size << 8 | static_cast<unsigned char>(c);
    if (head_size > kLongestHeader) {
      refuse_pbf(path, at,
                 begun ? fmt::format("a blob header of {} bytes; at most 64 KiB", head_size)
                       : "this is no OSM PBF file",
                 begun ? "" : "use an extract in .osm.pbf");
    }
    if (end - at - 4 < head_size) refuse_pbf(path, at, "the file is cut off in a blob header");
    BlobHead head;
    try {
      head = parse_head(read_bytes(in, path, at + 4, head_size));
    } catch (const protozero::exception&) {
      refuse_pbf(path, at, begun ? "a blob header is damaged" : "this is no OSM PBF file");
    }
    uint64_t data = at + 4 + head_size;
    if (!begun && head.type != "OSMHeader") {
      refuse_pbf(path, at, "this is no OSM PBF file: it does not begin with an OSMHeader",
                 "use an extract in .osm.pbf");
    }
    begun = true;
    if (head.size < 0 || head.size > kLargestBlob) {
      refuse_pbf(path, at, fmt::format("a blob of {} bytes; at most 32 MiB", head.size));
    }
    auto size = static_cast<uint32_t>(head.size);
    if (end - data < size) {
      refuse_pbf(
          path, at,
          fmt::format("the file is cut off: the blob has {} bytes, {} are left", size, end - data));
    }
    PbfBlob blob{at, data, size};
    if (head.type == "OSMData") blobs.push_back(blob);
    if (head.type == "OSMHeader") {
      try {
        check_header_block(path, at, PbfUnpacker(path).unpack(blob).view());
      } catch (const protozero::exception&) {
        refuse_pbf(path, at, "the header block is damaged");
      }
    }
    at = data + size;
  }
  if (!begun) refuse_pbf(path, 0, "the file is empty");
  return blobs;
}

}  // namespace doorstep::io
