// Nearest under the mouse: the best and the second campus of every home.

#include "assign/ledger.h"
#include "assign/nearest_live.h"
#include "assign/rules.h"
#include "session/live_rule.h"

namespace doorstep::session {

namespace {

class NearestRule final : public LiveRule {
 public:
  NearestRule(const AdmissionInput& input, const LiveTravel& travel)
      : travel_(travel), nearest_(input) {}

  void move(CampusId campus, std::span<const uint32_t> ds) override {
    nearest_.move(campus, travel_.by_home(ds));
  }
  void add(const Offer& offer, const std::string& code, std::span<const uint32_t> ds) override {
    nearest_.add(offer, code, travel_.by_home(ds));
  }
  void take_back() override { nearest_.take_back(); }
  void set_offer(CampusId campus, const Offer& offer, std::span<const uint32_t>) override {
    nearest_.set_open(campus, offer.open);
  }
  bool run(std::chrono::microseconds) override { return true; }

  void read(LiveFrame& frame) override {
    for (std::size_t k = 0; k < frame.campuses.size(); ++k)
      frame.campuses[k].admitted = nearest_.admitted(CampusId(k));
    frame.unplaced = nearest_.unplaced();
    frame.gap = 0.0;
  }

  Admission admission(const AdmissionInput& seen, Progress& progress) override {
    Ledger ledger(seen);
    for (std::size_t row = 0; row < seen.entrants.size(); ++row) {
      const CampusId campus = nearest_.campus_of(seen.entrants[row].home);
      if (campus.valid()) ledger.place(row, campus, seen.entrants[row].pupils);
    }
    if (seen.policy.divert_unplaced) divert_unplaced(seen, ledger, progress);
    return ledger.close();
  }

 private:
  const LiveTravel& travel_;
  NearestLive nearest_;
};

}  // namespace

std::unique_ptr<LiveRule> live_nearest(const AdmissionInput& input, const LiveTravel& travel) {
  return std::make_unique<NearestRule>(input, travel);
}

}  // namespace doorstep::session
