// doorstep bench: the command lines that performance.md quotes, on small sizes, the keys of their
// JSON, and refusals.

#include <nlohmann/json.hpp>

#include "town_copy.h"

using namespace doorstep::test;
using nlohmann::json;

namespace {

/// A road graph of side × side crossings, arcs "from to length" both ways.
void write_lattice(const TownCopy& town, int side) {
  std::ofstream out(town.work() / "roads.txt");
  auto both = [&](int a, int b) {
    const int length = 50 + (a * 7 + b * 13) % 90;
    out << a << ' ' << b << ' ' << length << '\n' << b << ' ' << a << ' ' << length << '\n';
  };
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      if (x + 1 < side) both(y * side + x, y * side + x + 1);
      if (y + 1 < side) both(y * side + x, (y + 1) * side + x);
    }
  }
}

json report_of(const TownCopy& town, const std::string& arguments) {
  const Answer answer = town.run("bench " + arguments + " --json", "env XDG_CACHE_HOME=cache");
  INFO("doorstep bench " << arguments << "\n" << answer.err << answer.out);
  REQUIRE(answer.status == 0);
  return json::parse(answer.out);
}

void check_times(const json& times) {
  for (const char* key : {"p50", "p95", "p99", "max"}) REQUIRE(times.at(key).is_number());
  CHECK(times["p50"] > 0.0);
  CHECK(times["p50"] <= times["p95"]);
  CHECK(times["p95"] <= times["p99"]);
  CHECK(times["p99"] <= times["max"]);
}

/// What every report has, whatever it timed.
void check_keys(const json& report, const std::string& name, int homes, int campuses) {
  INFO(report.dump(1));
  CHECK(report.at("name") == name);
  CHECK(report.at("size").at("homes") == homes);
  CHECK(report.at("size").at("campuses") == campuses);
  CHECK(report.at("size").at("nodes") > 0);
  CHECK(report.at("size").at("pupils") >= homes);
  CHECK(report.at("exact") == true);
  CHECK(report.at("peak_mb") > 0.0);
  check_times(report.at("ours_ms"));
}

void check_peer(const json& report) {
  check_times(report.at("peer_ms"));
  const double ratio =
      report["peer_ms"]["p50"].get<double>() / report["ours_ms"]["p50"].get<double>();
  CHECK(report.at("ratio").get<double>() == Approx(ratio).epsilon(0.1));
}

}  // namespace

TEST_CASE("bench matrix on a road graph equals the peer's matrix and says so") {
  TownCopy town;
  write_lattice(town, 12);
  const json report =
      report_of(town, "matrix --graph roads.txt --homes 60 --campuses 21 --repeat 3");
  check_keys(report, "matrix", 60, 21);
  check_peer(report);
  CHECK(report["size"]["nodes"] == 144);
}

TEST_CASE("bench transport reaches the simplex's objective") {
  TownCopy town;
  const json report =
      report_of(town, "transport --people 20000 --homes 300 --campuses 12 --repeat 3");
  check_keys(report, "transport", 300, 12);
  check_peer(report);
}

TEST_CASE("bench live proves every checked step and reports the drag and steps of a kilometre") {
  TownCopy town;
  const json report =
      report_of(town, "live --people 30000 --homes 600 --campuses 20 --repeat 3 --no-peer");
  check_keys(report, "live", 600, 20);
  CHECK(report.at("peer_ms").is_null());
  CHECK(report.at("ratio").is_null());
  CHECK(report.at("more").at("full_campuses") == 6);  // three in ten
  REQUIRE(report.at("parts").size() == 1);
  check_keys(report["parts"][0], "live_km", 600, 20);
}

TEST_CASE("bench years clears every market of a small province and repeats to the bit") {
  TownCopy town;
  const json report = report_of(town, "years --homes 600 --campuses 12 --repeat 2 --no-peer");
  CHECK(report.at("name") == "years");
  CHECK(report.at("size").at("homes") == 600);
  CHECK(report.at("size").at("campuses") == 12);
  check_times(report.at("ours_ms"));
  CHECK(report.at("peer_ms").is_null());
  CHECK(report.at("exact") == true);
  CHECK(report.at("more").contains("rounds_most"));
  REQUIRE(report.at("parts").size() == 1);
  CHECK(report["parts"][0].at("name") == "years_load");
}

TEST_CASE("the same seed gives the same city, another seed another") {
  TownCopy town;
  const std::string sizes = "nearest --people 5000 --homes 50 --campuses 5 --repeat 1";
  const json once = report_of(town, sizes + " --seed 7");
  CHECK(report_of(town, sizes + " --seed 7").at("size") == once.at("size"));
  CHECK(once.at("exact") == true);
}

TEST_CASE("wrong usage of bench is one line and status 2") {
  TownCopy town;
  expect_refusal(town, "bench", {"benchmark is required"}, 2);
  expect_refusal(town, "bench speed", {"speed", "matrix"}, 2);
  expect_refusal(town, "bench matrix --homes 0", {"--homes", "0"}, 2);
  expect_refusal(town, "bench live --people ten", {"--people", "ten"}, 2);
  expect_refusal(town, "bench matrix --graph a.gz --place town", {"--place", "--graph"}, 2);
}

TEST_CASE("a road graph that is not there, or too small, is a failure that names it") {
  TownCopy town;
  expect_refusal(town, "bench matrix --graph no.txt.gz", {"no.txt.gz"});
  write_lattice(town, 3);
  expect_refusal(town, "bench matrix --graph roads.txt --homes 20 --campuses 2",
                 {"roads.txt", "9 nodes", "--homes"});
}
