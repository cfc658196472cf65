-- owner: accounts
-- The network that asked for a link, as long as the link counts: its first 24 or 48 bits.
ALTER TABLE sign_in_link ADD COLUMN network TEXT NOT NULL DEFAULT '';
CREATE INDEX sign_in_link_by_network ON sign_in_link (territory_id, network, created_at);
