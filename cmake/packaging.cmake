# The Debian package: cpack -G DEB -B DIR in the release build's folder. Web files, texts and
# templates are in the program itself; beside it the package brings the units, their settings, a
# user, examples and the manual.
include(GNUInstallDirs)

set(package_doc "${CMAKE_INSTALL_DATAROOTDIR}/doc/emplettes")
set(packaging "${CMAKE_SOURCE_DIR}/packaging")

# As Debian wants its documents: compressed, without the moment they were compressed at.
foreach(document IN ITEMS debian/changelog emplettes.1)
    cmake_path(GET document FILENAME document_name)
    set(compressed "${CMAKE_BINARY_DIR}/packaging/${document_name}.gz")
    add_custom_command(OUTPUT "${compressed}"
        COMMAND gzip -9nc "${packaging}/${document}" > "${compressed}"
        DEPENDS "${packaging}/${document}" VERBATIM)
    list(APPEND compressed_documents "${compressed}")
endforeach()
file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/packaging")
add_custom_target(package_documents ALL DEPENDS ${compressed_documents})

install(TARGETS emplettes RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(FILES "${packaging}/emplettes.service" "${packaging}/emplettes-backup.service"
              "${packaging}/emplettes-backup.timer"
        DESTINATION lib/systemd/system)  # of /usr: one folder with /lib since Debian 12
install(FILES "${packaging}/emplettes.default" DESTINATION /etc/default RENAME emplettes)
install(FILES "${CMAKE_BINARY_DIR}/packaging/changelog.gz" "${packaging}/debian/copyright"
              "${CMAKE_SOURCE_DIR}/LICENSE" "${CMAKE_SOURCE_DIR}/docs/operations.md"
        DESTINATION "${package_doc}")
install(FILES "${packaging}/examples/Caddyfile" "${packaging}/examples/haproxy.cfg"
              "${packaging}/examples/prometheus.yml" "${packaging}/emplettes-alerts.yml"
              "${packaging}/examples/notices.toml" "${CMAKE_SOURCE_DIR}/demo/territory.toml"
        DESTINATION "${package_doc}/examples")
install(FILES "${CMAKE_BINARY_DIR}/packaging/emplettes.1.gz"
        DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME emplettes)
set(CPACK_PACKAGE_CONTACT "The authors of Emplettes <emplettes@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "the shops of a territory: who has it, is it open, keep it")
set(CPACK_PACKAGE_DESCRIPTION
"One program that a city, a region or a merchants' association runs for the
shops of its territory: a search across all of them, and reservations that
outlive a power failure. With SQLite inside, or on PostgreSQL.")
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "caddy | haproxy")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql, prometheus")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    "${packaging}/debian/postinst" "${packaging}/debian/prerm" "${packaging}/debian/postrm"
    "${packaging}/debian/conffiles")
include(CPack)
