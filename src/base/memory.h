#pragma once
// Memory that is free again, given back to the system. Implemented in platform_linux.cpp.

namespace doorstep {

/// After much small data was let go (a table read as text), so that it does not count as held while
/// large arrays are made. A hint: nothing depends on it.
void give_free_memory_back();

}  // namespace doorstep
