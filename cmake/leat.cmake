# Build rules shared by every room: language level, warnings, compiler cache, linker, and the two
# functions that declare a room and its tests.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()

find_program(LEAT_CCACHE ccache)
if(LEAT_CCACHE)
    # A base directory and no working directory in the key: two checkouts share their results.
    set(LEAT_CACHE_LAUNCHER "${CMAKE_COMMAND};-E;env;CCACHE_BASEDIR=${CMAKE_SOURCE_DIR};CCACHE_NOHASHDIR=1;CCACHE_SLOPPINESS=pch_defines,time_macros;${LEAT_CCACHE}")
    set(CMAKE_C_COMPILER_LAUNCHER "${LEAT_CACHE_LAUNCHER}")
    set(CMAKE_CXX_COMPILER_LAUNCHER "${LEAT_CACHE_LAUNCHER}")
endif()
find_program(LEAT_MOLD mold)
if(LEAT_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    set(LEAT_SHADOW -Wshadow=local)
    set(LEAT_FALSE_ALARMS -Wno-maybe-uninitialized) # in instrumented code
endif()
add_compile_options(-Wall -Wextra -Wpedantic ${LEAT_SHADOW} -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    add_compile_options(-Wno-restrict) # false alarms on std::string in gcc 12
endif()
if(LEAT_WERROR)
    add_compile_options(-Werror)
endif()
if(LEAT_SANITIZE)
    add_compile_options(-fsanitize=${LEAT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -g1
                        ${LEAT_FALSE_ALARMS})
    add_link_options(-fsanitize=${LEAT_SANITIZE})
endif()

set(LEAT_TEST_TIMEOUT 900)
if(LEAT_SANITIZE)
    set(LEAT_TEST_TIMEOUT 3600) # the loops of edits take about ten times as long
    set(LEAT_QT_ENVIRONMENT ";QTEST_FUNCTION_TIMEOUT=3600000")
    set(LEAT_QT_OPTIONS -O0) # views wait for people: what counts is how long they take to compile
endif()

# leat_room(NAME [PUBLIC targets…] [PRIVATE targets…]): one static library from the sources of this
# folder. PUBLIC targets appear in the room's headers, PRIVATE ones only in its sources.
function(leat_room name)
    cmake_parse_arguments(ROOM "" "" "PUBLIC;PRIVATE" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/*.h")
    if(NOT sources) # a room that has no source yet
        file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/empty.h" "")
        set(sources "${CMAKE_CURRENT_BINARY_DIR}/empty.h")
    endif()
    add_library(${name} STATIC ${sources})
    set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
    target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}")
    target_link_libraries(${name} PUBLIC ${ROOM_PUBLIC} PRIVATE ${ROOM_PRIVATE} fmt::fmt Threads::Threads)
endfunction()

# leat_qt_room(NAME …): a room whose classes are Qt objects; with a precompiled header of Qt.
function(leat_qt_room name)
    leat_room(${name} ${ARGN})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_compile_options(${name} PRIVATE ${LEAT_QT_OPTIONS})
    target_precompile_headers(${name} PRIVATE <QtWidgets> <memory> <string> <vector> <optional>)
endfunction()

# leat_tests(ROOM targets…): one program for each tst_*.cpp of this folder, registered as a test.
# The rooms without Qt use doctest, so that they also run under the thread sanitizer. No test finds a container
# engine of the machine by itself.
function(leat_tests room)
    file(GLOB tests CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/tst_*.cpp")
    foreach(source ${tests})
        get_filename_component(name ${source} NAME_WE)
        set(target "${room}_${name}")
        add_executable(${target} ${source})
        target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}" "${CMAKE_SOURCE_DIR}/tests")
        target_compile_definitions(${target} PRIVATE LEAT_SOURCE_DIR="${CMAKE_SOURCE_DIR}" LEAT_BINARY_DIR="${CMAKE_BINARY_DIR}")
        target_link_libraries(${target} PRIVATE ${ARGN} doctest_main fmt::fmt)
        add_test(NAME ${room}/${name} COMMAND ${target})
        set_tests_properties(${room}/${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT ${LEAT_TEST_TIMEOUT}
                             ENVIRONMENT "DOCKER_HOST=unix:///nonexistent/docker.sock")
    endforeach()
endfunction()

# leat_qt_tests(ROOM targets…): the same with Qt Test, drawn on the offscreen platform.
function(leat_qt_tests room)
    file(GLOB tests CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/tst_*.cpp")
    foreach(source ${tests})
        get_filename_component(name ${source} NAME_WE)
        set(target "${room}_${name}")
        add_executable(${target} ${source})
        set_target_properties(${target} PROPERTIES AUTOMOC ON)
        target_compile_options(${target} PRIVATE ${LEAT_QT_OPTIONS})
        target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}" "${CMAKE_SOURCE_DIR}/tests")
        target_compile_definitions(${target} PRIVATE LEAT_SOURCE_DIR="${CMAKE_SOURCE_DIR}" LEAT_BINARY_DIR="${CMAKE_BINARY_DIR}")
        target_link_libraries(${target} PRIVATE ${ARGN} Qt6::Test fmt::fmt)
        add_test(NAME ${room}/${name} COMMAND ${target})
        set_tests_properties(${room}/${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT ${LEAT_TEST_TIMEOUT}
                             ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;DOCKER_HOST=unix:///nonexistent/docker.sock${LEAT_QT_ENVIRONMENT}")
    endforeach()
endfunction()
