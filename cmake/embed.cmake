# emplettes_embed(target NAME name DIR directory [FLAT] [DEPENDS files...])
#   puts every file below DIR into the program itself, so that one binary is the whole product.
#   With FLAT only those that lie in DIR, not in its folders.
#   Generates "embedded/<name>.h" with `std::span<const emplettes::EmbeddedFile> embedded_<name>()`.
#   The list of files is read when CMake runs: pass as DEPENDS what makes it change.
function(emplettes_embed target)
    cmake_parse_arguments(arg "FLAT" "NAME;DIR" "DEPENDS" ${ARGN})
    set(out "${CMAKE_BINARY_DIR}/embedded/${target}/embedded")
    file(MAKE_DIRECTORY "${out}")
    add_custom_command(
        OUTPUT "${out}/${arg_NAME}.h" "${out}/${arg_NAME}.cc" "${out}/${arg_NAME}.S"
        COMMAND ${CMAKE_COMMAND} -DNAME=${arg_NAME} -DDIR=${arg_DIR} -DOUT=${out}
                -DFLAT=${arg_FLAT}
                -P "${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake"
        DEPENDS "${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake" ${arg_DEPENDS}
        COMMENT "Embedding ${arg_NAME}"
        VERBATIM)
    target_sources(${target} PRIVATE "${out}/${arg_NAME}.cc" "${out}/${arg_NAME}.S"
                                     "${out}/${arg_NAME}.h")
    set_source_files_properties("${out}/${arg_NAME}.S" PROPERTIES OBJECT_DEPENDS "${arg_DEPENDS}")
    target_include_directories(${target} PRIVATE "${CMAKE_BINARY_DIR}/embedded/${target}")
endfunction()
