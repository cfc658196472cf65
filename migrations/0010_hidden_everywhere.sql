-- owner: catalogue
-- A product may be hidden from every question, as when it is recalled: the question is empty then.
-- SQLite cannot change a check, so the table is written anew.
CREATE TABLE merchandising_next (
    territory_id BIGINT NOT NULL,
    choice_id    BIGINT NOT NULL,
    question     TEXT   NOT NULL CHECK (question <> '' OR action = 'hide'),
    product_id   BIGINT NOT NULL,
    action       TEXT   NOT NULL CHECK (action IN ('pin', 'hide')),
    position     BIGINT NOT NULL CHECK (position >= 0),
    reason       TEXT   NOT NULL CHECK (reason <> ''),
    created_at   BIGINT NOT NULL,
    ended_at     BIGINT CHECK (ended_at >= created_at),
    PRIMARY KEY (territory_id, choice_id),
    FOREIGN KEY (territory_id, product_id) REFERENCES product (territory_id, product_id)
);
INSERT INTO merchandising_next (territory_id, choice_id, question, product_id, action, position,
    reason, created_at, ended_at)
SELECT territory_id, choice_id, question, product_id, action, position, reason, created_at, ended_at
FROM merchandising;
DROP TABLE merchandising;
ALTER TABLE merchandising_next RENAME TO merchandising;
CREATE INDEX merchandising_now ON merchandising (territory_id, choice_id) WHERE ended_at IS NULL;
