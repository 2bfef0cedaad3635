#pragma once
// The steps of a closure's procedure as people write them down: a date, or the number of the
// document that took the step. What is neither has not been taken, whatever the file says.

#include <optional>
#include <string>
#include <string_view>

#include "scenario/scenario.h"

namespace doorstep {

inline constexpr const char* kStepDateHint =
    "write 2026-03-01, 2026-03 or 2026, or a document's number such as 滨教发〔2026〕12号; leave "
    "it "
    "empty until it is done";

/// When a step was taken; month and day are 0 where only the year, or year and month, are known.
struct StepDate {
  int year = 0;
  int month = 0;
  int day = 0;
};

/// Reads 2026-03-01, 2026-03 or 2026, or the year of a document's number such as
/// 滨教发〔2026〕12号. Nothing where the text is none of these, or names a day that no calendar
/// has.
[[nodiscard]] std::optional<StepDate> step_date(std::string_view text);

/// Whether `a` is certainly before `b`, as far as both are known.
[[nodiscard]] bool is_before(const StepDate& a, const StepDate& b);

/// What the file says of a step that was taken; "" where it names none, or no date that there is.
[[nodiscard]] std::string step_taken(const CloseCampus& edit, std::string_view step);

}  // namespace doorstep
