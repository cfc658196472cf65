#pragma once
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string>
#include <string_view>

#include "web/http.h"

namespace emplettes::site {

// Writes a JSON answer straight into its bytes, without a tree in between: answers of searches are
// made thousands of times a second. Members appear in the order of the calls.
class JsonOut {
  public:
    void begin_object() { writer_.StartObject(); }
    void end_object() { writer_.EndObject(); }
    void begin_object(std::string_view name) { key(name), begin_object(); }
    void begin_array(std::string_view name) { key(name), writer_.StartArray(); }
    void end_array() { writer_.EndArray(); }

    void member(std::string_view name, std::string_view value) {
        key(name);
        writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }
    void member(std::string_view name, const std::string& value) {
        member(name, std::string_view(value));
    }
    void member(std::string_view name, const char* value) { member(name, std::string_view(value)); }
    void member(std::string_view name, std::int64_t value) { key(name), writer_.Int64(value); }
    void member(std::string_view name, int value) { key(name), writer_.Int(value); }
    void member(std::string_view name, double value) { key(name), writer_.Double(value); }
    void member(std::string_view name, bool value) { key(name), writer_.Bool(value); }
    void member_null(std::string_view name) { key(name), writer_.Null(); }
    void item(std::string_view value) {
        writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }

    web::Response response(int status = 200) const {
        web::Response response;
        response.status = status;
        response.content_type = "application/json";
        response.body.assign(buffer_.GetString(), buffer_.GetSize());
        return response;
    }

  private:
    void key(std::string_view name) {
        writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    }

    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

}  // namespace emplettes::site
