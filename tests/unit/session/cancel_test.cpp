#include <catch2/catch.hpp>

#include <chrono>
#include <thread>

#include "base/file.h"
#include "session/document.h"

using namespace doorstep;
using namespace doorstep::session;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// Bincheng is large enough for a run to last; what is measured is how long it goes on after the
// wish to stop. The goal is 100 ms on a machine of its own; the limit here leaves room for a test
// that shares its machine.
TEST_CASE("a run of a whole town stops soon after the wish to, and is not begun again") {
  Progress progress;
  Document document(open_place(resource_path("maps/bincheng"), progress));
  document.wait();
  const auto baseline = document.current();
  REQUIRE(baseline);
  double worst_ms = 0;
  for (int wait_ms : {5, 60, 200, 400}) {
    document.add_edit(SetSeats{"p01", "primary", 2000.0 + wait_ms, -1, 2022});
    document.poll();
    std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
    document.poll();
    if (!document.busy()) continue;
    const auto asked = Clock::now();
    document.cancel_job();
    while (document.busy()) {
      document.poll();
      std::this_thread::sleep_for(1ms);
      if (Clock::now() - asked > 5s) break;
    }
    worst_ms =
        std::max(worst_ms, std::chrono::duration<double, std::milli>(Clock::now() - asked).count());
    CHECK_FALSE(document.busy());
    document.poll();
    CHECK_FALSE(document.busy());  // the same edits are not run again
    CHECK_FALSE(document.up_to_date());
  }
  WARN("stopped within " << worst_ms << " ms");
  REQUIRE(worst_ms > 0);
  CHECK(worst_ms < 1000);
}
