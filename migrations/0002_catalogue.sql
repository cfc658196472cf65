-- owner: catalogue
-- The tenants. Their settings live in one TOML file each; this table gives them their number.
CREATE TABLE territory (
    territory_id BIGINT NOT NULL PRIMARY KEY,
    slug         TEXT   NOT NULL UNIQUE
);

-- What sells, from OpenStreetMap, or made by hand. `source` and `source_ref` find it again when
-- the map is imported anew. `secret` is the code of the shop's own page of requests.
CREATE TABLE shop (
    territory_id   BIGINT  NOT NULL,
    shop_id        BIGINT  NOT NULL,
    slug           TEXT    NOT NULL,
    name           TEXT    NOT NULL CHECK (name <> ''),
    kind           TEXT    NOT NULL,
    is_maker       BIGINT  NOT NULL CHECK (is_maker IN (0, 1)),
    lat_e7         BIGINT  NOT NULL CHECK (lat_e7 BETWEEN -900000000 AND 900000000),
    lon_e7         BIGINT  NOT NULL CHECK (lon_e7 BETWEEN -1800000000 AND 1800000000),
    housenumber    TEXT    NOT NULL,
    street         TEXT    NOT NULL,
    postcode       TEXT    NOT NULL,
    city           TEXT    NOT NULL,
    phone          TEXT    NOT NULL,
    website        TEXT    NOT NULL,
    email          TEXT    NOT NULL,
    opening_hours  TEXT    NOT NULL,
    source         TEXT    NOT NULL,
    source_ref     TEXT    NOT NULL,
    is_listed      BIGINT  NOT NULL CHECK (is_listed IN (0, 1)),
    secret         TEXT    NOT NULL,
    hold_open_days BIGINT  NOT NULL CHECK (hold_open_days BETWEEN 0 AND 14),
    updated_at     BIGINT  NOT NULL,
    PRIMARY KEY (territory_id, shop_id),
    UNIQUE (territory_id, slug),
    UNIQUE (territory_id, secret),
    UNIQUE (territory_id, source, source_ref)
);

-- Named streets with one point each, for "near rue Cadet".
CREATE TABLE street (
    territory_id BIGINT NOT NULL,
    street_id    BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    lat_e7       BIGINT NOT NULL,
    lon_e7       BIGINT NOT NULL,
    PRIMARY KEY (territory_id, street_id)
);

-- A thing, shared by all shops that offer it. `product_key` is its GTIN when it has
-- one, which is the same all over the world, else a name that says whose name for it this is.
CREATE TABLE product (
    territory_id BIGINT NOT NULL,
    product_id   BIGINT NOT NULL,
    product_key  TEXT   NOT NULL,
    gtin         BIGINT NOT NULL,
    title        TEXT   NOT NULL CHECK (title <> ''),
    maker        TEXT   NOT NULL,
    category     TEXT   NOT NULL,
    description  TEXT   NOT NULL,
    language     TEXT   NOT NULL,
    source       TEXT   NOT NULL,
    updated_at   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, product_id),
    UNIQUE (territory_id, product_key)
);

-- One product in one shop. `stock` is what may still be promised, what is kept for somebody has
-- left it already.
CREATE TABLE offer (
    territory_id       BIGINT  NOT NULL,
    offer_id           BIGINT  NOT NULL,
    shop_id            BIGINT  NOT NULL,
    product_id         BIGINT  NOT NULL,
    condition          TEXT    NOT NULL CHECK (condition IN ('new', 'used', 'refurbished')),
    price_cents        BIGINT  NOT NULL CHECK (price_cents >= 0),
    stock              BIGINT  NOT NULL CHECK (stock >= 0),
    stock_source       TEXT    NOT NULL
        CHECK (stock_source IN ('demo', 'import', 'hand', 'feed', 'till')),
    stock_confirmed_at BIGINT  NOT NULL,
    PRIMARY KEY (territory_id, offer_id),
    UNIQUE (territory_id, shop_id, product_id, condition),
    FOREIGN KEY (territory_id, shop_id) REFERENCES shop (territory_id, shop_id),
    FOREIGN KEY (territory_id, product_id) REFERENCES product (territory_id, product_id)
);
CREATE INDEX offer_by_product ON offer (territory_id, product_id);
