-- Whose a purchase is that does not say so itself; core.directory.PurchaseIndex.
CREATE TABLE purchase_owner (
  -- What the store calls the original transaction.
  subscription VARCHAR(255) COLLATE "C" NOT NULL,
  account_id VARCHAR(32) COLLATE "C" NOT NULL,
  PRIMARY KEY (subscription)
);

CREATE INDEX purchase_owner_by_account ON purchase_owner (account_id);
