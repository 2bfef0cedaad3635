// doorstep check PLACE: every finding, with file, row and remedy.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"

namespace doorstep::cli {
namespace {

std::string as_json(const Place& place, const Diagnostics& findings) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Diagnostic& d : findings.items()) {
    nlohmann::ordered_json item{{"severity", severity_name(d.severity)},
                                {"code", d.code},
                                {"file", d.at.file},
                                {"row", d.at.row},
                                {"field", d.at.field},
                                {"message", d.message},
                                {"hint", d.hint}};
    if (d.spot) item["spot"] = {d.spot->x, d.spot->y};
    list.push_back(std::move(item));
  }
  nlohmann::ordered_json out{{"place", place.code},
                             {"errors", findings.count(Severity::Error)},
                             {"warnings", findings.count(Severity::Warning)},
                             {"findings", std::move(list)}};
  return out.dump(2);
}

void print_readable(const Place& place, const Diagnostics& findings) {
  for (const Diagnostic& d : findings.items()) {
    std::string where = d.at.text();
    fmt::print("{:<8}{}{}{}\n", severity_name(d.severity), where, where.empty() ? "" : ": ",
               d.message);
    if (!d.hint.empty()) fmt::print("        {}\n", d.hint);
  }
  double children = 0.0;
  for (double c : place.children.count) children += c;
  fmt::print(
      "{}: {} homes with {} children, {} campuses, {} catchments, {} groups: {} errors, {} "
      "warnings\n",
      place.code, grouped(static_cast<double>(place.homes.size())), grouped(children),
      place.campuses.size(), place.catchments.size(), place.groups.size(),
      findings.count(Severity::Error), findings.count(Severity::Warning));
}

}  // namespace

void add_check(Commands commands) {
  struct Options {
    std::string place;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* check =
      commands.app.add_subcommand("check", "Report what is wrong or in doubt in a place");
  check->footer("Example:\n  doorstep check maps/brighton\nExit status 1 where there are errors.");
  check->add_option("place", options->place, "Place folder or place.toml")->required();
  check->add_flag("--json", options->json, "Findings as JSON");
  int* status = &commands.status;
  check->callback([options, status] {
    TerminalProgress terminal;
    auto opened = session::open_place(options->place, terminal.progress());
    if (options->json)
      fmt::print("{}\n", as_json(opened->place, opened->findings));
    else
      print_readable(opened->place, opened->findings);
    *status = opened->findings.has_errors() ? 1 : 0;
  });
}

}  // namespace doorstep::cli
