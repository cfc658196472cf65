# Language, warnings, sanitizers and the linker, the same for every target of ours.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)

# Nobody reads errno after a square root, and without it four are computed at a time.
add_compile_options(-fno-math-errno)
# Searches count bits; every x86 since 2008 has an instruction for it.
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
    add_compile_options(-mpopcnt)
endif()

set(EMPLETTES_SANITIZE "" CACHE STRING "Sanitizers for -fsanitize=, comma separated")
option(EMPLETTES_TESTS "Build the tests" ON)

add_library(emplettes_options INTERFACE)
target_compile_options(emplettes_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch-enum -Wnon-virtual-dtor
    -Wold-style-cast -Wno-missing-field-initializers)
# GCC 12 sees ghosts in std::string when it optimises (bug 105651).
target_compile_options(emplettes_options INTERFACE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-array-bounds;-Wno-stringop-overflow>)
# Warnings stop developers, not people who build the program with another compiler.
if(EMPLETTES_SANITIZE)
    target_compile_options(emplettes_options INTERFACE -Werror)
endif()
# Debian's Boost, SOCI and libosmium are system headers: their own warnings are not ours.
target_compile_definitions(emplettes_options INTERFACE
    BOOST_ASIO_NO_DEPRECATED BOOST_ALLOW_DEPRECATED_HEADERS)

if(EMPLETTES_SANITIZE)
    add_compile_options(-fsanitize=${EMPLETTES_SANITIZE} -fno-sanitize-recover=all
                        -fno-omit-frame-pointer -g1 -O1)
    add_link_options(-fsanitize=${EMPLETTES_SANITIZE})
endif()
if(EMPLETTES_SANITIZE MATCHES "undefined")
    # AddressSanitizer stops at the use of a null pointer or past an object, too; to check every
    # pointer a second time doubles the time to compile, and to check every step of one
    # (pointer-overflow) costs a fifth of it.
    add_compile_options(-fno-sanitize=null,alignment,object-size,vptr,nonnull-attribute
                        -fno-sanitize=returns-nonnull-attribute,pointer-overflow)
endif()
if(EMPLETTES_SANITIZE MATCHES "thread")
    # Headers of others that hold a fence, which ThreadSanitizer does not follow: none of ours does.
    add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
endif()
# Fuzzers and tests are made of the same objects: to compile the modules once more for the fuzzers
# took a sixth of the time of ./test.
if(EMPLETTES_SANITIZE MATCHES "address" AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    set(EMPLETTES_FUZZ ON)
    set(EMPLETTES_FUZZ_OPTIONS -fsanitize=fuzzer-no-link)
    add_compile_options("-fsanitize-ignorelist=${CMAKE_SOURCE_DIR}/tools/ubsan.ignore")
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    add_compile_options(-g1)
endif()

find_program(EMPLETTES_LLD NAMES ld.lld)
if(EMPLETTES_LLD)
    add_link_options(-fuse-ld=lld)
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
