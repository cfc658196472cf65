-- owner: catalogue
-- A shop lets an address rest without forgetting it; and when its people were last told that one of
-- its readings waits for their word, 0: never.
ALTER TABLE shelf_source ADD COLUMN is_paused BIGINT NOT NULL DEFAULT 0 CHECK (is_paused IN (0, 1));
ALTER TABLE shelf_source ADD COLUMN held_told_at BIGINT NOT NULL DEFAULT 0;
