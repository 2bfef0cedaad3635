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
/// Largest resident memory of this process so far, or since reset_peak_memory(). Units: bytes.
[[nodiscard]] std::size_t peak_memory_bytes();
/// Starts the peak anew from what is resident now, where the system allows it.
void reset_peak_memory();
/// Memory of the machine. Units: bytes; 0 where unknown.
[[nodiscard]] std::size_t physical_memory_bytes();
/// Asks for large pages behind a big array that is read all over. A hint: nothing fails without.
void advise_huge_pages(void* begin, std::size_t bytes);

/// The vector instructions a kernel may be written for.
enum class InstructionSet { Scalar, Avx2, Avx512 };
/// The widest of them that this machine has.
[[nodiscard]] InstructionSet widest_instruction_set();
/// "AVX-512".
[[nodiscard]] const char* instruction_set_name(InstructionSet set);
/// "Linux 6.1, 2 cores, AMD …", for reports.
[[nodiscard]] std::string machine_name();
[[nodiscard]] int process_id();
/// Whether a process of this number runs (not only ours).
[[nodiscard]] bool process_runs(int process);
/// The user's own folder for settings and autosaves, made if missing.
[[nodiscard]] std::filesystem::path user_state_folder();
/// The user's own folder for what can be made again, made if missing; $XDG_CACHE_HOME is heeded.
[[nodiscard]] std::filesystem::path user_cache_folder();

}  // namespace doorstep
