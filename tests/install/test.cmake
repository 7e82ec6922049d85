# SPDX-License-Identifier: BSL-1.0
# Uses dovetail from outside, as an installed package or as a part of the user's tree. Called by ctest with
# -Dway -Dbuild -Dsource -Dversion -Dwork -Dgenerator -Dcompiler -Dall.
function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(result)
    list(JOIN ARGV " " command)
    message(FATAL_ERROR "${command}\n${output}")
  endif()
endfunction()

file(REMOVE_RECURSE "${work}")
set(prefix "${work}/prefix")
if(way STREQUAL "find_package")
  run("${CMAKE_COMMAND}" --install "${build}" --prefix "${prefix}")
  file(GLOB_RECURSE ours RELATIVE "${source}/include" "${source}/include/*")
  file(GLOB_RECURSE installed RELATIVE "${prefix}/include" "${prefix}/include/*")
  if(NOT ours STREQUAL installed)
    message(FATAL_ERROR "the installed headers are not those of include/:\n${installed}\n${ours}")
  endif()
  file(STRINGS "${prefix}/share/cmake/dovetail/dovetailTargets.cmake" leaks REGEX "${source}|${build}")
  if(leaks)
    message(FATAL_ERROR "the installed package names folders of the build: ${leaks}")
  endif()
endif()
run("${CMAKE_COMMAND}" -S "${CMAKE_CURRENT_LIST_DIR}/${way}" -B "${work}/build" -G "${generator}"
  "-DCMAKE_CXX_COMPILER=${compiler}" "-DCMAKE_PREFIX_PATH=${prefix}" "-Dsource=${source}" "-Dversion=${version}"
  "-Dall=${all}")
run("${CMAKE_COMMAND}" --build "${work}/build")
file(REMOVE_RECURSE "${work}")
