-- owner: catalogue
-- What a shop's keeper says of it, which goes before the map and outlives its next import. A text
-- that is empty leaves the map's word. Closed from a moment (0: not at all) until another (0: until
-- the keeper says otherwise). `before` is the whole word as it was before the last change (JSON),
-- empty when there is nothing to go back to.
CREATE TABLE shop_word (
    territory_id  BIGINT NOT NULL,
    shop_id       BIGINT NOT NULL,
    name          TEXT   NOT NULL,
    opening_hours TEXT   NOT NULL,
    closed_from   BIGINT NOT NULL,
    closed_until  BIGINT NOT NULL,
    closed_reason TEXT   NOT NULL,
    phone         TEXT   NOT NULL,
    website       TEXT   NOT NULL,
    email         TEXT   NOT NULL,
    about         TEXT   NOT NULL,
    before        TEXT   NOT NULL,
    updated_at    BIGINT NOT NULL,
    PRIMARY KEY (territory_id, shop_id),
    CHECK (closed_until = 0 OR closed_until > closed_from),
    FOREIGN KEY (territory_id, shop_id) REFERENCES shop (territory_id, shop_id)
);

-- How often a shop was looked at, by the day of the territory's calendar: its own page, and the
-- pages of things that it offers. Nothing about who looked.
CREATE TABLE shop_view (
    territory_id  BIGINT NOT NULL,
    shop_id       BIGINT NOT NULL,
    day           BIGINT NOT NULL,
    shop_pages    BIGINT NOT NULL CHECK (shop_pages >= 0),
    product_pages BIGINT NOT NULL CHECK (product_pages >= 0),
    PRIMARY KEY (territory_id, shop_id, day)
);
CREATE INDEX shop_view_by_day ON shop_view (territory_id, day);

-- What a shop wrote to a neighbour about a request, by the code of its slip.
CREATE TABLE shop_message (
    territory_id     BIGINT NOT NULL,
    message_id       BIGINT NOT NULL,
    shop_id          BIGINT NOT NULL,
    reservation_code TEXT   NOT NULL,
    text             TEXT   NOT NULL CHECK (text <> ''),
    created_at       BIGINT NOT NULL,
    PRIMARY KEY (territory_id, message_id)
);
CREATE INDEX shop_message_by_request
    ON shop_message (territory_id, reservation_code, created_at);
CREATE INDEX shop_message_by_shop ON shop_message (territory_id, shop_id, created_at);

-- When a shop answered a request for the first time, and whether it kept it: what its monthly
-- statement is made of. Nothing about who asked.
CREATE TABLE shop_answer (
    territory_id     BIGINT NOT NULL,
    shop_id          BIGINT NOT NULL,
    reservation_code TEXT   NOT NULL,
    asked_at         BIGINT NOT NULL,
    answered_at      BIGINT NOT NULL,
    is_kept          BIGINT NOT NULL CHECK (is_kept IN (0, 1)),
    PRIMARY KEY (territory_id, reservation_code)
);
CREATE INDEX shop_answer_by_shop ON shop_answer (territory_id, shop_id, asked_at);

-- A shop's shelf, page by page in the order of its offers; what its filters ask stands in it.
CREATE INDEX offer_by_shop ON offer (territory_id, shop_id, withdrawn_at, offer_id, stock,
    stock_source, stock_confirmed_at, product_id);
