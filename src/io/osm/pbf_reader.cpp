// Puts a packed extract together: blocks are unpacked and read side by side, then joined in the
// order of the file, so that the result does not depend on the number of threads.

#include <algorithm>
#include <atomic>
#include <protozero/exception.hpp>

#include "base/error.h"
#include "base/progress.h"
#include "io/osm/number_ids.h"
#include "io/osm/pbf_block.h"
#include "io/osm/pbf_file.h"
#include "io/osm/raw.h"
#include "network/parallel.h"

namespace doorstep::io {
namespace {

/// Unpacked blocks kept for the next round, so that a city's extract is unpacked once; larger files
/// are unpacked again, and take no more memory than this. Units: bytes.
constexpr std::size_t kKeptBytes = std::size_t{192} << 20;

class PbfReading {
 public:
  PbfReading(const std::filesystem::path& path, const OsmReading& reading)
      : path_(path),
        reading_(reading),
        blobs_(list_pbf_blobs(path)),
        kept_(blobs_.size()),
        contents_(blobs_.size(), 0) {
    unsigned workers = workers_for(blobs_.size(), reading.threads);
    for (unsigned w = 0; w < workers; ++w) unpackers_.emplace_back(path);
  }

  OsmRaw read(OsmCounts& counts) {
    read_relations();
    read_ways(counts);
    read_nodes(counts);
    return std::move(raw_);
  }

 private:
  /// Calls work(bytes, i) for each block that holds one of `kinds`.
  template <class Work>
  void each_block(uint8_t kinds, bool last_round, Work work) {
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < blobs_.size(); ++i) {
      if (kinds == 0 || (contents_[i] & kinds) != 0) wanted.push_back(i);
    }
    in_parallel(
        wanted.size(), reading_.threads, "streets", progress_, [&](std::size_t k, unsigned worker) {
          std::size_t i = wanted[k];
          PbfBytes bytes = std::move(kept_[i]);
          bool had = bytes.bytes != nullptr;
          if (!had) bytes = unpackers_[worker].unpack(blobs_[i]);
          try {
            work(bytes.view(), i);
          } catch (const protozero::exception& e) {
            refuse_pbf(path_, blobs_[i].offset,
                       std::string("the block is damaged (") + e.what() + ")");
          } catch (const Error&) {
            throw;
          } catch (const std::runtime_error& e) {
            refuse_pbf(path_, blobs_[i].offset, std::string("the block is damaged: ") + e.what());
          }
          keep(std::move(bytes), had, last_round, i);
        });
  }

  void keep(PbfBytes bytes, bool had, bool last_round, std::size_t i) {
    if (last_round) return;
    if (!had && kept_bytes_.fetch_add(bytes.size) + bytes.size > kKeptBytes) return;
    kept_[i] = std::move(bytes);
  }

  /// Moves what a block gave to the end of the pools.
  OsmRange moved(OsmRange own, std::size_t first) const {
    return {static_cast<uint32_t>(own.first + first), own.count};
  }
  std::size_t take_tags(PbfHarvest& harvest) {
    std::size_t first = raw_.tag_pool.size();
    raw_.tag_pool.insert(raw_.tag_pool.end(), harvest.tags.begin(), harvest.tags.end());
    if (raw_.tag_pool.size() > 0xFFFFFFFFu) {
      throw Error("the extract holds more than 4 billion tags", path_.string(),
                  "cut it to the city");
    }
    if (!harvest.tags.empty()) raw_.texts.push_back(std::move(harvest.text));
    return first;
  }

  void read_relations() {
    std::vector<PbfHarvest> harvests(blobs_.size());
    bool wanted = reading_.wanted.backdrop || reading_.wanted.features;
    each_block(0, false, [&](std::string_view bytes, std::size_t i) {
      contents_[i] = pbf_contents(bytes);
      if (wanted && (contents_[i] & kHoldsRelations) != 0) {
        harvest_relations(bytes, reading_.wanted, harvests[i]);
      }
    });
    for (PbfHarvest& harvest : harvests) {
      std::size_t first = take_tags(harvest);
      for (OsmRelation& r : harvest.relations) {
        r.tags = moved(r.tags, first);
        raw_.relations.push_back(std::move(r));
      }
    }
    keep_first_of_each_id(raw_.relations);
  }

  void read_ways(OsmCounts& counts) {
    const std::vector<int64_t> members = member_ways(raw_.relations);
    std::vector<PbfHarvest> harvests(blobs_.size());
    each_block(kHoldsWays, false, [&](std::string_view bytes, std::size_t i) {
      harvest_ways(bytes, reading_.wanted, members, harvests[i]);
    });
    std::vector<int64_t> refs;
    std::size_t count = 0;
    for (const PbfHarvest& harvest : harvests) count += harvest.refs.size();
    if (count >= 0xFFFFFFFFu) {
      throw Error("the extract's ways name more than 4 billion nodes", path_.string(),
                  "cut it to the city");
    }
    refs.reserve(count);
    for (PbfHarvest& harvest : harvests) {
      std::size_t first = take_tags(harvest);
      for (OsmWay& way : harvest.ways) {
        way.tags = moved(way.tags, first);
        way.nodes = moved(way.nodes, refs.size());
        raw_.ways.push_back(way);
      }
      refs.insert(refs.end(), harvest.refs.begin(), harvest.refs.end());
      harvest = {};
    }
    counts.duplicate_ways = keep_first_of_each_id(raw_.ways);
    if (counts.duplicate_ways > 0) leave_out_unused(refs);
    NumberedIds numbered = number_ids(refs);
    raw_.node_ids = std::move(numbered.ids);
    raw_.node_pool = std::move(numbered.number_of);
  }

  /// The nodes of ways that were left out are not missed.
  void leave_out_unused(std::vector<int64_t>& refs) {
    std::vector<int64_t> used;
    for (OsmWay& way : raw_.ways) {
      auto begin = refs.begin() + way.nodes.first;
      way.nodes.first = static_cast<uint32_t>(used.size());
      used.insert(used.end(), begin, begin + way.nodes.count);
    }
    refs = std::move(used);
  }

  void read_nodes(OsmCounts& counts) {
    NodePlaces places(raw_.node_ids);
    std::vector<PbfHarvest> harvests(blobs_.size());
    std::vector<std::vector<NodePlaces::Again>> again(blobs_.size());
    each_block(kHoldsNodes, true, [&](std::string_view bytes, std::size_t i) {
      harvest_nodes(bytes, static_cast<uint32_t>(i), reading_.wanted, places, again[i],
                    harvests[i]);
    });
    counts.duplicate_nodes = places.settle(again);
    raw_.positions = places.take();
    for (PbfHarvest& harvest : harvests) {
      std::size_t first = take_tags(harvest);
      for (OsmPoint& p : harvest.points) {
        p.tags = moved(p.tags, first);
        raw_.points.push_back(p);
      }
    }
    keep_first_of_each_id(raw_.points);
  }

  const std::filesystem::path& path_;
  const OsmReading& reading_;
  std::vector<PbfBlob> blobs_;
  std::vector<PbfBytes> kept_;
  std::vector<uint8_t> contents_;
  std::atomic<std::size_t> kept_bytes_{0};
  std::vector<PbfUnpacker> unpackers_;
  Progress progress_;
  OsmRaw raw_;
};

}  // namespace

OsmRaw read_osm_pbf(const std::filesystem::path& path, const OsmReading& reading,
                    OsmCounts& counts) {
  return PbfReading(path, reading).read(counts);
}

}  // namespace doorstep::io
