#include "assign/row_key.h"

#include <string_view>

namespace doorstep {

namespace {

std::string_view code_of_group(const Place& place, GroupId group) {
  const bool known = group.valid() && group.index < place.groups.size();
  return known ? std::string_view(place.groups[group].code) : std::string_view();
}

}  // namespace

RandomKey key_of_row(const AdmissionInput& input, const Entrants& row) {
  const Place& place = *input.place;
  RandomKey key = RandomKey(input.seed).with(place.homes[row.home].code);
  key = key.with(static_cast<uint64_t>(input.year));
  if (input.stage.valid() && input.stage.index < place.stages.size())
    key = key.with(place.stages[input.stage].code);
  if (row.household.valid() && row.household.index < place.classes.size())
    key = key.with(place.classes[row.household].code);
  if (input.grade > 0) key = key.with("grade").with(static_cast<uint64_t>(input.grade));
  if (row.feeder_to.valid()) key = key.with(place.campuses[row.feeder_to].code);
  if (row.present.valid()) key = key.with("present").with(place.campuses[row.present].code);
  if (row.last) key = key.with("last");
  return key.with(code_of_group(place, row.group));
}

}  // namespace doorstep
