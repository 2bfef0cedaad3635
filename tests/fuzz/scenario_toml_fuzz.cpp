// Any bytes as a scenario.toml over a small town. Nothing but Error may come of it.

#include <cstdint>

#include "base/error.h"
#include "fuzz/scratch_folder.h"
#include "io/config.h"
#include "io/place/place_file.h"
#include "io/scenario/scenario_file.h"

using namespace doorstep;

namespace {

Place town() {
  Coefficients coefficients = io::load_coefficients();
  return io::read_place(DOORSTEP_FUZZ_TOWN, coefficients).value;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::ScratchFolder folder(DOORSTEP_FUZZ_TOWN);
  static const Place place = town();
  if (size > (1 << 16)) return 0;
  std::filesystem::path file =
      folder.write("scenario.toml", {reinterpret_cast<const char*>(data), size});
  try {
    (void)io::read_scenario(file, place);
  } catch (const Error&) {
  }
  return 0;
}
