# The layer table: who may use whom. scripts/check_layers reads this same file.
# A layer may use what it names and whatever that may use; never anything else.
set(DOORSTEP_LAYERS
  base geo place scenario network assign simulate indicators plan io intake synth
  session scene render publish bench desktop cli)

set(DOORSTEP_USES_base)
set(DOORSTEP_USES_geo base)
set(DOORSTEP_USES_place geo)
set(DOORSTEP_USES_scenario place)
set(DOORSTEP_USES_network place)
set(DOORSTEP_USES_assign network)
set(DOORSTEP_USES_simulate scenario assign)
set(DOORSTEP_USES_indicators simulate)
set(DOORSTEP_USES_plan indicators)
set(DOORSTEP_USES_io place scenario indicators)
set(DOORSTEP_USES_intake io)
set(DOORSTEP_USES_synth io)
set(DOORSTEP_USES_session intake)
set(DOORSTEP_USES_scene indicators geo)
set(DOORSTEP_USES_render scene)
set(DOORSTEP_USES_publish render session)
set(DOORSTEP_USES_bench publish synth)
set(DOORSTEP_USES_desktop publish)
set(DOORSTEP_USES_cli bench)

set(DOORSTEP_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Wnon-virtual-dtor -Wold-style-cast -Wno-missing-field-initializers)

# What most files of the house include, parsed once: two fifths of the time that a build takes.
# scripts/check_headers sees to it that no header of ours leans on it.
set(DOORSTEP_PRECOMPILED
  <algorithm> <array> <cmath> <cstddef> <cstdint> <filesystem> <functional> <limits> <map> <memory>
  <numeric> <optional> <set> <span> <string> <string_view> <utility> <vector> <fmt/format.h>)
function(doorstep_precompile)
  add_library(doorstep_precompiled STATIC "${CMAKE_SOURCE_DIR}/cmake/precompiled.cpp")
  target_compile_options(doorstep_precompiled PRIVATE ${DOORSTEP_WARNINGS} -ffp-contract=off)
  target_link_libraries(doorstep_precompiled PRIVATE fmt::fmt)
  target_precompile_headers(doorstep_precompiled PRIVATE ${DOORSTEP_PRECOMPILED})
endfunction()

# doorstep_layer(NAME SOURCES a.cpp … [LIBS public third parties] [PRIVATE_LIBS third parties of one .cpp])
function(doorstep_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBS;PRIVATE_LIBS" ${ARGN})
  add_library(doorstep_${name} STATIC ${ARG_SOURCES})
  target_include_directories(doorstep_${name} PUBLIC "${CMAKE_SOURCE_DIR}/src")
  target_compile_options(doorstep_${name} PRIVATE ${DOORSTEP_WARNINGS} -ffp-contract=off)
  target_precompile_headers(doorstep_${name} REUSE_FROM doorstep_precompiled)
  foreach(used IN LISTS DOORSTEP_USES_${name})
    target_link_libraries(doorstep_${name} PUBLIC doorstep_${used})
  endforeach()
  target_link_libraries(doorstep_${name} PUBLIC ${ARG_LIBS} PRIVATE ${ARG_PRIVATE_LIBS})
endfunction()

# doorstep_test(NAME LAYER SOURCES …): a Catch2 executable whose cases ctest runs one by one.
function(doorstep_test name layer)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE doorstep_${layer} doorstep_test_support)
  # What is tested is optimised in its layer; at -O1 the cases compile in three quarters of the time.
  target_compile_options(${name} PRIVATE -O1 -ffp-contract=off -Wall -Wextra -Wno-missing-field-initializers)
  target_precompile_headers(${name} REUSE_FROM doorstep_test_support)
  catch_discover_tests(${name} TEST_PREFIX "${name}: " PROPERTIES
    # Two properties, since catch_discover_tests would split a list in one.
    ENVIRONMENT "DOORSTEP_ROOT=${CMAKE_SOURCE_DIR}"
    ENVIRONMENT_MODIFICATION "DOORSTEP_BIN=set:${CMAKE_BINARY_DIR}/doorstep"
    SKIP_RETURN_CODE 77)
endfunction()
