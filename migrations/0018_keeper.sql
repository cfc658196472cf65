-- owner: catalogue
-- What a shop's keeper says of it, which goes before the map and outlives its next import. A text
-- that is empty leaves the map's word. Closed from a moment until another (0: open).
CREATE TABLE shop_word (
    territory_id  BIGINT NOT NULL,
    shop_id       BIGINT NOT NULL,
    name          TEXT   NOT NULL,
    opening_hours TEXT   NOT NULL,
    closed_from   BIGINT NOT NULL,
    closed_until  BIGINT NOT NULL,
    phone         TEXT   NOT NULL,
    website       TEXT   NOT NULL,
    email         TEXT   NOT NULL,
    about         TEXT   NOT NULL,
    updated_at    BIGINT NOT NULL,
    PRIMARY KEY (territory_id, shop_id),
    FOREIGN KEY (territory_id, shop_id) REFERENCES shop (territory_id, shop_id)
);
