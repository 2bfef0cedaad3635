// Gives the precompiled header of catch.hpp a file to be made for: catch_main.cpp does without it.
#include <catch2/catch.hpp>
