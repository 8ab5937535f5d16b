-- What a judgement asked of the other files of its run, as JSON: those that were read, and names that were looked for.
-- Empty when it asked nothing. A row is valid as long as all of them would answer as they did.
ALTER TABLE evaluations ADD COLUMN asked TEXT NOT NULL DEFAULT '';
