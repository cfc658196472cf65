#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "web/form.h"

namespace emplettes::web {

// One part of a multipart/form-data body (RFC 7578): a field, or a file when it has a file name.
struct PartHead {
    std::string name;                      // valid UTF-8
    std::optional<std::string> file_name;  // as it was sent: whatever bytes, with whatever path
    std::string content_type;              // what the sender believes
};

// What is told of each part, in this order; an error ends the reading and is its outcome.
struct PartSink {
    std::function<std::optional<FormError>(PartHead&&)> begin;
    std::function<std::optional<FormError>(std::string_view)> data;  // any number of times
    std::function<void()> end;
};

// Reads such a body in any pieces, in constant memory. Takes what browsers send and refuses the
// rest: nothing before the first boundary or after the last, no transfer encodings, each part with
// a name. Needs no limit on parts of its own: the sink knows them.
class MultipartParser {
  public:
    static constexpr std::size_t kPartHeadBytesMax = 4 * 1024;

    MultipartParser(std::string_view boundary, PartSink sink);

    // After an error: that error again.
    std::optional<FormError> feed(std::string_view bytes);
    std::optional<FormError> finish();  // there are no more bytes

  private:
    enum class State { start, delimiter, head, data, done };

    bool step();  // false: needs more bytes, or has failed
    bool read_start();
    bool read_delimiter();
    bool read_head();
    bool read_data();
    bool read_epilogue();
    bool go_on(std::size_t used, State next);
    bool fail(FormError error);

    const std::string delimiter_;  // with the line break before it
    const PartSink sink_;
    State state_ = State::start;
    std::string waiting_;  // bytes not yet understood
    std::optional<FormError> error_;
};

// Of a Content-Type header; none when it is another type or has no lawful boundary.
std::optional<std::string> multipart_boundary(std::string_view content_type);

// A name to show and to store: the last part of a path, UTF-8 without control characters, at most
// 120 bytes, never empty, not "." or "..".
std::string plain_file_name(std::string_view sent);

}  // namespace emplettes::web
