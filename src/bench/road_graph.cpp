// Bare road graphs: text of arcs, gzip or plain, without places in the plane.

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <numeric>

#include "base/error.h"
#include "bench/cities.h"

namespace doorstep::bench {
namespace {

constexpr uint32_t kMostNodes = 100'000'000;  // a number above it is a damaged line

struct Arc {
  uint32_t from;
  uint32_t to;
  uint32_t length;
};

/// One line of up to four words: "12 40 803", or "a 13 41 803" counted from 1.
class ArcReader {
 public:
  explicit ArcReader(const std::string& path) : path_(path), file_(gzopen(path.c_str(), "rb")) {
    if (file_ == nullptr) throw Error("cannot be read", path, "check the path of --graph");
  }
  ~ArcReader() { gzclose(file_); }
  ArcReader(const ArcReader&) = delete;
  ArcReader& operator=(const ArcReader&) = delete;

  bool next(Arc& arc) {
    char line[256];
    while (gzgets(file_, line, sizeof line) != nullptr) {
      ++line_;
      if (line[0] == 'c' || line[0] == 'p' || line[0] == '\n' || line[0] == '\r') continue;
      bool dimacs = line[0] == 'a';
      parse(line + (dimacs ? 1 : 0), dimacs ? 1 : 0, arc);
      return true;
    }
    int status = Z_OK;
    const char* why = gzerror(file_, &status);
    if (status < 0) throw Error(fmt::format("is damaged: {}", why), path_, "fetch it again");
    return false;
  }

 private:
  void parse(const char* at, uint32_t base, Arc& arc) const {
    uint32_t number[3];
    for (uint32_t& n : number) {
      while (*at == ' ' || *at == '\t') ++at;
      auto [end, error] = std::from_chars(at, at + 12, n);
      if (error != std::errc{}) refuse();
      at = end;
    }
    if (number[0] < base || number[1] < base) refuse();
    arc = {number[0] - base, number[1] - base, number[2]};
    if (arc.from >= kMostNodes || arc.to >= kMostNodes) refuse();
  }
  [[noreturn]] void refuse() const {
    throw Error("is no arc \"from to length\"", fmt::format("{}, line {}", path_, line_),
                "give a graph of three numbers a line, or DIMACS .gr");
  }

  std::string path_;
  gzFile file_;
  std::size_t line_ = 0;
};

}  // namespace

std::shared_ptr<const Streets> read_road_graph(const std::string& path) {
  ArcReader reader(path);
  std::vector<Arc> arcs;
  uint32_t nodes = 0;
  for (Arc arc{}; reader.next(arc);) {
    nodes = std::max({nodes, arc.from + 1, arc.to + 1});
    arcs.push_back(arc);
  }
  if (arcs.empty()) throw Error("has no arcs", path, "give a road graph");
  auto streets = std::make_shared<Streets>();
  streets->node_at.assign(nodes, Xy{});
  streets->first.assign(nodes + 1, 0);
  for (const Arc& a : arcs) ++streets->first[a.from + 1];
  std::partial_sum(streets->first.begin(), streets->first.end(), streets->first.begin());
  streets->head.resize(arcs.size());
  streets->length_m.resize(arcs.size());
  streets->walk_min.resize(arcs.size());
  streets->road_class.assign(arcs.size(), 1);
  std::vector<uint32_t> next(streets->first.begin(), streets->first.end() - 1);
  for (const Arc& a : arcs) {
    uint32_t e = next[a.from]++;
    streets->head[e] = a.to;
    streets->length_m[e] = static_cast<float>(a.length);
    streets->walk_min[e] = static_cast<float>(a.length / 60000.0);
  }
  return streets;
}

}  // namespace doorstep::bench
