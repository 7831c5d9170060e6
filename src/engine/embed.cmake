# Turns files into a C table, so that an installed or copied program has them. Called as a script:
#   cmake -DROOT=feeds -DFILES=a;sample/b -DOUTPUT=f.c -P embed.cmake
cmake_minimum_required(VERSION 3.21)

set(arrays "")
set(rows "")
set(count 0)
foreach(file IN LISTS FILES)
  file(READ "${ROOT}/${file}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(...........................................................................)" "\\1\n    " bytes "${bytes}")
  string(APPEND arrays "/* ${file} */\nstatic const unsigned char asset_${count}[] = {\n    ${bytes}0x00};\n\n")
  string(APPEND rows "    {\"${file}\", asset_${count}, sizeof asset_${count} - 1},\n")
  math(EXPR count "${count} + 1")
endforeach()

file(WRITE "${OUTPUT}" "/* Made by embed.cmake: edit the files that it names. */
#include \"internal.h\"

${arrays}const struct engine_asset engine_assets[] = {
${rows}    {\"\", (const unsigned char *)\"\", 0},
};

const size_t engine_asset_count = ${count};
")
