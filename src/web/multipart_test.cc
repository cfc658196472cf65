#include "web/multipart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <sstream>

#include "base/text.h"
#include "web/csrf.h"
#include "web/upload.h"

namespace emplettes::web {
namespace {

constexpr std::string_view kCsvPart =
    "--b\r\nContent-Disposition: form-data; name=\"shelf\"; filename=\"shelf.csv\"\r\n"
    "Content-Type: text/csv\r\n\r\nean13;qty\r\n\r\n--\r\n-b\r\n";

std::string field(std::string_view name, std::string_view value) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n" +
           std::string(value) + "\r\n";
}

// What a body says, part after part; the last one may be an error.
std::vector<std::string> parts_of(std::string_view body, std::size_t piece) {
    std::vector<std::string> parts;
    MultipartParser parser("b", {.begin = [&](PartHead&& part) -> std::optional<FormError> {
                                     parts.push_back(part.name + "/" +
                                                     part.file_name.value_or("-") + "/" +
                                                     part.content_type + "/");
                                     return std::nullopt;
                                 },
                                 .data = [&](std::string_view bytes) -> std::optional<FormError> {
                                     parts.back() += bytes;
                                     return std::nullopt;
                                 },
                                 .end = [&] { parts.back() += "."; }});
    std::optional<FormError> error;
    for (std::size_t at = 0; at < body.size() && !error; at += piece)
        error = parser.feed(body.substr(at, piece));
    if (!error) error = parser.finish();
    if (error) parts = {std::string(explain(*error))};
    return parts;
}

// A request with a spooled body, in a folder of its own.
class SpooledForm {
  public:
    SpooledForm()
        : folder(std::filesystem::temp_directory_path() /
                 ("multipart_test." + std::to_string(::getpid()))) {
        prepare_spool(folder);
    }
    ~SpooledForm() { std::filesystem::remove_all(folder); }

    Request request(std::string_view body) const {
        Request request{.method = Method::post};
        request.headers.add("content-type", "multipart/form-data; boundary=b");
        request.headers.add("host", "shop.example");
        request.body_file = std::make_shared<SpoolFile>(folder);
        EXPECT_FALSE(request.body_file->append(body));
        return request;
    }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(folder), {}));
    }

    const std::filesystem::path folder;
};

std::string content(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

std::optional<FormError> admit_all(const Fields&) { return std::nullopt; }

TEST(Multipart, ReadsTheSameInAnyPieces) {
    const std::string body = field("csrf", "abc") + field("empty", "") + std::string(kCsvPart) +
                             field("last", "é\r\n") + "--b--\r\n";
    const std::vector<std::string> expected = {
        "csrf/-//abc.", "empty/-//.", "shelf/shelf.csv/text/csv/ean13;qty\r\n\r\n--\r\n-b.",
        "last/-//é\r\n."};
    for (std::size_t piece = 1; piece <= body.size(); ++piece)
        EXPECT_EQ(parts_of(body, piece), expected) << piece;
}

RC_GTEST_PROP(Multipart, GivesBackAnyBytesHoweverTheyAreSplit,
              (const std::vector<std::string>& raw)) {
    std::string body;
    std::vector<std::string> expected;
    for (const auto& bytes : raw) {
        if (bytes.find("\r\n--b") != std::string::npos) continue;
        body += field("f", bytes);
        expected.push_back("f/-//" + bytes + ".");
    }
    if (expected.empty()) return;
    body += "--b--\r\n";
    const auto piece = *rc::gen::inRange<std::size_t>(1, body.size() + 1);
    RC_ASSERT(parts_of(body, piece) == expected);
}

TEST(Multipart, RefusesWhatNoBrowserSends) {
    const std::string good = field("a", "1");
    const std::string no_form = "The body is not a form with files (RFC 7578).";
    const std::string head = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n";
    for (const std::string& body :
         {std::string(),
          std::string("--b"),
          std::string("--b--x"),
          "before\r\n" + good + "--b--",
          good,
          good + "--b",
          good + "--b-",
          good + "--b--\r\nafter",
          good + "--bb--",
          good + "--b \r\n",
          std::string("--b\r\n\r\nx\r\n--b--"),
          std::string("--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--"),
          std::string("--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--"),
          std::string("--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b--"),
          head + "Content-Transfer-Encoding: base64\r\n\r\nx\r\n--b--",
          head + "Content-Disposition: form-data; name=\"b\"\r\n\r\nx\r\n--b--",
          head + " folded\r\n\r\nx\r\n--b--",
          head + "X: " + std::string(1, '\0') + "\r\n\r\nx\r\n--b--",
          head + "X: " + std::string(5'000, 'x') + "\r\n\r\nx\r\n--b--",
          std::string("--b\r\nContent-Disposition: form-data; name=\"\xFF\"\r\n\r\nx\r\n--b--")}) {
        for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{10'000}})
            EXPECT_EQ(parts_of(body, piece), std::vector{no_form}) << body;
    }
    EXPECT_EQ(parts_of(std::string("--b--"), 10), std::vector<std::string>{});  // no fields
}

TEST(Multipart, KnowsItsBoundary) {
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc"), "abc");
    EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=x; BOUNDARY=\"a b\""), "a b");
    for (const auto* text :
         {"", "multipart/form-data", "multipart/mixed; boundary=a",
          "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a",
          "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=\"a\r\n\""})
        EXPECT_EQ(multipart_boundary(text), std::nullopt) << text;
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')),
              std::nullopt);
}

