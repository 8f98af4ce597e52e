-- A person's own deliveries, newest first: which chats brought them something, and what was decided about their messages.
CREATE INDEX deliveries_by_person ON deliveries (user_id, ended_at_ms DESC);
