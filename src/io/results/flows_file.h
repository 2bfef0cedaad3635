#pragma once
// flows.csv, who goes where home by home, written year by year while a run goes on, so that only
// the flows of one year have to be held.

#include "base/file.h"
#include "base/text_file.h"
#include "io/results/results.h"

namespace doorstep::io {

class FlowsFile {
 public:
  /// Begins flows.csv in `out`.
  explicit FlowsFile(OutputFolder& out);
  /// Pre: the year has its flows.
  void add(const Place& place, const TravelTable& travel, const YearResult& year);
  void commit() { file_.commit(); }

 private:
  TextFile file_;
};

/// As write_results of a run that kept the flows of its last year: `begun` has those of the first.
void write_results(const RunReport& report, OutputFolder& out, FlowsFile& begun);

}  // namespace doorstep::io
