-- owner: catalogue
-- What a part of an import was last made of, so that the same files are not taken in again.
CREATE TABLE import_record (
    territory_id BIGINT NOT NULL,
    task         TEXT   NOT NULL CHECK (task <> ''),
    input_hash   TEXT   NOT NULL CHECK (input_hash <> ''),
    imported_at  BIGINT NOT NULL,
    PRIMARY KEY (territory_id, task)
);
