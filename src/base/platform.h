#pragma once
// What depends on the operating system, all implemented in platform_linux.cpp.

#include <cstddef>
#include <filesystem>
#include <string>

namespace doorstep {

/// The folder of the running program.
[[nodiscard]] std::filesystem::path program_folder();
/// Whether standard error is a terminal (progress is shown only there).
[[nodiscard]] bool stderr_is_terminal();
/// Flushes a written file to disk. Returns false on failure.
bool flush_to_disk(const std::filesystem::path& path);
/// Largest resident memory of this process so far. Units: bytes.
[[nodiscard]] std::size_t peak_memory_bytes();
/// "Linux 6.1, 2 cores, AMD …", for reports.
[[nodiscard]] std::string machine_name();
[[nodiscard]] int process_id();
/// Whether a process of this number runs (not only ours).
[[nodiscard]] bool process_runs(int process);
/// The user's own folder for settings and autosaves, made if missing.
[[nodiscard]] std::filesystem::path user_state_folder();

}  // namespace doorstep
