#pragma once
// Beyond what figures of a place are taken for slips of the pen rather than for plans.

namespace doorstep {

/// Children of school age a dwelling: more than this on average is hardly meant.
/// Source: new estates bring 0.1 to 1 over all grades of compulsory school.
inline constexpr double kManyPupilsPerDwelling = 3.0;
/// More than this is a sum, or a percentage.
inline constexpr double kMostPupilsPerDwelling = 10.0;

}  // namespace doorstep
