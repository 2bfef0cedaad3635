// Any bytes as a place.toml, beside the tables of a small town that it may name. Nothing but Error
// may come of it; what it names outside its folder stays closed.

#include <cstdint>

#include "base/error.h"
#include "fuzz/scratch_folder.h"
#include "io/config.h"
#include "io/place/place_file.h"

using namespace doorstep;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::ScratchFolder folder(DOORSTEP_FUZZ_TOWN);
  static const Coefficients config = io::load_coefficients();
  if (size > (1 << 16)) return 0;
  std::filesystem::path file =
      folder.write("place.toml", {reinterpret_cast<const char*>(data), size});
  try {
    Coefficients coefficients = config;
    (void)io::read_place(file, coefficients);
  } catch (const Error&) {
  }
  return 0;
}
