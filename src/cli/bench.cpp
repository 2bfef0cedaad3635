// doorstep bench NAME: how quick the kernels are here, beside other libraries' in the same process.

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "base/text.h"
#include "bench/bench.h"
#include "cli/command.h"

namespace doorstep::cli {
namespace {

std::string ms_text(double ms) {
  if (ms >= 100.0) return grouped(ms);
  return ms >= 10.0 ? fmt::format("{:.1f}", ms) : fmt::format("{:.2f}", ms);
}

void print_report(const bench::Report& r) {
  fmt::print("{}: {}\n", r.name, r.what);
  fmt::print("  {} nodes, {} homes, {} campuses, {} pupils; peak {:.0f} MB\n",
             grouped(static_cast<double>(r.size.nodes)), grouped(static_cast<double>(r.size.homes)),
             grouped(static_cast<double>(r.size.campuses)), grouped(r.size.pupils), r.peak_mb);
  TextTable table({"ms", "median", "95th", "99th", "max"});
  auto row = [&](const std::string& who, const bench::Spread& s) {
    table.row({who, ms_text(s.p50), ms_text(s.p95), ms_text(s.p99), ms_text(s.max)});
  };
  row("ours", r.ours_ms);
  if (r.peer_ms) row(r.peer, *r.peer_ms);
  fmt::print("{}", table.text());
  if (r.peer_ms && r.ours_ms.p50 > 0.0) {
    fmt::print("  {:.1f} times as quick as the peer\n", r.peer_ms->p50 / r.ours_ms.p50);
  }
  fmt::print("  {}\n", r.checked.empty() ? "not checked in this run" : "checked: " + r.checked);
  for (const auto& [name, value] : r.more) fmt::print("  {} {:.4g}\n", name, value);
  fmt::print("\n");
}

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const bench::Benchmark& b : bench::benchmarks()) out.push_back(b.name);
  return out;
}

const bench::Benchmark& named(const std::string& name) {
  return *std::ranges::find(bench::benchmarks(), name, &bench::Benchmark::name);
}

std::string footer() {
  std::string out = "Benchmarks:\n";
  for (const bench::Benchmark& b : bench::benchmarks()) {
    out += fmt::format("  {:<10} {}\n", b.name, b.summary);
  }
  return out +
         "Examples:\n"
         "  doorstep bench matrix --graph ny_arcs.txt.gz --homes 20000 --campuses 200\n"
         "  doorstep bench live --people 10000000 --json\n"
         "docs/performance.md keeps figures and says how they are taken.";
}

struct Options {
  std::string name;
  bench::Request request;
  bool no_peer = false;
  bool json = false;
};

void add_options(CLI::App& app, Options& given) {
  bench::Request& r = given.request;
  app.add_option("benchmark", given.name, "Which")->required()->check(CLI::IsMember(names()));
  auto* place = app.add_option("--place", r.place, "A place that travels by streets");
  auto* graph = app.add_option("--graph", r.graph, "Arcs \"from to length\", gzip or plain");
  auto* extract = app.add_option("--extract", r.extract, "OpenStreetMap extract (.osm.pbf)");
  place->excludes(graph)->excludes(extract);
  graph->excludes(extract);
  app.add_option("--data", r.data, "Folder of the city that `scene` draws: catch.geojson, …");
  app.add_option("--people", r.people, "A made-up city of so many people")
      ->check(CLI::Range(1000, 50000000))
      ->excludes(place)
      ->excludes(graph)
      ->excludes(extract);
  app.add_option("--homes", r.homes, "Homes")->check(CLI::Range(1, 5000000));
  app.add_option("--campuses", r.campuses, "Campuses")->check(CLI::Range(1, 20000));
  app.add_option("--repeat", r.repeat, "Measured runs")->check(CLI::Range(1, 1000000));
  app.add_option("--threads", r.threads, "Threads")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  app.add_option("--seed", r.seed, "Where homes and campuses fall")->capture_default_str();
  app.add_flag("--no-peer", given.no_peer, "Leave the other library out");
  app.add_flag("--json", given.json, "One JSON object instead of tables");
}

}  // namespace

void add_bench(Commands commands) {
  auto given = std::make_shared<Options>();
  CLI::App* app = commands.app.add_subcommand("bench", "Time the kernels beside other libraries");
  app->footer(footer());
  add_options(*app, *given);
  app->callback([given] {
    const bench::Benchmark& benchmark = named(given->name);
    given->request.peer = !given->no_peer;
    std::vector<bench::Report> reports;
    {
      TerminalProgress terminal;
      reports = benchmark.run(given->request, terminal.progress());
    }
    if (given->json) {
      fmt::print("{}\n", bench::as_json(reports));
      return;
    }
    fmt::print("{}\n\n", bench::machine());
    for (const bench::Report& r : reports) print_report(r);
  });
}

}  // namespace doorstep::cli
