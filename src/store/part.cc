#include "store/part.h"

namespace emplettes::store {
namespace {

// The same words on both databases; the inner one of two is meant.
constexpr const char* kBeginSql = "SAVEPOINT one_part";
constexpr const char* kTakeBackSql = "ROLLBACK TO SAVEPOINT one_part";
constexpr const char* kEndSql = "RELEASE SAVEPOINT one_part";

}  // namespace

void begin_part(Tx& tx) { tx.run(kBeginSql); }

void end_part(Tx& tx, bool stays) {
    if (!stays) tx.run(kTakeBackSql);
    tx.run(kEndSql);
}

}  // namespace emplettes::store
