-- owner: catalogue
-- What a shopkeeper did to one offer by hand or by scan, under a name that the device drew: the
-- same touch twice has one effect, and can be taken back. `before` is the offer as it was (JSON),
-- empty when it was new.
CREATE TABLE shelf_touch (
    territory_id BIGINT NOT NULL,
    shop_id      BIGINT NOT NULL,
    touch_id     TEXT   NOT NULL CHECK (touch_id <> ''),
    offer_id     BIGINT NOT NULL,
    account_id   BIGINT NOT NULL,
    content      TEXT   NOT NULL,
    before       TEXT   NOT NULL,
    touched_at   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    undone_at    BIGINT NOT NULL,
    PRIMARY KEY (territory_id, shop_id, touch_id)
);
CREATE INDEX shelf_touch_by_age ON shelf_touch (territory_id, created_at);
