#include "session/place_pack.h"

#include <fmt/format.h>

#include "base/error.h"
#include "intake/persons.h"
#include "io/config.h"
#include "io/place/place_file.h"
#include "io/scenario/scenario_file.h"

namespace doorstep::session {
namespace fs = std::filesystem;

io::PackReport pack_place(const fs::path& place, const std::vector<fs::path>& scenarios,
                          const fs::path& out, Progress& progress) {
  const fs::path file = io::place_file_of(place);
  progress.step("reading place", 0.0);
  Coefficients coefficients = io::load_coefficients();
  const Loaded<Place> read = io::read_place(file, coefficients);
  read.findings.throw_first_error();
  std::vector<std::string> forms;
  for (const auto& [form, rates] : io::load_group_forms()) forms.push_back(form);
  for (const fs::path& plan : scenarios) {
    const Loaded<Scenario> scenario = io::read_scenario(plan, read.value);
    scenario.findings.throw_first_error();
    apply(read.value, scenario.value, forms).findings.throw_first_error();
  }
  fs::path target = out;
  std::error_code ignored;
  if (fs::is_directory(target, ignored))
    throw Error("is a folder", target.string(), "name the file to write, for example a.doorstep");
  if (target.extension() != io::kPackExtension) target += io::kPackExtension;
  return io::write_pack({file, scenarios, intake::refuse_persons}, target, progress);
}

fs::path scenario_path(const OpenPlace& opened, const std::string& given) {
  std::error_code ignored;
  if (given.empty() || fs::exists(given, ignored)) return given;
  const fs::path packed = io::packed_scenario(opened.path, given);
  if (!packed.empty()) return packed;
  const auto names = io::packed_scenarios(opened.path);
  if (!names.empty())
    throw Error("no scenario here", given,
                fmt::format("the place file brings: {}", fmt::join(names, ", ")));
  return given;
}

}  // namespace doorstep::session
