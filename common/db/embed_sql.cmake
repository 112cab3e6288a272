# Writes OUTPUT.h and OUTPUT.c: every file of FOLDER as a query with its name and its text.
#
# PREFIX is room/sql or room/migrations, such as billing/sql: the list is billing_sql, and the
# file load_lines.sql is BILLING_LOAD_LINES, a pointer to its query.
file(GLOB files ${FOLDER}/*.sql)
list(SORT files)
string(REPLACE "/" "_" list_name ${PREFIX})
string(REGEX REPLACE "/(sql|migrations)$" "" room ${PREFIX})
string(REPLACE "/" "_" room ${room})
string(TOUPPER ${room} room_upper)

set(names "")
set(entries "")
set(count 0)
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME_WE)
  # Every use of the text is quoted, so that semicolons stay what they are.
  file(READ ${file} text)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  string(REPLACE "\n" "\\n\"\n    \"" text "${text}")
  string(TOUPPER ${name} upper)
  string(REGEX REPLACE "[^A-Z0-9_]" "_" upper ${upper})
  string(APPEND names "#define ${room_upper}_${upper} (&${list_name}.queries[${count}])\n")
  string(APPEND texts "static const char TEXT_${count}[] =\n    \"${text}\";\n\n")
  string(APPEND entries "    {\"${room}.${name}\", TEXT_${count}},\n")
  math(EXPR count "${count} + 1")
endforeach()

if(PREFIX MATCHES "migrations$")
  set(names "")
endif()
if(NOT names STREQUAL "")
  string(APPEND names "\n")
endif()

file(WRITE ${OUTPUT}.h "/* Made from the files of ${PREFIX}. */
#pragma once

#include \"db/query.h\"

${names}extern const QueryList ${list_name};
")
file(WRITE ${OUTPUT}.c "/* Made from the files of ${PREFIX}. */
#include \"${PREFIX}.h\"

${texts}static const Query QUERIES[] = {
${entries}};

const QueryList ${list_name} = {QUERIES, ${count}};
")
