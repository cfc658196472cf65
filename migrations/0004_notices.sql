-- owner: notices
-- A message to the outside world, written in the transaction of the change it tells about, sent by
-- a job. `facts` is a JSON object with all that its text needs.
CREATE TABLE notice (
    territory_id    BIGINT NOT NULL,
    notice_id       BIGINT NOT NULL,
    kind            TEXT   NOT NULL,
    audience        TEXT   NOT NULL CHECK (audience IN ('neighbour', 'shop')),
    recipient       TEXT   NOT NULL,
    language        TEXT   NOT NULL,
    facts           TEXT   NOT NULL,
    status          TEXT   NOT NULL CHECK (status IN ('waiting', 'sent', 'failed')),
    attempts        BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    sent_at         BIGINT NOT NULL,
    PRIMARY KEY (territory_id, notice_id)
);
CREATE INDEX notice_waiting ON notice (territory_id, status, next_attempt_at);
