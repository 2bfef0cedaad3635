#pragma once
// Numbers the nodes of an extract: ids of up to 63 bits, negative ones too, become 0, 1, 2 … in
// ascending order of the id.

#include <cstdint>
#include <span>
#include <vector>

namespace doorstep::io {

struct NumberedIds {
  std::vector<int64_t> ids;         ///< ascending, each once
  std::vector<uint32_t> number_of;  ///< of each id given: where it stands in `ids`
};

/// Cost: linear; a radix sort where range and count fit into 64 bits together, as they do in every
/// real extract. Throws: Error for more than 4 billion ids.
[[nodiscard]] NumberedIds number_ids(std::span<const int64_t> given);

}  // namespace doorstep::io
