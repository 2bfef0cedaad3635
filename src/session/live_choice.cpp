// Choice under the mouse: the cutoffs of assign/choice_live.

#include <algorithm>

#include "assign/choice_live.h"
#include "assign/rules.h"
#include "session/live_rule.h"

namespace doorstep::session {

namespace {

class ChoiceRule final : public LiveRule {
 public:
  ChoiceRule(const AdmissionInput& input, const LiveTravel& travel)
      : travel_(travel), choice_(input) {}

  [[nodiscard]] bool suits() const { return ClearingState::suits(choice_.state().market()); }

  void move(CampusId campus, std::span<const uint32_t> ds) override {
    choice_.move(campus, travel_.by_home(ds));
  }
  /// A campus that was taken back stays with the market, closed, and is used again.
  void add(const Offer& offer, const std::string&, std::span<const uint32_t> ds) override {
    if (!spare_.valid()) {
      spare_ = choice_.add(offer, travel_.by_home(ds));
      return;
    }
    choice_.move(spare_, travel_.by_home(ds));
    choice_.set_offer(spare_, offer);
  }
  void take_back() override {
    Offer closed = choice_.input().offers[spare_];
    closed.open = false;
    choice_.set_offer(spare_, closed);
  }
  void set_offer(CampusId campus, const Offer& offer, std::span<const uint32_t>) override {
    choice_.set_offer(campus, offer);
  }

  bool run(std::chrono::microseconds budget) override {
    const auto end = std::chrono::steady_clock::now() + budget;
    // A round at a time: the cost of one is the least that a frame can take.
    while (!choice_.settle(1, progress_))
      if (std::chrono::steady_clock::now() >= end) return false;
    return true;
  }

  void read(LiveFrame& frame) override {
    for (std::size_t k = 0; k < frame.campuses.size(); ++k)
      frame.campuses[k].admitted = choice_.campus(CampusId(k)).admitted;
    frame.unplaced = choice_.unplaced();
    frame.gap.reset();
    frame.off_seats.reset();
    if (frame.exact)
      frame.gap = 0.0;
    else
      frame.off_seats = choice_.residual();
  }

  Admission admission(const AdmissionInput& seen, Progress& progress) override {
    if (seen.offers.size() == choice_.input().offers.size()) return decided(seen, progress);
    AdmissionInput padded = seen;
    padded.offers.push_back(Offer{});
    Admission out = decided(padded, progress);
    out.campuses.resize(seen.offers.size());
    return out;
  }

 private:
  [[nodiscard]] Admission decided(const AdmissionInput& seen, Progress& progress) const {
    Ledger ledger(seen);
    choice_.place(seen, ledger);
    if (seen.policy.divert_unplaced) divert_unplaced(seen, ledger, progress);
    return ledger.close();
  }
  const LiveTravel& travel_;
  Progress progress_;
  ChoiceLive choice_;
  CampusId spare_;
};

}  // namespace

std::unique_ptr<LiveRule> live_choice(const AdmissionInput& input, const LiveTravel& travel) {
  constexpr std::size_t kMostCampuses = 1500;
  if (input.policy.private_first || input.offers.size() > kMostCampuses) return nullptr;
  auto rule = std::make_unique<ChoiceRule>(input, travel);
  return rule->suits() ? std::move(rule) : nullptr;
}

}  // namespace doorstep::session
