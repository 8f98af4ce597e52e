-- A message that waits for the time that its reader chose. Its due_at_ms is by the plugin's clock, which decided so.
ALTER TABLE inbox ADD COLUMN held_at_ms bigint;
ALTER TABLE inbox DROP CONSTRAINT inbox_state_check;
ALTER TABLE inbox ADD CONSTRAINT inbox_state_check CHECK (state IN ('pending', 'held', 'dead'));
CREATE INDEX inbox_held ON inbox (share, due_at_ms) WHERE state = 'held';
CREATE INDEX inbox_held_of ON inbox (user_id) WHERE state = 'held';
ALTER TABLE deliveries DROP CONSTRAINT deliveries_state_check;
ALTER TABLE deliveries ADD CONSTRAINT deliveries_state_check
  CHECK (state IN ('awaited', 'held', 'posting', 'delivered', 'suppressed', 'dead'));
