-- Times are milliseconds since 1970 UTC, given by the plugin, whose clock decides everywhere else too.

CREATE TABLE encryption_key (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  fingerprint text NOT NULL
);

-- private_key is sealed with the encryption key of the settings.
CREATE TABLE encryption_certificates (
  id text PRIMARY KEY,
  certificate text NOT NULL,
  private_key bytea NOT NULL,
  created_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL
);

CREATE TABLE connections (
  user_id text PRIMARY KEY,
  tenant_id text NOT NULL,
  teams_user_id text NOT NULL,
  teams_account text NOT NULL,
  connected_at_ms bigint NOT NULL,
  UNIQUE (tenant_id, teams_user_id)
);

-- code_verifier is sealed with the encryption key of the settings.
CREATE TABLE sign_ins (
  state_hash text PRIMARY KEY,
  user_id text NOT NULL,
  browser_hash text,
  nonce text NOT NULL,
  code_verifier bytea NOT NULL,
  channel_id text,
  root_id text,
  ephemeral_post_id text,
  expires_at_ms bigint NOT NULL
);
CREATE INDEX sign_ins_by_expiry ON sign_ins (expires_at_ms);

CREATE TABLE subscriptions (
  id text PRIMARY KEY,
  user_id text,
  resource text NOT NULL,
  client_state_hash text NOT NULL,
  certificate_id text NOT NULL,
  expires_at_ms bigint NOT NULL
);
CREATE INDEX subscriptions_by_user ON subscriptions (user_id);

CREATE TABLE subscription_problems (
  owner text PRIMARY KEY,
  code text NOT NULL,
  since_ms bigint NOT NULL
);

-- How far a person's messages were read at Microsoft; without a row, since they connected. wanted_since_ms is where a gap
-- begins that waits to be read, and wishes counts how often one was noted, so that a reading under way notices.
CREATE TABLE reading_progress (
  user_id text PRIMARY KEY REFERENCES connections ON DELETE CASCADE,
  read_until_ms bigint NOT NULL,
  wanted_since_ms bigint,
  wishes integer NOT NULL DEFAULT 0,
  not_before_ms bigint NOT NULL DEFAULT 0
);

-- When a person was last in front of Teams (chat_id '') or acted in one chat.
CREATE TABLE sightings (
  user_id text NOT NULL REFERENCES connections ON DELETE CASCADE,
  chat_id text NOT NULL,
  seen_at_ms bigint NOT NULL,
  PRIMARY KEY (user_id, chat_id)
);
CREATE INDEX sightings_by_time ON sightings (seen_at_ms);

-- Only of people who ever turned notifications off; without a row they are on since the person connected.
CREATE TABLE notification_switches (
  user_id text PRIMARY KEY REFERENCES connections ON DELETE CASCADE,
  is_on boolean NOT NULL,
  since_ms bigint NOT NULL
);

-- The root post under which a chat's messages stand, of readers who want threads. Without root_post_id it is being made;
-- generation tells the roots of one thread apart, when one was deleted.
CREATE TABLE chat_threads (
  user_id text NOT NULL REFERENCES connections ON DELETE CASCADE,
  chat_id text NOT NULL,
  generation integer NOT NULL,
  channel_id text NOT NULL,
  root_post_id text,
  created_at_ms bigint NOT NULL,
  intended_at_ms bigint,
  used_at_ms bigint NOT NULL,
  PRIMARY KEY (user_id, chat_id)
);
CREATE INDEX chat_threads_by_use ON chat_threads (used_at_ms);

-- Until when Microsoft wants no more requests of a kind, for all nodes.
CREATE TABLE graph_pauses (
  quota text PRIMARY KEY,
  until_ms bigint NOT NULL
);

-- What Microsoft does not let the application (owner 'application') or one connection do.
CREATE TABLE access_problems (
  owner text NOT NULL,
  area text NOT NULL,
  code text NOT NULL,
  since_ms bigint NOT NULL,
  PRIMARY KEY (owner, area)
);

-- A lane is what must stay in order: one chat for one recipient. Its pending rows are worked off by id, one after another.
CREATE TABLE inbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  dedupe_key text NOT NULL UNIQUE,
  lane text NOT NULL,
  subscription_id text NOT NULL,
  user_id text,
  change_type text NOT NULL,
  resource text NOT NULL,
  tenant_id text NOT NULL,
  content jsonb,
  received_at_ms bigint NOT NULL,
  stored_at_ms bigint NOT NULL,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'dead')),
  attempts integer NOT NULL DEFAULT 0,
  due_at_ms bigint NOT NULL,
  ended_at_ms bigint,
  failure text
);
CREATE INDEX inbox_pending ON inbox (lane, id) WHERE state = 'pending';
CREATE INDEX inbox_due ON inbox (due_at_ms) WHERE state = 'pending';
CREATE INDEX inbox_ended ON inbox (ended_at_ms) WHERE state <> 'pending';
CREATE INDEX inbox_dead ON inbox (ended_at_ms DESC, id DESC) WHERE state = 'dead';

-- changed_at_ms is when the message was last edited or deleted in Teams, as far as no post could be changed for it. Until
-- such a message itself arrives it is 'awaited'.
CREATE TABLE deliveries (
  chat_id text NOT NULL,
  message_id text NOT NULL,
  user_id text NOT NULL,
  state text NOT NULL CHECK (state IN ('awaited', 'posting', 'delivered', 'suppressed', 'dead')),
  reason text,
  post_id text,
  channel_id text,
  intended_at_ms bigint,
  changed_at_ms bigint,
  times jsonb NOT NULL,
  ended_at_ms bigint NOT NULL,
  PRIMARY KEY (chat_id, message_id, user_id)
);
CREATE INDEX deliveries_by_time ON deliveries (ended_at_ms DESC);

-- What people agreed to at Microsoft so that files are read as them. refresh_token is sealed with the encryption key of the
-- settings; only while copying is on, and only as long as the connection.
CREATE TABLE file_grants (
  user_id text PRIMARY KEY REFERENCES connections ON DELETE CASCADE,
  refresh_token bytea NOT NULL,
  granted_at_ms bigint NOT NULL
);

-- What became of each picture and file of a delivered message: its file in Mattermost, or why there is none.
CREATE TABLE copied_files (
  chat_id text NOT NULL,
  message_id text NOT NULL,
  user_id text NOT NULL,
  copyable_hash text NOT NULL,
  file_id text,
  failure text,
  ended_at_ms bigint NOT NULL,
  PRIMARY KEY (chat_id, message_id, user_id, copyable_hash),
  CHECK ((file_id IS NULL) <> (failure IS NULL))
);
CREATE INDEX copied_files_by_time ON copied_files (ended_at_ms);
