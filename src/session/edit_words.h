#pragma once
// An edit said with the names of its place and the words of the interface, in both languages: what
// history, lists of edits and carried plans show.

#include "scenario/describe.h"

namespace doorstep::session {

/// Names of a place and a plan on it, with words for forms and rules from config/lang.
[[nodiscard]] EditNames edit_names_of(const Place& place, const Scenario& scenario);
/// The edit in both languages.
[[nodiscard]] Name named(const Edit& edit, const EditNames& names);

}  // namespace doorstep::session
