-- Nobody reads events in an order across rooms, or by tag. H2 wrote the state of that order's counter
-- back with a commit of its own for every 32 events, and kept an index for it.

DROP TABLE IF EXISTS "event_tag";
ALTER TABLE "event_journal" DROP CONSTRAINT IF EXISTS "event_journal_ordering";
ALTER TABLE "event_journal" DROP COLUMN IF EXISTS "ordering";
