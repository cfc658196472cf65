-- owner: territory
-- Somebody says that a shop of the map is theirs. A shop without an approved claim is as the map
-- tells it. `siret` and what stands beside it say who sells there, for everybody to read.
CREATE TABLE shop_claim (
    territory_id  BIGINT NOT NULL,
    claim_id      BIGINT NOT NULL,
    shop_id       BIGINT NOT NULL,
    account_id    BIGINT NOT NULL,
    status        TEXT   NOT NULL CHECK (status IN ('pending', 'invited', 'onboarding',
        'ready_for_review', 'approved', 'rejected', 'suspended')),
    siret         TEXT   NOT NULL,
    legal_name    TEXT   NOT NULL,
    legal_address TEXT   NOT NULL,
    phone         TEXT   NOT NULL,
    email         TEXT   NOT NULL,
    mediator      TEXT   NOT NULL,
    mediator_url  TEXT   NOT NULL,
    certified_at  BIGINT NOT NULL,
    proof         TEXT   NOT NULL CHECK (proof IN ('', 'mail', 'letter', 'operator')),
    code_sha256   TEXT   NOT NULL,
    code_attempts BIGINT NOT NULL,
    code_expires_at BIGINT NOT NULL,
    reason        TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL,
    PRIMARY KEY (territory_id, claim_id)
);
CREATE INDEX shop_claim_by_shop ON shop_claim (territory_id, shop_id, status);
CREATE INDEX shop_claim_by_status ON shop_claim (territory_id, status, changed_at);
