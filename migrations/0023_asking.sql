-- owner: orders
-- How a request is asked of its shop: when the shop is reminded and from when on the next shop is
-- asked (0: nothing is waited for any more), whether the neighbour wants this shop only, whether it
-- was kept without asking. `passed_from` and `passed_to` are the codes of the same wish at the shop
-- before and at the next one, empty where there is none.
ALTER TABLE reservation ADD COLUMN remind_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reservation ADD COLUMN answer_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reservation ADD COLUMN only_here BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reservation ADD COLUMN is_by_itself BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reservation ADD COLUMN passed_from TEXT NOT NULL DEFAULT '';
ALTER TABLE reservation ADD COLUMN passed_to TEXT NOT NULL DEFAULT '';
ALTER TABLE reservation ADD COLUMN shops_before BIGINT NOT NULL DEFAULT 0;
CREATE INDEX reservation_to_answer ON reservation (territory_id, status, answer_by);
CREATE INDEX reservation_to_remind ON reservation (territory_id, status, remind_at);
