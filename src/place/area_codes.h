#pragma once
// Administrative codes (GB/T 2260 and the twelve digits of the statistics bureau): codes of other
// years, of other counties, of another length, or broken by a spreadsheet. The changes themselves
// are data: config/area_codes.toml.

#include <span>
#include <string>
#include <string_view>

#include "place/place.h"

namespace doorstep {

/// A county's code that was replaced.
struct AreaCodeChange {
  std::string from;  ///< six digits
  std::string to;
  std::string name_from;
  std::string name_to;
  int year = 0;  ///< first edition of the register that has the new code
  std::string source;
};

/// Six, nine or twelve digits, as counties, 街道 and communities have them.
[[nodiscard]] bool looks_like_area_code(std::string_view code);
/// What a spreadsheet makes of a long number: "3.7063E+14", "371602001.0".
[[nodiscard]] bool looks_broken_by_spreadsheet(std::string_view code);

/// Codes of areas, homes and campuses held against the changes and against one another: findings
/// carry the first such row and how many more there are, with the code to use instead.
void check_area_codes(const Place& place, std::span<const AreaCodeChange> changes,
                      Diagnostics& out);

}  // namespace doorstep
