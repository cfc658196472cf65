-- owner: orders
-- A reservation can be prolonged once; of what was kept some may be collected (0 while it is not);
-- somebody else may come for it; whoever does not come is remembered as long as the rest is.
-- `contact_key` is the contact as it is compared: small letters, digits only of a telephone number.
ALTER TABLE reservation ADD COLUMN is_extended BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reservation ADD COLUMN collected BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reservation ADD COLUMN collector TEXT NOT NULL DEFAULT '';
ALTER TABLE reservation ADD COLUMN is_no_show BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reservation ADD COLUMN contact_key TEXT NOT NULL DEFAULT '';
UPDATE reservation SET contact_key = LOWER(contact);
UPDATE reservation SET collected = quantity WHERE status = 'collected';
CREATE INDEX reservation_by_contact ON reservation (territory_id, contact_key, created_at);

-- A contact that behaves oddly proves itself with a code that is sent there. Contact and code are
-- kept as hashes. `sent` counts the codes since `first_sent_at`; proven_at is 0 until it is.
CREATE TABLE contact_proof (
    territory_id  BIGINT NOT NULL,
    contact_hash  TEXT   NOT NULL,
    code_hash     TEXT   NOT NULL,
    tries         BIGINT NOT NULL CHECK (tries >= 0),
    sent          BIGINT NOT NULL CHECK (sent >= 0),
    first_sent_at BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    proven_at     BIGINT NOT NULL,
    PRIMARY KEY (territory_id, contact_hash)
);
CREATE INDEX contact_proof_to_forget ON contact_proof (territory_id, expires_at);
