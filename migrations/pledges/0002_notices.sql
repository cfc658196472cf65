-- owner: notices
-- A mail to who signs is written in the transaction of the signature, so its queue is here, too:
-- the same tables as in the main database, sent by the same job.
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
    last_error      TEXT   NOT NULL DEFAULT '',
    bundle          BIGINT NOT NULL DEFAULT 0,
    pace            TEXT   NOT NULL DEFAULT 'at_once' CHECK (pace IN ('at_once', 'may_gather')),
    PRIMARY KEY (territory_id, notice_id)
);
CREATE INDEX notice_waiting ON notice (territory_id, status, next_attempt_at);
CREATE INDEX notice_recipient ON notice (territory_id, recipient, status);

CREATE TABLE mail_bounce (
    territory_id    BIGINT NOT NULL,
    address         TEXT   NOT NULL,
    bounces         BIGINT NOT NULL CHECK (bounces > 0),
    last_bounced_at BIGINT NOT NULL,
    last_words      TEXT   NOT NULL,
    PRIMARY KEY (territory_id, address)
);

CREATE TABLE unsubscription (
    territory_id BIGINT NOT NULL,
    kind         TEXT   NOT NULL,
    address      TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, kind, address)
);
