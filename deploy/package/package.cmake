# What is installed where, and the Debian package of it: cpack -G DEB in a release build.
set(package ${CMAKE_SOURCE_DIR}/deploy/package)
set(deploy ${CMAKE_SOURCE_DIR}/deploy)
set(houses intake allocation billing monitoring)

install(TARGETS picq RUNTIME DESTINATION bin)
install(TARGETS ${houses} RUNTIME DESTINATION lib/picq)
install(PROGRAMS ${deploy}/container/make-keys ${deploy}/postgres/databases ${deploy}/postgres/backup DESTINATION lib/picq)
install(PROGRAMS ${package}/picq-setup ${package}/picq-office DESTINATION sbin)

file(GLOB units CONFIGURE_DEPENDS ${deploy}/systemd/picq*)
install(FILES ${units} DESTINATION lib/systemd/system)
foreach(house IN LISTS houses)
  install(FILES ${deploy}/systemd/house.conf DESTINATION lib/systemd/system/picq-${house}@.service.d)
endforeach()

file(GLOB settings CONFIGURE_DEPENDS ${package}/*.conf)
install(FILES ${settings} DESTINATION /etc/picq)
install(FILES ${deploy}/README.md DESTINATION share/doc/picq)
install(DIRECTORY ${deploy}/regions DESTINATION share/doc/picq/examples)

# Pages of the manual and completion follow from picq's own tables.
set(pages ${CMAKE_BINARY_DIR}/manual)
add_custom_command(OUTPUT ${pages}/picq.1
  COMMAND ${CMAKE_COMMAND} -E make_directory ${pages}
  COMMAND picq manual --directory ${pages}
  DEPENDS picq VERBATIM)
add_custom_target(picq_pages ALL DEPENDS ${pages}/picq.1)
install(DIRECTORY ${pages}/ DESTINATION share/man/man1)
file(WRITE ${CMAKE_BINARY_DIR}/completion "complete -o default -C 'picq complete' picq\n")
install(FILES ${CMAKE_BINARY_DIR}/completion DESTINATION share/bash-completion/completions RENAME picq)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME picq)
set(CPACK_PACKAGE_VENDOR picq)
set(CPACK_PACKAGE_CONTACT "The operators of picq <picq@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "youth care money of a region under changing rules")
set(CPACK_PACKAGE_DESCRIPTION "\
Four services and a command line, with which a region of Dutch municipalities takes in what care
providers report, decides what care is allocated and how it is funded, works out what is owed, and
shows what it adds up to.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS adduser)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "postgresql (>= 15), postgresql-client (>= 15)")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${package}/conffiles ${package}/postinst ${package}/prerm ${package}/postrm)
include(CPack)
