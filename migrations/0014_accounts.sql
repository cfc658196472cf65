-- owner: accounts
-- People who work here: shopkeepers, their staff, operators. Neighbours need no account.
CREATE TABLE account (
    territory_id BIGINT NOT NULL,
    account_id   BIGINT NOT NULL,
    email        TEXT   NOT NULL CHECK (email <> ''),
    language     TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    PRIMARY KEY (territory_id, account_id),
    UNIQUE (territory_id, email)
);

-- What an account may do. An operator's role is of no shop: 0.
CREATE TABLE account_role (
    territory_id BIGINT NOT NULL,
    account_id   BIGINT NOT NULL,
    shop_id      BIGINT NOT NULL,
    role         TEXT   NOT NULL CHECK (role IN ('operator', 'shopkeeper', 'staff')),
    granted_by   BIGINT NOT NULL,
    granted_at   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, account_id, shop_id),
    CHECK ((role = 'operator') = (shop_id = 0)),
    FOREIGN KEY (territory_id, account_id) REFERENCES account (territory_id, account_id)
);
CREATE INDEX account_role_by_shop ON account_role (territory_id, shop_id);

-- Links in mails that sign in, by the hash of their secret: single use.
CREATE TABLE sign_in_link (
    territory_id BIGINT NOT NULL,
    token_sha256 TEXT   NOT NULL,
    email        TEXT   NOT NULL,
    return_to    TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    used_at      BIGINT NOT NULL,
    PRIMARY KEY (territory_id, token_sha256)
);
CREATE INDEX sign_in_link_by_email ON sign_in_link (territory_id, email, created_at);

-- Devices that are signed in.
CREATE TABLE session (
    territory_id BIGINT NOT NULL,
    session_id   BIGINT NOT NULL,
    token_sha256 TEXT   NOT NULL,
    account_id   BIGINT NOT NULL,
    device       TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, session_id),
    UNIQUE (territory_id, token_sha256),
    FOREIGN KEY (territory_id, account_id) REFERENCES account (territory_id, account_id)
);
CREATE INDEX session_by_account ON session (territory_id, account_id);
