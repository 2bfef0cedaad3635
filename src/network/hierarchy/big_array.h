#pragma once
// Uninitialised memory for the arrays of a sweep: by cache lines, on large pages where allowed, so
// that reading all over it does not wait for the page table.

#include <cstddef>
#include <memory>
#include <new>

#include "base/platform.h"

namespace doorstep {

template <class T>
class BigArray {
 public:
  BigArray() = default;
  explicit BigArray(std::size_t size) { grow(size); }

  /// Room for `size` items; what it held is lost where it grows.
  void grow(std::size_t size) {
    if (size <= size_) return;
    std::size_t bytes = (size * sizeof(T) + kAlign - 1) / kAlign * kAlign;
    data_.reset(static_cast<T*>(::operator new (bytes, std::align_val_t{kAlign})));
    advise_huge_pages(data_.get(), bytes);
    size_ = size;
  }
  [[nodiscard]] T* data() { return data_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t kAlign = std::size_t{2} << 20;
  struct Free {
    void operator()(T* p) const { ::operator delete (p, std::align_val_t{kAlign}); }
  };
  std::unique_ptr<T, Free> data_;
  std::size_t size_ = 0;
};

}  // namespace doorstep
