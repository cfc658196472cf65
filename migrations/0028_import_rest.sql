-- owner: catalogue
-- Until when an import that stumbled rests; and, of one that stumbled too often, what it was doing:
-- it can go on from there. Of those that have failed before this, nobody knows.
ALTER TABLE shelf_import ADD COLUMN retry_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE shelf_import ADD COLUMN failed_at TEXT NOT NULL DEFAULT '';
