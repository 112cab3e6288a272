# The words of the build: picq_room, picq_service, picq_tests, picq_sql, picq_npm.

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
option(BUILD_TESTING "Build the tests" OFF)
set(SANITIZE "" CACHE STRING "Sanitizers, such as address,undefined; empty for a release")

set(CMAKE_C_STANDARD 23)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_program(NODE NAMES node nodejs REQUIRED)
find_program(NPM npm REQUIRED)
foreach(library IN ITEMS libczmq libzmq libprotobuf-c libpq libsodium yaml-0.1 jansson libmicrohttpd
        libxml-2.0 libseccomp)
  string(REGEX REPLACE "[^a-z0-9]" "_" name ${library})
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET ${library})
endforeach()

add_library(picq_options INTERFACE)
target_compile_definitions(picq_options INTERFACE _GNU_SOURCE PICQ_VERSION="${PROJECT_VERSION}")
target_compile_options(picq_options INTERFACE -fno-omit-frame-pointer -fno-strict-aliasing -g)
target_include_directories(picq_options INTERFACE
  ${CMAKE_SOURCE_DIR}/common ${CMAKE_SOURCE_DIR}/services ${CMAKE_BINARY_DIR}/generated)
if(SANITIZE)
  target_compile_options(picq_options INTERFACE -fsanitize=${SANITIZE} -fno-sanitize-recover=all)
  target_link_options(picq_options INTERFACE -fsanitize=${SANITIZE})
else()
  target_compile_options(picq_options INTERFACE -fstack-protector-strong -fstack-clash-protection -fPIE)
  target_compile_definitions(picq_options INTERFACE $<$<CONFIG:Release>:_FORTIFY_SOURCE=3>)
  target_link_options(picq_options INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack)
endif()

# Warnings hold for what we write, not for what protoc-c writes. gcc cannot see that a Status of
# OK has set its out-parameter, so it may not guess about that.
add_library(picq_warnings INTERFACE)
target_compile_options(picq_warnings INTERFACE
  -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith
  -Wwrite-strings -Wformat=2 -Wswitch-enum -Wundef -Wvla
  $<$<C_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)

# A library of all sources of a folder: picq_room(base LIBRARIES PkgConfig::libsodium)
function(picq_room name)
  cmake_parse_arguments(ROOM "" "FOLDER" "LIBRARIES;SQL" ${ARGN})
  if(NOT ROOM_FOLDER)
    set(ROOM_FOLDER ${name})
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${ROOM_FOLDER}/*.c)
  add_library(picq_${name} STATIC ${sources})
  target_link_libraries(picq_${name} PUBLIC picq_options PRIVATE picq_warnings)
  target_link_libraries(picq_${name} PUBLIC ${ROOM_LIBRARIES})
endfunction()

# A house: library picq_NAME of its shell, with its queries and migrations, and the program
# build/bin/NAME from main.c: picq_service(billing LIBRARIES picq_billing_core)
function(picq_service name)
  cmake_parse_arguments(SERVICE "" "" "LIBRARIES" ${ARGN})
  picq_room(${name} FOLDER . LIBRARIES ${SERVICE_LIBRARIES} picq_service)
  get_target_property(sources picq_${name} SOURCES)
  list(FILTER sources EXCLUDE REGEX "/main\\.c$")
  set_target_properties(picq_${name} PROPERTIES SOURCES "${sources}")
  picq_sql(picq_${name} ${name}/sql ${CMAKE_CURRENT_SOURCE_DIR}/sql)
  picq_sql(picq_${name} ${name}/migrations ${CMAKE_CURRENT_SOURCE_DIR}/migrations)
  add_executable(${name} ${CMAKE_CURRENT_SOURCE_DIR}/main.c)
  target_link_libraries(${name} PRIVATE picq_${name} picq_warnings)
endfunction()

# The queries or migrations of a folder, as C: picq_sql(TARGET PREFIX FOLDER) writes
# generated/PREFIX.h and .c, with one entry for each file, and adds them to the target.
function(picq_sql target prefix folder)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.sql)
  set(output ${CMAKE_BINARY_DIR}/generated/${prefix})
  get_filename_component(output_folder ${output} DIRECTORY)
  file(MAKE_DIRECTORY ${output_folder})
  add_custom_command(
    OUTPUT ${output}.c ${output}.h
    COMMAND ${CMAKE_COMMAND} -DPREFIX=${prefix} -DFOLDER=${folder} -DOUTPUT=${output}
            -P ${CMAKE_SOURCE_DIR}/common/db/embed_sql.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/common/db/embed_sql.cmake
    COMMENT "Embedding ${prefix}" VERBATIM)
  target_sources(${target} PRIVATE ${output}.c ${output}.h)
endfunction()

# The packages of a folder's lock file, in OUTPUT/node_modules: picq_npm(FOLDER OUTPUT). What uses them depends on
# OUTPUT/installed; npm runs again only when the lock file has changed.
function(picq_npm folder output)
  file(MAKE_DIRECTORY ${output})
  add_custom_command(
    OUTPUT ${output}/installed
    COMMAND ${CMAKE_COMMAND} -E copy ${folder}/package.json ${folder}/package-lock.json ${output}
    COMMAND ${NPM} ci --prefix ${output} --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch ${output}/installed
    DEPENDS ${folder}/package.json ${folder}/package-lock.json
    WORKING_DIRECTORY ${output}
    COMMENT "Fetching the packages of ${folder}" VERBATIM)
endfunction()

# One test program for each test_*.c of a folder below tests/:
# picq_tests(common/base LABEL pure LIBRARIES picq_base)
function(picq_tests folder)
  cmake_parse_arguments(TESTS "" "LABEL;TIMEOUT" "LIBRARIES" ${ARGN})
  if(NOT TESTS_TIMEOUT)
    set(TESTS_TIMEOUT 60)
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${folder}/test_*.c)
  string(REPLACE "/" "." prefix ${folder})
  foreach(source IN LISTS sources)
    get_filename_component(stem ${source} NAME_WE)
    string(REGEX REPLACE "^test_" "" stem ${stem})
    set(test ${prefix}.${stem})
    add_executable(${test} ${source})
    set_target_properties(${test} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_include_directories(${test} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
    target_link_libraries(${test} PRIVATE ${TESTS_LIBRARIES} picq_warnings PkgConfig::cmocka)
    add_test(NAME ${test} COMMAND ${test} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${test} PROPERTIES LABELS ${TESTS_LABEL} TIMEOUT ${TESTS_TIMEOUT})
    if(NOT TESTS_LABEL STREQUAL "pure")
      set_tests_properties(${test} PROPERTIES FIXTURES_REQUIRED cluster)
    endif()
  endforeach()
endfunction()
