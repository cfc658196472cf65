-- owner: catalogue
-- The content of the picture that this one was made of in another installation; '': it was made
-- here.
ALTER TABLE picture ADD COLUMN origin_sha256 TEXT NOT NULL DEFAULT '';

-- Whose words a shop has taken for a product, by reference: they are that one's to correct.
CREATE TABLE product_choice (
    territory_id BIGINT NOT NULL,
    product_id   BIGINT NOT NULL,
    shop_id      BIGINT NOT NULL,
    source       TEXT   NOT NULL,
    by_shop_id   BIGINT NOT NULL,
    chosen_at    BIGINT NOT NULL,
    PRIMARY KEY (territory_id, product_id, shop_id)
);

-- When a shopkeeper set the price by hand: no older file changes it. 0: nobody has.
ALTER TABLE offer ADD COLUMN priced_at BIGINT NOT NULL DEFAULT 0;
