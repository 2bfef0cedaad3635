#pragma once
// Strong indices and the containers they index, so that a home is never taken for a campus.
// Ids are positions in one loaded place; what is saved is always the stable code.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <ranges>
#include <utility>
#include <vector>

namespace doorstep {

/// An index into one kind of thing. Default-constructed it is `none`.
template <class Tag>
struct StrongId {
  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
  uint32_t index = kNone;

  constexpr StrongId() = default;
  constexpr explicit StrongId(std::size_t i) : index(static_cast<uint32_t>(i)) {}
  constexpr auto operator<=>(const StrongId&) const = default;
  [[nodiscard]] constexpr bool valid() const { return index != kNone; }
};

/// A vector indexed by one kind of id only.
template <class Id, class T>
class IdVector {
 public:
  using value_type = T;

  IdVector() = default;
  explicit IdVector(std::size_t n, const T& fill = T()) : items_(n, fill) {}

  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  decltype(auto) operator[](Id id) { return items_[id.index]; }
  decltype(auto) operator[](Id id) const { return items_[id.index]; }
  Id push_back(T item) {
    items_.push_back(std::move(item));
    return Id(items_.size() - 1);
  }
  void resize(std::size_t n, const T& fill = T()) { items_.resize(n, fill); }
  void assign(std::size_t n, const T& fill) { items_.assign(n, fill); }
  void reserve(std::size_t n) { items_.reserve(n); }
  [[nodiscard]] auto begin() { return items_.begin(); }
  [[nodiscard]] auto end() { return items_.end(); }
  [[nodiscard]] auto begin() const { return items_.begin(); }
  [[nodiscard]] auto end() const { return items_.end(); }
  /// All ids in order, for `for (auto id : v.ids())`.
  [[nodiscard]] auto ids() const {
    return std::views::iota(std::size_t{0}, items_.size()) |
           std::views::transform([](std::size_t i) { return Id(i); });
  }
  [[nodiscard]] const std::vector<T>& raw() const { return items_; }
  [[nodiscard]] std::vector<T>& raw() { return items_; }
  bool operator==(const IdVector&) const = default;

 private:
  std::vector<T> items_;
};

}  // namespace doorstep

template <class Tag>
struct std::hash<doorstep::StrongId<Tag>> {
  std::size_t operator()(doorstep::StrongId<Tag> id) const noexcept { return id.index; }
};
