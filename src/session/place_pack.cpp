#include "session/place_pack.h"

#include <fmt/format.h>

#include <set>

#include "base/error.h"
#include "intake/persons.h"
#include "io/config.h"
#include "io/place/place_file.h"
#include "io/scenario/scenario_file.h"

namespace doorstep::session {
namespace fs = std::filesystem;

namespace {

/// The file to write: a place file is known by its ending.
fs::path pack_file(const fs::path& out) {
  std::error_code ignored;
  if (fs::is_directory(out, ignored))
    throw Error("is a folder", out.string(), "name the file to write, for example a.doorstep");
  fs::path file = out;
  if (!out.has_extension()) file += io::kPackExtension;
  if (file.extension() != io::kPackExtension)
    throw Error(fmt::format("\"{}\" does not end in {}", out.string(), io::kPackExtension), "--out",
                "only files that do are opened as places");
  return file;
}

}  // namespace

PackedPlace pack_place(const fs::path& place, const std::vector<fs::path>& given,
                       const fs::path& out, Progress& progress) {
  const fs::path target = pack_file(out);
  const fs::path file = io::place_file_of(place);
  progress.step("reading place", 0.0);
  Coefficients coefficients = io::load_coefficients();
  const Loaded<Place> read = io::read_place(file, coefficients);
  read.findings.throw_first_error();
  std::vector<std::string> forms;
  for (const auto& [form, rates] : io::load_group_forms()) forms.push_back(form);
  std::vector<fs::path> scenarios;
  std::set<std::string> codes;
  auto take = [&](const fs::path& plan) {
    const Loaded<Scenario> scenario = io::read_scenario(plan, read.value);
    scenario.findings.throw_first_error();
    apply(read.value, scenario.value, forms).findings.throw_first_error();
    scenarios.push_back(plan);
    codes.insert(scenario.value.code);
  };
  for (const fs::path& plan : given) take(plan);
  // Those that came in a place file come along again, unless a newer state of them is given.
  if (io::is_pack(place))
    for (const std::string& name : io::packed_scenarios(file))
      if (!codes.contains(name)) take(io::packed_scenario(file, name));
  return {target, io::write_pack({file, scenarios, intake::refuse_persons}, target, progress)};
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
