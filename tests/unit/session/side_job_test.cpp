#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "base/error.h"
#include "session/side_job.h"

using namespace doorstep;
using session::SideJob;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

void wait_for(SideJob& job) {
  const auto limit = steady_clock::now() + std::chrono::seconds(20);
  while (job.running() && !job.poll() && steady_clock::now() < limit)
    std::this_thread::sleep_for(milliseconds(1));
}

}  // namespace

TEST_CASE("side work tells how far it is and hands its result to who polls") {
  SideJob job;
  int result = 0;
  job.start([&](Progress& progress) {
    progress.step("half", 0.5);
    return [&result] { result = 7; };
  });
  CHECK(job.running());
  wait_for(job);
  CHECK(result == 7);
  CHECK_FALSE(job.running());
  CHECK(job.take_error().empty());
}

TEST_CASE("side work that fails leaves one line, once") {
  SideJob job;
  job.start([](Progress&) -> SideJob::Done { throw Error("is broken", "a.csv", "mend it"); });
  wait_for(job);
  CHECK(job.take_error() == "a.csv: is broken (mend it)");
  CHECK(job.take_error().empty());
}

TEST_CASE("cancelling lets go at once even of work that does not listen, and drops its result") {
  SideJob job;
  std::atomic<bool> go{false}, ended{false};
  bool taken = false;
  job.start([&](Progress&) {
    while (!go) std::this_thread::sleep_for(milliseconds(1));
    ended = true;
    return [&taken] { taken = true; };
  });
  const auto before = steady_clock::now();
  job.cancel();
  CHECK(steady_clock::now() - before < milliseconds(100));
  CHECK_FALSE(job.running());
  go = true;
  while (!ended) std::this_thread::sleep_for(milliseconds(1));
  std::this_thread::sleep_for(milliseconds(20));
  CHECK_FALSE(job.poll());
  CHECK_FALSE(taken);
}
