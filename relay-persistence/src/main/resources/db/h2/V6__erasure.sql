-- Which accounts to ask whether their deletion is complete; core.directory.DueDeletions.
CREATE TABLE IF NOT EXISTS "account_deletion" (
  "account_id" VARCHAR(32) NOT NULL,
  -- Milliseconds since 1970.
  "due_at" BIGINT NOT NULL,
  PRIMARY KEY ("account_id")
);

CREATE INDEX IF NOT EXISTS "account_deletion_by_time" ON "account_deletion" ("due_at");

-- Accounts of earlier versions: whoever was deleted, or may have been before its last snapshot, is
-- asked once.
MERGE INTO "account_deletion" ("account_id", "due_at") KEY ("account_id")
SELECT DISTINCT SUBSTRING("persistence_id" FROM 9), 0 FROM "event_journal"
WHERE "persistence_id" LIKE 'account|%'
  AND "event_ser_manifest" IN ('account.deleted/1', 'account.erased/1')
UNION
SELECT DISTINCT SUBSTRING("persistence_id" FROM 9), 0 FROM "snapshot"
WHERE "persistence_id" LIKE 'account|%';

-- The rooms that an account may have registered; core.directory.RoomOwners.
CREATE TABLE IF NOT EXISTS "room_owner" (
  "account_id" VARCHAR(32) NOT NULL,
  "room_id" VARCHAR(64) NOT NULL,
  PRIMARY KEY ("account_id", "room_id")
);
