#include "web/assets.h"

#include <array>
#include <stdexcept>

#include "base/check.h"
#include "base/json.h"
#include "web/answer.h"
#include "web/compress.h"
#include "web/problem.h"

namespace emplettes::web {
namespace {

constexpr std::string_view kFolder = "assets/";
constexpr std::string_view kManifest = "manifest.json";
constexpr std::string_view kForever = "public, max-age=31536000, immutable";

constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kTypes{{
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".geojson", "application/geo+json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".wasm", "application/wasm"},
}};

std::string_view content_type_of(std::string_view path) {
    for (const auto& [ending, type] : kTypes) {
        if (path.ends_with(ending)) return type;
    }
    return "application/octet-stream";
}

Json read_manifest(std::string_view bytes) {
    Json manifest = parse_json(bytes);
    if (!manifest.is_object()) throw std::runtime_error("manifest.json is not a JSON object.");
    return manifest;
}

}  // namespace

Assets::Assets(std::span<const EmbeddedFile> files) {
    std::string_view manifest = "{}";
    for (const auto& file : files) {
        if (file.path == kManifest) manifest = file.bytes;
        if (!file.path.starts_with(kFolder)) continue;
        auto path = file.path.substr(kFolder.size());
        auto variant = &File::plain;
        if (path.ends_with(".br")) variant = &File::br;
        if (path.ends_with(".gz")) variant = &File::gzip;
        if (variant != &File::plain) path.remove_suffix(3);
        File& known = files_[std::string(path)];
        known.*variant = file.bytes;
        known.content_type = content_type_of(path);
    }
    const Json hashed_names = read_manifest(manifest);
    for (const auto& [logical, hashed] : hashed_names.items()) {
        if (!hashed.is_string() || !files_.contains(hashed.get<std::string>()))
            throw std::runtime_error("manifest.json: there is no file for " + logical + ".");
        urls_[logical] = "/" + std::string(kFolder) + hashed.get<std::string>();
    }
}

std::string Assets::url(std::string_view logical_name) const {
    auto found = find_url(logical_name);
    check(found.has_value());
    return std::move(*found);
}

std::optional<std::string> Assets::find_url(std::string_view logical_name) const {
    const auto found = urls_.find(logical_name);
    if (found == urls_.end()) return std::nullopt;
    return found->second;
}

Response Assets::serve(const Request& request) const {
    const auto found = files_.find(request.parameter("path"));
    if (found == files_.end()) return problem_response({.status = 404, .instance = request.id});
    const auto& [path, file] = *found;
    const Coding coding = negotiate(request.header("accept-encoding"),
                                    {.gzip = !file.gzip.empty(), .br = !file.br.empty()});
    Response response{.content_type = std::string(file.content_type)};
    const auto name = coding_name(coding);
    std::string etag = '"' + path + (name.empty() ? "" : "-") + std::string(name) + '"';
    response.add_header("Cache-Control", std::string(kForever));
    if (!file.br.empty() || !file.gzip.empty()) response.add_header("Vary", "Accept-Encoding");
    if (names_etag(request.header("if-none-match"), etag)) {
        response.status = 304;
    } else {
        if (!name.empty()) response.add_header("Content-Encoding", std::string(name));
        response.static_body = coding == Coding::br     ? file.br
                               : coding == Coding::gzip ? file.gzip
                                                        : file.plain;
    }
    response.add_header("ETag", std::move(etag));
    return response;
}

Route Assets::route() const {
    return {.method = Method::get,
            .pattern = "/assets/{path*}",
            .handler = [this](const Request& request) { return serve(request); },
            .inline_ok = true};
}

}  // namespace emplettes::web
