-- owner: catalogue
-- What a shopkeeper did to one offer by hand or by scan, under a name that the device drew: the
-- same touch twice has one effect, and can be taken back. `arrival` orders them as they came in,
-- `content` says whether a repeated one is the same. What it has changed: whether it is the word on
-- the price (sets_price) or on how many there are (sets_count), the change that it told
-- (difference) and the one that it made (effect); `before` is the offer as it was (JSON), empty
-- when it was new.
CREATE TABLE shelf_touch (
    territory_id BIGINT NOT NULL,
    shop_id      BIGINT NOT NULL,
    touch_id     TEXT   NOT NULL CHECK (touch_id <> ''),
    arrival      BIGINT NOT NULL,
    offer_id     BIGINT NOT NULL,
    account_id   BIGINT NOT NULL,
    content      TEXT   NOT NULL,
    sets_price   BIGINT NOT NULL CHECK (sets_price IN (0, 1)),
    sets_count   BIGINT NOT NULL CHECK (sets_count IN (0, 1)),
    difference   BIGINT NOT NULL,
    effect       BIGINT NOT NULL,
    before       TEXT   NOT NULL,
    touched_at   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    undone_at    BIGINT NOT NULL,
    PRIMARY KEY (territory_id, shop_id, touch_id)
);
CREATE INDEX shelf_touch_by_age ON shelf_touch (territory_id, created_at);
CREATE INDEX shelf_touch_by_offer ON shelf_touch (territory_id, offer_id, touched_at);
CREATE INDEX shelf_touch_by_shop ON shelf_touch (territory_id, shop_id, arrival);
