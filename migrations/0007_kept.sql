-- owner: catalogue
-- How many of an offer are kept for somebody: they stand in the shop and in its till's count, and
-- may not be promised again.
ALTER TABLE offer ADD COLUMN kept BIGINT NOT NULL DEFAULT 0 CHECK (kept >= 0);
UPDATE offer SET kept = COALESCE((
    SELECT SUM(quantity)
    FROM reservation
    WHERE reservation.territory_id = offer.territory_id
      AND reservation.offer_id = offer.offer_id
      AND status IN ('requested', 'held', 'ready')), 0);
