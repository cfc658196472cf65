#pragma once
#include <functional>
#include <string>
#include <vector>

#include "store/tx.h"

namespace emplettes::store {

// What is wrong with the database itself, a sentence each; empty: nothing. SQLite: every page of
// every tree is read, and every reference. PostgreSQL: every row of every table is read, which
// compares the checksums of its pages where the cluster has them. Takes as long as reading
// everything does.
std::vector<std::string> find_damage(Tx& tx);

// Keys of requests and their answers that cannot be what record_answer wrote.
std::vector<std::string> find_odd_answers(Tx& tx, TerritoryId territory);

// The answers that are stored, each with its key.
void each_answer(Tx& tx, TerritoryId territory,
                 const std::function<void(const std::string& key, const std::string& body)>& f);

}  // namespace emplettes::store
