#pragma once
#include "notices/eml_folder.h"
#include "notices/mailer.h"

namespace emplettes::notices {

// Mails stay here: a file each, for the demonstration and for a mail program that picks them up.
class FolderMailer final : public Mailer {
  public:
    explicit FolderMailer(std::filesystem::path folder) : folder_(std::move(folder)) {}

    Outcome send(const Outgoing& mail) override {
        folder_.write(mail.name, mail.content);
        return {};
    }
    void end_batch() override { folder_.sync(); }
    bool takes_slips() const override { return true; }

  private:
    EmlFolder folder_;
};

}  // namespace emplettes::notices
