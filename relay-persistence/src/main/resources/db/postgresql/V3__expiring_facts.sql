-- Facts that count for minutes or hours, such as one-time codes; core.directory.ExpiringFacts.
CREATE TABLE "expiring_fact" (
  "fact_key" VARCHAR(128) NOT NULL,
  "fact" BYTEA NOT NULL,
  -- Milliseconds since 1970.
  "expires_at" BIGINT NOT NULL,
  PRIMARY KEY ("fact_key")
);

CREATE INDEX "expiring_fact_by_expiry" ON "expiring_fact" ("expires_at");
