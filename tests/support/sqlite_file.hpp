// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <random>
#include <string>

#include <support/random_schema.hpp>

namespace test {

/// Another one each time, which a test that fails shows.
inline std::uint64_t seed() {
  static const std::uint64_t chosen = environment("DOVETAIL_SEED", std::random_device()());
  return chosen;
}

/// A database in a file of its own.
class file {
 public:
  file() : name_((std::filesystem::temp_directory_path() / ("dovetail_gradual_" + std::to_string(std::random_device()()))).string()) {}
  file(const file&) = delete;
  file& operator=(const file&) = delete;
  ~file() {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(name_ + end);
  }
  const char* name() const { return name_.c_str(); }

 private:
  std::string name_;
};

}  // namespace test
