#include "io/osm/number_ids.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "base/error.h"

namespace doorstep::io {
namespace {

constexpr int kDigit = 11;
constexpr std::size_t kNone = 0xFFFFFFFFu;

/// Sorts by the bits from `low` upwards, `bits` of them. Stable.
void radix_sort(std::vector<uint64_t>& items, int low, int bits) {
  std::vector<uint64_t> other(items.size());
  constexpr std::size_t kBuckets = std::size_t{1} << kDigit;
  for (int shift = low; shift < low + bits; shift += kDigit) {
    std::array<uint32_t, kBuckets> begin{};
    for (uint64_t v : items) ++begin[v >> shift & (kBuckets - 1)];
    uint32_t sum = 0;
    for (uint32_t& b : begin) sum += std::exchange(b, sum);
    for (uint64_t v : items) other[begin[v >> shift & (kBuckets - 1)]++] = v;
    items.swap(other);
  }
}

void by_search(std::span<const int64_t> given, NumberedIds& out) {
  out.ids.assign(given.begin(), given.end());
  std::ranges::sort(out.ids);
  out.ids.erase(std::ranges::unique(out.ids).begin(), out.ids.end());
  out.ids.shrink_to_fit();
  for (std::size_t i = 0; i < given.size(); ++i) {
    auto found = std::ranges::lower_bound(out.ids, given[i]);
    out.number_of[i] = static_cast<uint32_t>(found - out.ids.begin());
  }
}

}  // namespace

NumberedIds number_ids(std::span<const int64_t> given) {
  NumberedIds out;
  if (given.empty()) return out;
  if (given.size() >= kNone) {
    throw Error("the extract holds more than 4 billion nodes of ways", "", "cut it to the city");
  }
  out.number_of.resize(given.size());
  auto [least, greatest] = std::ranges::minmax(given);
  auto range = static_cast<uint64_t>(greatest) - static_cast<uint64_t>(least);
  int place_bits = static_cast<int>(std::bit_width(given.size() - 1));
  int id_bits = static_cast<int>(std::bit_width(range));
  if (place_bits + id_bits > 64) {
    by_search(given, out);
    return out;
  }
  std::vector<uint64_t> items(given.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    uint64_t above = static_cast<uint64_t>(given[i]) - static_cast<uint64_t>(least);
    items[i] = (place_bits < 64 ? above << place_bits : 0) | i;
  }
  radix_sort(items, place_bits, id_bits);
  uint64_t places = (uint64_t{1} << place_bits) - 1;
  uint64_t last = 0;
  out.ids.reserve(items.size() / 2);
  for (uint64_t item : items) {
    uint64_t above = item >> place_bits;
    if (out.ids.empty() || above != last) {
      out.ids.push_back(static_cast<int64_t>(above + static_cast<uint64_t>(least)));
      last = above;
    }
    out.number_of[item & places] = static_cast<uint32_t>(out.ids.size() - 1);
  }
  out.ids.shrink_to_fit();
  return out;
}

}  // namespace doorstep::io
