#pragma once
// Catchments as lists of communities and door-number ranges, the way announcements write them:
// "人民路1-99号单号;新苑社区". Decides what such a text means, where ranges overlap or leave
// numbers out, and which homes they hold by the address fields of the homes table.

#include <climits>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "io/place/context.h"

namespace doorstep::io {

enum class Parity { All, Odd, Even };

/// A community, or numbers of one street.
struct AddressRange {
  std::string community;  ///< folded, "" for a street
  std::string street;     ///< folded, "" for a community
  int from = 1;
  int to = INT_MAX;  ///< INT_MAX: to the end of the street
  Parity parity = Parity::All;
  bool operator==(const AddressRange&) const = default;
};

/// A range of one catchment, with where it was read.
struct CatchmentRange {
  std::string catchment;
  AddressRange range;
  std::string written;  ///< the street as the file has it
  InputRef at;
};

/// Where a home lies by its address; number 0 where it has none.
struct HomeAddress {
  std::string community;  ///< folded
  std::string street;     ///< folded
  int number = 0;
};

/// Reads a list of ranges and communities separated by ; , 、 or line ends. A range without a
/// street continues the street before it. Pieces that make no sense are added to `not_understood`.
[[nodiscard]] std::vector<AddressRange> parse_addresses(const std::string& text,
                                                        std::vector<std::string>& not_understood);
/// Odd, Even or All from 单号, 双, odd, even, 全部, ""; nothing where the word is none of them.
[[nodiscard]] std::optional<Parity> parity_of(const std::string& word);
/// "滨城区人民路12号3单元501" → street and number; the community is left empty.
[[nodiscard]] HomeAddress parse_home_address(const std::string& text);
[[nodiscard]] bool covers(const AddressRange& range, const HomeAddress& home);
/// How street and community names are compared: no spaces, half-width, lower case.
[[nodiscard]] std::string folded_address(const std::string& text);

/// Numbers that two catchments both claim, and numbers that none claims between two that are.
void report_ranges(const std::vector<CatchmentRange>& ranges, Diagnostics& findings);

/// A home and the catchment its address puts it in.
struct AddressedHome {
  HomeId home;
  std::string catchment;
  InputRef at;
};
/// Reads [catchments.addresses]: the ranges, and which home of the place lies in which.
[[nodiscard]] std::vector<AddressedHome> homes_by_address(PlaceContext& context, Section section);

}  // namespace doorstep::io
