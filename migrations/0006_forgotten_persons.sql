-- owner: orders
-- Finds those whose name and contact are still to be erased after the promised time.
CREATE INDEX reservation_to_forget ON reservation (territory_id, changed_at) WHERE contact <> '';
