#pragma once
// Hierarchies kept in a file from run to run. The name of the file is the checksum of the streets
// that it was built from, so that it lies in the user's cache folder and never in a place, which
// may be read-only or shared.

#include <filesystem>
#include <optional>
#include <string>

#include "network/hierarchy/hierarchy.h"
#include "network/street_graph.h"

namespace doorstep {

/// SHA-256 of all that a hierarchy depends on.
[[nodiscard]] std::string hierarchy_key(const StreetGraph& graph);

/// What a folder has for the key. A file of another version, of other streets or damaged in any
/// byte is not used: `value` is empty then and `why_not` says why; both empty without a file.
struct StoredHierarchy {
  std::optional<Hierarchy> value;
  std::string why_not;
};
[[nodiscard]] StoredHierarchy read_stored_hierarchy(const std::filesystem::path& folder,
                                                    const std::string& key);

/// Writes it, complete or not at all, and removes the oldest where there are more than a few.
/// Returns false where the folder cannot be written: nothing depends on it.
bool store_hierarchy(const std::filesystem::path& folder, const std::string& key,
                     const Hierarchy& hierarchy);

/// The stored hierarchy of large streets, else one built and stored; small streets are built anew,
/// which takes no longer. `note` receives why a stored one was not used.
[[nodiscard]] Hierarchy stored_or_built(const StreetGraph& graph, unsigned threads,
                                        Progress& progress, std::string& note);

}  // namespace doorstep
