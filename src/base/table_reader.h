#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include <toml++/toml.h>

namespace emplettes {

// Reads one table of a file of settings and remembers everything that is wrong with it, each
// problem as "table.key: sentence". A null table is an empty one.
class TableReader {
  public:
    TableReader(const toml::table* table, std::string path, std::vector<std::string>& problems)
        : table_(table), path_(std::move(path)), problems_(problems) {}

    // Says which keys nobody asked for.
    ~TableReader() {
        if (!table_) return;
        for (const auto& [key, node] : *table_)
            if (!asked_.contains(std::string(key.str())))
                problems_.push_back(path_ + std::string(key.str()) + ": unknown key");
    }
    TableReader(const TableReader&) = delete;
    TableReader& operator=(const TableReader&) = delete;

    template <typename T>
    void read(const std::string& key, T& value) {
        const toml::node* node = find(key);
        if (!node) return;
        if (const auto read = node->value<T>())
            value = *read;
        else
            problem(key, "has the wrong type");
    }

    template <typename T>
    void require(const std::string& key, T& value) {
        if (!find(key))
            problem(key, "is missing");
        else
            read(key, value);
    }

    void read(const std::string& key, std::vector<std::string>& values) {
        const toml::node* node = find(key);
        if (!node) return;
        const toml::array* array = node->as_array();
        if (!array) return problem(key, "must be a list of texts");
        for (const toml::node& element : *array) {
            const auto text = element.value<std::string>();
            if (!text) return problem(key, "must be a list of texts");
            values.push_back(*text);
        }
    }

    void read_all(std::map<std::string, std::string>& values) {
        if (!table_) return;
        for (const auto& [key, node] : *table_) {
            std::string text;
            read(std::string(key.str()), text);
            values.emplace(key.str(), text);
        }
    }

    const toml::table* table(const std::string& key) {
        const toml::node* node = find(key);
        if (node && !node->as_table()) problem(key, "must be a table");
        return node ? node->as_table() : nullptr;
    }

    void problem(const std::string& key, const std::string& what) {
        problems_.push_back(path_ + key + ": " + what);
    }

  private:
    const toml::node* find(const std::string& key) {
        asked_.insert(key);
        return table_ ? table_->get(key) : nullptr;
    }

    const toml::table* table_;
    std::string path_;
    std::vector<std::string>& problems_;
    std::set<std::string> asked_;
};

}  // namespace emplettes
