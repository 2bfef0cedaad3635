#pragma once
// The kinds of things a place holds, as strong ids.

#include "base/ids.h"

namespace doorstep {

using StageId = StrongId<struct StageTag>;
using CampusId = StrongId<struct CampusTag>;
using SchoolId = StrongId<struct SchoolTag>;
using GroupId = StrongId<struct GroupTag>;
using HomeId = StrongId<struct HomeTag>;
using AreaId = StrongId<struct AreaTag>;
using CatchmentId = StrongId<struct CatchmentTag>;
using ClassId = StrongId<struct HouseholdClassTag>;

}  // namespace doorstep
