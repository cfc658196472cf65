-- owner: campaign
-- What people promise together. `picture` is the address of one, '' none.
CREATE TABLE pledge (
    territory_id  BIGINT NOT NULL,
    pledge_id     BIGINT NOT NULL,
    slug          TEXT   NOT NULL CHECK (slug <> ''),
    status        TEXT   NOT NULL CHECK (status IN ('draft', 'published', 'deleted')),
    called_by     TEXT   NOT NULL CHECK (called_by <> ''),
    picture       TEXT   NOT NULL,
    goal          BIGINT NOT NULL CHECK (goal > 0),
    begins_at     BIGINT NOT NULL,
    ends_at       BIGINT NOT NULL,
    anonymise_at  BIGINT NOT NULL,
    anonymised_at BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (territory_id, pledge_id),
    UNIQUE (territory_id, slug),
    CHECK (begins_at < ends_at AND ends_at < anonymise_at)
);
CREATE TABLE pledge_text (
    territory_id BIGINT NOT NULL,
    pledge_id    BIGINT NOT NULL,
    language     TEXT   NOT NULL,
    title        TEXT   NOT NULL CHECK (title <> ''),
    body         TEXT   NOT NULL CHECK (body <> ''),
    thanks       TEXT   NOT NULL CHECK (thanks <> ''),
    picture_text TEXT   NOT NULL,
    PRIMARY KEY (territory_id, pledge_id, language)
);
-- What somebody who is named does by a day when so many have signed.
CREATE TABLE pledge_milestone (
    territory_id BIGINT NOT NULL,
    pledge_id    BIGINT NOT NULL,
    signatures   BIGINT NOT NULL CHECK (signatures > 0),
    language     TEXT   NOT NULL,
    owner        TEXT   NOT NULL CHECK (owner <> ''),
    due_at       BIGINT NOT NULL,
    promise      TEXT   NOT NULL CHECK (promise <> ''),
    PRIMARY KEY (territory_id, pledge_id, signatures, language)
);

-- Who signs. `unconfirmed_email` stands here until it is confirmed and never after; `email_hash` is
-- made with the key of this database alone. `seat` tells two people of one mailbox apart (0: not
-- confirmed). What was withdrawn is gone. `network_hash` and `mail_domain` go after 90 days.
CREATE TABLE signature (
    territory_id      BIGINT NOT NULL,
    pledge_id         BIGINT NOT NULL,
    signature_id      BIGINT NOT NULL,
    status            TEXT   NOT NULL CHECK (status IN ('waiting', 'confirmed', 'refused')),
    unconfirmed_email TEXT   NOT NULL,
    email_hash        TEXT   NOT NULL CHECK (email_hash <> ''),
    seat              BIGINT NOT NULL CHECK (seat BETWEEN 0 AND 2),
    name              TEXT   NOT NULL,
    name_key          TEXT   NOT NULL,
    organisation      TEXT   NOT NULL,
    language          TEXT   NOT NULL,
    is_public         BIGINT NOT NULL CHECK (is_public IN (0, 1)),
    wants_news        BIGINT NOT NULL CHECK (wants_news IN (0, 1)),
    comment           TEXT   NOT NULL,
    comment_status    TEXT   NOT NULL
                      CHECK (comment_status IN ('none', 'waiting', 'shown', 'refused')),
    mail_domain       TEXT   NOT NULL,
    network_hash      TEXT   NOT NULL,
    network_day       BIGINT NOT NULL,
    asker             TEXT   NOT NULL CHECK (asker IN ('known', 'newcomer', 'unknown')),
    in_alarm          BIGINT NOT NULL CHECK (in_alarm IN (0, 1)),
    signed_at         BIGINT NOT NULL,
    confirmed_at      BIGINT NOT NULL,
    batch_id          BIGINT NOT NULL,
    PRIMARY KEY (territory_id, pledge_id, signature_id),
    UNIQUE (territory_id, pledge_id, email_hash, name_key),
    CHECK ((status = 'waiting') = (unconfirmed_email <> '')),
    CHECK ((status = 'waiting') = (seat = 0)),
    CHECK ((status = 'refused') = (batch_id <> 0))
);
CREATE UNIQUE INDEX signature_seat ON signature (territory_id, pledge_id, email_hash, seat)
    WHERE seat > 0;
