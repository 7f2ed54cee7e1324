-- When that was there of which a notice tells: from then on it may be told, and is due sooner.
alter table correspondence.notice add column known_at timestamptz;
