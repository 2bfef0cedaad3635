#pragma once
// Which pupils of which home are at which campus, for all homes of a place: ten bytes a flow, since
// a run keeps millions of them. Flows are read as if they stood in a list.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <vector>

#include "place/ids.h"

namespace doorstep {

/// Enrolled pupils of one home at one campus, all grades and classes. Units: pupils.
struct PupilFlow {
  HomeId home;
  CampusId campus;
  double pupils = 0.0;
};

/// Flows by rising home, and as a run makes them by campus within a home.
class PupilFlows {
 public:
  /// Walks along; what it shows is made as it is looked at.
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = PupilFlow;
    using difference_type = std::ptrdiff_t;
    using pointer = const PupilFlow*;
    using reference = PupilFlow;

    Iterator() = default;
    PupilFlow operator*() const { return {HomeId(home_), of_->campus_at(at_), of_->pupils_[at_]}; }
    Iterator& operator++() {
      if (++at_ < of_->pupils_.size())
        while (of_->first_[home_ + 1] <= at_) ++home_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }
    [[nodiscard]] std::size_t index() const { return at_; }

   private:
    friend class PupilFlows;
    Iterator(const PupilFlows* of, std::size_t at, std::size_t home)
        : of_(of), at_(at), home_(home) {}
    const PupilFlows* of_ = nullptr;
    std::size_t at_ = 0;
    std::size_t home_ = 0;
  };
  /// Some that follow each other.
  struct Run {
    Iterator first, last;
    [[nodiscard]] Iterator begin() const { return first; }
    [[nodiscard]] Iterator end() const { return last; }
    [[nodiscard]] bool empty() const { return first == last; }
  };

  PupilFlows() = default;
  /// Puts them in order by home and campus.
  PupilFlows(std::vector<PupilFlow> listed);  // NOLINT(google-explicit-constructor)
  PupilFlows(std::initializer_list<PupilFlow> listed) : PupilFlows(std::vector(listed)) {}

  [[nodiscard]] std::size_t size() const { return pupils_.size(); }
  [[nodiscard]] bool empty() const { return pupils_.empty(); }
  [[nodiscard]] Iterator begin() const { return at(0); }
  [[nodiscard]] Iterator end() const { return {this, pupils_.size(), 0}; }
  /// From the flow of this number on. Cost: logarithm of the homes.
  [[nodiscard]] Iterator at(std::size_t index) const;
  /// Cost: as at(); who reads many walks along instead.
  [[nodiscard]] PupilFlow operator[](std::size_t index) const { return *at(index); }
  [[nodiscard]] Run run(std::size_t from, std::size_t to) const { return {at(from), at(to)}; }
  [[nodiscard]] Run of(HomeId home) const;
  /// A list to change, which may become flows again.
  [[nodiscard]] std::vector<PupilFlow> listed() const { return {begin(), end()}; }
  /// Behind those of the same home. Cost: that of all where a later home has some already.
  void push_back(const PupilFlow& flow);
  void clear() { *this = {}; }

 private:
  friend class FlowWriter;
  [[nodiscard]] CampusId campus_at(std::size_t i) const {
    return CampusId(high_.empty() ? low_[i] : low_[i] | std::size_t{high_[i]} << 16U);
  }

  std::vector<uint32_t> first_;  ///< by home, and one more: up to the last home with any
  std::vector<uint16_t> low_;    ///< of the campus, 16 bits
  std::vector<uint16_t> high_;   ///< the 16 above; empty where all are 0
  std::vector<double> pupils_;
};

}  // namespace doorstep
