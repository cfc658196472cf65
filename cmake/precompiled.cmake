# Heavy headers, parsed once for all modules and once for all tests. A source still includes what it
# uses: clang, which wants the same definitions in every target, builds without.
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    set(CMAKE_DISABLE_PRECOMPILE_HEADERS ON)
endif()

set(precompiled "${CMAKE_BINARY_DIR}/precompiled.cc")
file(CONFIGURE OUTPUT "${precompiled}" CONTENT "// There only to carry precompiled headers.\n")

add_library(emplettes_precompiled OBJECT "${precompiled}")
target_link_libraries(emplettes_precompiled PRIVATE emplettes_options Threads::Threads)
target_precompile_headers(emplettes_precompiled PRIVATE
    <algorithm> <array> <atomic> <chrono> <cmath> <condition_variable> <cstdint> <cstdio>
    <filesystem> <fstream> <functional> <future> <limits> <map> <memory> <mutex> <optional> <random>
    <set> <span> <sstream> <stdexcept> <string> <string_view> <thread> <tuple> <unordered_map>
    <unordered_set> <utility> <variant> <vector>
    <nlohmann/json.hpp> <soci/soci.h>)

if(EMPLETTES_TESTS)
    find_package(GTest REQUIRED)
    find_package(rapidcheck REQUIRED)
    add_library(emplettes_precompiled_tests OBJECT "${precompiled}")
    target_link_libraries(emplettes_precompiled_tests PRIVATE
        emplettes_options Threads::Threads GTest::gtest GTest::gmock rapidcheck)
    target_precompile_headers(emplettes_precompiled_tests PRIVATE
        <gmock/gmock.h> <gtest/gtest.h> <rapidcheck/gtest.h>
        <algorithm> <array> <atomic> <chrono> <filesystem> <fstream> <functional> <future> <map>
        <memory> <optional> <random> <set> <span> <string> <thread> <tuple> <unordered_map>
        <variant> <vector>
        <nlohmann/json.hpp> <soci/soci.h>)
endif()
