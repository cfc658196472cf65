-- owner: orders
-- A shop may take its last step back within some minutes. `undo_to` is the status before that step,
-- empty when there is nothing to take back; `is_undone` says that the last change took one back.
-- The other three say what could be promised before the shop found that it had none, and how that
-- was known.
ALTER TABLE reservation ADD COLUMN undo_to TEXT NOT NULL DEFAULT '';
ALTER TABLE reservation ADD COLUMN is_undone BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reservation ADD COLUMN stock_before BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reservation ADD COLUMN stock_source_before TEXT NOT NULL DEFAULT '';
ALTER TABLE reservation ADD COLUMN stock_confirmed_before BIGINT NOT NULL DEFAULT 0;
