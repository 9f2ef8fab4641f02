-- Which account to ask; the account itself decides. core.directory.CredentialIndex.

-- Of API keys, and of what the refresh tokens of a sign-in have in common: hashes only.
CREATE TABLE IF NOT EXISTS "credential_owner" (
  "hash" VARCHAR(80) NOT NULL,
  "account_id" VARCHAR(32) NOT NULL,
  PRIMARY KEY ("hash")
);

CREATE INDEX IF NOT EXISTS "credential_owner_by_account" ON "credential_owner" ("account_id");

CREATE TABLE IF NOT EXISTS "identity_owner" (
  "provider" VARCHAR(32) NOT NULL,
  "subject" VARCHAR(255) NOT NULL,
  "account_id" VARCHAR(32) NOT NULL,
  PRIMARY KEY ("provider", "subject")
);

CREATE INDEX IF NOT EXISTS "identity_owner_by_account" ON "identity_owner" ("account_id");

CREATE TABLE IF NOT EXISTS "email_owner" (
  "email" VARCHAR(254) NOT NULL,
  "account_id" VARCHAR(32) NOT NULL,
  PRIMARY KEY ("email")
);

CREATE INDEX IF NOT EXISTS "email_owner_by_account" ON "email_owner" ("account_id");
