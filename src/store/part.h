#pragma once
#include "store/tx.h"

namespace emplettes::store {

// For all_or_nothing.
void begin_part(Tx& tx);
void end_part(Tx& tx, bool stays);

// What `f` writes stays if its Result holds; an error takes that part back alone, what was written
// before it stays. A fault ends the transaction, as ever. Parts may have parts.
template <typename F>
auto all_or_nothing(Tx& tx, F&& f) {
    begin_part(tx);
    auto result = f();
    end_part(tx, static_cast<bool>(result));
    return result;
}

}  // namespace emplettes::store
