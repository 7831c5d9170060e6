# Turns a TSV file into a C table. Called as a script:
#   cmake -DINPUT=f.tsv -DOUTPUT=f.c -DSYMBOL=name -DCOLUMNS=3 [-DUNIQUE=1] -P tsv-to-c.cmake
#
# Each line that is neither empty nor a comment (#) becomes one row of COLUMNS slices, its line number
# beside it. Missing cells at the end are empty; a line with too many columns, and with UNIQUE a first
# cell that was there before, stop the build with file:line.
cmake_minimum_required(VERSION 3.21)

file(READ "${INPUT}" text)
string(ASCII 30 hold_semicolon)
string(ASCII 29 hold_open)
string(ASCII 31 hold_close)
# CMake's lists would split at ; and join at [ ]
string(REPLACE ";" "${hold_semicolon}" text "${text}")
string(REPLACE "[" "${hold_open}" text "${text}")
string(REPLACE "]" "${hold_close}" text "${text}")
string(REPLACE "\\" "\\\\" text "${text}")
string(REPLACE "\"" "\\\"" text "${text}")
string(REGEX REPLACE "\n$" "" text "${text}")
string(REPLACE "\n" ";" lines "${text}")

get_filename_component(name "${INPUT}" NAME)
set(rows "")
set(number 0)
set(count 0)
set(cell "([^\t]*)")
foreach(line IN LISTS lines)
  math(EXPR number "${number} + 1")
  if(line STREQUAL "" OR line MATCHES "^#")
    continue()
  endif()
  string(REGEX MATCHALL "\t" tabs "${line}")
  list(LENGTH tabs columns)
  math(EXPR columns "${columns} + 1")
  if(columns GREATER ${COLUMNS})
    message(FATAL_ERROR "${INPUT}:${number}: ${columns} columns, ${COLUMNS} are allowed")
  endif()
  if(UNIQUE)
    string(REGEX MATCH "^[^\t]*" key "${line}")
    string(SHA1 hash "${key}")
    if(DEFINED seen_${hash})
      message(FATAL_ERROR "${INPUT}:${number}: \"${key}\" stands in line ${seen_${hash}} already")
    endif()
    set(seen_${hash} ${number})
  endif()
  string(REPLACE "\t" "\"), CELL(\"" cells "${line}")
  string(APPEND rows "    {${number}, {CELL(\"${cells}\")}},\n")
  math(EXPR count "${count} + 1")
endforeach()
string(REPLACE "${hold_semicolon}" ";" rows "${rows}")
string(REPLACE "${hold_open}" "[" rows "${rows}")
string(REPLACE "${hold_close}" "]" rows "${rows}")

set(code "/* Made from ${name} by tsv-to-c.cmake: edit that file. */
#include \"base/base.h\"

#define CELL(literal) {literal, sizeof(literal) - 1}

static const struct dw_tsv_row rows[] = {
${rows}    {0, {{NULL, 0}}},
};

const struct dw_tsv ${SYMBOL} = {\"${name}\", rows, ${count}};
")
file(WRITE "${OUTPUT}" "${code}")
