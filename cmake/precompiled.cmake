# Heavy headers, parsed once for all modules and once for all tests. A source still includes what it
# uses.

set(precompiled "${CMAKE_BINARY_DIR}/precompiled.cc")
file(CONFIGURE OUTPUT "${precompiled}" CONTENT "// There only to carry precompiled headers.\n")

add_library(emplettes_precompiled OBJECT "${precompiled}")
target_link_libraries(emplettes_precompiled PRIVATE emplettes_options Threads::Threads)
target_compile_options(emplettes_precompiled PRIVATE ${EMPLETTES_FUZZ_OPTIONS})
target_precompile_headers(emplettes_precompiled PRIVATE
    <algorithm> <array> <atomic> <chrono> <cmath> <condition_variable> <cstdint> <cstdio>
    <filesystem> <fstream> <functional> <future> <limits> <map> <memory> <mutex> <optional> <random>
    <set> <span> <sstream> <stdexcept> <string> <string_view> <thread> <tuple> <unordered_map>
    <unordered_set> <utility> <variant> <vector>
    <nlohmann/json.hpp> <soci/soci.h>)

if(EMPLETTES_TESTS)
    find_package(GTest REQUIRED)
    find_package(rapidcheck REQUIRED)
    # It takes longer to optimise the code of a test than the test takes to run without: what is
    # tested is in the modules. Not so with threads, where every step is watched.
    if(EMPLETTES_SANITIZE MATCHES "address")
        set(EMPLETTES_TEST_OPTIONS -O0)
    endif()
    add_library(emplettes_precompiled_tests OBJECT "${precompiled}")
    target_link_libraries(emplettes_precompiled_tests PRIVATE
        emplettes_options Threads::Threads GTest::gtest GTest::gmock rapidcheck)
    target_compile_options(emplettes_precompiled_tests PRIVATE ${EMPLETTES_TEST_OPTIONS})
    target_precompile_headers(emplettes_precompiled_tests PRIVATE
        <gmock/gmock.h> <gtest/gtest.h> <rapidcheck/gtest.h>
        <algorithm> <array> <atomic> <chrono> <filesystem> <fstream> <functional> <future> <map>
        <memory> <optional> <random> <set> <span> <string> <thread> <tuple> <unordered_map>
        <variant> <vector>
        <nlohmann/json.hpp> <soci/soci.h>)
endif()

# emplettes_compile_as_engine(target): with the precompiled headers, optimised in every build, and
# with the counters of the fuzzers: what computes, or reads what others sent.
function(emplettes_compile_as_engine target)
    target_compile_options(${target} PRIVATE ${EMPLETTES_FUZZ_OPTIONS})
    target_precompile_headers(${target} REUSE_FROM emplettes_precompiled)
endfunction()

# emplettes_compile_as_glue(target): what puts the engines together. With AddressSanitizer it is
# compiled as tests are: that halves the time, and nobody waits for it when it runs.
function(emplettes_compile_as_glue target)
    if(TARGET emplettes_precompiled_tests AND EMPLETTES_TEST_OPTIONS)
        target_compile_options(${target} PRIVATE ${EMPLETTES_TEST_OPTIONS})
        target_precompile_headers(${target} REUSE_FROM emplettes_precompiled_tests)
    else()
        target_precompile_headers(${target} REUSE_FROM emplettes_precompiled)
    endif()
endfunction()
