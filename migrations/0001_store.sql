-- owner: store
-- What was answered to a request that carried a key, kept so that the same request again gets the
-- same answer and has no second effect. `request_sha256` tells whether it is the same.
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

-- News from one module for those above it, written in the transaction of the change it tells
-- about, in the order of commits (src/store/outbox.h).
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

-- How far each reader of the outbox has come.
CREATE TABLE outbox_cursor (
    territory_id BIGINT NOT NULL,
    reader       TEXT   NOT NULL CHECK (reader <> ''),
    commit_order BIGINT NOT NULL,
    step         BIGINT NOT NULL,
    PRIMARY KEY (territory_id, reader)
);

-- What the program once decided by itself for a territory and must remember: its secrets.
CREATE TABLE setting (
    territory_id BIGINT NOT NULL,
    name         TEXT   NOT NULL CHECK (name <> ''),
    value        TEXT   NOT NULL,
    PRIMARY KEY (territory_id, name)
);
