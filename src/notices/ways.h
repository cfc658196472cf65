#pragma once
#include "notices/relay_watch.h"
#include "notices/secret_key.h"
#include "notices/settings.h"

namespace emplettes::notices {

// What a process knows about how its notices leave: for who sends them and for who asks.
struct Ways {
    Settings settings;
    SecretKey key;  // of the links and addresses in them
    RelayWatch relay;
};

}  // namespace emplettes::notices
