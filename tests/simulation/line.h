#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>

#include "base/random.h"
#include "store/database.h"

namespace emplettes::simulation {

// What may become of a message between a person and the program.
struct Weather {
    int lost_percent = 3;         // it never arrives
    int answer_lost_percent = 4;  // it is done, and nobody hears of it
    int twice_percent = 5;        // it comes twice
    int crash_percent = 1;        // the program dies of kill -9 while it works on it, or just after
    // For controls: a crash takes back what was committed since the day began, as when the disk
    // does not keep its word.
    bool forgets_commits = false;
};

// A database behind bad weather: an SQLite file whose program dies now and then. What kill -9
// leaves behind is what stands in the files at that moment: so that is what the next program opens,
// a copy taken then. Not thread-safe.
class Line {
  public:
    // The folder is emptied.
    Line(std::filesystem::path folder, Weather weather, Random& random);

    // What came back of a write; nothing: nobody knows whether it was done.
    template <typename F>
    auto send(F&& f) -> std::optional<std::invoke_result_t<F, store::Tx&>> {
        using Returned = std::invoke_result_t<F, store::Tx&>;
        const Fate fate = draw();
        if (fate == Fate::lost) return std::nullopt;
        try {
            Returned returned = database_->write([&](store::Tx& tx) {
                auto done = f(tx);
                if (fate == Fate::crash_before) {
                    copy_files();
                    throw Died();
                }
                return done;
            });
            if (fate == Fate::twice) returned = database_->write(f);
            if (fate == Fate::answer_lost) return std::nullopt;
            if (fate != Fate::crash_after) return returned;
            copy_files();
        } catch (const Died&) {
        }
        open_copy();
        return std::nullopt;
    }
    // In fair weather.
    store::Database& database() { return *database_; }
    void day_begins();

    int crashes() const { return crashes_; }
    int unknown() const { return unknown_; }

  private:
    enum class Fate { arrives, lost, answer_lost, twice, crash_before, crash_after };
    struct Died : std::runtime_error {
        Died() : std::runtime_error("kill -9") {}
    };

    Fate draw();
    std::filesystem::path place(int number) const;
    void copy_to(const std::filesystem::path& to) const;
    void copy_files();
    void open_copy();

    const std::filesystem::path folder_;
    const Weather weather_;
    Random& random_;
    int number_ = 0;
    int crashes_ = 0;
    int unknown_ = 0;
    std::unique_ptr<store::Database> database_;
};

}  // namespace emplettes::simulation
