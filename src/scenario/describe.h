#pragma once
// One line an edit as people read it: campuses and groups by their names, forms and rules in words.
// The line with codes, for files that programs read, is scenario.h's describe().

#include <map>
#include <string>

#include "scenario/scenario.h"

namespace doorstep {

/// Names by code. What is missing is said by its code.
struct EditNames {
  std::map<std::string, Name> campuses;
  std::map<std::string, Name> groups;
  std::map<std::string, Name> words;  ///< forms of ties, rules
};

/// Those of the place, of what the edits open or found.
[[nodiscard]] EditNames edit_names(const Place& place, const Scenario& scenario);

/// "第二小学东校区 加入集团 实验教育集团（紧密），2026 年"
[[nodiscard]] std::string describe(const Edit& edit, const EditNames& names, bool chinese);

}  // namespace doorstep
