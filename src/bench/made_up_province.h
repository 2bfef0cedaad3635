#pragma once
// A made-up province written as an ordinary place folder: counties on a lattice, each a town and
// its villages, with the schools of four stages. It has the size of the problem, not the figures of
// any real province.

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace doorstep::bench {

struct ProvinceSize {
  std::size_t counties = 110;
  std::size_t homes = 500000;
  std::size_t campuses = 4490;
};

/// Writes place.toml, homes.csv and campuses.csv into `folder`, which exists. The same size and
/// seed give the same bytes. Pre: every county gets at least 40 homes and 8 campuses.
/// Throws: Error where a file cannot be written.
void write_province(const ProvinceSize& size, uint64_t seed, const std::filesystem::path& folder);

}  // namespace doorstep::bench