TEST(Multipart, MakesFileNamesHarmless) {
    EXPECT_EQ(plain_file_name("étagère.csv"), "étagère.csv");
    EXPECT_EQ(plain_file_name("C:\\Users\\Zoé\\stock.csv"), "stock.csv");
    EXPECT_EQ(plain_file_name("../../etc/passwd"), "passwd");
    EXPECT_EQ(plain_file_name("a\r\nb\x01.csv"), "a__b_.csv");
    EXPECT_EQ(plain_file_name("..hidden. "), "hidden");
    EXPECT_EQ(plain_file_name("stock\xE9.csv"), "stock_.csv");
    for (const auto* text : {"", ".", "..", "a/", "/", " . "})
        EXPECT_EQ(plain_file_name(text), "file") << text;
    EXPECT_EQ(plain_file_name("x" + std::string(200, 'a')).size(), 120U);
    EXPECT_TRUE(is_valid_utf8(plain_file_name("x" + std::string(100, 'a') + "éééééééééééééééé")));
}

TEST(Upload, PutsFilesBesideTheBody) {
    SpooledForm form;
    auto request =
        form.request(field("name", "Zoé") + std::string(kCsvPart) +
                     "--b\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\n"
                     "Content-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n");
    {
        const auto upload = read_upload(request, {}, admit_all);
        ASSERT_TRUE(upload);
        EXPECT_EQ(upload->fields.get("name"), "Zoé");
        ASSERT_EQ(upload->files.size(), 1U);
        EXPECT_EQ(upload->find_file("none"), nullptr);
        const UploadedFile* file = upload->find_file("shelf");
        ASSERT_TRUE(file);
        EXPECT_EQ(file->name, "shelf.csv");
        EXPECT_EQ(file->content_type, "text/csv");
        EXPECT_EQ(content(file->file->path()), "ean13;qty\r\n\r\n--\r\n-b");
        EXPECT_EQ(form.files(), 2U);
        file->file->keep_as(form.folder / "kept.csv");
    }
    request.body_file.reset();
    EXPECT_EQ(form.files(), 1U);
    EXPECT_EQ(content(form.folder / "kept.csv"), "ean13;qty\r\n\r\n--\r\n-b");
}

TEST(Upload, HasLimits) {
    const SpooledForm form;
    const UploadLimits limits{
        .fields = {.fields_max = 2, .name_bytes_max = 5, .value_bytes_max = 4},
        .files_max = 1,
        .file_bytes_max = 19};
    const auto outcome = [&](const std::string& body) -> std::optional<FormError> {
        const auto upload = read_upload(form.request(body + "--b--\r\n"), limits, admit_all);
        return upload ? std::nullopt : std::optional(upload.error());
    };
    const std::string csv(kCsvPart);
    EXPECT_EQ(outcome(field("a", "1234") + field("b", "") + csv), std::nullopt);
    EXPECT_EQ(outcome(field("a", "") + field("b", "") + field("c", "")),
              FormError::too_many_fields);
    EXPECT_EQ(outcome(field("a", "12345")), FormError::value_too_long);
    EXPECT_EQ(outcome(field("abcdef", "1")), FormError::name_too_long);
    EXPECT_EQ(outcome(field("a", "\xFF")), FormError::bad_encoding);
    EXPECT_EQ(outcome(csv + csv), FormError::too_many_files);
    std::string longer = csv;
    longer.insert(longer.find("ean13"), "0");
    EXPECT_EQ(outcome(longer), FormError::file_too_long);
    EXPECT_EQ(form.files(), 0U);
}

TEST(Upload, WritesNoFileOfAFormThatIsNotOurs) {
    const SpooledForm form;
    const SystemClock clock;
    SystemRandom random;
    const Csrf csrf({.key = {1}, .clock = clock, .random = random});
    const std::string token = field(Csrf::kField, csrf.token("shelf/1"));
    const auto outcome = [&](const std::string& body) -> std::optional<FormError> {
        const auto upload = csrf.check_upload(form.request(body + "--b--\r\n"), "shelf/1");
        return upload ? std::nullopt : std::optional(upload.error());
    };
    const std::string csv(kCsvPart);
    EXPECT_EQ(outcome(token + csv), std::nullopt);
    EXPECT_EQ(outcome(csv + token), FormError::token_missing);
    EXPECT_EQ(outcome(csv), FormError::token_missing);
    EXPECT_EQ(outcome(field("a", "1")), FormError::token_missing);
    EXPECT_EQ(outcome(field(Csrf::kField, "x") + csv), FormError::token_wrong);
    Request foreign = form.request(token + csv + "--b--\r\n");
    foreign.headers.add("origin", "https://evil.example");
    EXPECT_EQ(csrf.check_upload(foreign, "shelf/1").error(), FormError::cross_site);
    EXPECT_EQ(status_of(FormError::cross_site), 403);
}

}  // namespace
}  // namespace emplettes::web
