#pragma once
// Records of a table read a little ahead in a thread of its own, so that splitting text and making
// rows of it go on side by side. Order and errors are those of the reader.

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "io/table/cells.h"

namespace doorstep::io {

class RecordsAhead {
 public:
  /// Puts the next record behind others; false at the end.
  using Next = std::function<bool(RecordBlock&)>;

  /// `next` is called from one thread at a time, and no more once this is gone; it outlives this.
  /// The first records are read at once: a short table needs no thread.
  explicit RecordsAhead(Next next);
  ~RecordsAhead();
  RecordsAhead(const RecordsAhead&) = delete;
  RecordsAhead& operator=(const RecordsAhead&) = delete;

  /// The next record, which holds until the one after it is asked for; nothing at the end.
  /// Throws: what the reader threw there.
  std::optional<CellRow> next();

 private:
  struct Batch {
    RecordBlock records;
    bool last = false;
    std::exception_ptr error;  ///< after the records
  };

  [[nodiscard]] Batch read_batch(RecordBlock memory);
  void read_on();
  bool take_batch();

  Next next_;
  Batch now_;
  std::size_t at_ = 0;  ///< in `now_`
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> ready_;
  std::vector<RecordBlock> spare_;  ///< memory to use again
  bool stop_ = false;
  std::thread reader_;
};

}  // namespace doorstep::io
