-- owner: catalogue
-- What people looked for, counted by the day of the territory's calendar: no person, no place, no
-- time of day. An empty text stands for all questions whose words are not kept. Of the askings, how
-- many found nothing, a few products or many; of the products opened from the results, how many
-- were the first one, among the next four or below.
CREATE TABLE question (
    territory_id BIGINT NOT NULL,
    day          BIGINT NOT NULL,
    language     TEXT   NOT NULL,
    text         TEXT   NOT NULL,
    found_none   BIGINT NOT NULL CHECK (found_none >= 0),
    found_few    BIGINT NOT NULL CHECK (found_few >= 0),
    found_many   BIGINT NOT NULL CHECK (found_many >= 0),
    opened_first BIGINT NOT NULL CHECK (opened_first >= 0),
    opened_next  BIGINT NOT NULL CHECK (opened_next >= 0),
    opened_below BIGINT NOT NULL CHECK (opened_below >= 0),
    PRIMARY KEY (territory_id, day, language, text)
);
