#pragma once
// A scenario written over the text that a person wrote: lines that still hold stay as they are, a
// value that changed is replaced where it stands, and comments stay.

#include <map>
#include <string>
#include <string_view>

namespace doorstep::io {

/// How edits were written before they were taken out, by their plain text: undo brings them back.
using WrittenEdits = std::map<std::string, std::string>;

/// `written`: the file as it is. `before`, `after`: as scenario_text() tells what the file says and
/// what it is to say. Comments stand where they stood; those of a key that went stay as lines,
/// those of an edit that went go with it. "": the file is written in a way that is not known here.
[[nodiscard]] std::string text_over(std::string_view written, std::string_view before,
                                    std::string_view after, WrittenEdits& known);

}  // namespace doorstep::io
