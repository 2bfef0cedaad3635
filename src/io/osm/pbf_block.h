#pragma once
// One unpacked block of a packed OpenStreetMap file: which objects it holds, and those that are
// wanted. Blocks are read side by side; nothing here depends on another block.
// Source: osmformat.proto of the PBF format.

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "io/osm/raw.h"

namespace doorstep::io {

/// What kinds of objects a block holds, as bits.
enum PbfContents : uint8_t { kHoldsNodes = 1, kHoldsWays = 2, kHoldsRelations = 4 };

/// Objects kept of one block. Ranges count from the begin of its own pools.
struct PbfHarvest {
  std::unique_ptr<char[]> text;
  std::vector<OsmTag> tags;
  std::vector<OsmWay> ways;
  std::vector<int64_t> refs;  ///< of the ways' nodes, one after another
  std::vector<OsmRelation> relations;
  std::vector<OsmPoint> points;
};

/// Where the positions of wanted nodes go. Blocks write at the same time: the first writer of a
/// node owns it, every later one is put aside, so that the file's order can decide afterwards.
class NodePlaces {
 public:
  explicit NodePlaces(std::span<const int64_t> ids);

  struct Again {
    uint32_t node;
    uint32_t block;
    OsmPosition position;
  };
  /// The number of a node, or kNoNode. `near` is where the last one was found, kept by the caller.
  [[nodiscard]] uint32_t find(int64_t id, std::size_t& near) const;
  void put(uint32_t node, uint32_t block, OsmPosition position, std::vector<Again>& again);
  /// Lets the earliest block of the file win. Returns how many nodes stand more than once.
  std::size_t settle(std::span<const std::vector<Again>> again);
  [[nodiscard]] std::vector<OsmPosition> take() { return std::move(positions_); }

 private:
  std::span<const int64_t> ids_;
  std::vector<OsmPosition> positions_;
  std::unique_ptr<std::atomic<uint32_t>[]> owner_;  ///< block + 1; 0 none yet
};

// All of them throw protozero's exceptions or std::runtime_error on damaged bytes.

[[nodiscard]] uint8_t pbf_contents(std::string_view block);
void harvest_relations(std::string_view block, const OsmWanted& wanted, PbfHarvest& into);
/// Ways that are wanted or among `members`, ascending ids of relations' ways.
void harvest_ways(std::string_view block, const OsmWanted& wanted, std::span<const int64_t> members,
                  PbfHarvest& into);
void harvest_nodes(std::string_view block, uint32_t number, const OsmWanted& wanted,
                   NodePlaces& places, std::vector<NodePlaces::Again>& again, PbfHarvest& into);

}  // namespace doorstep::io
