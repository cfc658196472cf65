#pragma once
#include <string>

#include "base/clock.h"

namespace emplettes::notices {

// A mail or a text message as it leaves. Sent again, it has the same name.
struct Outgoing {
    std::string name;         // of the file; unique for each mail
    std::string recipient;    // address or telephone number; empty: waits to be printed
    std::string return_path;  // where the mail comes back to that cannot be delivered; may be empty
    std::string content;      // RFC 5322, or plain text
};

// What became of one attempt.
struct Outcome {
    enum class Kind {
        sent,     // somebody else answers for it now
        retry,    // not now, or nobody knows: try again later, under the same name
        refused,  // never, whatever is tried
        is_down,  // the relay cannot be used at all: nothing was tried of what comes after
    };
    Kind kind = Kind::sent;
    std::string words = {};        // of the other side, or what went wrong
    bool is_address_dead = false;  // refused because nobody is there
    bool operator==(const Outcome&) const = default;
};

// How mails leave. Whatever the world does is an Outcome; what is wrong with this machine (disk
// full) is thrown. Used by one thread at a time.
class Mailer {
  public:
    virtual ~Mailer() = default;

    virtual Outcome send(const Outgoing& mail) = 0;
    // After the last mail of a batch: what was sent is kept, whatever happens. May throw: then all
    // of the batch is sent again.
    virtual void end_batch() = 0;
    // Whether what waits to be printed is wanted here, too.
    virtual bool takes_slips() const = 0;
};

// How text messages leave; the same contract.
class TextSender {
  public:
    virtual ~TextSender() = default;
    virtual Outcome send(const Outgoing& text) = 0;
};

}  // namespace emplettes::notices
