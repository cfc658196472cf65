-- owner: catalogue
-- serves from 0032
-- Faults of a host are counted apart from those of its addresses. Due ones are found by their time.
ALTER TABLE picture_link ADD COLUMN host_faults BIGINT NOT NULL DEFAULT 0;
CREATE INDEX picture_link_due ON picture_link (territory_id, retry_at) WHERE state = 'waiting';
