// doorstep check PLACE: every finding, with file, row, what was done about it and remedy.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "cli/command.h"
#include "geo/crs.h"

namespace doorstep::cli {
namespace {

using Json = nlohmann::ordered_json;

/// How many findings of a kind the table shows unless all are asked for.
constexpr std::size_t kShownOfAKind = 5;

struct CheckOptions {
  std::string place, language = "en";
  bool json = false;
  bool all = false;
};

/// The spots of findings in degrees; a local grid without a way to degrees has none.
class SpotReader {
 public:
  explicit SpotReader(const std::string& crs) {
    try {
      to_degrees_.emplace(Crs(crs), Crs("EPSG:4326"));
    } catch (const Error&) {
    }
  }
  [[nodiscard]] Json of(const Diagnostic& d) const {
    if (!d.spot || !std::isfinite(d.spot->x) || !std::isfinite(d.spot->y)) return nullptr;
    Json spot{{"x", d.spot->x}, {"y", d.spot->y}, {"lon", nullptr}, {"lat", nullptr}};
    try {
      if (to_degrees_) {
        LonLat at = to_degrees_->to_lonlat({d.spot->x, d.spot->y});
        spot["lon"] = at.lon;
        spot["lat"] = at.lat;
      }
    } catch (const Error&) {  // a position that is itself what is wrong
    }
    return spot;
  }

 private:
  std::optional<Transformer> to_degrees_;
};

std::string as_json(const Place& place, const Diagnostics& findings) {
  SpotReader spots(place.crs);
  Json list = Json::array();
  for (const Diagnostic& d : findings.items())
    list.push_back({{"severity", severity_name(d.severity)},
                    {"code", d.code},
                    {"file", d.at.file},
                    {"row", d.at.row},
                    {"field", d.at.field},
                    {"message", d.message},
                    {"hint", d.hint},
                    {"done", done_name(d.outcome())},
                    {"spot", spots.of(d)}});
  Json out{{"format", 1},
           {"place", place.code},
           {"crs", place.crs},
           {"errors", findings.count(Severity::Error)},
           {"warnings", findings.count(Severity::Warning)},
           {"infos", findings.count(Severity::Info)},
           {"findings", std::move(list)}};
  // A name that is no UTF-8 must not stop the list that says so.
  return out.dump(2, ' ', false, Json::error_handler_t::replace);
}

using Kind = std::vector<const Diagnostic*>;

/// Findings of one severity by their code, in the order in which the codes first come up.
std::vector<Kind> kinds_of(const Diagnostics& findings, Severity severity) {
  std::map<std::string, std::size_t> index;
  std::vector<Kind> out;
  for (const Diagnostic& d : findings.items()) {
    if (d.severity != severity) continue;
    auto [at, added] = index.emplace(d.code, out.size());
    if (added) out.emplace_back();
    out[at->second].push_back(&d);
  }
  return out;
}

void print_kind(const Kind& kind, bool all, const Speech& say) {
  std::size_t shown = all ? kind.size() : std::min(kind.size(), kShownOfAKind);
  fmt::print("  {}  {}\n", printable(say.sentences().kind(kind.front()->code)), kind.size());
  int where_width = 0;
  for (std::size_t i = 0; i < shown; ++i)
    where_width = std::max(where_width, display_width(say.at(kind[i]->at)));
  bool same_hint =
      std::ranges::all_of(kind, [&](auto* d) { return d->hint == kind.front()->hint; });
  for (std::size_t i = 0; i < shown; ++i) {
    const Diagnostic& d = *kind[i];
    fmt::print("    {}{}{}  {}\n", padded(say.at(d.at), where_width), where_width > 0 ? "  " : "",
               padded(say(done_name(d.outcome())), 8), say.sentence(d.message));
    if (!same_hint && !d.hint.empty()) fmt::print("      > {}\n", say.sentence(d.hint));
  }
  if (shown < kind.size())
    fmt::print(fmt::runtime("    " + say("… {} more of this kind (use --all)") + "\n"),
               kind.size() - shown);
  if (same_hint && !kind.front()->hint.empty())
    fmt::print("    > {}\n", say.sentence(kind.front()->hint));
}

void print_readable(const Place& place, const Diagnostics& findings, bool all, const Speech& say) {
  for (auto [severity, title] :
       {std::pair{Severity::Error, "errors"}, std::pair{Severity::Warning, "warnings"},
        std::pair{Severity::Info, "remarks"}}) {
    std::vector<Kind> kinds = kinds_of(findings, severity);
    if (kinds.empty()) continue;
    fmt::print("{}{}{}\n", say(title), say.pick("：", ": "), findings.count(severity));
    for (const Kind& kind : kinds) print_kind(kind, all, say);
    fmt::print("\n");
  }
  double children = 0.0;
  for (double c : place.children.count) children += c;
  fmt::print(
      fmt::runtime(say("{}: {} homes with {} children, {} campuses, {} catchments, {} groups: {} "
                       "errors, {} warnings") +
                   "\n"),
      printable(place.code), grouped(static_cast<double>(place.homes.size())), grouped(children),
      place.campuses.size(), place.catchments.size(), place.groups.size(),
      findings.count(Severity::Error), findings.count(Severity::Warning));
}

}  // namespace

void add_check(Commands commands) {
  auto options = std::make_shared<CheckOptions>();
  options->language = commands.language;
  CLI::App* check =
      commands.app.add_subcommand("check", "Report what is wrong or in doubt in a place");
  check->footer(
      "Example:\n  doorstep check maps/brighton\n"
      "Each finding stands with its file and row, what was done about it (kept, repaired, "
      "skipped,\n"
      "nothing) and, after \">\", what to do. docs/data.md lists the kinds.\n"
      "Exit status 1 where there are errors.");
  check->add_option("place", options->place, "Place folder or place.toml")->required();
  check->add_flag("--json", options->json, "All findings as JSON (docs/schema/check.schema.json)");
  check->add_flag("--all", options->all,
                  fmt::format("Every finding, not only {} of a kind", kShownOfAKind));
  check->add_option("--lang", options->language, "Language: en or zh")
      ->check(CLI::IsMember({"zh", "en"}));
  int* status = &commands.status;
  check->callback([options, status] {
    TerminalProgress terminal;
    auto opened = session::open_place(options->place, terminal.progress());
    if (options->json)
      fmt::print("{}\n", as_json(opened->place, opened->findings));
    else
      print_readable(opened->place, opened->findings, options->all, Speech(options->language));
    *status = opened->findings.has_errors() ? 1 : 0;
  });
}

}  // namespace doorstep::cli
