-- owner: catalogue
-- Where a shop's shelf comes from: a kind of file that is dropped now and then, or an address that
-- is read again every `every_s`. `mapping` remembers what its columns hold (JSON), `header` what
-- they were called.
CREATE TABLE shelf_source (
    territory_id    BIGINT NOT NULL,
    source_id       BIGINT NOT NULL,
    shop_id         BIGINT NOT NULL,
    name            TEXT   NOT NULL CHECK (name <> ''),
    url             TEXT   NOT NULL,
    mapping         TEXT   NOT NULL,
    header          TEXT   NOT NULL,
    store_code      TEXT   NOT NULL,
    is_whole_shelf  BIGINT NOT NULL CHECK (is_whole_shelf IN (0, 1)),
    every_s         BIGINT NOT NULL,
    next_read_at    BIGINT NOT NULL,
    last_read_at    BIGINT NOT NULL,
    failures        BIGINT NOT NULL,
    last_failure    TEXT   NOT NULL,
    validator       TEXT   NOT NULL,
    PRIMARY KEY (territory_id, source_id)
);
CREATE INDEX shelf_source_by_shop ON shelf_source (territory_id, shop_id);
CREATE INDEX shelf_source_by_time ON shelf_source (territory_id, next_read_at) WHERE every_s > 0;

-- One file on its way to a shelf. Its bytes are a file of the data folder, named by its id. What
-- it says is so as of `made_at`. `rows_done` and `outcome` are written with the rows they count.
CREATE TABLE shelf_import (
    territory_id    BIGINT NOT NULL,
    import_id       BIGINT NOT NULL,
    source_id       BIGINT NOT NULL,
    shop_id         BIGINT NOT NULL,
    account_id      BIGINT NOT NULL,
    status          TEXT   NOT NULL CHECK (status IN ('checking', 'checked', 'running', 'done',
        'undoing', 'undone', 'failed', 'discarded')),
    file_name       TEXT   NOT NULL,
    file_sha256     TEXT   NOT NULL,
    bytes           BIGINT NOT NULL,
    mapping         TEXT   NOT NULL,
    store_code      TEXT   NOT NULL,
    is_whole_shelf  BIGINT NOT NULL CHECK (is_whole_shelf IN (0, 1)),
    runs_by_itself  BIGINT NOT NULL CHECK (runs_by_itself IN (0, 1)),
    made_at         BIGINT NOT NULL,
    rows_done       BIGINT NOT NULL,
    rows_total      BIGINT NOT NULL,
    report          TEXT   NOT NULL,
    outcome         TEXT   NOT NULL,
    failure         TEXT   NOT NULL,
    attempts        BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL,
    PRIMARY KEY (territory_id, import_id)
);
CREATE INDEX shelf_import_by_shop ON shelf_import (territory_id, shop_id, import_id);
CREATE INDEX shelf_import_by_status ON shelf_import (territory_id, status, import_id);

-- What an import changed, to be undone: an offer before it and after it (without one, offer_id is
-- 0), and what the source said of the product before: '' when that did not change, 'none' when it
-- had said nothing, else JSON.
CREATE TABLE import_change (
    territory_id     BIGINT NOT NULL,
    import_id        BIGINT NOT NULL,
    product_id       BIGINT NOT NULL,
    condition        TEXT   NOT NULL,
    offer_id         BIGINT NOT NULL,
    is_new           BIGINT NOT NULL CHECK (is_new IN (0, 1)),
    price_before     BIGINT NOT NULL,
    price_after      BIGINT NOT NULL,
    standing_before  BIGINT NOT NULL,
    standing_after   BIGINT NOT NULL,
    stock_source     TEXT   NOT NULL,
    confirmed_before BIGINT NOT NULL,
    confirmed_after  BIGINT NOT NULL,
    withdrawn_before BIGINT NOT NULL,
    withdrawn_after  BIGINT NOT NULL,
    source_before    BIGINT NOT NULL,
    import_before    BIGINT NOT NULL,
    text_before      TEXT   NOT NULL,
    state            TEXT   NOT NULL CHECK (state IN ('done', 'undone', 'left')),
    PRIMARY KEY (territory_id, import_id, product_id, condition)
);

-- The shop's own number for it; which source brought it and which import wrote it last, 0: none;
-- and since when it is off the shelf, 0: it is on it.
ALTER TABLE offer ADD COLUMN sku TEXT NOT NULL DEFAULT '';
ALTER TABLE offer ADD COLUMN source_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE offer ADD COLUMN import_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE offer ADD COLUMN withdrawn_at BIGINT NOT NULL DEFAULT 0;

-- What a shop promises, by the age of the promise: "still true?", and how old its shelf is.
CREATE INDEX offer_by_age ON offer (territory_id, shop_id, stock_confirmed_at, stock_source)
    WHERE stock > 0 AND withdrawn_at = 0;

-- What each source says of a product; the row of the product is their best, field by field. A
-- shop's own sources have its id, others 0. `text_hash` is of all its texts, `import_id` the import
-- that wrote them, 0: none.
CREATE TABLE product_text (
    territory_id BIGINT NOT NULL,
    product_id   BIGINT NOT NULL,
    source       TEXT   NOT NULL CHECK (source IN ('onix', 'google', 'file', 'hand', 'demo')),
    shop_id      BIGINT NOT NULL,
    title        TEXT   NOT NULL,
    maker        TEXT   NOT NULL,
    category     TEXT   NOT NULL,
    description  TEXT   NOT NULL,
    language     TEXT   NOT NULL,
    picture_url  TEXT   NOT NULL,
    text_hash    BIGINT NOT NULL,
    import_id    BIGINT NOT NULL,
    first_at     BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, product_id, source, shop_id)
);

-- The price that a book's publisher has set, tax included, by day of the calendar (days since
-- 1970); without an end: 0.
CREATE TABLE publisher_price (
    territory_id BIGINT NOT NULL,
    product_id   BIGINT NOT NULL,
    valid_from   BIGINT NOT NULL,
    valid_until  BIGINT NOT NULL,
    price_cents  BIGINT NOT NULL CHECK (price_cents > 0),
    source       TEXT   NOT NULL,
    updated_at   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, product_id, valid_from)
);
