#pragma once
// The codes of the kinds of stage, as place files, standards and costs write them.

#include <array>
#include <optional>
#include <string_view>

#include "place/schools.h"

namespace doorstep {

/// In the order of StageKind.
inline constexpr std::array<const char*, 4> kStageKindCodes{"kindergarten", "primary", "junior",
                                                            "senior"};

[[nodiscard]] constexpr const char* stage_kind_code(StageKind kind) {
  return kStageKindCodes[static_cast<std::size_t>(kind)];
}
/// None where the word is no kind.
[[nodiscard]] constexpr std::optional<StageKind> stage_kind_of(std::string_view code) {
  for (std::size_t k = 0; k < kStageKindCodes.size(); ++k)
    if (code == kStageKindCodes[k]) return static_cast<StageKind>(k);
  return std::nullopt;
}

}  // namespace doorstep
