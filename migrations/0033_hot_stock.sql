-- owner: catalogue
-- only on postgresql
-- serves from 0032
-- Stock moves at each reservation. While no index speaks of it, PostgreSQL writes the new row by
-- the old one, and no index at all (a HOT update). Else each took a new entry in the page of the
-- primary key that every other writer had just read, and serialisable transactions that did not
-- touch each other had to begin again (docs/adr/0052-holds-side-by-side.md).
DROP INDEX offer_by_shop;
CREATE INDEX offer_by_shop ON offer (territory_id, shop_id, withdrawn_at, offer_id, product_id);
DROP INDEX offer_by_age;
CREATE INDEX offer_by_age ON offer (territory_id, shop_id, stock_confirmed_at, stock_source)
    WHERE withdrawn_at = 0;
