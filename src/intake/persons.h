#pragma once
// What must not leave a bureau by mail: lists of persons, told by what the columns hold.

#include <filesystem>
#include <string>

namespace doorstep::intake {

/// Throws: Error where a table holds identity numbers, or names of persons with what belongs to
/// them; the message quotes no cell. Files that are no tables pass.
void refuse_persons(const std::filesystem::path& file, const std::string& shown);

}  // namespace doorstep::intake
