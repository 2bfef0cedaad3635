#pragma once
// Children at homes from the cells of a table, in one of three forms: a column for each age and
// class, named columns for ages, or one column shared out over ages. Internal to io/place.

#include <string>
#include <vector>

#include "io/place/context.h"

namespace doorstep::io {

class ChildrenOfRows {
 public:
  /// Table and context outlive this. Throws: Error where the section does not fit.
  ChildrenOfRows(PlaceContext& context, const Table& table, Section section);

  /// Adds the children of each row to its home; rows without one are left out. What is missing or
  /// no number becomes a finding, row by row. Pre: the place's table has room for the homes.
  void put(const std::vector<HomeId>& home_of_row);

 private:
  struct Column {
    FieldOf field;
    ClassId household;
    int first_age = 0;
    int last_age = 0;
  };
  struct Cell {
    std::size_t row = 0;
    std::size_t column = 0;
  };

  void add_column(const Table& table, Section& section, const std::string& key,
                  const std::string& field, ClassId household, int first, int last);
  void describe_share(Section& section);
  void say_assumed(Section& section);
  [[nodiscard]] bool put_cell(const Cell& cell, HomeId home);
  void look_at(const Cell& cell, HomeId home);

  PlaceContext* context_;
  double share_;
  std::vector<Column> columns_;
  std::size_t missing_ = 0;
  InputRef first_missing_;
};

}  // namespace doorstep::io
