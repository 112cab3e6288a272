# The page, bundled and as C, added to a target: picq_page(picq_monitoring_web)
function(picq_page target)
  set(page ${CMAKE_CURRENT_FUNCTION_LIST_DIR})
  set(made ${CMAKE_BINARY_DIR}/page)
  set(output ${CMAKE_BINARY_DIR}/generated/monitoring/page_files.c)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${page}/src/* ${page}/style/*)
  picq_npm(${page} ${made})
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${NODE} ${page}/build.mjs ${made}/node_modules ${made}/site ${output}
    DEPENDS ${sources} ${page}/build.mjs ${page}/headers.json ${made}/installed
    COMMENT "Bundling the page" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
