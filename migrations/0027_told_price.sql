-- owner: catalogue
-- What is told of the price that a book's publisher has set, tax included, by day of the calendar
-- (days since 1970; without an end: 0), and who tells it: 0 is the trade, which binds everybody; a
-- shop's word holds on its own shelf alone. `import_id` is the import that wrote it, 0: none.
CREATE TABLE told_price (
    territory_id BIGINT NOT NULL,
    product_id   BIGINT NOT NULL,
    shop_id      BIGINT NOT NULL,
    valid_from   BIGINT NOT NULL,
    valid_until  BIGINT NOT NULL,
    price_cents  BIGINT NOT NULL CHECK (price_cents > 0),
    import_id    BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, product_id, shop_id, valid_from)
);
-- Whose word a shop's was, nobody had written down: it is gone, and comes back with the next file
-- of that shop.
INSERT INTO told_price (territory_id, product_id, shop_id, valid_from, valid_until, price_cents,
    import_id, updated_at)
SELECT territory_id, product_id, 0, valid_from, valid_until, price_cents, 0, updated_at
FROM publisher_price WHERE source = 'trade';
DROP TABLE publisher_price;

-- What the source had said of a publisher's price before: '' when that did not change, 'none' when
-- it had said nothing, else JSON.
ALTER TABLE import_change ADD COLUMN prices_before TEXT NOT NULL DEFAULT '';
