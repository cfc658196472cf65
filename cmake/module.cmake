# One module per folder of src/. The table below is the house's: who may include whom.
# It is enforced here (a target cannot link what the table forbids) and by tools/tidy, which reads
# every #include.
set(EMPLETTES_MAY_USE_base "")
set(EMPLETTES_MAY_USE_store base)
set(EMPLETTES_MAY_USE_web base)
set(EMPLETTES_MAY_USE_pictures base)
set(EMPLETTES_MAY_USE_law base)
set(EMPLETTES_MAY_USE_geo base)
set(EMPLETTES_MAY_USE_search base geo)
set(EMPLETTES_MAY_USE_planner base law)
set(EMPLETTES_MAY_USE_accounts base store)
set(EMPLETTES_MAY_USE_notices base store)
set(EMPLETTES_MAY_USE_catalogue base store law geo search)
set(EMPLETTES_MAY_USE_orders base store law geo catalogue notices)
set(EMPLETTES_MAY_USE_campaign base store accounts notices)
set(EMPLETTES_MAY_USE_territory base store law accounts catalogue orders notices)
set(EMPLETTES_MAY_USE_site
    base store web pictures law geo search accounts notices catalogue orders campaign
    territory)

set(EMPLETTES_GLUE accounts campaign orders territory site)

# emplettes_module(name USES modules... SOURCES files... TESTS files... CONCURRENT_TESTS files...
#                  LINKS libraries...)
#   makes the library emplettes_<name> and, with tests, the test program <name>_test.
#   A header is found as "<name>/<file>.h", and only by those that link the module.
function(emplettes_module name)
    cmake_parse_arguments(arg "" "" "USES;SOURCES;TESTS;CONCURRENT_TESTS;LINKS" ${ARGN})
    if(NOT DEFINED EMPLETTES_MAY_USE_${name})
        message(FATAL_ERROR "module ${name} is not in the table of cmake/module.cmake")
    endif()
    foreach(used IN LISTS arg_USES)
        if(NOT used IN_LIST EMPLETTES_MAY_USE_${name})
            message(FATAL_ERROR "module ${name} may not use ${used}: see cmake/module.cmake")
        endif()
    endforeach()

    set(include_dir "${CMAKE_BINARY_DIR}/include/${name}")
    file(MAKE_DIRECTORY "${include_dir}")
    file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${include_dir}/${name}" SYMBOLIC)

    add_library(emplettes_${name} STATIC ${arg_SOURCES})
    target_include_directories(emplettes_${name} PUBLIC "${include_dir}")
    list(TRANSFORM arg_USES PREPEND emplettes_)
    target_link_libraries(emplettes_${name}
        PUBLIC ${arg_USES} ${arg_LINKS}
        PRIVATE emplettes_options)
    if(name IN_LIST EMPLETTES_GLUE)
        emplettes_compile_as_glue(emplettes_${name})
    else()
        emplettes_compile_as_engine(emplettes_${name})
    endif()

    emplettes_test(${name}_test SOURCES ${arg_TESTS} CONCURRENT ${arg_CONCURRENT_TESTS}
        LINKS emplettes_${name})
endfunction()

# emplettes_test(name SOURCES files... CONCURRENT files... LINKS targets...): one GoogleTest
# program, one line in ctest. With ThreadSanitizer it is made of its CONCURRENT sources alone, those
# where threads meet, and is not made when it has none.
function(emplettes_test name)
    cmake_parse_arguments(arg "" "" "SOURCES;CONCURRENT;LINKS" ${ARGN})
    set(sources ${arg_CONCURRENT})
    if(NOT EMPLETTES_SANITIZE STREQUAL "thread")
        list(APPEND sources ${arg_SOURCES})
    endif()
    if(NOT EMPLETTES_TESTS OR NOT sources)
        return()
    endif()
    add_executable(${name} ${sources})
    target_link_libraries(${name} PRIVATE
        ${arg_LINKS} emplettes_options GTest::gtest GTest::gmock GTest::gtest_main rapidcheck)
    target_compile_definitions(${name} PRIVATE
        EMPLETTES_SOURCE_DIR="${CMAKE_SOURCE_DIR}" EMPLETTES_BINARY_DIR="${CMAKE_BINARY_DIR}")
    target_compile_options(${name} PRIVATE ${EMPLETTES_TEST_OPTIONS})
    target_precompile_headers(${name} REUSE_FROM emplettes_precompiled_tests)
    add_test(NAME ${name} COMMAND ${name})
endfunction()
