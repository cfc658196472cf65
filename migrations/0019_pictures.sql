-- owner: catalogue
-- Photographs of shops and products, re-encoded; their files are named by `content_sha256`.
CREATE TABLE picture (
    territory_id   BIGINT NOT NULL,
    picture_id     BIGINT NOT NULL,
    shop_id        BIGINT NOT NULL,
    product_id     BIGINT NOT NULL,
    position       BIGINT NOT NULL,
    content_sha256 TEXT   NOT NULL,
    width          BIGINT NOT NULL CHECK (width > 0),
    height         BIGINT NOT NULL CHECK (height > 0),
    caption        TEXT   NOT NULL,
    source         TEXT   NOT NULL,
    created_at     BIGINT NOT NULL,
    PRIMARY KEY (territory_id, picture_id)
);
CREATE INDEX picture_by_subject ON picture (territory_id, product_id, shop_id, position);
