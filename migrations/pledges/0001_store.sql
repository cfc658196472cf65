-- owner: store
-- The tables that src/store needs in every database, as they are in the main one today: signers are
-- kept in a database of their own (docs/adr/0050-signers-are-kept-apart.md).
CREATE TABLE idempotency (
    territory_id   BIGINT NOT NULL,
    request_key    TEXT   NOT NULL,
    request_sha256 TEXT   NOT NULL,
    status         BIGINT NOT NULL,
    response       TEXT   NOT NULL,
    replays        BIGINT NOT NULL CHECK (replays >= 0),
    created_at     BIGINT NOT NULL,
    PRIMARY KEY (territory_id, request_key)
);
CREATE INDEX idempotency_by_age ON idempotency (territory_id, created_at);

CREATE TABLE outbox (
    territory_id BIGINT NOT NULL,
    commit_order BIGINT NOT NULL,
    step         BIGINT NOT NULL,
    topic        TEXT   NOT NULL CHECK (topic <> ''),
    subject_id   BIGINT NOT NULL,
    payload      TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, commit_order, step)
);
CREATE INDEX outbox_by_age ON outbox (territory_id, created_at);

CREATE TABLE outbox_cursor (
    territory_id BIGINT NOT NULL,
    reader       TEXT   NOT NULL CHECK (reader <> ''),
    commit_order BIGINT NOT NULL,
    step         BIGINT NOT NULL,
    PRIMARY KEY (territory_id, reader)
);
