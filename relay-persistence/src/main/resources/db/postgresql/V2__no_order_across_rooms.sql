-- Nobody reads events in an order across rooms, or by tag.

DROP TABLE event_tag;
ALTER TABLE event_journal DROP COLUMN ordering;
