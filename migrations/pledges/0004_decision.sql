-- owner: campaign
-- serves from 0003
-- What nobody does alone: one operator proposes it, another one does it.
CREATE TABLE decision (
    territory_id BIGINT NOT NULL,
    decision_id  BIGINT NOT NULL,
    pledge_id    BIGINT NOT NULL,
    act          TEXT   NOT NULL CHECK (act IN ('publish', 'remove')),
    status       TEXT   NOT NULL CHECK (status IN ('proposed', 'done', 'dropped')),
    proposed_by  TEXT   NOT NULL CHECK (proposed_by <> ''),
    proposed_at  BIGINT NOT NULL,
    seconded_by  TEXT   NOT NULL,
    seconded_at  BIGINT NOT NULL,
    PRIMARY KEY (territory_id, decision_id),
    CHECK (seconded_by <> proposed_by),
    CHECK ((status = 'done') = (seconded_by <> ''))
);
CREATE INDEX decision_open ON decision (territory_id, pledge_id) WHERE status = 'proposed';

-- Who did what, each entry with the hash of the one before, so that none can be changed or left
-- out unseen.
CREATE TABLE deed (
    territory_id BIGINT NOT NULL,
    deed_number  BIGINT NOT NULL CHECK (deed_number > 0),
    done_at      BIGINT NOT NULL,
    done_by      TEXT   NOT NULL CHECK (done_by <> ''),
    act          TEXT   NOT NULL CHECK (act <> ''),
    pledge_slug  TEXT   NOT NULL,
    details      TEXT   NOT NULL,
    deed_sha256  TEXT   NOT NULL,
    PRIMARY KEY (territory_id, deed_number)
);
