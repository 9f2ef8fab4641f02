-- Whose a purchase is that does not say so itself; core.directory.PurchaseIndex.
CREATE TABLE IF NOT EXISTS "purchase_owner" (
  -- What the store calls the original transaction.
  "subscription" VARCHAR(255) NOT NULL,
  "account_id" VARCHAR(32) NOT NULL,
  PRIMARY KEY ("subscription")
);

CREATE INDEX IF NOT EXISTS "purchase_owner_by_account" ON "purchase_owner" ("account_id");
