#include "assign/transport_simplex.h"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "assign/live/arc_cost.h"
#include "assign/transport_parts.h"
#include "base/error.h"

namespace doorstep {

namespace {

using Graph = lemon::SmartDigraph;
using Simplex = lemon::NetworkSimplex<Graph, int64_t, int64_t>;

/// How travel and ties fit into one integer cost: tenths of a second × scale + tie key. Keys are
/// small enough that a whole chain of moves through all sinks never outweighs a tenth of a second,
/// and `unplaced` outweighs any such chain, so the order (unplaced, travel, key) is lexicographic.
struct CostScale {
  int64_t scale = 1;
  int64_t key_range = 1;
  int64_t unplaced = 0;

  [[nodiscard]] int64_t of(const Transport& problem, std::size_t source,
                           const Transport::Arc& arc) const {
    const uint64_t tie =
        live::ArcCost::tie_bits(problem.source_key[source], problem.sink_key[arc.sink]);
    return static_cast<int64_t>(arc.cost) * scale +
           static_cast<int64_t>(tie % static_cast<uint64_t>(key_range));
  }
};

CostScale cost_scale(const Transport& problem) {
  int64_t longest = 0;
  for (const auto& arc : problem.arcs) longest = std::max<int64_t>(longest, arc.cost);
  const auto sinks = static_cast<int64_t>(problem.capacity.size());
  const auto nodes = static_cast<double>(problem.supply.size() + problem.capacity.size() + 4);
  for (int64_t range = 4096; range >= 1; range /= 4) {
    CostScale s;
    s.key_range = range;
    s.scale = range == 1 ? 1 : 4 * (sinks + 2) * range;
    const double unplaced = static_cast<double>(sinks + 2) * static_cast<double>(longest + 1) *
                            static_cast<double>(s.scale);
    s.unplaced = static_cast<int64_t>(unplaced);
    // The simplex multiplies its largest cost by the number of nodes for its artificial arcs.
    if (unplaced * nodes < 4e18) return s;
  }
  throw Error("the transport problem is too large for exact integers", "least travel",
              "split the place, or limit who may go where");
}

/// Network simplex over sources, sinks, the sink of the unplaced, and a filler that takes up the
/// seats left over, so that every node balances.
class Model {
 public:
  Model(const Transport& problem, const CostScale& scale)
      : problem_(problem),
        supply_(in_pupil_units(problem.supply)),
        capacity_(in_pupil_units(problem.capacity)),
        cost_(graph_),
        balance_(graph_) {
    build(scale);
  }

  void solve() {
    Simplex simplex(graph_);
    simplex.costMap(cost_).supplyMap(balance_);
    if (simplex.run() != Simplex::OPTIMAL)
      throw Error("the transport problem has no optimum", "least travel",
                  "this should not happen: please report it with the place");
    const std::size_t sources = supply_.size();
    flow_.resize(problem_.arcs.size());
    unplaced_.resize(sources);
    left_.resize(capacity_.size());
    price_.resize(capacity_.size());
    for (std::size_t a = 0; a < flow_.size(); ++a) flow_[a] = simplex.flow(arc(a));
    for (std::size_t i = 0; i < sources; ++i)
      unplaced_[i] = simplex.flow(arc(problem_.arcs.size() + i));
    for (std::size_t j = 0; j < left_.size(); ++j)
      left_[j] = simplex.flow(arc(problem_.arcs.size() + sources + j));
    for (std::size_t j = 0; j < price_.size(); ++j)
      price_[j] = simplex.potential(filler_) - simplex.potential(sink(j));
  }

  [[nodiscard]] const std::vector<int64_t>& flow() const { return flow_; }
  [[nodiscard]] const std::vector<int64_t>& unplaced() const { return unplaced_; }
  [[nodiscard]] const std::vector<int64_t>& left() const { return left_; }
  [[nodiscard]] const std::vector<int64_t>& price() const { return price_; }

 private:
  static Graph::Arc arc(std::size_t i) { return Graph::arcFromId(static_cast<int>(i)); }
  static Graph::Node node(std::size_t i) { return Graph::nodeFromId(static_cast<int>(i)); }
  [[nodiscard]] Graph::Node sink(std::size_t j) const { return node(supply_.size() + j); }

  void build(const CostScale& scale) {
    const std::size_t sources = supply_.size();
    graph_.reserveNode(static_cast<int>(sources + capacity_.size() + 2));
    graph_.reserveArc(static_cast<int>(problem_.arcs.size() + sources + capacity_.size() + 1));
    for (std::size_t i = 0; i < sources + capacity_.size(); ++i) graph_.addNode();
    const Graph::Node without_seat = graph_.addNode();
    filler_ = graph_.addNode();
    for (std::size_t i = 0; i < sources; ++i)
      for (std::size_t a = problem_.first_arc[i]; a < problem_.first_arc[i + 1]; ++a)
        cost_[graph_.addArc(node(i), sink(problem_.arcs[a].sink))] =
            scale.of(problem_, i, problem_.arcs[a]);
    for (std::size_t i = 0; i < sources; ++i)
      cost_[graph_.addArc(node(i), without_seat)] = scale.unplaced;
    for (std::size_t j = 0; j < capacity_.size(); ++j) cost_[graph_.addArc(filler_, sink(j))] = 0;
    cost_[graph_.addArc(filler_, without_seat)] = 0;
    set_balance(without_seat);
  }

