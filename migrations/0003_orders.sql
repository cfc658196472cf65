-- owner: orders
-- A shop keeps `quantity` of an offer for a person until `held_until`. `code` is the neighbour's
-- slip, `pickup_code` what is said at the counter. `writes` counts every step that was asked for,
-- also those that changed nothing. An answer "it is done" always follows a write of its own, so
-- that it is never given from something that only one disk knows.
CREATE TABLE reservation (
    territory_id    BIGINT  NOT NULL,
    reservation_id  BIGINT  NOT NULL,
    code            TEXT    NOT NULL,
    pickup_code     TEXT    NOT NULL,
    offer_id        BIGINT  NOT NULL,
    shop_id         BIGINT  NOT NULL,
    product_id      BIGINT  NOT NULL,
    product_title   TEXT    NOT NULL,
    price_cents     BIGINT  NOT NULL CHECK (price_cents >= 0),
    quantity        BIGINT  NOT NULL CHECK (quantity BETWEEN 1 AND 100),
    person_name     TEXT    NOT NULL,
    contact         TEXT    NOT NULL,
    language        TEXT    NOT NULL,
    status          TEXT    NOT NULL CHECK (status IN ('requested', 'held', 'ready', 'collected',
                                                       'declined', 'expired', 'cancelled')),
    decline_reason  TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    changed_at      BIGINT  NOT NULL,
    held_until      BIGINT  NOT NULL,
    writes          BIGINT  NOT NULL,
    PRIMARY KEY (territory_id, reservation_id),
    UNIQUE (territory_id, code)
);
CREATE INDEX reservation_by_shop ON reservation (territory_id, shop_id, status, created_at);
CREATE INDEX reservation_by_end ON reservation (territory_id, status, held_until);
