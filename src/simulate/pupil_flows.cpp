#include "simulate/pupil_flows.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/platform.h"
#include "simulate/flow_writer.h"

namespace doorstep {
namespace {

/// Room for `n`, whatever they hold.
template <class T>
void make_room(std::vector<T>& items, std::size_t n) {
  if (items.capacity() < n) {
    items = {};
    items.reserve(n);
    advise_huge_pages(items.data(), n * sizeof(T));
  }
  items.resize(n);
}

/// Moves runs to the end of those before them.
template <class T>
void close_gaps(std::vector<T>& items, std::span<const std::size_t> begin,
                std::span<const std::size_t> end) {
  if (items.empty()) return;
  std::size_t to = 0;
  for (std::size_t run = 0; run < end.size(); ++run) {
    const auto from = items.begin() + static_cast<std::ptrdiff_t>(begin[run]);
    const auto n = static_cast<std::ptrdiff_t>(end[run] - begin[run]);
    if (begin[run] != to)
      std::copy(from, from + n, items.begin() + static_cast<std::ptrdiff_t>(to));
    to += end[run] - begin[run];
  }
  items.resize(to);
}

}  // namespace

PupilFlows::PupilFlows(std::vector<PupilFlow> listed) {
  std::ranges::stable_sort(
      listed, {}, [](const PupilFlow& f) { return std::pair(f.home.index, f.campus.index); });
  for (const PupilFlow& f : listed) push_back(f);
}

PupilFlows::Iterator PupilFlows::at(std::size_t index) const {
  if (index >= pupils_.size()) return end();
  const auto next = std::ranges::upper_bound(first_, index);
  return {this, index, static_cast<std::size_t>(next - first_.begin()) - 1};
}

PupilFlows::Run PupilFlows::of(HomeId home) const {
  if (home.index + std::size_t{1} >= first_.size()) return {end(), end()};
  return {{this, first_[home.index], home.index}, {this, first_[home.index + 1], 0}};
}

void PupilFlows::push_back(const PupilFlow& flow) {
  constexpr unsigned kBits = 16;
  const std::size_t home = flow.home.index;
  if (first_.size() > home + 2) {  // a later home has some
    std::vector<PupilFlow> all = listed();
    const auto after = std::ranges::upper_bound(all, flow.home, {}, &PupilFlow::home);
    all.insert(after, flow);
    clear();
    for (const PupilFlow& f : all) push_back(f);
    return;
  }
  first_.resize(home + 2, static_cast<uint32_t>(pupils_.size()));
  const auto high = static_cast<uint16_t>(flow.campus.index >> kBits);
  if (high != 0 && high_.empty()) high_.resize(low_.size());
  low_.push_back(static_cast<uint16_t>(flow.campus.index));
  if (high != 0 || !high_.empty()) high_.push_back(high);
  pupils_.push_back(flow.pupils);
  first_.back() = static_cast<uint32_t>(pupils_.size());
}

FlowWriter::FlowWriter(PupilFlows memory, std::size_t homes, std::size_t campuses,
                       std::span<const std::size_t> begin)
    : flows_(std::move(memory)), begin_(begin) {
  constexpr std::size_t kLow = std::size_t{1} << 16U;
  flows_.first_.assign(homes + 1, 0);
  make_room(flows_.low_, begin.back());
  make_room(flows_.high_, campuses > kLow ? begin.back() : 0);
  make_room(flows_.pupils_, begin.back());
}

PupilFlows FlowWriter::finish(std::span<const std::size_t> end) && {
  std::partial_sum(flows_.first_.begin(), flows_.first_.end(), flows_.first_.begin());
  close_gaps(flows_.low_, begin_, end);
  close_gaps(flows_.high_, begin_, end);
  close_gaps(flows_.pupils_, begin_, end);
  return std::move(flows_);
}

}  // namespace doorstep
