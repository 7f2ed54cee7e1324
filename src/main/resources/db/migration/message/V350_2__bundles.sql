-- What waits to be told to somebody: together, when it is his time, not too often.
create table message.waiting_notice (
    recipient uuid not null,
    occasion uuid not null,
    -- what it is about: several notices of one subject count as one
    subject uuid not null,
    weight integer not null,
    text_key text not null,
    arguments text[] not null,
    href text not null,
    many_key text not null,
    many_href text not null,
    at timestamptz not null,
    ready_at timestamptz not null,
    primary key (recipient, occasion)
);
create index waiting_notice_ready on message.waiting_notice (recipient, ready_at);

-- One row a recipient: whoever holds it tells him, so that two nodes never tell half each.
create table message.bundle (
    recipient uuid primary key,
    ready_at timestamptz,
    told_at timestamptz
);
create index bundle_ready on message.bundle (ready_at) where ready_at is not null;
