-- owner: orders
-- What was kept at once at several shops is one collection round; empty: it is none's.
ALTER TABLE reservation ADD COLUMN round_code TEXT NOT NULL DEFAULT '';
CREATE INDEX reservation_by_round ON reservation (territory_id, round_code, reservation_id)
    WHERE round_code <> '';
