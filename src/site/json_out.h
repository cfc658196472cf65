#pragma once
#include <charconv>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "web/http.h"

namespace emplettes::site {

// Writes a JSON answer straight into its bytes, without a tree in between: answers of searches are
// made thousands of times a second. Members appear in the order of the calls. Names are literals of
// ours and are written as they are; values are escaped, and must be UTF-8.
class JsonOut {
  public:
    JsonOut();
    JsonOut(const JsonOut&) = delete;
    JsonOut& operator=(const JsonOut&) = delete;

    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_object(std::string_view name) { key(name), put('{'); }
    void begin_array(std::string_view name) { key(name), put('['); }
    void end_array() { close(']'); }

    void member(std::string_view name, std::string_view value) { key(name), string(value); }
    void member(std::string_view name, const std::string& value) { key(name), string(value); }
    void member(std::string_view name, const char* value) { key(name), string(value); }
    void member(std::string_view name, std::int64_t value) { key(name), number(value); }
    void member(std::string_view name, int value) { key(name), number(value); }
    void member(std::string_view name, bool value) { key(name), word(value ? "true" : "false"); }
    void member_null(std::string_view name) { key(name), word("null"); }
    // Rounded to so many places, at most 7, one of them always written: "351.2", "2.0". What is not
    // finite is null.
    void member_decimal(std::string_view name, double value, int places) {
        key(name), decimal(value, places);
    }

    // A row of members that were written and were not the first of their object: from one place()
    // to another.
    struct Part {
        std::size_t begin = 0;
        std::size_t end = 0;
    };
    std::size_t place() const { return static_cast<std::size_t>(end_ - text_.get()); }
    void again(Part part);

    web::Response response() const;

  private:
    static constexpr std::size_t kFirstBytes = 32 * 1024;
    static constexpr std::size_t kNumberBytesMax = 32;
    static constexpr std::size_t kEscapedBytesMax = 6;  // "\u001f" for one

    // Every value is written once its room is there; a comma goes before it unless it is a first.
    void make_room(std::size_t bytes) {
        if (static_cast<std::size_t>(limit_ - end_) < bytes) grow(bytes);
    }
    void grow(std::size_t bytes);
    void put(char c) { *end_++ = c; }
    void comma() {
        *end_ = ',';
        end_ += needs_comma_ ? 1 : 0;
    }
    [[gnu::always_inline]] void key(std::string_view name) {
        make_room(name.size() + kNumberBytesMax + 5);
        comma();
        put('"');
        std::memcpy(end_, name.data(), name.size());
        end_ += name.size();
        put('"');
        put(':');
        needs_comma_ = false;
    }
    void open(char bracket) {
        make_room(2);
        comma();
        put(bracket);
        needs_comma_ = false;
    }
    void close(char bracket) {
        make_room(1);
        put(bracket);
        needs_comma_ = true;
    }
    [[gnu::always_inline]] void word(std::string_view word) {
        std::memcpy(end_, word.data(), word.size());
        end_ += word.size();
        needs_comma_ = true;
    }
    void number(std::int64_t value) {
        end_ = std::to_chars(end_, end_ + kNumberBytesMax, value).ptr;
        needs_comma_ = true;
    }
    void decimal(double value, int places);
    void string(std::string_view value);

    std::unique_ptr<char[]> text_;  // not a string: that would be filled with zeros first
    char* end_;                     // of what is written
    char* limit_;                   // of text_
    bool needs_comma_ = false;
};

}  // namespace emplettes::site
