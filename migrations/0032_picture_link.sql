-- owner: catalogue
-- Pictures that shops' files name by their addresses, to be fetched of products that nobody has
-- shown. `failure` is the last one, `picture_id` what was fetched, 0: nothing yet.
CREATE TABLE picture_link (
    territory_id BIGINT NOT NULL,
    shop_id      BIGINT NOT NULL,
    product_id   BIGINT NOT NULL,
    import_id    BIGINT NOT NULL,
    url          TEXT   NOT NULL,
    host         TEXT   NOT NULL,
    state        TEXT   NOT NULL CHECK (state IN ('waiting', 'fetched', 'needless', 'failed')),
    faults       BIGINT NOT NULL,
    failure      TEXT   NOT NULL,
    retry_at     BIGINT NOT NULL,
    picture_id   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, shop_id, product_id)
);
CREATE INDEX picture_link_waiting ON picture_link (territory_id, shop_id, host, retry_at)
    WHERE state = 'waiting';
CREATE INDEX picture_link_by_import ON picture_link (territory_id, import_id);
