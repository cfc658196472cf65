-- owner: territory
-- When the people of a shop were last written to about stock that nobody has confirmed for long (0:
-- never), and whether they want no such mail.
CREATE TABLE stock_reminder (
    territory_id BIGINT NOT NULL,
    shop_id      BIGINT NOT NULL,
    sent_at      BIGINT NOT NULL,
    is_off       BIGINT NOT NULL CHECK (is_off IN (0, 1)),
    PRIMARY KEY (territory_id, shop_id)
);
