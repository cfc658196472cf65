-- owner: notices
-- What became of the last attempt in words; the mail that several notices went out in (0: its own);
-- whether a notice may wait to be gathered with others.
ALTER TABLE notice ADD COLUMN last_error TEXT NOT NULL DEFAULT '';
ALTER TABLE notice ADD COLUMN bundle BIGINT NOT NULL DEFAULT 0;
ALTER TABLE notice ADD COLUMN pace TEXT NOT NULL DEFAULT 'at_once'
    CHECK (pace IN ('at_once', 'may_gather'));
CREATE INDEX notice_recipient ON notice (territory_id, recipient, status);

-- An address whose mails came back for good.
CREATE TABLE mail_bounce (
    territory_id    BIGINT NOT NULL,
    address         TEXT   NOT NULL,
    bounces         BIGINT NOT NULL CHECK (bounces > 0),
    last_bounced_at BIGINT NOT NULL,
    last_words      TEXT   NOT NULL,
    PRIMARY KEY (territory_id, address)
);

-- Somebody wants no more mails of one kind.
CREATE TABLE unsubscription (
    territory_id BIGINT NOT NULL,
    kind         TEXT   NOT NULL,
    address      TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, kind, address)
);
