#pragma once
// What a closure does, as an explanation: whom it moves home by home, the procedure, what stands
// against it.

#include "session/explain/explain.h"

namespace doorstep::session {

/// `before` has the campus open. Throws: Error where the scenario does not close the campus, or the
/// runs do not reach the year; or naming the nearest campus.
[[nodiscard]] Explanation explain_closure(const Outcome& before, const Outcome& outcome,
                                          const CampusQuestion& question);

}  // namespace doorstep::session
