#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace emplettes::web {

// Which of some rows is the longest, while rows grow and shrink by one: constant time, fixed
// memory. Rows are numbers below `rows`.
class LongestFirst {
  public:
    LongestFirst(std::size_t rows, std::size_t length_max);

    void grow(std::int32_t row);
    void shrink(std::int32_t row);                             // which is not empty
    std::int32_t longest() const { return heads_[longest_]; }  // negative when all are empty
    std::size_t length(std::int32_t row) const { return at(row).length; }

  private:
    struct Row {
        std::size_t length = 0;
        std::int32_t before = -1;  // of the same length
        std::int32_t after = -1;
    };
    const Row& at(std::int32_t row) const { return rows_[static_cast<std::size_t>(row)]; }
    Row& at(std::int32_t row) { return rows_[static_cast<std::size_t>(row)]; }
    void take_out(std::int32_t row);
    void put_in(std::int32_t row);

    std::vector<Row> rows_;
    std::vector<std::int32_t> heads_;  // by length; that of empty ones stays negative
    std::size_t longest_ = 0;
};

}  // namespace emplettes::web
