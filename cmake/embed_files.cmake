# Writes OUT/NAME.{h,cc,S} holding every file below DIR (see embed.cmake). Run with cmake -P.
if(FLAT)
    file(GLOB files LIST_DIRECTORIES false RELATIVE "${DIR}" "${DIR}/*")
else()
    file(GLOB_RECURSE files RELATIVE "${DIR}" "${DIR}/*")
endif()
list(SORT files)
list(LENGTH files count)

set(assembly "    .section .rodata\n")
set(declarations "")
set(entries "")
set(i 0)
foreach(file IN LISTS files)
    set(begin "${NAME}_${i}_begin")
    set(end "${NAME}_${i}_end")
    string(APPEND assembly
        "    .balign 16\n${begin}:\n    .incbin \"${DIR}/${file}\"\n${end}:\n"
        "    .byte 0\n    .globl ${begin}\n    .globl ${end}\n")
    string(APPEND declarations
        "extern \"C\" const char ${begin}[];\nextern \"C\" const char ${end}[];\n")
    string(APPEND entries
        "    {\"${file}\",\n"
        "     {${begin}, static_cast<std::size_t>(${end} - ${begin})}},\n")
    math(EXPR i "${i} + 1")
endforeach()
string(APPEND assembly "    .section .note.GNU-stack,\"\",@progbits\n")

file(WRITE "${OUT}/${NAME}.S" "${assembly}")
file(WRITE "${OUT}/${NAME}.h"
"#pragma once
#include <span>

#include \"base/embedded_file.h\"

// ${count} files, named by their path below the embedded folder.
std::span<const emplettes::EmbeddedFile> embedded_${NAME}();
")
file(WRITE "${OUT}/${NAME}.cc"
"#include \"embedded/${NAME}.h\"

#include <vector>

${declarations}
std::span<const emplettes::EmbeddedFile> embedded_${NAME}() {
    static const std::vector<emplettes::EmbeddedFile> files = {
${entries}    };
    return files;
}
")
