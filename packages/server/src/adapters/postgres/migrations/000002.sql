-- An entry is removed when it has ended: what became of it stands in deliveries, which tells repetitions from now on.
DELETE FROM inbox WHERE state = 'done';
DROP INDEX inbox_due;
DROP INDEX inbox_ended;
ALTER TABLE inbox DROP CONSTRAINT inbox_state_check;
ALTER TABLE inbox ADD CONSTRAINT inbox_state_check CHECK (state IN ('pending', 'dead'));

-- Lanes are shared out among the nodes in 64 parts, by the first byte of the SHA-256 of their name.
ALTER TABLE inbox ADD COLUMN share smallint;
UPDATE inbox SET share = get_byte(sha256(convert_to(lane, 'UTF8')), 0) % 64;
ALTER TABLE inbox ALTER COLUMN share SET NOT NULL;

-- Keys are compared byte by byte: nobody reads them in order. Content is only carried, and is too random to be compressed.
ALTER TABLE inbox
  ALTER COLUMN dedupe_key TYPE text COLLATE "C",
  ALTER COLUMN lane TYPE text COLLATE "C",
  ALTER COLUMN content TYPE text USING content::text,
  ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE inbox SET (toast_tuple_target = 8160);
ALTER TABLE deliveries
  ALTER COLUMN chat_id TYPE text COLLATE "C",
  ALTER COLUMN message_id TYPE text COLLATE "C",
  ALTER COLUMN user_id TYPE text COLLATE "C";
-- A delivery is written when it is intended and again when it has ended: the second version finds room beside the first.
ALTER TABLE deliveries SET (fillfactor = 70);

-- Entries are worked off without jobs, and what recurs needs no table.
DROP SCHEMA IF EXISTS msteams_notifications_worker CASCADE;
