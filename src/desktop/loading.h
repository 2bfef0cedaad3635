#pragma once
// What the window shows while a place is read: its name and how far the reading is.

#include <filesystem>
#include <memory>

#include "base/words.h"
#include "session/outcome.h"

struct GLFWwindow;

namespace doorstep::desktop {

/// Reads the place in the background and draws its progress. Null where the window was closed.
/// Throws: Error of the reading.
[[nodiscard]] std::shared_ptr<const session::OpenPlace> load_place(
    GLFWwindow* window, const std::filesystem::path& path, const Words& words, double scale);

}  // namespace doorstep::desktop