CREATE INDEX signature_by_mailbox ON signature (territory_id, email_hash);
CREATE INDEX signature_by_time ON signature (territory_id, pledge_id, status, confirmed_at);
CREATE INDEX signature_unconfirmed ON signature (territory_id, signed_at) WHERE status = 'waiting';
CREATE INDEX signature_traces ON signature (territory_id, network_day) WHERE network_hash <> '';
CREATE INDEX signature_comments ON signature (territory_id, pledge_id, signature_id)
    WHERE comment_status = 'waiting';
CREATE INDEX signature_of_batch ON signature (territory_id, pledge_id, batch_id)
    WHERE batch_id <> 0;

-- Every change of the count, never changed itself and without a word about whom: the count is its
-- sum.
CREATE TABLE count_entry (
    territory_id BIGINT NOT NULL,
    pledge_id    BIGINT NOT NULL,
    entry_id     BIGINT NOT NULL,
    change       TEXT   NOT NULL
                 CHECK (change IN ('confirmed', 'withdrawn', 'refused', 'restored')),
    amount       BIGINT NOT NULL,
    batch_id     BIGINT NOT NULL,
    entered_at   BIGINT NOT NULL,
    PRIMARY KEY (territory_id, pledge_id, entry_id)
);
-- The same sums, kept in rows that are read at once; several, so that not everybody waits for one.
CREATE TABLE count_shard (
    territory_id BIGINT NOT NULL,
    pledge_id    BIGINT NOT NULL,
    shard        BIGINT NOT NULL CHECK (shard BETWEEN 0 AND 15),
    confirmed    BIGINT NOT NULL,
    withdrawn    BIGINT NOT NULL,
    refused      BIGINT NOT NULL,
    PRIMARY KEY (territory_id, pledge_id, shard)
);
-- What was signed on paper; `proof` is the name of the file that shows it.
CREATE TABLE paper_sheet (
    territory_id BIGINT NOT NULL,
    pledge_id    BIGINT NOT NULL,
    sheet_id     BIGINT NOT NULL,
    signatures   BIGINT NOT NULL CHECK (signatures > 0),
    proof        TEXT   NOT NULL CHECK (proof <> ''),
    added_by     TEXT   NOT NULL CHECK (added_by <> ''),
    added_at     BIGINT NOT NULL,
    PRIMARY KEY (territory_id, pledge_id, sheet_id)
);
-- Signatures that were refused together: why, by whom; undone_at 0: they still are.
CREATE TABLE refusal_batch (
    territory_id BIGINT NOT NULL,
    pledge_id    BIGINT NOT NULL,
    batch_id     BIGINT NOT NULL,
    query        TEXT   NOT NULL,
    reason       TEXT   NOT NULL CHECK (reason <> ''),
    refused_by   TEXT   NOT NULL CHECK (refused_by <> ''),
    signatures   BIGINT NOT NULL CHECK (signatures >= 0),
    made_at      BIGINT NOT NULL,
    undone_by    TEXT   NOT NULL,
    undone_at    BIGINT NOT NULL,
    PRIMARY KEY (territory_id, pledge_id, batch_id)
);

-- How many mails an address was sent in a day, whoever asked for them.
CREATE TABLE mail_allowance (
    territory_id BIGINT NOT NULL,
    email_hash   TEXT   NOT NULL,
    day          BIGINT NOT NULL,
    mails        BIGINT NOT NULL CHECK (mails BETWEEN 1 AND 3),
    PRIMARY KEY (territory_id, email_hash, day)
);
CREATE INDEX mail_allowance_by_day ON mail_allowance (territory_id, day);
-- With what the networks of a day are hashed; forgotten after 90 days, and then nobody can tell
-- them any more.
CREATE TABLE network_salt (
    territory_id BIGINT NOT NULL,
    day          BIGINT NOT NULL,
    salt         TEXT   NOT NULL,
    PRIMARY KEY (territory_id, day)
);
-- Who ticked the other box, the one for news. Says nothing about what was signed.
CREATE TABLE news_reader (
    territory_id BIGINT NOT NULL,
    news_email   TEXT   NOT NULL,
    language     TEXT   NOT NULL,
    PRIMARY KEY (territory_id, news_email)
);
