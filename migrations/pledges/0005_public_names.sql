-- owner: campaign
-- serves from 0004
-- The newest who let their names be shown, each second while a count moves.
CREATE INDEX signature_public ON signature (territory_id, pledge_id, confirmed_at, signature_id)
    WHERE status = 'confirmed' AND is_public = 1;
