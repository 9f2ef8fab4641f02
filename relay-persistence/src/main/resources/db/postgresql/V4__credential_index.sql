-- Which account to ask; the account itself decides. core.directory.CredentialIndex.

-- Of API keys, and of what the refresh tokens of a sign-in have in common: hashes only.
CREATE TABLE credential_owner (
  hash VARCHAR(80) COLLATE "C" NOT NULL,
  account_id VARCHAR(32) COLLATE "C" NOT NULL,
  PRIMARY KEY (hash)
);

CREATE INDEX credential_owner_by_account ON credential_owner (account_id);

CREATE TABLE identity_owner (
  provider VARCHAR(32) COLLATE "C" NOT NULL,
  subject VARCHAR(255) COLLATE "C" NOT NULL,
  account_id VARCHAR(32) COLLATE "C" NOT NULL,
  PRIMARY KEY (provider, subject)
);

CREATE INDEX identity_owner_by_account ON identity_owner (account_id);

CREATE TABLE email_owner (
  email VARCHAR(254) COLLATE "C" NOT NULL,
  account_id VARCHAR(32) COLLATE "C" NOT NULL,
  PRIMARY KEY (email)
);

CREATE INDEX email_owner_by_account ON email_owner (account_id);
