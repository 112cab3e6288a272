# Writes OUTPUT.h and OUTPUT.c: every file of FOLDER as a query with its name, its text and its place in a list.
# PREFIX is room/list, such as billing/sql: the list is billing_sql, its entries BILLING_LOAD_LINES and so on.
file(GLOB files ${FOLDER}/*.sql)
list(SORT files)
string(REPLACE "/" "_" list_name ${PREFIX})
string(REGEX REPLACE "_(sql|migrations)$" "" room ${list_name})
string(TOUPPER ${room} room_upper)

set(enum "")
set(entries "")
set(count 0)
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} text)
  string(REGEX REPLACE "\\\\" "\\\\\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  string(REGEX REPLACE "\n$" "" text "${text}")
  string(REPLACE "\n" "\\n\"\n     \"" text "${text}")
  string(TOUPPER ${name} upper)
  string(REGEX REPLACE "[^A-Z0-9_]" "_" upper ${upper})
  string(APPEND enum "    ${room_upper}_${upper},\n")
  string(APPEND entries "    {\"${name}\",\n     \"${text}\"},\n")
  math(EXPR count "${count} + 1")
endforeach()

if(PREFIX MATCHES "migrations$")
  set(enum "")
endif()
if(NOT enum STREQUAL "")
  set(enum "enum {\n${enum}};\n\n")
endif()

file(WRITE ${OUTPUT}.h "/* Made from ${PREFIX}/*.sql. */
#pragma once

#include \"db/query.h\"

${enum}extern const QueryList ${list_name};
")
file(WRITE ${OUTPUT}.c "/* Made from ${PREFIX}/*.sql. */
#include \"${PREFIX}.h\"

static const Query QUERIES[] = {
${entries}};

const QueryList ${list_name} = {\"${list_name}\", QUERIES, ${count}};
")
