#include <xapian.h>

#include "differential/text_engines.h"

namespace emplettes::differential {
namespace {

// Xapian has one list of terms; a letter before them keeps two apart.
std::string word_term(const std::string& word) { return "W" + word; }
std::string head_term(const std::string& word) { return "H" + word; }

class XapianEngine final : public TextEngine {
  public:
    explicit XapianEngine(const std::vector<Document>& documents) {
        for (const Document& document : documents) {
            Xapian::Document terms;
            for (const std::string& word : document.words) terms.add_term(word_term(word));
            for (const std::string& word : document.head_words) terms.add_term(head_term(word));
            database_.add_document(terms);
        }
    }

    std::set<std::size_t> find(const Question& question) override {
        std::vector<Xapian::Query> groups;
        for (const std::vector<Term>& group : question) {
            std::vector<Xapian::Query> terms;
            for (const Term& term : group) {
                terms.push_back(term.is_beginning ? Xapian::Query(Xapian::Query::OP_WILDCARD,
                                                                  head_term(term.word))
                                                  : Xapian::Query(word_term(term.word)));
            }
            groups.emplace_back(Xapian::Query::OP_OR, terms.begin(), terms.end());
        }
        Xapian::Enquire enquire(database_);
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        enquire.set_query(Xapian::Query(Xapian::Query::OP_AND, groups.begin(), groups.end()));
        const Xapian::MSet matches = enquire.get_mset(0, database_.get_doccount());
        std::set<std::size_t> found;
        for (auto match = matches.begin(); match != matches.end(); ++match)
            found.insert(*match - 1);  // Xapian counts from one
        return found;
    }

  private:
    Xapian::WritableDatabase database_{std::string(), Xapian::DB_BACKEND_INMEMORY};
};

}  // namespace

std::unique_ptr<TextEngine> make_xapian(const std::vector<Document>& documents) {
    return std::make_unique<XapianEngine>(documents);
}

}  // namespace emplettes::differential
