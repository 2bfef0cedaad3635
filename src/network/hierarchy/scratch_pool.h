#pragma once
// Scratch space kept between calls and lent to one at a time, so that sweeps on several threads
// neither share nor allocate.

#include <memory>
#include <mutex>
#include <vector>

namespace doorstep {

template <class Scratch>
class ScratchPool {
 public:
  /// Gives its scratch back when it goes.
  class Loan {
   public:
    Loan(ScratchPool& pool, std::unique_ptr<Scratch> scratch)
        : pool_(pool), scratch_(std::move(scratch)) {}
    ~Loan() {
      std::lock_guard lock(pool_.mutex_);
      pool_.idle_.push_back(std::move(scratch_));
    }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    [[nodiscard]] Scratch& operator*() const { return *scratch_; }
    [[nodiscard]] Scratch* operator->() const { return scratch_.get(); }

   private:
    ScratchPool& pool_;
    std::unique_ptr<Scratch> scratch_;
  };

  /// One that lay idle, or make()'s.
  template <class Make>
  [[nodiscard]] Loan take(Make make) {
    {
      std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<Scratch> scratch = std::move(idle_.back());
        idle_.pop_back();
        return Loan(*this, std::move(scratch));
      }
    }
    return Loan(*this, make());
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Scratch>> idle_;
};

}  // namespace doorstep
