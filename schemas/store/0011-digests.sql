-- Nothing is looked for by its digest: moves are told in memory, from what vanished and what is new. To keep this index
-- took a quarter of the time of writing a new file, for digests come in no order.
DROP INDEX files_by_digest;
