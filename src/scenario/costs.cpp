#include "scenario/costs.h"

#include <algorithm>
#include <map>

#include "place/stage_kind.h"

namespace doorstep {

namespace {

/// Adds the parts of a standard for one edit after the other; knows what earlier edits left.
class Pricing {
 public:
  Pricing(const Place& base, const Coefficients& costs) : base_(base), costs_(costs) {}

  EditCost of(const Edit& edit) {
    EditCost out;
    out.year = std::visit([](const auto& e) { return e.year; }, edit);
    now_ = &out;
    std::visit(*this, edit);
    if (const double said = stated_cost(edit); said >= 0) {
      out.given = true;
      out.known = true;
      out.amount = said;
      out.parts.clear();
    } else if (!out.known || foreign(out.parts)) {
      out.known = false;
      out.parts.clear();
    } else {
      for (const CostPart& p : out.parts) out.amount += p.units * p.each;
    }
    return out;
  }

  void operator()(const OpenCampus& e) {
    add("cost.new_seat", e.stage, e.seats);
    seats_[{e.code, e.stage}] = e.seats;
  }
  void operator()(const SetSeats& e) {
    const StageId stage = find_stage(base_, e.stage);
    double seats = e.seats;
    if (seats < 0 && stage.valid()) seats = e.rooms * base_.stages[stage].class_standard;
    double& before = seats_before(e, stage);
    // Seats that go cost nothing; what stands is not sold.
    if (seats > before) add("cost.added_seat", e.stage, seats - before);
    before = seats;
  }
  void operator()(const CloseCampus&) { add("cost.close_campus", 1.0); }
  void operator()(const JoinGroup& e) {
    add(e.one_team ? "cost.one_team" : "cost.join_group", 1.0);
  }
  void operator()(const RenameCampus&) { add("cost.rename_campus", 1.0); }
  void operator()(const AddHousing& e) { add("cost.dwelling", e.dwellings); }
  // Lines on a map and rules: nothing is built.
  void operator()(const LeaveGroup&) {}
  void operator()(const RedrawCatchments&) {}
  void operator()(const SetFeeder&) {}
  void operator()(const SetPolicy&) {}

 private:
  double& seats_before(const SetSeats& e, StageId stage) {
    const auto [at, fresh] = seats_.emplace(std::pair{e.campus, e.stage}, 0.0);
    const CampusId campus = find_campus(base_, e.campus);
    if (fresh && campus.valid() && stage.valid() &&
        base_.campuses[campus].stages.size() > stage.index && base_.campuses[campus].stages[stage])
      at->second = value_in(base_.campuses[campus].stages[stage]->seats, e.year);
    return at->second;
  }
  void add(const std::string& basis, const std::string& stage, double units) {
    const StageId id = find_stage(base_, stage);
    add(basis + "." + (id.valid() ? stage_kind_code(base_.stages[id].kind) : stage), units);
  }
  void add(const std::string& basis, double units) {
    const Coefficients& from = base_.standards.has(basis) ? base_.standards : costs_;
    const auto at = from.items().find(basis);
    if (at == from.items().end()) {
      now_->known = false;
      return;
    }
    const Coefficient& price = at->second;
    if (units > 0 && price.value > 0)
      now_->parts.push_back({basis, units, price.value, price.assumed(), price.source, price.mark});
  }
  /// Whether a price in yuan would be used in a place that counts otherwise.
  [[nodiscard]] bool foreign(const std::vector<CostPart>& parts) const {
    return base_.currency != "yuan" && std::ranges::any_of(parts, [&](const CostPart& p) {
             return !base_.standards.has(p.basis);
           });
  }

  const Place& base_;
  const Coefficients& costs_;
  std::map<std::pair<std::string, std::string>, double> seats_;  ///< as edits so far leave them
  EditCost* now_ = nullptr;
};

}  // namespace

bool EditCost::assumed() const {
  return std::ranges::any_of(parts, [](const CostPart& p) { return p.assumed; });
}

double PlanCost::until(Year year) const {
  double sum = 0.0;
  for (const EditCost& e : edits)
    if (e.year <= year) sum += e.amount;
  return sum;
}

bool PlanCost::assumed() const {
  return std::ranges::any_of(edits, [](const EditCost& e) { return e.assumed(); });
}

double stated_cost(const Edit& edit) {
  return std::visit([](const auto& e) { return e.cost; }, edit);
}

Edit with_cost(Edit edit, double cost) {
  std::visit([cost](auto& e) { e.cost = cost; }, edit);
  return edit;
}

PlanCost plan_cost(const Place& base, const Scenario& scenario, const Coefficients& costs) {
  PlanCost out;
  if (scenario.budget >= 0) out.budget = scenario.budget;
  Pricing pricing(base, costs);
  for (const Edit& edit : scenario.edits) {
    out.edits.push_back(pricing.of(edit));
    out.total += out.edits.back().amount;
    out.unknown += out.edits.back().known ? 0 : 1;
  }
  return out;
}

}  // namespace doorstep
