-- owner: catalogue
-- Which products stand on some shelf. Without the last column SQLite preferred the longer index of
-- a shop's shelf, of which it could use the territory only, and read it whole for each product.
DROP INDEX offer_by_product;
CREATE INDEX offer_by_product ON offer (territory_id, product_id, withdrawn_at);
-- The photographs of one shop, in their order.
CREATE INDEX picture_by_shop ON picture (territory_id, shop_id, product_id, position);
