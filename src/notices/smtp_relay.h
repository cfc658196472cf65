#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "notices/mailer.h"

namespace emplettes::notices {

// Whether what is said to the relay is hidden from who listens on the way.
enum class Tls {
    required,  // from the beginning (smtps://) or by STARTTLS (smtp://); else nothing is sent
    none,      // for a relay on this machine alone
};

struct SmtpConfig {
    std::string url;       // "smtp://relay.example:587" or "smtps://relay.example"
    std::string helo;      // how we call ourselves; empty: by the machine's name
    std::string user;      // empty: without signing in
    std::string password;  // from the environment
    std::string ca_file;   // of who signed the relay's certificate; empty: those of the system
    Tls tls = Tls::required;
    std::chrono::seconds connect_deadline{15};
    std::chrono::seconds deadline{60};  // of one mail
    std::size_t bytes_max = 1 << 20;    // of one mail
};

// What is wrong with a configuration, one sentence each, beginning with the setting's name.
std::vector<std::string> problems_of(const SmtpConfig& config);
// "smtp://localhost:25": nothing of it leaves this machine.
bool is_loopback_url(const std::string& url);

// The other side of every mail: an SMTP server that takes them on, signs them (DKIM) and knows the
// way. One connection for each batch. A 4xx is tried again, a 5xx that is about the mail is not;
// one that is about us (not signed in, not welcome) and every failure to reach or trust the relay
// means that it is down. When the connection breaks after the mail was handed over nobody knows
// whether it arrived: it is sent again under the same Message-ID.
class SmtpRelay final : public Mailer {
  public:
    explicit SmtpRelay(SmtpConfig config);
    ~SmtpRelay() override;

    Outcome send(const Outgoing& mail) override;
    void end_batch() override;
    bool takes_slips() const override { return false; }

    // What was said in the last send, line by line ("> EHLO …", "< 250 …"), passwords hidden.
    const std::vector<std::string>& dialogue() const;

  private:
    struct Connection;

    SmtpConfig config_;
    std::unique_ptr<Connection> connection_;
    std::vector<std::string> last_dialogue_;
};

}  // namespace emplettes::notices
