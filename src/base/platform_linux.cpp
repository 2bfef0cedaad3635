#include <fcntl.h>
#include <fmt/format.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "base/interrupt.h"
#include "base/memory.h"
#include "base/platform.h"

namespace doorstep {

std::filesystem::path program_folder() {
  std::error_code ignored;
  return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
}

namespace {

std::atomic<Progress*> interrupted_work{nullptr};
static_assert(std::atomic<Progress*>::is_always_lock_free);

/// Only sets a flag, as a handler of signals may; the next one finds the default again.
void ask_to_stop(int signal) {
  if (Progress* work = interrupted_work.load()) work->cancel();
  std::signal(signal, SIG_DFL);
}

}  // namespace

CancelOnInterrupt::CancelOnInterrupt(Progress& progress)
    : before_(interrupted_work.exchange(&progress)) {
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
}

CancelOnInterrupt::~CancelOnInterrupt() {
  interrupted_work = before_;
  if (before_ != nullptr) return;
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

bool stderr_is_terminal() { return isatty(STDERR_FILENO) == 1; }

bool flush_to_disk(const std::filesystem::path& path) {
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  bool ok = fsync(fd) == 0;
  close(fd);
  return ok;
}

std::size_t peak_memory_bytes() {
  // The high-water mark in /proc can be reset, unlike getrusage's.
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmHWM:", 0) == 0) return std::stoull(line.substr(6)) * 1024;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

void reset_peak_memory() {
  std::ofstream refs("/proc/self/clear_refs");
  refs << "5";
}

std::size_t physical_memory_bytes() {
  long pages = sysconf(_SC_PHYS_PAGES);
  long size = sysconf(_SC_PAGESIZE);
  return pages > 0 && size > 0 ? static_cast<std::size_t>(pages) * static_cast<std::size_t>(size)
                               : 0;
}

void advise_huge_pages(void* begin, std::size_t bytes) {
  constexpr std::uintptr_t kHuge = 2u << 20;
  auto from = (reinterpret_cast<std::uintptr_t>(begin) + kHuge - 1) / kHuge * kHuge;
  auto to = (reinterpret_cast<std::uintptr_t>(begin) + bytes) / kHuge * kHuge;
  if (from < to) madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE);
}

void give_free_memory_back() {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}

InstructionSet widest_instruction_set() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return InstructionSet::Avx512;
  if (__builtin_cpu_supports("avx2")) return InstructionSet::Avx2;
#endif
  return InstructionSet::Scalar;
}

const char* instruction_set_name(InstructionSet set) {
  switch (set) {
    case InstructionSet::Avx512:
      return "AVX-512";
    case InstructionSet::Avx2:
      return "AVX2";
    case InstructionSet::Scalar:
      break;
  }
  return "scalar";
}

std::string machine_name() {
  utsname name{};
  uname(&name);
  std::string cpu = "unknown processor";
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.rfind("model name", 0) == 0) {
      cpu = line.substr(line.find(':') + 2);
      break;
    }
  return fmt::format("{} {}, {} cores, {}", name.sysname, name.release,
                     std::thread::hardware_concurrency(), cpu);
}

int process_id() { return getpid(); }

bool process_runs(int process) { return kill(process, 0) == 0 || errno == EPERM; }

namespace {

/// $variable, else the folder under the home directory, else a temporary one; ours within it.
std::filesystem::path user_folder(const char* variable, const std::filesystem::path& under_home) {
  const char* xdg = std::getenv(variable);
  const char* home = std::getenv("HOME");
  std::filesystem::path root = xdg && *xdg     ? std::filesystem::path(xdg)
                               : home && *home ? std::filesystem::path(home) / under_home
                                               : std::filesystem::temp_directory_path();
  std::filesystem::path folder = root / "doorstep";
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  return folder;
}

}  // namespace

std::filesystem::path user_state_folder() {
  return user_folder("XDG_STATE_HOME", std::filesystem::path(".local") / "state");
}

std::filesystem::path user_cache_folder() { return user_folder("XDG_CACHE_HOME", ".cache"); }

}  // namespace doorstep
