#include "io/table/records_ahead.h"

#include <utility>

namespace doorstep::io {
namespace {

constexpr std::size_t kRecordsOfBatch = 1024;
constexpr std::size_t kBytesOfBatch = 1 << 20;
constexpr std::size_t kMostBatches = 8;  // held ready

}  // namespace

RecordsAhead::RecordsAhead(Next next) : next_(std::move(next)), now_(read_batch({})) {
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

RecordsAhead::Batch RecordsAhead::read_batch(RecordBlock memory) {
  Batch batch;
  batch.records = std::move(memory);
  batch.records.clear();
  RecordBlock& records = batch.records;
  std::size_t cells = 0, bytes = 0;  // of whole records
  try {
    while (records.size() < kRecordsOfBatch && bytes < kBytesOfBatch) {
      if (!next_(records)) {
        batch.last = true;
        break;
      }
      cells = records.cell_end.size();
      bytes = records.text.size();
    }
  } catch (...) {
    batch.error = std::current_exception();
    batch.last = true;
    records.cell_end.resize(cells);  // without the one that was begun
    records.text.resize(bytes);
  }
  return batch;
}

void RecordsAhead::read_on() {
  for (bool last = false; !last;) {
    RecordBlock memory;
    {
      const std::lock_guard lock(mutex_);
      if (!spare_.empty()) {
        memory = std::move(spare_.back());
        spare_.pop_back();
      }
    }
    Batch batch = read_batch(std::move(memory));
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
  spare_.push_back(std::move(now_.records));
  now_ = std::move(ready_.front());
  ready_.pop_front();
  at_ = 0;
  lock.unlock();
  changed_.notify_all();
  return true;
}

std::optional<CellRow> RecordsAhead::next() {
  while (at_ == now_.records.size())
    if (!take_batch()) return std::nullopt;
  return now_.records[at_++];
}

}  // namespace doorstep::io
