-- What is in a generation, apart from what becomes of it: a row of `generations` is written anew whenever its state
-- changes, and the list is as long as the tree is large. It is written once and only read after that.
CREATE TABLE generation_contents (
    generation INTEGER PRIMARY KEY REFERENCES generations (number),
    components TEXT NOT NULL
) STRICT;

INSERT INTO generation_contents (generation, components) SELECT number, components FROM generations;

ALTER TABLE generations DROP COLUMN components;
