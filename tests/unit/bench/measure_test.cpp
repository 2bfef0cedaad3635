#include "bench/measure.h"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "bench/cities.h"

using namespace doorstep;
using namespace doorstep::bench;

TEST_CASE("percentiles are of the nearest rank") {
  std::vector<double> ms;
  for (int i = 100; i >= 1; --i) ms.push_back(i);
  Spread s = spread_of(ms);
  CHECK(s.p50 == 50);
  CHECK(s.p95 == 95);
  CHECK(s.p99 == 99);
  CHECK(s.max == 100);
  CHECK(spread_of({7.0}).p99 == 7.0);
}

TEST_CASE("a report as JSON has every promised key, and no ratio without a peer") {
  Report r;
  r.name = "matrix";
  r.ours_ms = {2, 3, 4, 5};
  auto alone = nlohmann::json::parse(as_json(r));
  for (const char* key : {"name", "size", "ours_ms", "peer_ms", "ratio", "exact", "peak_mb"}) {
    CHECK(alone.contains(key));
  }
  CHECK(alone["ratio"].is_null());
  CHECK(alone["exact"] == false);
  r.peer = "another";
  r.peer_ms = Spread{10, 10, 10, 10};
  CHECK(nlohmann::json::parse(as_json(r))["ratio"] == 5.0);
  CHECK(nlohmann::json::parse(as_json(std::vector<Report>{r, r}))["parts"].size() == 1);
}

TEST_CASE("the peer's runs are spread over ours") {
  std::string calls;
  Interleaved times = interleave(
      6, 2, false, [&] { calls += 'o'; }, [&] { calls += 'p'; });
  CHECK(calls == "oopooopo");
  CHECK(times.ours_ms.size() == 6);
  CHECK(times.peer_ms.size() == 2);
}

TEST_CASE("the made-up city of ten million is as large as the goals say, and as full") {
  // A tenth of it in people has a tenth of its nodes; building the whole takes a minute here.
  Request request;
  request.people = 100000;
  request.homes = 2000;
  request.campuses = 20;
  Progress progress;
  City city = city_for(request, {}, progress);
  CHECK(city.nodes() >= 5200);
  CHECK(city.all_pupils() == 6000);
  give_seats(city, 1, 2);
  uint64_t seats = 0;
  for (uint32_t s : city.seats) seats += s;
  CHECK(6000.0 / static_cast<double>(seats) == Approx(0.97).margin(0.01));
}
