-- owner: catalogue
-- What the operator pins or hides for one question, with the reason that everybody reads. Never
-- deleted: an end is written beside it.
CREATE TABLE merchandising (
    territory_id BIGINT NOT NULL,
    choice_id    BIGINT NOT NULL,
    question     TEXT   NOT NULL CHECK (question <> ''),
    product_id   BIGINT NOT NULL,
    action       TEXT   NOT NULL CHECK (action IN ('pin', 'hide')),
    position     BIGINT NOT NULL CHECK (position >= 0),
    reason       TEXT   NOT NULL CHECK (reason <> ''),
    created_at   BIGINT NOT NULL,
    ended_at     BIGINT CHECK (ended_at >= created_at),
    PRIMARY KEY (territory_id, choice_id),
    FOREIGN KEY (territory_id, product_id) REFERENCES product (territory_id, product_id)
);
CREATE INDEX merchandising_now ON merchandising (territory_id, choice_id) WHERE ended_at IS NULL;
