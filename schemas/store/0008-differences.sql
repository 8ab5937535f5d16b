-- What a change does to the components, so that undoing it does not have to compare two trees.
ALTER TABLE changes ADD COLUMN difference TEXT;

CREATE INDEX tokens_by_generation ON tokens (from_generation) WHERE spent_seq IS NULL;
