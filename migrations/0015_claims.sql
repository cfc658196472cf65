-- owner: territory
-- Somebody says that a shop of the map is theirs. A shop without an approved claim is as the map
-- tells it. `siret` and what stands beside it say who sells there, for everybody to read once it is
-- approved. `account_id` is 0 while a letter waits for whoever has its code. Moments that have not
-- come are 0. Of a mail's link and of a letter's code only the hash is kept.
CREATE TABLE shop_claim (
    territory_id    BIGINT NOT NULL,
    claim_id        BIGINT NOT NULL,
    shop_id         BIGINT NOT NULL,
    account_id      BIGINT NOT NULL,
    status          TEXT   NOT NULL CHECK (status IN ('pending', 'invited', 'onboarding',
        'ready_for_review', 'approved', 'rejected', 'suspended')),
    siret           TEXT   NOT NULL,
    legal_name      TEXT   NOT NULL,
    legal_address   TEXT   NOT NULL,
    phone           TEXT   NOT NULL,
    email           TEXT   NOT NULL,
    register_number TEXT   NOT NULL,
    mediator        TEXT   NOT NULL,
    mediator_url    TEXT   NOT NULL,
    certified_at    BIGINT NOT NULL,
    proof           TEXT   NOT NULL CHECK (proof IN ('', 'mail', 'letter', 'operator')),
    link_sha256     TEXT   NOT NULL,
    link_expires_at BIGINT NOT NULL,
    links_sent      BIGINT NOT NULL,
    letter_asked_at BIGINT NOT NULL,
    code_sha256     TEXT   NOT NULL,
    code_attempts   BIGINT NOT NULL,
    code_expires_at BIGINT NOT NULL,
    reason          TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL,
    PRIMARY KEY (territory_id, claim_id),
    CHECK (status NOT IN ('onboarding', 'ready_for_review', 'approved') OR proof <> ''),
    CHECK (status <> 'rejected' OR reason <> ''),
    CHECK (status <> 'suspended' OR reason <> '')
);
CREATE INDEX shop_claim_by_shop ON shop_claim (territory_id, shop_id, status);
CREATE INDEX shop_claim_by_account ON shop_claim (territory_id, account_id);
CREATE INDEX shop_claim_by_status ON shop_claim (territory_id, status, changed_at);
CREATE INDEX shop_claim_by_link ON shop_claim (territory_id, link_sha256);
CREATE UNIQUE INDEX shop_claim_approved ON shop_claim (territory_id, shop_id)
    WHERE status IN ('approved', 'suspended');

-- Who moved a claim when, and why.
CREATE TABLE shop_claim_step (
    territory_id BIGINT NOT NULL,
    claim_id     BIGINT NOT NULL,
    step_number  BIGINT NOT NULL,
    status       TEXT   NOT NULL,
    by_account   BIGINT NOT NULL,
    reason       TEXT   NOT NULL,
    taken_at     BIGINT NOT NULL,
    PRIMARY KEY (territory_id, claim_id, step_number),
    FOREIGN KEY (territory_id, claim_id) REFERENCES shop_claim (territory_id, claim_id)
);
