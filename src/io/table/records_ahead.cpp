#include "io/table/records_ahead.h"

#include <utility>

namespace doorstep::io {
namespace {

constexpr std::size_t kRecordsOfBatch = 1024;
constexpr std::size_t kMostBatches = 8;  // held ready

}  // namespace

RecordsAhead::RecordsAhead(Next next) : next_(std::move(next)), now_(read_batch()) {
  if (!now_.last) reader_ = std::thread([this] { read_on(); });
}

RecordsAhead::~RecordsAhead() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  if (reader_.joinable()) reader_.join();
}

RecordsAhead::Batch RecordsAhead::read_batch() {
  Batch batch;
  batch.records.reserve(kRecordsOfBatch);
  try {
    Record record;
    while (batch.records.size() < kRecordsOfBatch) {
      if (!next_(record)) {
        batch.last = true;
        break;
      }
      batch.records.push_back(std::move(record));
    }
  } catch (...) {
    batch.error = std::current_exception();
    batch.last = true;
  }
  return batch;
}

void RecordsAhead::read_on() {
  for (bool last = false; !last;) {
    Batch batch = read_batch();
    last = batch.last;
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stop_ || ready_.size() < kMostBatches; });
    if (stop_) return;
    ready_.push_back(std::move(batch));
    lock.unlock();
    changed_.notify_all();
  }
}

bool RecordsAhead::take_batch() {
  if (now_.error) std::rethrow_exception(std::exchange(now_.error, nullptr));
  if (now_.last) return false;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !ready_.empty(); });
  now_ = std::move(ready_.front());
  ready_.pop_front();
  at_ = 0;
  lock.unlock();
  changed_.notify_all();
  return true;
}

bool RecordsAhead::next(Record& record) {
  while (at_ == now_.records.size())
    if (!take_batch()) return false;
  record = std::move(now_.records[at_++]);
  return true;
}

}  // namespace doorstep::io
