-- Everything that a channel receives, as it was received, once by source and identity there; then what became of it. The raw content is
-- encrypted in the row, or in a stored file when it is large. Personal columns are encrypted with data_key, which is wrapped by the
-- master key; erasing destroys data_key.
create table intake.message (
    id uuid primary key,
    channel text not null,
    source text not null,
    source_id text not null,
    conversation text,
    business_line text,
    received_at timestamptz not null,
    stored_at timestamptz not null,
    media_type text not null,
    size bigint not null,
    sha256 bytea not null,
    raw bytea,
    data_key bytea,
    state text not null check (state in ('NEW', 'OPENED', 'ADDED', 'PARKED', 'ENDED', 'REJECTED')),
    attempts integer not null default 0,
    ready_at timestamptz not null,
    read_at timestamptz,
    complaint_id uuid,
    complaint_number text,
    reason text,
    arguments bytea,
    draft bytea,
    note bytea,
    error text,
    screener uuid,
    claimed_at timestamptz,
    decided_at timestamptz,
    decided_by uuid,
    constraint message_once unique (source, source_id),
    check ((state = 'NEW') = (read_at is null)),
    check ((state = 'PARKED') <= (reason is not null)),
    check ((state in ('OPENED', 'ADDED')) <= (complaint_id is not null))
);

comment on column intake.message.ready_at is 'of a new one: when it may be read next; a reader that holds it has moved it to the end of its lease';

create index message_new on intake.message (ready_at, id) where state = 'NEW';
create index message_conversation on intake.message (source, conversation, id) where state = 'NEW' and conversation is not null;
create index message_parked on intake.message (channel, received_at, id) where state = 'PARKED';
create index message_screener on intake.message (screener, received_at, id) where state = 'PARKED';
create index message_received on intake.message (channel, received_at desc, id desc);
create index message_complaint on intake.message (complaint_id, id) where complaint_id is not null;

-- Who screens a channel. Without a row the agents share what comes in.
create table intake.channel_duty (
    channel text primary key,
    screener uuid,
    deputy uuid,
    business_line text,
    screens_first boolean not null default false
);

-- Whether what feeds a channel works.
create table intake.source_state (
    source text primary key,
    state text not null check (state in ('WORKING', 'FAILING', 'STOPPED')),
    since timestamptz not null,
    seen_at timestamptz not null,
    worked_at timestamptz,
    reason text
);