  void set_balance(Graph::Node without_seat) {
    int64_t demand = 0;
    int64_t seats = 0;
    for (std::size_t i = 0; i < supply_.size(); ++i) demand += balance_[node(i)] = supply_[i];
    for (std::size_t j = 0; j < capacity_.size(); ++j) {
      const int64_t c = capacity_[j] = std::min(capacity_[j], demand);
      balance_[sink(j)] = -c;
      seats += c;
    }
    balance_[without_seat] = -demand;
    balance_[filler_] = seats;
  }

  const Transport& problem_;
  std::vector<int64_t> supply_;
  std::vector<int64_t> capacity_;
  Graph graph_;
  Graph::ArcMap<int64_t> cost_;
  Graph::NodeMap<int64_t> balance_;
  Graph::Node filler_;
  std::vector<int64_t> flow_;
  std::vector<int64_t> unplaced_;
  std::vector<int64_t> left_;
  std::vector<int64_t> price_;
};

/// Smallest optimal dual prices: what one more seat at j saves, by chains of moves in the residual
/// graph contracted onto sinks. A pupil held at k (or without a seat) moves to j, which frees a
/// seat at k, and so on. Longest paths without positive cycles: at an optimum there are none.
class SmallestPrices {
 public:
  SmallestPrices(const Transport& problem, const CostScale& scale, const Model& model)
      : sinks_(problem.capacity.size()), gain_((sinks_ + 1) * sinks_, kNoMove) {
    for (std::size_t i = 0; i + 1 < problem.first_arc.size(); ++i) {
      const std::size_t begin = problem.first_arc[i];
      const std::size_t end = problem.first_arc[i + 1];
      for (std::size_t a = begin; a < end; ++a)
        if (model.flow()[a] > 0)
          add_moves(problem, scale, i, problem.arcs[a].sink, scale.of(problem, i, problem.arcs[a]));
      if (model.unplaced()[i] > 0) add_moves(problem, scale, i, sinks_, scale.unplaced);
    }
    relax();
  }
  [[nodiscard]] const std::vector<int64_t>& price() const { return price_; }

 private:
  static constexpr int64_t kNoMove = std::numeric_limits<int64_t>::min();

  void add_moves(const Transport& problem, const CostScale& scale, std::size_t source,
                 std::size_t from, int64_t cost) {
    int64_t* row = &gain_[from * sinks_];
    for (std::size_t a = problem.first_arc[source]; a < problem.first_arc[source + 1]; ++a) {
      int64_t& gain = row[problem.arcs[a].sink];
      gain = std::max(gain, cost - scale.of(problem, source, problem.arcs[a]));
    }
  }

  void relax() {
    price_.assign(sinks_ + 1, 0);
    for (std::size_t round = 0; round <= sinks_; ++round) {
      bool moved = false;
      for (std::size_t from = 0; from <= sinks_; ++from)
        for (std::size_t to = 0; to < sinks_; ++to) {
          const int64_t gain = gain_[from * sinks_ + to];
          if (gain == kNoMove || gain + price_[from] <= price_[to]) continue;
          price_[to] = gain + price_[from];
          moved = true;
        }
      if (!moved) break;
    }
    price_.resize(sinks_);
  }

  std::size_t sinks_;
  std::vector<int64_t> gain_;
  std::vector<int64_t> price_;
};

/// Above this many sinks the contracted matrix costs more memory than the prices are worth, and
/// the simplex's own duals (optimal, not always the smallest) are given.
constexpr std::size_t kMostSinksForSmallest = 1500;

void write_prices(const Transport& problem, const CostScale& scale, const Model& model,
                  TransportPlan& plan) {
  const std::size_t sinks = problem.capacity.size();
  const std::vector<int64_t> price = sinks <= kMostSinksForSmallest
                                         ? SmallestPrices(problem, scale, model).price()
                                         : model.price();
  plan.seat_price.assign(sinks, 0.0);
  plan.places_one_more.assign(sinks, false);
  for (std::size_t j = 0; j < sinks; ++j) {
    plan.places_one_more[j] = price[j] > scale.unplaced / 2;
    // Rounding to whole tenths takes the tie keys out again.
    if (!plan.places_one_more[j])
      plan.seat_price[j] =
          std::round(static_cast<double>(price[j]) / static_cast<double>(scale.scale));
  }
}

void write_parts(const Transport& problem, const Model& model, TransportPlan& plan) {
  std::vector<UnitsSent> sent;
  int64_t unplaced = 0;
  for (std::size_t i = 0; i < problem.supply.size(); ++i) {
    unplaced += model.unplaced()[i];
    for (std::size_t a = problem.first_arc[i]; a < problem.first_arc[i + 1]; ++a)
      if (model.flow()[a] > 0)
        sent.push_back({static_cast<uint32_t>(i), problem.arcs[a].sink, model.flow()[a]});
  }
  plan.parts = shares_of(problem, sent, unplaced);
}

}  // namespace

TransportPlan solve_by_simplex(const Transport& problem) {
  const CostScale scale = cost_scale(problem);
  Model model(problem, scale);
  model.solve();
  TransportPlan plan;
  write_parts(problem, model, plan);
  write_prices(problem, scale, model, plan);
  return plan;
}

}  // namespace doorstep
