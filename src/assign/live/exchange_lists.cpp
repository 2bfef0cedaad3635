#include "assign/live/exchange_lists.h"

namespace doorstep::live {

ExchangeLists::ExchangeLists(std::size_t nodes)
    : nodes_(nodes), id_(nodes * nodes, kNone), out_(nodes), in_(nodes) {}

void ExchangeLists::find_least(uint32_t id) {
  Arc& arc = arcs_[id];
  arc.diff = kEmpty;
  for (const Exchange& e : lists_[id])
    if (e.diff < arc.diff) {
      arc.diff = e.diff;
      arc.home = e.home;
    }
}

void ExchangeLists::insert(uint32_t from, uint32_t to, int64_t diff, uint32_t home) {
  uint32_t& id = id_[from * nodes_ + to];
  if (id == kNone) {
    id = static_cast<uint32_t>(lists_.size());
    lists_.emplace_back();
    arcs_.push_back({kEmpty, 0, from, to});
    out_[from].push_back(id);
    in_[to].push_back(id);
  }
  lists_[id].push_back({diff, home});
  Arc& arc = arcs_[id];
  if (diff < arc.diff && arc.diff != kUnknown) {
    arc.diff = diff;
    arc.home = home;
  }
}

void ExchangeLists::erase(uint32_t from, uint32_t to, uint32_t home) {
  const uint32_t id = id_[from * nodes_ + to];
  if (id == kNone) return;
  std::vector<Exchange>& list = lists_[id];
  for (Exchange& e : list) {
    if (e.home != home) continue;
    e = list.back();
    list.pop_back();
    if (list.empty())
      arcs_[id].diff = kEmpty;
    else if (arcs_[id].home == home)
      arcs_[id].diff = kUnknown;
    return;
  }
}

void ExchangeLists::clear_node(uint32_t node) {
  for (const auto* ids : {&out_[node], &in_[node]})
    for (const uint32_t id : *ids) {
      lists_[id].clear();
      arcs_[id].diff = kEmpty;
    }
}

}  // namespace doorstep::live
