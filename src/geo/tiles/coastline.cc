#include "geo/tiles/coastline.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

#include "geo/tiles/line_joining.h"

namespace emplettes::geo {
namespace {

constexpr std::int32_t kReachShare = 8;  // of a box: how far an end may be from its edge

// The edge of a box as one line, clockwise from its north-west corner: with the sea on the right.
class BoxEdge {
  public:
    explicit BoxEdge(const PlaneBox& box)
        : box_(box),
          width_(std::int64_t{box.east} - box.west),
          height_(std::int64_t{box.south} - box.north) {}

    std::int64_t length() const { return 2 * (width_ + height_); }
    bool contains(PlanePoint p) const {
        return box_.contains(p) &&
               (p.x == box_.west || p.x == box_.east || p.y == box_.north || p.y == box_.south);
    }
    // How far along the edge a point of it is.
    std::int64_t along(PlanePoint p) const {
        if (p.y == box_.north) return std::int64_t{p.x} - box_.west;
        if (p.x == box_.east) return width_ + p.y - box_.north;
        if (p.y == box_.south) return width_ + height_ + box_.east - p.x;
        return 2 * width_ + height_ + box_.south - p.y;
    }
    std::int64_t way_between(PlanePoint from, PlanePoint to) const {
        return (along(to) - along(from) + length()) % length();
    }
    // The corners that one passes.
    void add_corners(PlanePoint from, PlanePoint to, PlaneLine& ring) const {
        const std::array<PlanePoint, 4> corners = {
            PlanePoint{box_.west, box_.north}, PlanePoint{box_.east, box_.north},
            PlanePoint{box_.east, box_.south}, PlanePoint{box_.west, box_.south}};
        const std::int64_t all = way_between(from, to);
        std::vector<std::pair<std::int64_t, PlanePoint>> passed;
        for (const PlanePoint& corner : corners)
            if (const std::int64_t way = way_between(from, corner); way > 0 && way < all)
                passed.emplace_back(way, corner);
        std::ranges::sort(passed);
        for (const auto& [way, corner] : passed) ring.push_back(corner);
    }
    std::optional<PlanePoint> nearest(PlanePoint p) const {
        const std::array<PlanePoint, 4> feet = {
            PlanePoint{box_.west, p.y}, PlanePoint{box_.east, p.y}, PlanePoint{p.x, box_.north},
            PlanePoint{p.x, box_.south}};
        const auto distance = [&](PlanePoint foot) {
            return std::abs(std::int64_t{foot.x} - p.x) + std::abs(std::int64_t{foot.y} - p.y);
        };
        const PlanePoint foot = *std::ranges::min_element(feet, {}, distance);
        if (distance(foot) > std::min(width_, height_) / kReachShare) return std::nullopt;
        return foot;
    }

  private:
    PlaneBox box_;
    std::int64_t width_;
    std::int64_t height_;
};

bool is_ring(const PlaneLine& line) { return line.size() > 3 && line.front() == line.back(); }

class SeaMaker {
  public:
    explicit SeaMaker(const PlaneBox& box) : box_(box), edge_(box) {}

    Sea run(std::vector<PlaneLine> coast) {
        for (const PlaneLine& line : join_lines(std::move(coast), true)) add_coast(line);
        lead_to_edge();
        const bool is_all_sea = pieces_.empty() && waters_.empty() && !islands_.empty();
        if (is_all_sea)
            waters_.push_back({{box_.west, box_.north},
                               {box_.east, box_.north},
                               {box_.east, box_.south},
                               {box_.west, box_.south}});
        close_pieces();
        for (PlaneLine& water : waters_) sea_.areas.push_back({std::move(water)});
        for (PlaneLine& island : islands_) cut_out(std::move(island));
        return std::move(sea_);
    }

  private:
    void add_coast(const PlaneLine& line);
    void lead_to_edge();
    void close_pieces();
    void cut_out(PlaneLine island);

    PlaneBox box_;
    BoxEdge edge_;
    std::vector<PlaneLine> pieces_;   // from edge to edge
    std::vector<PlaneLine> waters_;   // rings with water inside
    std::vector<PlaneLine> islands_;  // rings with land inside
    Sea sea_;
};

void SeaMaker::add_coast(const PlaneLine& line) {
    if (is_ring(line) && box_.contains(box_of(line))) {
        PlaneLine ring(line.begin(), line.end() - 1);
        // Land lies on the left: around an island one goes against the clock.
        (area_of(ring) > 0 ? waters_ : islands_).push_back(std::move(ring));
        return;
    }
    // A ring that leaves the box may begin within it.
    for (PlaneLine& piece : join_lines(clip_line(line, box_), true))
        pieces_.push_back(std::move(piece));
}

void SeaMaker::lead_to_edge() {
    std::erase_if(pieces_, [&](PlaneLine& piece) {
        const auto begin =
            edge_.contains(piece.front()) ? piece.front() : edge_.nearest(piece.front());
        const auto end = edge_.contains(piece.back()) ? piece.back() : edge_.nearest(piece.back());
        if (!begin || !end) {
            ++sea_.broken;
            return true;
        }
        if (*begin != piece.front()) piece.insert(piece.begin(), *begin);
        if (*end != piece.back()) piece.push_back(*end);
        return false;
    });
}

void SeaMaker::close_pieces() {
    std::vector<bool> is_used(pieces_.size());
    for (std::size_t first = 0; first < pieces_.size(); ++first) {
        if (is_used[first]) continue;
        PlaneLine ring;
        std::size_t current = first;
        do {
            is_used[current] = true;
            ring.insert(ring.end(), pieces_[current].begin(), pieces_[current].end());
            const PlanePoint end = pieces_[current].back();
            std::size_t next = first;
            for (std::size_t i = 0; i < pieces_.size(); ++i)
                if ((!is_used[i] || i == first) &&
                    edge_.way_between(end, pieces_[i].front()) <
                        edge_.way_between(end, pieces_[next].front()))
                    next = i;
            edge_.add_corners(end, pieces_[next].front(), ring);
            current = next;
        } while (current != first);
        waters_.push_back(std::move(ring));
    }
}

void SeaMaker::cut_out(PlaneLine island) {
    std::vector<PlaneLine>* smallest = nullptr;
    for (std::vector<PlaneLine>& area : sea_.areas) {
        if (!is_within({area.front()}, island.front())) continue;
        if (smallest == nullptr ||
            std::abs(area_of(area.front())) < std::abs(area_of(smallest->front())))
            smallest = &area;
    }
    if (smallest != nullptr) smallest->push_back(std::move(island));
}

}  // namespace

Sea make_sea(std::vector<PlaneLine> coast, const PlaneBox& box) {
    if (box.west >= box.east || box.north >= box.south) return {};
    return SeaMaker(box).run(std::move(coast));
}

}  // namespace emplettes::geo
